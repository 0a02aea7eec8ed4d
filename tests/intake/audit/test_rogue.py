"""What a receptionist with programs of her own does to the audit: each is found by the check, and told when its victim signs in again."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.actions.check import accept_store, check_printed, latest_checks
from intake.domain.audit import Finding, Link
from intake.errors import IntakeError
from intake.storage.driver import Connection
from tests.factories import NOW, PASSWORD
from tests.intake.access.desk import refused, signed_in
from tests.intake.audit.practice import ALEX, CASEY, DANA, codes, findings, work
from tests.intake.audit.rogue import Rogue, move_up


def test_her_work_in_the_program_is_found_whole(rogue: Rogue) -> None:
    """And so is the file after she opened it with a program of her own and left all as it was."""
    with rogue.at_work():
        pass
    assert findings(rogue.paths) == ()


def of(rogue: Rogue, staff_id: int, action: str = "search") -> list[int]:
    """Return the numbers of somebody's entries."""
    with rogue.at_work() as connection:
        rows = connection.execute("SELECT seq FROM audit WHERE staff_id = ? AND action = ? ORDER BY seq", (staff_id, action))
        return [row[0] for row in rows.fetchall()]


def last_signed(rogue: Rogue, staff_id: int) -> int:
    """Return the entry under somebody's last signature."""
    sql = "SELECT max(seq) FROM audit_signature JOIN signer USING (public) WHERE staff_id = ?"
    with rogue.at_work() as connection:
        return int((connection.execute(sql, (staff_id,)).fetchone() or (0,))[0])


def change(connection: Connection, seq: int) -> None:
    """Change what an entry tells."""
    connection.execute("UPDATE audit SET reason = 'another' WHERE seq = ?", (seq,))


def swap(connection: Connection, seq: int) -> None:
    """Have two entries change places."""
    for before, after in ((seq, 10_000), (seq + 1, seq), (10_000, seq + 1)):
        connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (after, before))


@pytest.mark.parametrize("tamper", [change, swap])
def test_an_entry_that_is_changed_or_moved_is_found_though_every_hash_is_right(
    rogue: Rogue, tamper: Callable[[Connection, int], None]
) -> None:
    """The chain holds, and so do both files of the last link: but casey signed another past, and is told of it."""
    seq, signed = of(rogue, CASEY)[2], last_signed(rogue, CASEY)
    with rogue.at_work(signs=True) as connection:
        tamper(connection, seq)
    assert Finding(code="signature_wrong", place=str(signed)) in findings(rogue.paths)
    assert told_to(rogue, "casey") == Finding(code="signature_wrong", place=str(signed))
    assert "own_work_altered" in codes(findings(rogue.paths))


def told_to(rogue: Rogue, login: str) -> Finding:
    """Sign in as somebody and return what an administrator then reads as the latest finding."""
    work(rogue.paths, login, entries=1)
    with signed_in(rogue.paths) as alex:
        run = latest_checks(alex.store, alex.actor, now=NOW)[0]
    assert run.by == f"{login.title()} Example"
    (found,) = run.findings
    return found


def test_an_entry_that_is_taken_away_is_found(rogue: Rogue) -> None:
    """With every later one moved up: casey signed an entry more than there is."""
    seq, signed = of(rogue, CASEY)[2], last_signed(rogue, CASEY)
    with rogue.at_work() as connection:
        move_up(connection, seq)
    with rogue.at_work() as connection:
        kept = connection.execute("SELECT max(seq) FROM audit").fetchone()
    assert kept == (signed - 1,)
    work(rogue.paths, "dana", entries=3)
    assert Finding(code="signature_wrong", place=str(signed)) in findings(rogue.paths)
    assert told_to(rogue, "casey") == Finding(code="signature_wrong", place=str(signed))


def test_an_entry_in_a_colleagues_name_is_found_and_told_when_she_comes(rogue: Rogue) -> None:
    """Dana can write it, and chain it; she cannot sign it. Once casey signs in, it stays told, though casey signs over it."""
    with rogue.at_work(signs=True) as connection:
        seq = rogue.tell(connection, CASEY, "clinician", "open_chart")
    found = Finding(code="entries_unsigned", place=f"casey: {seq}-{seq}")
    assert findings(rogue.paths) == (found,)
    work(rogue.paths, "casey")
    (after,) = findings(rogue.paths)
    assert after.code == "own_work_altered"
    assert after.place.startswith("casey, entry ")


