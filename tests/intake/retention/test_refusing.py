"""What stops a removal, each told in words of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.accounts import set_active
from intake.actions.retention import consent, keep_no_more, keep_record, propose, remove, withdraw
from intake.actions.retention_copy import MadeCopy, write_copy
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor, Role
from intake.errors import ConflictError, DeniedError, IntakeError, InvalidInputError
from intake.storage.driver import IntegrityError
from intake.storage.store import Store
from intake.wording import text_of
from tests.factories import PASSWORD, a_colleague
from tests.intake.retention.scene import LAST, OLD, YOUNG, consented, edit, left_of, now, written

PROPOSE_LAST = "INSERT INTO removal (patient_id, years, staff_id, at) VALUES (3, 7, 1, '2026-11-22T00:00:00.000+00:00')"


def test_a_young_record_says_from_when_on_it_may_go(store: Store, alex: Actor, definitions: Definitions) -> None:
    """Seven years and a day from now."""
    line = store.retention.of_patient(YOUNG, years=7)
    assert line is not None
    with pytest.raises(IntakeError) as caught:
        propose(store, alex, YOUNG, definitions=definitions, now=now())
    assert text_of(caught.value.code, **caught.value.facts) == f"The law keeps this record. It may go from {line.free_on} on."


def test_a_clock_that_is_set_ahead_makes_no_record_old(store: Store, alex: Actor, definitions: Definitions) -> None:
    """The store reckons by the machine's clock too, and takes the earlier of both."""
    with pytest.raises(IntakeError, match="record_not_due"):
        propose(store, alex, YOUNG, definitions=definitions, now=now() + timedelta(days=366 * 30))


def test_a_clock_that_is_behind_makes_none_old_either(store: Store, alex: Actor, definitions: Definitions) -> None:
    """The earlier of both clocks counts."""
    with pytest.raises(IntakeError, match="record_not_due"):
        propose(store, alex, OLD, definitions=definitions, now=now() - timedelta(days=366 * 10))


