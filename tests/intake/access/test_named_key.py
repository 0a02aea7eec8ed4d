"""Which key the notes have is named in each slot: an audit that somebody wrote anew changes nothing in that."""

from __future__ import annotations

import json

import pytest

from intake.actions.key_ring import project
from intake.paths import Paths
from intake.security.slots import opened_slot, slot_from_json
from intake.storage.driver import Connection
from intake.storage.notes_key import NotesKey, id_bytes
from tests.factories import PASSWORD
from tests.intake.access.desk import refused, signed_in
from tests.intake.audit.rogue import Rogue
from tests.intake.review.charting import LATER


@pytest.fixture
def paths(noted: Paths) -> Paths:
    """Return a clinic at which somebody of each role works, and a clinician wrote notes."""
    return noted


@pytest.mark.parametrize("forgets", [False, True])
def test_a_key_that_somebody_has_the_audit_tell_of_is_not_taken_up(paths: Paths, *, forgets: bool) -> None:
    """She writes every hash anew, and takes away all that the clinician signed: the slot names the key, and only its password can."""
    with Rogue(paths).at_work(signs=True) as connection:
        forged = NotesKey(connection, b"k" * 32)
        told = id_bytes(b"k" * 32).hex()
        connection.execute("UPDATE audit SET changes = json_set(changes, '$.notes_key[1]', ?) WHERE action = 'set_up'", (told,))
        connection.execute("UPDATE meta SET value = ? WHERE name = 'notes_key'", (told,))
        for login in ("casey", "alex", "pat"):
            share_anew(connection, login, forged)
        if forgets:
            (first,) = connection.execute(
                "SELECT min(seq) FROM audit JOIN staff ON staff.id = staff_id AND login = 'casey'"
            ).fetchone() or (0,)
            for table in ("audit", "audit_signature"):
                connection.execute(f"DELETE FROM {table} WHERE seq >= ?", (first,))
        assert not forged.altered()
    for login in ("casey", "alex", "pat"):
        assert refused(paths, login).code == "notes_key_altered"


def test_a_slot_that_names_no_key_of_the_notes_does_after_signing_in(paths: Paths) -> None:
    """One of before; everybody else's name it from the start, and so does one of the front desk."""
    forget_the_key(paths)
    with signed_in(paths, "casey", now=LATER) as casey:
        named = {staff.login: casey.store.staff.slot_of(staff.id).notes for staff in casey.store.staff.all()}
        recovery = casey.store.staff.recovery()
        assert casey.store.notes_key.key
        assert recovery
        assert {*named.values(), recovery.slot.notes} == {id_bytes(casey.store.notes_key.key)}


def test_the_key_is_not_taken_up_on_the_word_of_an_audit_that_was_altered(paths: Paths) -> None:
    """Whose slot does not name it gets in without it, and reads and writes no note; nobody else is held up."""
    forget_the_key(paths)
    with Rogue(paths).at_work() as connection:
        hers = "SELECT max(seq) FROM audit_signature JOIN signer USING (public) JOIN staff ON staff.id = staff_id AND login = 'casey'"
        connection.execute(f"UPDATE audit_signature SET signature = zeroblob(64) WHERE seq = ({hers})")
    with signed_in(paths, "casey", now=LATER) as casey:
        assert not casey.store.notes_key.held
        assert casey.store.keys.notes is None
    with signed_in(paths, now=LATER) as alex:
        assert alex.store.notes_key.held, "this one's slot names it"


def forget_the_key(paths: Paths) -> None:
    """Give casey a slot that names no key of the notes, as from before slots did."""
    with signed_in(paths, "casey", now=LATER) as casey:
        store, staff = casey.store, casey.actor.staff
        slot, half = opened_slot(staff.login, PASSWORD)
        with store.transaction():
            store.staff.set_slot(staff.id, slot, role=staff.role, at=LATER)
            store.staff.seal(staff.id, at=LATER)
            store.audit.add(casey.actor, "renew_slot", at=LATER)
        store.hold(slot, half)
        project(store)
        assert store.staff.slot_of(staff.id).notes == b""


def share_anew(connection: Connection, login: str, key: NotesKey) -> None:
    """Seal another key to somebody's slot."""
    (written,) = connection.execute("SELECT slot FROM staff WHERE login = ?", (login,)).fetchone() or ("",)
    slot = slot_from_json(json.loads(written))
    connection.execute("DELETE FROM notes_share WHERE public = ?", (slot.public,))
    key.give(slot)