def test_what_somebody_was_told_counts_until_an_administrator_looked_into_it(rogue: Rogue) -> None:
    """Not until whoever did it says so."""
    with rogue.at_work(signs=True) as connection:
        rogue.tell(connection, CASEY, "clinician", "open_chart")
    work(rogue.paths, "casey")
    with rogue.at_work(signs=True) as connection:
        rogue.tell(connection, DANA, "receptionist", "begin_anchor_line")
        rogue.tell(connection, ALEX, "administrator", "begin_anchor_line")
    assert {"own_work_altered", "not_permitted_entry", "entries_unsigned"} <= codes(findings(rogue.paths))
    with signed_in(rogue.paths) as alex:
        accept_store(alex.store, alex.actor, why="Looked into", now=NOW)
    assert codes(findings(rogue.paths)) == {"not_permitted_entry"}, "what nobody of her role does stays what it is"


def test_a_signature_of_a_note_in_a_clinicians_name_is_found(rogue: Rogue) -> None:
    """Whatever row lies beside it: the entry that tells of it is not casey's, not dana's to make, and not nobody's."""
    with rogue.at_work(signs=True) as connection:
        seq = rogue.tell(connection, CASEY, "clinician", "sign_review", changes={"fingerprint": [None, "ab" * 32]})
        others = [
            rogue.tell(connection, who, role, "sign_review", changes={"fingerprint": [None, "cd" * 32]})
            for who, role in ((DANA, "receptionist"), (None, None))
        ]
    found = findings(rogue.paths)
    assert Finding(code="entries_unsigned", place=f"casey: {seq}-{seq}") in found
    assert {Finding(code="not_permitted_entry", place=str(each)) for each in others} <= set(found)


def test_an_entry_with_another_role_than_its_account_has_is_found(rogue: Rogue) -> None:
    """Her own name, her own signature, a role that may."""
    with rogue.at_work(signs=True) as connection:
        rogue.tell(connection, DANA, "clinician", "open_chart")
    assert findings(rogue.paths) == (Finding(code="account_altered", place="dana"),)


@pytest.mark.parametrize(("staff_id", "role"), [(DANA, "receptionist"), (ALEX, "administrator"), (None, None)])
def test_a_colleagues_slot_with_a_password_of_hers_is_found(rogue: Rogue, staff_id: int | None, role: str | None) -> None:
    """Slot, key and seal are as if somebody had given casey a new password; nobody who may did."""
    with rogue.at_work(signs=True) as connection:
        (slot,) = connection.execute("SELECT slot FROM staff WHERE id = ?", (DANA,)).fetchone() or ("",)
        theirs = slot.replace('"dana"', '"casey"').replace(rogue.signer.public.hex(), "ab" * 32)
        connection.execute("UPDATE staff SET slot = ? WHERE id = ?", (theirs, CASEY))
        connection.execute(
            "INSERT INTO signer (staff_id, public, since) SELECT ?, ?, 1 + max(seq) FROM audit", (CASEY, bytes.fromhex("ab" * 32))
        )
        (number,) = connection.execute("SELECT max(id) FROM signer").fetchone() or (0,)
        sealed = f"{rogue.seal(connection, 'signer', number)} {rogue.seal(connection, 'staff', CASEY)}"
        changes = {"login": ["casey", "casey"], "sealed": [None, sealed]}
        seq = rogue.tell(connection, staff_id, role, "change_password", changes=changes)
    found = findings(rogue.paths)
    assert {Finding(code="signer_not_told", place="casey"), Finding(code="not_permitted_entry", place=str(seq))} <= set(found)
    assert (Finding(code="entries_unsigned", place=f"alex: {seq}-{seq}") in found) == (staff_id == ALEX)


def test_a_slot_that_is_put_in_place_without_a_word_is_found(rogue: Rogue) -> None:
    """As before there were signatures: the seal of the account tells it."""
    with rogue.at_work(signs=True) as connection:
        connection.execute("UPDATE staff SET slot = (SELECT slot FROM staff WHERE id = ?) WHERE id = ?", (DANA, CASEY))
    assert Finding(code="account_altered", place="casey") in findings(rogue.paths)


@pytest.mark.parametrize("told", [False, True])
def test_making_herself_an_administrator_is_found(rogue: Rogue, *, told: bool) -> None:
    """Also with a seal of her own over it."""
    with rogue.at_work(signs=True) as connection:
        connection.execute("UPDATE staff SET role = 'administrator' WHERE id = ?", (DANA,))
        sealed = rogue.seal(connection, "staff", DANA)
        if told:
            rogue.tell(connection, DANA, "receptionist", "change_password", changes={"sealed": [None, sealed]})
    assert Finding(code="account_altered", place="dana") in findings(rogue.paths)


