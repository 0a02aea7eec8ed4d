"""Whoever changes a signed visit below the triggers is found out by the check."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from intake.actions.check import check_store
from intake.actions.correcting import correct
from intake.actions.signing import add_addendum
from intake.definitions.bundle import Definitions
from intake.domain.canonical import canonical, fingerprint
from intake.domain.numbers import visit_number
from intake.domain.staff import Actor, Role
from intake.storage.signed import altered
from intake.storage.store import Store
from tests.factories import PASSWORD, a_colleague, a_store, a_visit, an_admin, an_intake, save
from tests.intake.review.charting import LATER, sign

VISIT = "V-000001-3"
TAMPERINGS = (
    "UPDATE visit SET reason = 'Nothing'",
    "UPDATE visit SET status = 'waiting'",
    "UPDATE visit SET recorded_by = 2",
    "UPDATE visit SET visit_day = '2026-11-21'",
    "UPDATE visit SET checklist_version = 'neck-1'",
    "UPDATE coverage SET member_id = 'OTHER'",
    "DELETE FROM coverage",
    "UPDATE safety SET allergies = 'penicillin'",
    "DELETE FROM safety",
    "UPDATE notices SET privacy = 'refused', privacy_reason = 'x'",
    "UPDATE answer SET value = '\"unsure\"' WHERE key = 'safety.walking'",
    "DELETE FROM answer WHERE key = 'safety.walking'",
    "INSERT INTO answer (visit_id, key, value) VALUES (1, 'sx.unheard', '\"yes\"')",
    "UPDATE mark SET kind = 'other' WHERE place = 0",
    "DELETE FROM mark WHERE place = 0",
    "UPDATE correction SET reason = 'Otherwise'",
    "UPDATE correction SET staff_id = 1",
    "DELETE FROM correction",
    "UPDATE prompt SET level = 'review' WHERE id = 1",
    "UPDATE prompt SET answers = '{}' WHERE id = 1",
    "UPDATE acknowledgement SET words = 'Otherwise' WHERE prompt_id = 1",
    "UPDATE acknowledgement SET staff_id = 1",
    "DELETE FROM acknowledgement WHERE prompt_id = 1",
    "UPDATE review SET staff_name = 'Somebody Else'",
    "UPDATE review SET staff_id = 1",
    "UPDATE review SET at = '2026-11-22T00:00:00.000+00:00'",
    "UPDATE review SET code_release = 'other'",
    "UPDATE review SET content = replace(content, substr(content, 60, 12), 'AAAAAAAAAAAA')",
    "UPDATE review SET content = replace(content, 'notes1:', '')",
    "UPDATE review SET content = '{}'",
    "UPDATE review SET content = '[1]'",
    "UPDATE review SET fingerprint = printf('%064d', 0)",
    "UPDATE addendum SET text = 'Otherwise' WHERE number = 1",
    "UPDATE addendum SET text = (SELECT other.text FROM addendum AS other WHERE other.number = 2) WHERE number = 1",
    "UPDATE addendum SET text = reason WHERE number = 1",
    "UPDATE addendum SET at = '2026-11-22T00:00:00.000+00:00' WHERE number = 2",
    "UPDATE addendum SET staff_id = 1 WHERE number = 2",
    "DELETE FROM addendum WHERE number = 2",
    "DELETE FROM addendum; DELETE FROM review",
)


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Iterator[tuple[Store, Actor]]:
    """Open a store with one signed visit that has a row in every table and two addenda."""
    store = a_store(tmp_path_factory.mktemp("signed") / "data")
    admin = an_admin(store)
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    intake = an_intake(definitions, visit=a_visit())
    visit_id = save(store, admin, definitions, intake=intake).visit_id
    correct(store, clinician, visit_id, path="answers.safety.walking", value="yes", reason="Asked", definitions=definitions, now=LATER)
    sign(store, clinician, visit_id, definitions)
    for text in ("More", "Still more"):
        add_addendum(store, clinician, visit_id, text=text, reason="Later", password=PASSWORD, definitions=definitions, now=LATER)
    yield store, admin
    store.close()


@pytest.fixture
def opened(practice: tuple[Store, Actor]) -> Iterator[Store]:
    """Return that store with its triggers gone; both are taken back."""
    store = practice[0]
    store._connection.execute("SAVEPOINT tampering")
    for (name,) in store._connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        store._connection.execute(f"DROP TRIGGER {name}")
    yield store
    store._connection.execute("ROLLBACK TO tampering")
    store._connection.execute("RELEASE tampering")


def test_a_store_nobody_tampered_with_is_good(practice: tuple[Store, Actor]) -> None:
    """The check finds nothing where there is nothing."""
    store, admin = practice
    report = check_store(store, admin, now=LATER)
    assert (report.good, report.altered, report.lists) == (True, (), 0)


def test_progress_is_told_from_the_first_page_to_the_last_visit(practice: tuple[Store, Actor]) -> None:
    """It only grows, over one whole of entries and signed visits."""
    store, admin = practice
    told: list[tuple[int, int]] = []
    entries = check_store(store, admin, now=LATER, progress=lambda done, total: told.append((done, total))).entries
    assert told[0] == (0, entries + 1)
    assert {total for _, total in told} == {entries + 1}
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (entries, entries + 1)


def test_dropping_the_triggers_alone_alters_nothing(opened: Store) -> None:
    """So every finding below comes from what was changed."""
    assert altered(opened) == ()


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_every_change_of_what_was_signed_is_found(opened: Store, tampering: str) -> None:
    """By the visit's number, whichever table it is in."""
    for statement in tampering.split("; "):
        assert opened._connection.execute(statement).rowcount > 0
    assert altered(opened) == (VISIT,)


