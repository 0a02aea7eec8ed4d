"""``accounts``: who may sign in, and changes to that, by an administrator."""

from __future__ import annotations

from argparse import Namespace

from intake.actions import accounts as actions
from intake.actions.second_factor import remove_second_factor
from intake.commands.output import put_line
from intake.commands.session import Session, new_password, now, session
from intake.domain.staff import Role, Staff, Task
from intake.errors import IntakeError, InvalidInputError, Problem


def accounts(options: Namespace) -> int:
    """Change one account as asked, then put all of them, or only list them."""
    with session(options) as desk:
        desk.actor.must(Task.MANAGE_STAFF)
        _change(desk, options)
        staff, enrolled = actions.accounts_with_factors(desk.store)
        for each in staff:
            facts = {"login": each.login, "name": each.name, "role": each.role.value, "active": each.active}
            put_line({**facts, "second_factor": each.id in enrolled})
    return 0


def _change(desk: Session, options: Namespace) -> None:
    if options.add:
        if not options.role:
            raise InvalidInputError((Problem(field="role", code="required"),))
        actions.add_staff(
            desk.store, desk.actor, login=options.add, name=options.name, role=Role(options.role), password=new_password(), now=now()
        )
    for login, active in ((options.disable, False), (options.enable, True)):
        if login:
            actions.set_active(desk.store, desk.actor, _of(desk, login).id, active=active, now=now())
    if options.password:
        actions.change_password(desk.store, desk.actor, _of(desk, options.password).id, password=new_password(), now=now())
    if options.no_second_factor:
        remove_second_factor(desk.store, desk.actor, _of(desk, options.no_second_factor).id, now=now())


def _of(desk: Session, login: str) -> Staff:
    """Return the account of a login. Raises IntakeError ``unknown_login``."""
    name = login.strip().casefold()
    found = next((each for each in actions.accounts(desk.store) if each.login.casefold() == name), None)
    if found is None:
        raise IntakeError("unknown_login")
    return found