@pytest.mark.parametrize(("staff_id", "role"), [(DANA, "receptionist"), (ALEX, "administrator"), (None, None)])
def test_an_account_that_she_makes_is_found(rogue: Rogue, staff_id: int | None, role: str | None) -> None:
    """Told by the book, in whosever name: as her own she may not, as alex she cannot sign."""
    with rogue.at_work(signs=True) as connection:
        sql = (
            "INSERT INTO staff (login, name, role, slot, active, created_at)"
            " SELECT 'eve', 'Eve', 'administrator', json_remove(slot, '$.signer'), 1, created_at FROM staff WHERE id = ?"
        )
        connection.execute(sql, (DANA,))
        (number,) = connection.execute("SELECT max(id) FROM staff").fetchone() or (0,)
        changes = {"login": [None, "eve"], "role": [None, "administrator"], "sealed": [None, rogue.seal(connection, "staff", number)]}
        seq = rogue.tell(connection, staff_id, role, "add_staff", changes=changes)
    found = findings(rogue.paths)
    assert Finding(code="not_permitted_entry", place=str(seq)) in found
    assert (Finding(code="entries_unsigned", place=f"alex: {seq}-{seq}") in found) == (staff_id == ALEX)


def test_every_signature_taken_away_is_found(rogue: Rogue) -> None:
    """Then nobody vouches for anything that stands in their names."""
    with rogue.at_work(signs=True) as connection:
        connection.execute("DELETE FROM audit_signature")
    found = findings(rogue.paths)
    assert {each.code for each in found if each.place.startswith("casey")} == {"entries_unsigned", "signer_not_told"}


def test_a_store_that_is_made_to_look_like_one_from_before_signatures_is_found(rogue: Rogue) -> None:
    """The slots know better; and a slot whose key is taken out opens no more."""
    with rogue.at_work() as connection:
        connection.execute("DELETE FROM audit_signature")
        connection.execute("DELETE FROM signer")
    assert Finding(code="account_altered", place="casey") in findings(rogue.paths)
    with rogue.at_work() as connection:
        connection.execute("UPDATE staff SET slot = json_remove(slot, '$.signer')")
    ring = rogue.paths.ring.read_text(encoding="utf-8")
    rogue.paths.ring.write_text(ring.replace('"signer"', '"former"').replace('"notes"', '"others"'), encoding="utf-8")
    assert refused(rogue.paths, "casey").code == "wrong_sign_in"


def test_an_end_that_is_cut_within_somebodys_work_is_found(rogue: Rogue) -> None:
    """Casey's last signature goes with the last entries; the one that is left does not reach the others."""
    kept = of(rogue, CASEY)[3]
    with rogue.at_work() as connection:
        connection.execute("DELETE FROM audit WHERE seq > ?", (kept,))
        connection.execute("DELETE FROM audit_signature WHERE seq > ?", (kept,))
    found = findings(rogue.paths)
    assert [each.code for each in found] == ["entries_unsigned"]
    assert found[0].place.startswith("casey: ")


def test_an_end_that_is_cut_before_all_that_somebody_did_is_told_by_paper_only(rogue: Rogue) -> None:
    """The limit: casey never signed in, as far as anything within dana's reach can tell. A printed link does tell."""
    first, last = of(rogue, CASEY, "sign_in")[0], None
    with rogue.at_work() as connection:
        seq, found = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone() or (0, b"")
        last = Link(seq=seq, hash=found)
    with rogue.at_work() as connection:
        connection.execute("DELETE FROM audit WHERE seq >= ?", (first,))
        connection.execute("DELETE FROM audit_signature WHERE seq >= ?", (first,))
    assert findings(rogue.paths) == ()
    with signed_in(rogue.paths) as alex:
        told = check_printed(alex.store, alex.actor, last, now=NOW)
    assert told is not None
    assert told.code in ("audit_cut", "another_past")
    work(rogue.paths, "casey")
    assert findings(rogue.paths) == (), "nor does casey's own sign-in"


def test_what_somebody_signed_over_protects_what_others_did_before(rogue: Rogue) -> None:
    """Dana cannot take back her own entries either, once casey worked after her."""
    seq, signed = of(rogue, DANA)[2], last_signed(rogue, CASEY)
    with rogue.at_work(signs=True) as connection:
        change(connection, seq)
    assert Finding(code="signature_wrong", place=str(signed)) in findings(rogue.paths)


def test_a_session_in_which_the_past_changes_tells_it_at_once(rogue: Rogue) -> None:
    """Casey is at work while dana writes the audit anew: casey's very next commit says so."""
    with signed_in(rogue.paths, "casey") as casey:
        with rogue.at_work() as connection:
            change(connection, 3)
        with casey.store.transaction():
            casey.store.audit.add(casey.actor, "search", at=NOW)
    assert "own_work_altered" in codes(findings(rogue.paths))


def test_her_password_opens_no_slot_but_her_own(rogue: Rogue) -> None:
    """What all of this rests on."""
    with pytest.raises(IntakeError), signed_in(rogue.paths, "casey", PASSWORD + "!"):
        pass