def test_a_record_that_is_kept_for_a_reason_stays(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """The hold withdraws what was proposed, and a new proposal waits for its end."""
    removal = consented(store, definitions, tmp_path)
    assert keep_record(store, alex, OLD, reason="Subpoena", definitions=definitions, now=now()).keep is not None
    with pytest.raises(IntakeError, match="removal_not_found"):
        remove(store, alex, removal.id, definitions=definitions, now=now())
    with pytest.raises(IntakeError, match="record_kept"):
        propose(store, alex, OLD, definitions=definitions, now=now())
    with pytest.raises(ConflictError, match="kept_already"):
        keep_record(store, alex, OLD, reason="Again", definitions=definitions, now=now())
    keep_no_more(store, alex, OLD, reason="Dismissed", definitions=definitions, now=now())
    assert propose(store, alex, OLD, definitions=definitions, now=now()).id != removal.id
    with pytest.raises(ConflictError, match="not_kept"):
        keep_no_more(store, alex, OLD, reason="Again", definitions=definitions, now=now())


def test_a_hold_needs_a_reason(store: Store, alex: Actor, definitions: Definitions) -> None:
    """Somebody has to be able to ask whether it still holds."""
    with pytest.raises(InvalidInputError):
        keep_record(store, alex, OLD, reason="  ", definitions=definitions, now=now())


def test_nobody_consents_before_the_copy_is_written(store: Store, alex: Actor, definitions: Definitions) -> None:
    """After the proposal, that is."""
    removal = propose(store, alex, OLD, definitions=definitions, now=now())
    with pytest.raises(IntakeError, match="copy_missing"):
        consent(store, alex, removal.id, login="alex", password=PASSWORD, now=now())
    with pytest.raises(IntakeError, match="copy_missing"):
        remove(store, alex, removal.id, definitions=definitions, now=now())


def test_one_consent_is_not_enough_and_the_same_person_gives_one(
    store: Store, alex: Actor, definitions: Definitions, tmp_path: Path
) -> None:  # fmt: skip
    """Whatever case the login is typed in."""
    removal = consented(store, definitions, tmp_path, logins=("alex",))
    with pytest.raises(IntakeError, match="consent_missing"):
        remove(store, alex, removal.id, definitions=definitions, now=now())
    with pytest.raises(ConflictError, match="consent_given"):
        consent(store, alex, removal.id, login=" ALEX ", password=PASSWORD, now=now())


@pytest.mark.parametrize("login", ["casey", "nobody", ""])
def test_a_wrong_login_or_password_gives_no_consent(
    store: Store, alex: Actor, definitions: Definitions, tmp_path: Path, login: str
) -> None:  # fmt: skip
    """The try is in the audit."""
    removal = consented(store, definitions, tmp_path, logins=())
    with pytest.raises(IntakeError, match="wrong_consent"):
        consent(store, alex, removal.id, login=login, password="seven other ponies", now=now())
    last = store._connection.execute("SELECT outcome FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert last == ("refused",)
    kept = store.removals.get(removal.id)
    assert kept is not None
    assert kept.consents == ()


def test_too_many_wrong_passwords_wait_and_say_so(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """As at signing in; the desk is not locked out."""
    removal = consented(store, definitions, tmp_path, logins=())
    codes = set()
    at = now()
    for _ in range(14):
        with pytest.raises(IntakeError) as caught:
            consent(store, alex, removal.id, login="casey", password="seven other ponies", now=at)
        codes.add(caught.value.code)
    assert codes == {"wrong_consent", "consent_too_soon"}


def test_a_receptionist_consents_to_nothing(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """Neither alone nor as the second person."""
    removal = consented(store, definitions, tmp_path, logins=("alex",))
    with pytest.raises(DeniedError):
        consent(store, alex, removal.id, login="dana", password=PASSWORD, now=now())


def test_the_consent_of_an_account_that_was_switched_off_counts_no_more(
    store: Store, alex: Actor, casey: Actor, definitions: Definitions, tmp_path: Path
) -> None:  # fmt: skip
    """The store asks at the removal, not only at the consent."""
    removal = consented(store, definitions, tmp_path)
    set_active(store, alex, casey.staff.id, active=False, now=now())
    with pytest.raises(IntakeError, match="consent_missing"):
        remove(store, alex, removal.id, definitions=definitions, now=now())
    assert left_of(store, OLD)


def test_a_new_entry_after_both_consents_stops_it(
    store: Store, alex: Actor, dana: Actor, definitions: Definitions, tmp_path: Path
) -> None:  # fmt: skip
    """The patient called: the record is in use again, and it is all there."""
    removal = consented(store, definitions, tmp_path)
    edit(store, dana, OLD, definitions, now=now(), email="ana.again@example.com")
    with pytest.raises(IntakeError, match="record_not_due"):
        remove(store, alex, removal.id, definitions=definitions, now=now())
    assert left_of(store, OLD)


def test_the_record_with_the_last_number_stays_until_there_is_a_later_one(store: Store) -> None:
    """No number of a patient, visit or document is given twice."""
    lines = [store.retention.of_patient(patient_id, years=7) for patient_id in (OLD, YOUNG, LAST)]
    assert [line.last_number for line in lines if line is not None] == [False, False, True]
    with pytest.raises(IntegrityError, match="last_number"):
        store._connection.execute(PROPOSE_LAST)


def test_a_removal_is_carried_out_once_and_not_withdrawn_afterwards(
    store: Store, alex: Actor, definitions: Definitions, tmp_path: Path
) -> None:  # fmt: skip
    """There is nothing left to do either to."""
    removal = consented(store, definitions, tmp_path)
    remove(store, alex, removal.id, definitions=definitions, now=now())
    with pytest.raises(IntakeError, match="removal_not_found"):
        remove(store, alex, removal.id, definitions=definitions, now=now())
    with pytest.raises(IntakeError, match="removal_not_found"):
        withdraw(store, alex, removal.id, now=now())


def test_a_second_administrator_is_a_second_person(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """Any two whose roles permit it."""
    a_colleague(store, alex, role=Role.ADMINISTRATOR, login="robin")
    removal = consented(store, definitions, tmp_path, logins=("alex", "robin"))
    assert remove(store, alex, removal.id, definitions=definitions, now=now()).ended is not None


def test_a_copy_that_cannot_be_written_is_not_noted(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """The folder is not there: nothing counts as written."""
    removal = propose(store, alex, OLD, definitions=definitions, now=now())
    with pytest.raises(IntakeError, match="cannot_write_file"):
        written(store, removal.id, definitions, tmp_path / "none")
    kept = store.removals.get(removal.id)
    assert kept is not None
    assert kept.copy is None
    with pytest.raises(IntakeError, match="cannot_write_file"):
        write_copy(MadeCopy(name="a\0b", pdf=b"", rows=b""), tmp_path)
