"""``init``: the first administrator and this desk's clinic."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from intake.actions.setup import SetUp, set_up
from intake.commands.output import put_line, tell
from intake.commands.session import folder, now, password, workstation
from intake.definitions.bundle import Definitions
from intake.documents.recovery_sheet import recovery_sheet
from intake.entry.applying import fields_by_path
from intake.entry.judging import LOCATION, read_typed
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.placing import replace_file
from intake.wording import text_of

LOGIN = "admin"


def init(options: Namespace) -> int:
    """Make the administrator's account and choose this desk's clinic."""
    if options.training:
        raise IntakeError("init_in_training")
    secret = password(twice=True)
    with folder(options, new=True) as place:
        location = _location(options.location, place.definitions)
        made = set_up(
            place.paths,
            admin_name=options.admin,
            login=options.user or LOGIN,
            password=secret,
            location=location,
            workstation=workstation(),
            now=now(),
        )
        made.store.close()
        told = _recovery(made, location, options.recovery, place.definitions)
    staff = made.admin
    put_line({**told, "login": staff.login, "name": staff.name, "role": staff.role.value, "location": location})
    return 0


def _recovery(made: SetUp, location: str, sheet: str | None, definitions: Definitions) -> dict[str, object]:
    """Write the recovery key to its sheet and return where; without one, or when it cannot be written, return the key itself."""
    if sheet:
        practice = definitions.practice
        pdf = recovery_sheet(
            made.recovery_key, practice=practice, location=practice.location(location), by=made.admin.name, training=False, made_at=now()
        )
        try:
            replace_file(Path(sheet).absolute(), pdf)
        except OSError:
            tell(text_of("sheet_not_written"))
        else:
            return {"recovery_sheet": sheet}
    return {"recovery_key": made.recovery_key}


def _location(typed: str, definitions: Definitions) -> str:
    """Return the key of the clinic that was typed. Raises InvalidInputError."""
    read = read_typed(fields_by_path()[LOCATION], typed, definitions=definitions, on=now().date())
    if not isinstance(read.value, str):
        raise InvalidInputError((Problem(field="location", code=read.code or "required"),))
    return read.value
