"""What a clinician wrote into a letter: no password without the key of the notes opens it, and no work is held up by that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from intake.actions.access import SignedIn
from intake.actions.check import check_store, nightly_check
from intake.actions.issuing import keep_document
from intake.actions.letters import keep_letter, open_letter
from intake.actions.letters_aside import aside_of, put_aside
from intake.actions.requests import change_request, list_requests, request_of, withdraw
from intake.definitions.bundle import Definitions
from intake.domain.documents import Made
from intake.domain.requests import Filter, Request, RequestState
from intake.domain.staff import Actor
from intake.errors import DeniedError, IntakeError
from intake.storage.store import Store
from tests.factories import NOW
from tests.intake.access.desk import signed_in
from tests.intake.letters.office import LATER, Office
from tests.intake.letters.papers import ABSENCE, REFERRAL
from tests.intake.review.charting import sign

TABLES = ("letter", "letter_aside", "letter_signature", "document")
BODY = "The fingers went numb after a fall from a ladder."
LEAVING: dict[str, Any] = {"leaves_by": "mail", "recipient": "", "address": "", "language": "en"}


@pytest.fixture
def room(store: Store, clinician: Actor, definitions: Definitions) -> Office:
    """Return the practice at a clinician's desk."""
    return Office(store, clinician, definitions)


@pytest.fixture
def front(store: Store, desk: Actor) -> Iterator[SignedIn]:
    """Let the receptionist sign in by her own password, beside everybody else."""
    with signed_in(store.paths, desk.staff.login) as found:
        yield found


def found_in(store: Store) -> str:
    """Return all that these tables hold, as a program of somebody's own reads it, deleted rows and all that is encoded."""
    rows = [row for table in TABLES for row in store._connection.execute(f"SELECT * FROM {table}")]
    return " ".join(str(value) for row in rows for value in row)


def change_purpose(found: SignedIn, request: Request, definitions: Definitions, purpose: str) -> Request:
    """Say at the front desk that a letter is for another purpose."""
    return change_request(
        found.store, found.actor, request.id, purpose=purpose, definitions=definitions, now=LATER, **LEAVING
    )  # fmt: skip


def test_no_word_of_it_is_found_by_who_may_not_read_it(room: Office, front: SignedIn, clinician: Actor) -> None:
    """Neither typed, nor beside it, nor signed; nor the codes of the review in it."""
    request = room.ask("referral_letter")
    sign(room.store, clinician, request.visit_id or 0, room.definitions, now=NOW, codes=["M54.2"])
    put_aside(room.store, clinician, request.id, typed={"reason": "Numb toes"}, body="Toes too.", now=LATER)
    room.keep(request, REFERRAL, body=BODY)
    assert "notes1:" in found_in(front.store)
    room.sign(request, clinician)
    held = found_in(front.store)
    assert not [word for word in ("Numb", "fingers", "examine", "ladder", "Toes", "M54.2") if word in held]
    for read in (front.store.letters.get, front.store.letters.signature):
        with pytest.raises(DeniedError):
            read(request.id)


def test_who_may_read_it_reads_it_by_a_password_of_their_own(room: Office, clinician: Actor, print_desk: Actor) -> None:
    """What was typed, beside it and signed."""
    request = room.ask("referral_letter")
    put_aside(room.store, clinician, request.id, typed={"reason": "Numb toes"}, body="Toes too.", now=LATER)
    room.keep(request, REFERRAL, body=BODY)
    room.sign(request, clinician)
    for who in (clinician, print_desk):
        with signed_in(room.store.paths, who.staff.login) as found:
            letter = open_letter(found.store, found.actor, request.id, definitions=room.definitions, now=LATER)
            assert (dict(letter.typed), letter.body, letter.sealed is not None) == (REFERRAL, BODY, True)
            aside = aside_of(found.store, clinician, request.id)
            assert aside
            assert (aside.typed, aside.body) == ({"reason": "Numb toes"}, "Toes too.")