def test_a_content_with_its_fingerprint_made_anew_is_found_by_the_audit(opened: Store) -> None:
    """Who computes a right fingerprint over other words still has not signed them."""
    kept = opened.reviews.get(1)
    assert kept is not None
    content = json.loads(kept.content)
    content["note"]["impression"] = "Something else."
    text = canonical(content)
    opened._connection.execute("DELETE FROM addendum")
    opened._connection.execute("UPDATE review SET content = ?, fingerprint = ?", (text, fingerprint(text)))
    assert altered(opened) == (VISIT,)


def test_a_review_put_in_without_a_signature_is_found(opened: Store) -> None:
    """A row that the audit knows nothing of."""
    names = "content, fingerprint, staff_id, staff_name, staff_role, at, location, form_version, rules_version, code_release"
    visit = [name for _, name, *_ in opened._connection.execute("PRAGMA table_info(visit)") if name != "id"]
    opened._connection.execute(f"INSERT INTO visit (id, {', '.join(visit)}) SELECT 2, {', '.join(visit)} FROM visit WHERE id = 1")
    opened._connection.execute(f"INSERT INTO review (visit_id, {names}) SELECT 2, {names} FROM review")
    assert altered(opened) == (visit_number(2),)


def test_a_visit_in_no_list_is_found(opened: Store) -> None:
    """Signed and unsigned lists together are all visits."""
    opened._connection.execute("INSERT INTO awaiting (visit_id, location, urgency, arrived_at, gone) VALUES (1, 'loc.edison', 4, 'x', 0)")
    assert opened.reviews.in_no_list() == 1


def test_a_guard_that_is_gone_or_was_changed_is_told_by_its_name(practice: tuple[Store, Actor]) -> None:
    """Before anything was written past it."""
    store, _ = practice
    made = "CREATE TRIGGER {} BEFORE INSERT ON answer BEGIN SELECT 1; END"
    store._connection.execute("SAVEPOINT tampering")
    for statement in (
        "DROP TRIGGER signed_mark_not_removed",
        "DROP TRIGGER signed_answer_not_added",
        made.format("signed_answer_not_added"),
        made.format("strange"),
    ):
        store._connection.execute(statement)
    assert store.altered_guards() == ("signed_answer_not_added", "signed_mark_not_removed", "strange")
    store._connection.execute("ROLLBACK TO tampering")
    store._connection.execute("RELEASE tampering")
    assert store.altered_guards() == ()


def test_a_store_without_a_guard_is_not_good(store: Store, admin: Actor) -> None:
    """The check says so though nothing was altered yet."""
    store._connection.execute("DROP TRIGGER signed_visit_not_changed")
    report = check_store(store, admin, now=LATER)
    assert (report.good, report.altered, report.guards) == (False, (), ("signed_visit_not_changed",))
