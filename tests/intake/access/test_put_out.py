"""An account that is switched off, or gets another role, while it is signed in somewhere."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from intake.actions.access import SignedIn, sign_out, take_over, unlock
from intake.actions.accounts import change_own_password, may_stay, set_active
from intake.actions.drafts import Draft, keep_draft, my_drafts
from intake.domain.staff import Role
from intake.errors import DeniedError, IntakeError
from intake.paths import Paths
from tests.factories import NOW, PASSWORD
from tests.intake.access.desk import hire, signed_in, told

OTHER = "nine sample zebras"


@pytest.fixture
def dana(paths: Paths) -> Generator[SignedIn]:
    """Return a receptionist who is signed in, and whose account an administrator switches off elsewhere."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "dana", Role.RECEPTIONIST)
        hire(alex.store, alex.actor, "robin", Role.RECEPTIONIST)
        with signed_in(paths, "dana") as dana:
            set_active(alex.store, alex.actor, dana.actor.staff.id, active=False, now=NOW)
            yield dana


def test_nothing_is_written_for_an_account_that_was_switched_off(dana: SignedIn) -> None:
    """Not only once its window noticed; in words, and with nothing half done."""
    before = dana.store._connection.execute("SELECT count(*) FROM audit").fetchone()
    with pytest.raises(DeniedError, match="put_out"), dana.store.transaction():
        dana.store.audit.add(dana.actor, "see_record", at=NOW)
    assert dana.store._connection.execute("SELECT count(*) FROM audit").fetchone() == before
    assert not may_stay(dana.store, dana.actor, NOW)


def test_another_role_puts_out_too(paths: Paths) -> None:
    """What it permitted then is not what it permits now."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "dana", Role.RECEPTIONIST)
        with signed_in(paths, "dana") as dana:
            with alex.store.transaction():
                alex.store._connection.execute("UPDATE staff SET role = 'print_desk' WHERE login = 'dana'")
                alex.store.staff.seal(dana.actor.staff.id, at=NOW)
            with pytest.raises(DeniedError, match="put_out"), dana.store.transaction():
                pass
        with alex.store.transaction():
            assert alex.store.staff.any()


def test_what_was_typed_is_kept_and_the_way_out_is_told(dana: SignedIn) -> None:
    """A draft of that moment is nobody's record; it waits until the account is switched on again."""
    draft_id = keep_draft(dana.store, dana.actor, Draft(content={"patient": {"legal_last": "Sample"}}, caret={}), now=NOW)
    assert [each.id for each in my_drafts(dana.store, dana.actor)] == [draft_id]
    sign_out(dana.store, dana.actor, NOW)
    assert [outcome for *_, outcome in told(dana.store, "sign_out")] == ["done"]


def test_no_password_lets_it_go_on(dana: SignedIn) -> None:
    """Each try is told all the same."""
    with pytest.raises(IntakeError, match="wrong_sign_in"):
        unlock(dana.store, dana.actor, password=PASSWORD, now=NOW)
    assert [outcome for *_, outcome in told(dana.store, "unlock")] == ["refused"]
    with pytest.raises(IntakeError):
        change_own_password(dana.store, dana.actor, present=PASSWORD, password=OTHER, now=NOW)


def test_somebody_else_takes_the_desk_over(dana: SignedIn) -> None:
    """And writes from then on, for the store is held for them."""
    robin = take_over(dana.store, login="robin", password=PASSWORD, workstation="desk-1", now=NOW, same=dana.actor.staff)
    with dana.store.transaction():
        dana.store.audit.add(robin, "see_record", at=NOW)
    assert [staff_id for staff_id, *_ in told(dana.store, "see_record")] == [robin.staff.id]