def test_what_everybody_may_see_stands_as_before(room: Office, front: SignedIn) -> None:
    """An absence note: the front desk writes it, and reads it back."""
    request = room.ask("work_note")
    desk = Office(front.store, front.actor, room.definitions)
    assert desk.keep(request, ABSENCE, body="Off work until Thursday.").body == "Off work until Thursday."
    assert "Off work" in found_in(front.store)
    assert desk.open(request).typed


def test_the_front_desk_is_told_that_it_is_not_for_them(room: Office, front: SignedIn) -> None:
    """As before, and by the same words."""
    request = room.ask("referral_letter")
    room.keep(request, REFERRAL)
    known = room.definitions
    with pytest.raises(DeniedError) as opened:
        open_letter(front.store, front.actor, request.id, definitions=known, now=LATER)
    with pytest.raises(DeniedError) as written:
        keep_letter(front.store, front.actor, request.id, typed={}, body=None, definitions=known, now=LATER)
    told = [(denied.value.code, denied.value.facts) for denied in (opened, written)]
    assert told == [("not_permitted", {"task": "print_note"})] * 2


def test_the_front_desk_opens_changes_and_withdraws_its_request(room: Office, front: SignedIn, clinician: Actor) -> None:
    """Everything about the promise, nothing of the words."""
    desk = Office(front.store, front.actor, room.definitions)
    request = desk.ask("referral_letter")
    assert desk.state(request) is RequestState.REQUESTED
    sign(room.store, clinician, request.visit_id or 0, room.definitions, now=NOW, codes=["M54.2"])
    again = desk.ask_for("referral_letter", request.patient_id, request.visit_id or 0)
    assert missing_of(front.store, again) == missing_of(room.store, request) == 1
    room.keep(request, REFERRAL)
    assert change_purpose(front, request, room.definitions, "to_patient").state is RequestState.WAITING
    withdraw(front.store, front.actor, request.id, reason="No longer wanted", now=LATER)
    assert request.id not in [line.id for line in list_requests(front.store, front.actor, Filter(location=None))]


def missing_of(store: Store, request: Request) -> int:
    """Return how many fields of a letter are asked for, as kept with its request."""
    return store.requests.standing(request.id).missing


@pytest.mark.parametrize("body", [None, BODY, "Seen on [Seen on].", "[sic] it says", "  "])
@pytest.mark.parametrize("typed", [{}, REFERRAL, {"birth_date": "in spring"}, {"reason": "yes", "birth_date": "1985-03-04"}])
def test_as_much_is_missing_whoever_counts(room: Office, front: SignedIn, typed: dict[str, str], body: str | None) -> None:
    """Another purpose at the front desk asks for what it asks for when a clinician says so."""
    request = room.ask("referral_letter")
    kept = room.keep(request, typed, body=body)
    change_purpose(front, request, room.definitions, "to_patient")
    assert missing_of(room.store, request) == len(kept.missing)
    assert missing_of(room.store, request) == len(room.open(request).missing)
    assert request_of(front.store, front.actor, request.id).purpose == "to_patient"


def test_a_signed_letter_is_left_as_it_is_by_another_way_of_leaving(room: Office, front: SignedIn, clinician: Actor) -> None:
    """How it leaves is no word of it."""
    request = room.ask("referral_letter")
    room.keep(request, REFERRAL)
    room.sign(request, clinician)
    changed = change_request(
        front.store, front.actor, request.id, definitions=room.definitions, now=LATER, **{**LEAVING, "leaves_by": "hand"},
        purpose=request.purpose,
    )  # fmt: skip
    assert (changed.leaves_by, changed.state) == ("hand", RequestState.READY)


