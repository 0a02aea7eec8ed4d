"""The key of the notes: who opens what clinicians wrote, whoever has the store's key and a program of her own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from intake.actions.access import open_with
from intake.actions.accounts import change_own_password, change_password, set_active
from intake.actions.charts import open_chart, read_chart
from intake.actions.check import check_store, nightly_check
from intake.actions.new_key import Typed, rotate_key
from intake.actions.recovery import recover
from intake.definitions.bundle import Definitions
from intake.domain.audit import Finding
from intake.domain.numbers import visit_number
from intake.domain.staff import HOLD_NOTES, Actor, Role
from intake.errors import DeniedError, IntakeError
from intake.paths import Paths
from intake.security.ring import read_ring
from intake.security.slots import secret_of
from intake.storage.check import examine
from intake.storage.notes_key import NotesKey
from intake.storage.store import Store
from tests.factories import PASSWORD
from tests.intake.access.desk import Clinic, hire, refused, signed_in
from tests.intake.access.noted import SIGNED, UNSIGNED, WORD, found_in, pages
from tests.intake.review.charting import LATER

OTHER = "eight sample ponies"
READS = "the clinician's words"


@pytest.fixture
def clinic(noted: Paths, noted_clinic: Clinic) -> Clinic:
    """Return that clinic instead of an empty one."""
    return Clinic(paths=noted, recovery_key=noted_clinic.recovery_key)


@pytest.fixture
def hers(paths: Paths) -> Iterator[Store]:
    """Return the store as a program of the receptionist's own opens it: with the keys that her password opens."""
    opened = read_ring(paths.ring).opened("dana", secret_of(PASSWORD))
    assert opened
    store = open_with(paths, opened.keys)
    store.hold(opened.slot, opened.private_half)
    yield store
    store.close()


def what_opens(paths: Paths, definitions: Definitions, login: str, password: str = PASSWORD) -> str:
    """Return what somebody reads of the signed note who signs in and asks the library for it past her role."""
    with signed_in(paths, login, password, now=LATER) as found:
        casey = found.store.staff.by_login("casey")
        assert casey
        try:
            chart = read_chart(found.store, Actor(staff=casey.staff, workstation="desk-1"), SIGNED, definitions=definitions, now=LATER)
        except DeniedError as error:
            return f"{error.code} {error.facts['task']}"
    return READS if chart.signature and WORD in chart.signature.note.history and WORD in chart.addenda[0].text else "something else"


def alter(paths: Paths, *statements: str) -> None:
    """Write into the store past everything, as whoever has its key can."""
    opened = read_ring(paths.ring).opened("dana", secret_of(PASSWORD))
    assert opened
    store = open_with(paths, opened.keys)
    guards = store._connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        store._connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        store._connection.execute(statement)
    for _, sql in guards:
        store._connection.execute(sql)
    store.close()


def test_no_word_of_a_clinician_is_found_in_any_table(hers: Store) -> None:
    """Note, draft, acknowledgement, correction and addendum are there, and nothing in them can be read; nor in the audit."""
    counted = [hers._connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0] for table in ("review", "addendum", "note_draft")]
    assert counted == [1, 2, 1]
    assert hers._connection.execute("SELECT count(*) FROM acknowledgement").fetchall() > [(1,)]
    assert hers._connection.execute("SELECT count(*) FROM correction").fetchall() == [(2,)]
    assert found_in(hers._connection) == []


def test_no_word_of_a_clinician_is_found_in_any_page_or_in_the_log(hers: Store, clinic: Clinic, definitions: Definitions) -> None:
    """Free pages and changes that are not in the file yet are read, too: what a patient said at the desk is found there."""
    with signed_in(clinic.paths, "casey", now=LATER) as casey:
        chart = open_chart(casey.store, casey.actor, UNSIGNED, definitions=definitions, now=LATER)
        assert WORD in str(chart.draft)
        content = b" ".join(pages(clinic.paths.store, hers.keys.store))
    assert b"Stiff neck since Monday" in content
    assert WORD.encode() not in content.lower()


@pytest.mark.parametrize(
    ("login", "opens"),
    [("alex", READS), ("casey", READS), ("pat", READS), ("dana", "not_permitted read_note")],
)
def test_the_library_opens_the_notes_only_to_who_holds_the_key(paths: Paths, definitions: Definitions, login: str, opens: str) -> None:
    """Whatever role she says that she has: a receptionist's password opens no note."""
    assert what_opens(paths, definitions, login) == opens


def test_each_role_has_its_share_and_no_other(paths: Paths) -> None:
    """The recovery key, clinicians, the print desk and administrators; receptionists never."""
    with signed_in(paths) as alex:
        shared = alex.store.notes_key.shared_with()
        recovery = alex.store.staff.recovery()
        for staff in alex.store.staff.all():
            assert (alex.store.staff.slot_of(staff.id).public in shared) == (staff.role in HOLD_NOTES), staff.login
        assert recovery
        assert recovery.slot.public in shared
        assert len(shared) == 4
    assert Role.RECEPTIONIST not in HOLD_NOTES


