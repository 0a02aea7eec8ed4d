"""``init``: the first administrator and this desk's clinic."""

from __future__ import annotations

from argparse import Namespace

from intake.actions.setup import set_up
from intake.commands.output import put_line
from intake.commands.session import now, opened, password, workstation
from intake.definitions.bundle import Definitions
from intake.entry.applying import fields_by_path
from intake.entry.judging import LOCATION, read_typed
from intake.errors import IntakeError, InvalidInputError, Problem

LOGIN = "admin"


def init(options: Namespace) -> int:
    """Make the administrator's account and choose this desk's clinic."""
    if options.training:
        raise IntakeError("init_in_training")
    secret = password(twice=True)
    with opened(options, new=True) as place:
        location = _location(options.location, place.definitions)
        staff = set_up(
            place.store,
            admin_name=options.admin,
            login=options.user or LOGIN,
            password=secret,
            location=location,
            workstation=workstation(),
            now=now(),
        )
    put_line({"login": staff.login, "name": staff.name, "role": staff.role.value, "location": location})
    return 0


def _location(typed: str, definitions: Definitions) -> str:
    """Return the key of the clinic that was typed. Raises InvalidInputError."""
    read = read_typed(fields_by_path()[LOCATION], typed, definitions=definitions, on=now().date())
    if not isinstance(read.value, str):
        raise InvalidInputError((Problem(field="location", code=read.code or "required"),))
    return read.value