def test_a_letter_is_encrypted_once_its_template_tells_of_a_review(room: Office, front: SignedIn, clinician: Actor) -> None:
    """What stands of it in the open is encrypted when somebody opens it who may."""
    request = room.ask("referral_letter")
    room.store._connection.execute("UPDATE request SET task = 'write_letter' WHERE id = ?", (request.id,))
    words = (request.id, clinician.staff.id, '{"reason": "Numb toes"}', "Toes too.", "2026-11-22T15:10:00.000+00:00")
    room.store._connection.execute("INSERT INTO letter_aside (request_id, staff_id, typed, body, at) VALUES (?, ?, ?, ?, ?)", words)
    assert "toes" in found_in(front.store)
    room.open(request)
    assert "toes" not in found_in(front.store)
    assert "Toes" not in found_in(front.store)


def test_a_request_that_was_widened_past_the_actions_opens_no_letter(room: Office, front: SignedIn, clinician: Actor) -> None:
    """What was encrypted stays so, the signature too."""
    request = room.ask("referral_letter")
    room.keep(request, REFERRAL)
    front.store._connection.execute("UPDATE request SET task = 'write_letter' WHERE id = ?", (request.id,))
    room.sign(request, clinician)
    assert "Numb" not in found_in(front.store)


def test_what_is_typed_beside_a_widened_request_is_encrypted(room: Office, front: SignedIn, clinician: Actor) -> None:
    """Nobody else ever reads it, whatever the request says that it is for."""
    request = room.ask("referral_letter")
    front.store._connection.execute("UPDATE request SET task = 'write_letter' WHERE id = ?", (request.id,))
    put_aside(room.store, clinician, request.id, typed={"reason": "Numb toes"}, body="Toes too.", now=LATER)
    assert "oes" not in found_in(front.store)
    aside = aside_of(room.store, clinician, request.id)
    assert aside
    assert aside.body == "Toes too."


def test_the_check_compares_what_it_may_and_counts_the_rest(room: Office, front: SignedIn, clinician: Actor, admin: Actor) -> None:
    """At night at the front desk nothing is found that is not there; an administrator's finds what is."""
    request = room.ask("referral_letter")
    room.keep(request, REFERRAL)
    room.sign(request, clinician)
    assert nightly_check(front.store, workstation="desk-1", now=LATER).good
    assert (front.store.letters.unopened(), room.store.letters.unopened()) == (1, 0)
    assert check_store(room.store, admin, now=LATER).good


@pytest.mark.parametrize("column", ["content", "typed"])
def test_words_that_are_of_another_letter_are_found(
    room: Office, clinician: Actor, admin: Actor, desk: Actor, column: str
) -> None:  # fmt: skip
    """Encrypted words hold for their own row only."""
    signed = [room.ask("referral_letter"), room.ask("referral_letter")]
    for request in signed:
        room.keep(request, REFERRAL)
        room.sign(request, clinician)
    table = "letter_signature" if column == "content" else "letter"
    raw = room.store._connection
    for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?", (table,)).fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute(
        f"UPDATE {table} SET {column} = (SELECT {column} FROM {table} WHERE request_id = ?) WHERE request_id = ?",
        (signed[0].id, signed[1].id),
    )
    assert set(room.store.letters.altered()) == {signed[1].id}


def test_a_letter_in_the_open_that_is_made_to_look_encrypted_is_found_without_the_key(
    room: Office, front: SignedIn, clinician: Actor
) -> None:  # fmt: skip
    """Nobody hides a change from the front desk's check behind what it does not open."""
    request = room.ask("work_note")
    room.keep(request, ABSENCE)
    room.sign(request, clinician)
    raw = front.store._connection
    raw.execute("DROP TRIGGER letter_signature_never_changed")
    raw.execute("UPDATE letter_signature SET content = json_quote('notes1:AAAA') WHERE request_id = ?", (request.id,))
    assert set(front.store.letters.altered()) == {request.id}