def test_a_new_clinician_reads_what_was_there_before(paths: Paths, definitions: Definitions) -> None:
    """An administrator gives the key with the account."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "robin", Role.CLINICIAN)
    assert what_opens(paths, definitions, "robin") == READS


@pytest.mark.parametrize("giver", ["alex", "casey"])
def test_who_gives_a_new_password_gives_the_key_with_it(paths: Paths, definitions: Definitions, giver: str) -> None:
    """An administrator, and a clinician in an emergency."""
    more = {} if giver == "alex" else {"emergency": "Nobody else is here"}
    with signed_in(paths) as alex:
        pat = alex.store.staff.by_login("pat")
    assert pat
    with signed_in(paths, giver, now=LATER, **more) as found:
        change_password(found.store, found.actor, pat.staff.id, password=OTHER, now=LATER)
    assert what_opens(paths, definitions, "pat", OTHER) == READS


def test_ones_own_new_password_opens_them_too_and_the_old_share_is_gone(paths: Paths, definitions: Definitions) -> None:
    """And somebody without the key does not get it so."""
    for login in ("casey", "dana"):
        with signed_in(paths, login, now=LATER) as found:
            before = found.store.notes_key.shared_with()
            change_own_password(found.store, found.actor, present=PASSWORD, password=OTHER, now=LATER)
            assert len(found.store.notes_key.shared_with()) == len(before) == 4
            assert (found.store.notes_key.shared_with() == before) == (login == "dana")
    assert what_opens(paths, definitions, "casey", OTHER) == READS
    assert what_opens(paths, definitions, "dana", OTHER) == "not_permitted read_note"


def test_the_recovery_key_brings_an_administrator_back_to_the_notes(clinic: Clinic, definitions: Definitions) -> None:
    """With it the practice never loses what was written."""
    recover(clinic.paths, typed=clinic.recovery_key, login="alex", password=OTHER, workstation="desk-1", now=LATER)
    assert what_opens(clinic.paths, definitions, "alex", OTHER) == READS


def test_who_is_switched_off_loses_the_share_and_gets_it_back(paths: Paths, definitions: Definitions) -> None:
    """Switched on again it is sealed anew to the password that was there before."""
    with signed_in(paths) as alex:
        casey = alex.store.staff.by_login("casey")
        assert casey
        set_active(alex.store, alex.actor, casey.staff.id, active=False, now=LATER)
        assert casey.slot.public not in alex.store.notes_key.shared_with()
        set_active(alex.store, alex.actor, casey.staff.id, active=True, now=LATER)
        assert check_store(alex.store, alex.actor, now=LATER).good
    assert what_opens(paths, definitions, "casey") == READS


def test_a_new_key_of_the_store_leaves_the_notes_as_they_are(paths: Paths, definitions: Definitions) -> None:
    """The one is not the other."""
    typed = Typed(login="alex", password=PASSWORD)
    rotate_key(paths, typed, workstation="desk-1", now=LATER, progress=lambda *_: None)
    assert what_opens(paths, definitions, "casey") == READS
    assert what_opens(paths, definitions, "dana") == "not_permitted read_note"


@pytest.mark.parametrize(
    "moved",
    [
        "UPDATE addendum SET text = (SELECT other.text FROM addendum AS other WHERE other.number = 2) WHERE number = 1",
        "UPDATE addendum SET reason = text WHERE number = 1",
        "UPDATE correction SET reason = (SELECT other.reason FROM correction AS other WHERE other.id = 2) WHERE id = 1",
        "UPDATE acknowledgement SET words = (SELECT words FROM acknowledgement ORDER BY prompt_id DESC LIMIT 1) WHERE prompt_id = 1",
        "UPDATE review SET content = (SELECT note_draft.content FROM note_draft)",
        "UPDATE review SET content = json_quote((SELECT text FROM addendum WHERE number = 1))",
        "UPDATE addendum SET text = 'In the open'",
    ],
)
def test_what_is_encrypted_for_one_row_opens_in_no_other(paths: Paths, definitions: Definitions, moved: str) -> None:
    """Nor does what somebody wrote there in the open; the check names the visit."""
    alter(paths, moved)
    with pytest.raises(IntakeError, match="note_altered"):
        what_opens(paths, definitions, "casey")
    with signed_in(paths) as alex:
        assert visit_number(SIGNED) in check_store(alex.store, alex.actor, now=LATER).altered


def test_a_draft_that_was_moved_to_another_visit_does_not_open(paths: Paths, definitions: Definitions) -> None:
    """Nobody signs what was written for somebody else."""
    alter(paths, "UPDATE note_draft SET visit_id = 1")
    with pytest.raises(IntakeError, match="note_altered"):
        what_opens(paths, definitions, "casey")


def a_key_of_her_own(store: Store, *logins: str) -> None:
    """Put another key of the notes into the store, with a share for each of these people, as if it were theirs."""
    key = NotesKey(store._connection, b"k" * 32)
    for name in ("notes_key_never_changed", "notes_key_never_removed"):
        store._connection.execute(f"DROP TRIGGER {name}")
    store._connection.execute("DELETE FROM meta WHERE name = 'notes_key'")
    store._connection.execute("DELETE FROM notes_share")
    key.make()
    for login in logins:
        kept = store.staff.by_login(login)
        assert kept
        key.give(kept.slot)


def test_a_key_that_somebody_put_in_is_not_taken_up(hers: Store, paths: Paths) -> None:
    """Otherwise she would read all that is written from then on. Nobody who would write notes gets in; the check says why."""
    a_key_of_her_own(hers, "casey", "alex")
    assert refused(paths, "casey").code == "notes_key_altered"
    assert refused(paths, "alex").code == "notes_key_altered"
    found = nightly_check(hers, workstation="desk-1", now=LATER).findings
    assert Finding(code="notes_key_altered", place="") in found


def test_a_share_that_somebody_exchanged_is_not_taken_up(hers: Store, paths: Paths) -> None:
    """The store still tells of the right key; the share holds another one."""
    casey = hers.staff.by_login("casey")
    assert casey
    other = NotesKey(hers._connection, b"k" * 32)
    hers._connection.execute("DELETE FROM notes_share WHERE public = ?", (casey.slot.public,))
    other.give(casey.slot)
    assert refused(paths, "casey").code == "notes_key_altered"


def test_the_key_in_the_store_cannot_be_exchanged_past_its_guards(hers: Store) -> None:
    """Nor taken away: that would make it a store of before, for which somebody chooses a key."""
    for statement in (
        "UPDATE meta SET value = 'x' WHERE name = 'notes_key'",
        "DELETE FROM meta WHERE name = 'notes_key'",
        "INSERT OR REPLACE INTO meta (name, value) VALUES ('notes_key', 'x')",
    ):
        with pytest.raises(Exception, match="append_only"):
            hers._connection.execute(statement)


def test_a_share_that_somebody_took_away_is_told(paths: Paths) -> None:
    """Her login says who cannot read any more; a new password gives it back."""
    alter(paths, "DELETE FROM notes_share")
    with signed_in(paths, "dana") as dana:
        found = nightly_check(dana.store, workstation="desk-1", now=LATER).findings
    assert {each.place for each in found if each.code == "notes_key_missing"} == {"alex", "casey", "pat", ""}


@pytest.mark.parametrize("change", ["role = 'clinician'", "slot = replace(slot, 'public', 'public2')"])
def test_who_wrote_another_role_into_an_account_is_given_no_key_with_a_password(paths: Paths, change: str) -> None:
    """Neither with a new password nor switched on again: what the audit tells of the account is what counts."""
    with signed_in(paths) as alex:
        dana = alex.store.staff.by_login("dana")
        assert dana
        set_active(alex.store, alex.actor, dana.staff.id, active=False, now=LATER)
        alex.store._connection.execute(f"UPDATE staff SET {change} WHERE login = 'dana'")
        with pytest.raises(IntakeError, match="account_not_as_told"):
            set_active(alex.store, alex.actor, dana.staff.id, active=True, now=LATER)
        with pytest.raises(IntakeError, match="account_not_as_told"):
            change_password(alex.store, alex.actor, dana.staff.id, password=OTHER, now=LATER)
        assert len(alex.store.notes_key.shared_with()) == 4


def test_a_check_without_the_key_finds_nothing_wrong_and_says_what_it_did_not_open(paths: Paths) -> None:
    """It runs at night in anybody's session; who holds the key opens everything."""
    with signed_in(paths, "dana") as dana:
        report = examine(dana.store)
        assert (report.findings(), report.unopened) == ((), 1)
    with signed_in(paths) as alex:
        assert (examine(alex.store).findings(), examine(alex.store).unopened) == ((), 0)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE review SET fingerprint = printf('%064d', 0)",
        "UPDATE review SET staff_id = 1",
        "UPDATE review SET at = '2026-11-22T00:00:00.000+00:00'",
        "UPDATE addendum SET at = '2026-11-22T00:00:00.000+00:00' WHERE number = 2",
        "DELETE FROM addendum WHERE number = 2",
    ],
)
def test_a_check_without_the_key_still_compares_with_the_audit(paths: Paths, tampering: str) -> None:
    """Fingerprints, how many versions there are, who signed and when."""
    alter(paths, tampering)
    with signed_in(paths, "dana") as dana:
        assert examine(dana.store).altered == (visit_number(SIGNED),)
