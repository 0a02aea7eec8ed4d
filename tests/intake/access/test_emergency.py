"""Emergency access: by a clinician, with a reason, for an hour, seen by an administrator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from intake.actions import second_factor as factors
from intake.actions.accounts import change_password, may_stay
from intake.actions.audit_reading import actions_taken, patient_of, people
from intake.actions.check import check_printed, check_store, checking, latest_checks
from intake.actions.emergency import LASTS, see_emergencies, unseen_emergencies
from intake.domain.audit import Link
from intake.domain.staff import EMERGENCY, Actor, Role, Task
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.paths import Paths
from tests.factories import NOW, PASSWORD
from tests.intake.access.desk import enter, hire, refused, signed_in, told
from tests.intake.access.phone import code_at

REASON = "The phone fell into the sink and nobody else is here"


@pytest.fixture
def staffed(paths: Paths) -> Paths:
    """Return a clinic with a clinician who has a second factor, and a receptionist."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        hire(alex.store, alex.actor, "dana", Role.RECEPTIONIST)
    with signed_in(paths, "casey") as casey:
        secret = factors.begin_enrolment(casey.store, casey.actor, now=NOW).secret
        factors.confirm_enrolment(casey.store, casey.actor, code_at(secret, NOW), now=NOW)
    return paths


def test_a_clinician_gets_in_without_the_phone_and_the_administrator_is_shown_it(staffed: Paths) -> None:
    """Until it was acknowledged; by whom is kept."""
    assert refused(staffed, "casey").code == "second_factor_needed"
    with signed_in(staffed, "casey", emergency=f"  {REASON}\n") as casey:
        assert casey.actor.emergency
        assert not casey.enrol
        assert told(casey.store, "emergency_access") == [(casey.actor.staff.id, "desk-1", "done")]
    with signed_in(staffed) as alex:
        shown = unseen_emergencies(alex.store, alex.actor)
        used = [each.emergency for each in shown]
        assert [(each.by, each.workstation, each.reason, each.until - each.at) for each in used] == [
            ("Casey Example", "desk-1", REASON, timedelta(minutes=60))
        ]
        assert [each.done for each in shown] == [(("sign_in", 3), ("add_second_factor", 1))]
        see_emergencies(alex.store, alex.actor, shown, now=NOW)
        assert unseen_emergencies(alex.store, alex.actor) == ()
        assert told(alex.store, "see_emergency") == [(1, "desk-1", "done")]


@pytest.mark.parametrize("login", ["dana", "alex"])
def test_nobody_but_a_clinician_gets_in_so_and_the_try_is_told(staffed: Paths, login: str) -> None:
    """An administrator has the recovery key, a receptionist an administrator."""
    assert refused(staffed, login, emergency=REASON).code == "emergency_not_permitted"
    with signed_in(staffed) as alex:
        assert [outcome for *_, outcome in told(alex.store, "emergency_access")] == ["refused"]
        assert unseen_emergencies(alex.store, alex.actor) == ()


@pytest.mark.parametrize("reason", [" \n ", "x" * 501])
def test_a_reason_is_asked(staffed: Paths, reason: str) -> None:
    """A short one, but one."""
    with pytest.raises(InvalidInputError):
        enter(staffed, "casey", emergency=reason)


def test_it_takes_the_password_all_the_same(staffed: Paths) -> None:
    """Emergency access stands in for the phone only."""
    assert refused(staffed, "casey", "wrong", emergency=REASON).code == "wrong_sign_in"


def test_it_permits_what_the_table_says_and_ends_after_an_hour(staffed: Paths) -> None:
    """To let a colleague in again, but no administrator; then no more of it, and who used it signs in again."""
    with signed_in(staffed, "casey", emergency=REASON) as casey:
        store, actor = casey.store, casey.actor
        assert {task for task in Task if actor.may(task)} - {task for task in Task if enter_free(actor).may(task)} == EMERGENCY
        ids = {each.login: each.id for each in store.staff.all()}
        last, end = NOW + LASTS - timedelta(seconds=1), NOW + LASTS
        change_password(store, actor, ids["dana"], password="nine sample zebras", now=last)
        factors.remove_second_factor(store, actor, ids["casey"], now=last)
        with pytest.raises(IntakeError, match="emergency_not_administrator"):
            change_password(store, actor, ids["alex"], password="nine sample zebras", now=last)
        with pytest.raises(IntakeError, match="emergency_ended"):
            change_password(store, actor, ids["dana"], password=PASSWORD, now=end)
        assert check_store(store, actor, now=last).good
        with pytest.raises(IntakeError, match="emergency_ended"):
            check_store(store, actor, now=end)
        for act in (
            partial(people, store, actor),
            partial(actions_taken, store, actor),
            partial(patient_of, store, actor, 1),
            partial(latest_checks, store, actor),
            partial(checking, store, actor),
            partial(check_printed, store, actor, Link(seq=1, hash=bytes(32))),
        ):
            assert [ended(act, now) for now in (last, end)] == [False, True]
        assert [may_stay(store, actor, now) for now in (last, end)] == [True, False]


def test_only_an_administrator_is_shown_and_acknowledges(staffed: Paths) -> None:
    """Who used it does not wipe it away."""
    with signed_in(staffed, "casey", emergency=REASON) as casey:
        for act in (
            lambda: unseen_emergencies(casey.store, casey.actor),
            lambda: see_emergencies(casey.store, casey.actor, (), now=NOW),
        ):
            with pytest.raises(DeniedError):
                act()


def ended(act: Callable[..., object], now: datetime) -> bool:
    """Tell whether an action is refused because emergency access has ended."""
    try:
        act(now=now)
    except IntakeError as error:
        return error.code == "emergency_ended"
    return False


def enter_free(actor: Actor) -> Actor:
    """Return the same actor without emergency access."""
    return replace(actor, emergency=False)