def as_before(store: Store) -> None:
    """Make a store as one of before was: no key of notes, and everything in the open; its guards are today's."""
    raw, letters, documents = store._connection, store.letters.plain_rows(), store.documents
    guards = dict(raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
    kept = {table: _rows(store, table) for table in TABLES}
    opened = {table: [letters[table](row) for row in rows] for table, rows in kept.items() if table in letters}
    opened["document"] = [{**documents.plain(row), "encrypted": 0} for row in kept["document"]]
    for name in guards:
        raw.execute(f"DROP TRIGGER {name}")
    raw.execute("DELETE FROM meta WHERE name = 'notes_key'")
    for table, rows in opened.items():
        for before, row in zip(kept[table], rows, strict=True):
            key = "id" if table == "document" else "request_id"
            for name in row.keys() & {"typed", "body", "content", "encrypted"}:
                raw.execute(f"UPDATE {table} SET {name} = ? WHERE {key} = ?", (row[name], before[key]))
    for sql in guards.values():
        raw.execute(sql)


def _rows(store: Store, table: str) -> list[dict[str, Any]]:
    names = [row[1] for row in store._connection.execute(f"PRAGMA table_info({table})")]
    return [dict(zip(names, row, strict=True)) for row in store._connection.execute(f"SELECT * FROM {table}")]


def test_a_store_of_before_is_encrypted_where_it_has_to_be(room: Office, front: SignedIn, clinician: Actor) -> None:
    """Signed letters and pages that left too, which nothing else may change; what everybody may see stays in the open."""
    store, waiting = room.store, room.ask("referral_letter")
    room.keep(waiting, REFERRAL, body="Tingling, see [Codes].")
    put_aside(store, clinician, waiting.id, typed={"reason": "Numb toes"}, body="Toes too.", now=LATER)
    signed, note = room.ask("referral_letter"), room.ask("work_note")
    room.keep(signed, REFERRAL, body=BODY)
    room.keep(note, ABSENCE)
    for request in (signed, note):
        room.sign(request, clinician)
        keep_page(room, request)
    as_before(store)
    assert all(word in found_in(front.store) for word in ("Tingling", "toes", "ladder", "%PDF-1.7 referral_letter"))
    with store.transaction():
        store.letters.encrypt_open()
        store.documents.encrypt_open()
        store.notes_key.make()
    held = found_in(front.store)
    assert not [word for word in ("Tingling", "oes too", "toes", "ladder", "fingers", "%PDF-1.7 referral_letter") if word in held]
    assert "%PDF-1.7 work_note" in held
    assert list(store.letters.altered()) == list(front.store.letters.altered()) == list(store.documents.altered()) == []
    assert room.open(waiting).body == "Tingling, see [Codes]."
    assert [store.documents.content(each.id) for each in store.documents.of_request(signed.id)] == [b"%PDF-1.7 referral_letter"]
    assert store.altered_guards() == ()


def keep_page(room: Office, request: Request) -> None:
    """Let a page leave for a request."""
    made = Made(content=f"%PDF-1.7 {request.kind}".encode(), pages=1)
    with room.store.transaction():
        keep_document(
            room.store, room.desk, made, kind=request.kind, patient_id=request.patient_id, visit_id=request.visit_id,
            request_id=request.id, how="file", target="file", now=LATER,
        )  # fmt: skip


@pytest.mark.parametrize("table", ["letter", "letter_signature", "document"])
def test_a_store_that_has_its_key_changes_nothing_signed_any_more(room: Office, clinician: Actor, table: str) -> None:
    """The one change there is, from open to encrypted, is over."""
    request = room.ask("referral_letter")
    room.keep(request, REFERRAL)
    room.sign(request, clinician)
    keep_page(room, request)
    column = {"letter": "typed", "letter_signature": "content", "document": "content"}[table]
    with pytest.raises(IntakeError, match="append_only"), room.store.transaction():
        room.store._connection.execute(f"UPDATE {table} SET {column} = {column}")
