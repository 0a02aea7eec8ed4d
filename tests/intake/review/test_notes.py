"""Snippets of one's own, typing recorded once, and a signed visit seen from another desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.actions.charts import open_chart
from intake.actions.notes import drop_snippet, keep_note, keep_snippet, my_snippets
from intake.actions.visits import change_status, today
from intake.definitions.bundle import Definitions
from intake.domain.review_form import Snippet
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import ConflictError, DeniedError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, TODAY, a_store
from tests.intake.review.charting import LATER, sign, write


def test_snippets_are_kept_for_their_owner(store: Store, clinician: Actor, other: Actor) -> None:
    """In any case, with or without the point, one text for each abbreviation."""
    assert keep_snippet(store, clinician, abbreviation=" Neck ", text="Neck [finding].\r\nMore\n", now=NOW) == Snippet(
        abbreviation=".neck", text="Neck [finding].\nMore"
    )
    keep_snippet(store, clinician, abbreviation=".arm", text="Arm", now=NOW)
    keep_snippet(store, clinician, abbreviation=".ARM", text="Other arm", now=NOW)
    assert [(each.abbreviation, each.text) for each in my_snippets(store, clinician)] == [
        (".arm", "Other arm"),
        (".neck", "Neck [finding].\nMore"),
    ]
    assert my_snippets(store, other) == ()
    drop_snippet(store, clinician, "neck", now=NOW)
    assert [each.abbreviation for each in my_snippets(store, clinician)] == [".arm"]


@pytest.mark.parametrize(
    ("abbreviation", "text", "field", "code"),
    [
        ("", "x", "abbreviation", "not_an_abbreviation"),
        ("two words", "x", "abbreviation", "not_an_abbreviation"),
        ("x" * 31, "x", "abbreviation", "not_an_abbreviation"),
        (".neck", " ", "text", "required"),
        (".neck", "x" * 40_001, "text", "text_too_long"),
    ],
)
def test_a_snippet_that_will_not_do_is_refused(store: Store, clinician: Actor, abbreviation: str, text: str, field: str, code: str) -> None:
    """By the part that is wrong."""
    with pytest.raises(InvalidInputError) as caught:
        keep_snippet(store, clinician, abbreviation=abbreviation, text=text, now=NOW)
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [(field, code)]


def test_snippets_are_for_who_writes_notes(store: Store, desk: Actor) -> None:
    """Nobody else has any."""
    with pytest.raises(DeniedError):
        my_snippets(store, desk)


def test_typing_is_recorded_when_it_begins_and_not_at_every_stroke(store: Store, clinician: Actor, visit_id: int) -> None:
    """And a visit that is not there takes no note."""
    for length in range(1, 6):
        write(store, clinician, visit_id, history="x" * length)
    assert store._connection.execute("SELECT count(*) FROM audit WHERE action = 'start_note'").fetchone() == (1,)
    with pytest.raises(IntakeError, match="visit_not_found"):
        keep_note(store, clinician, 77, content={}, caret={}, now=NOW)


def test_another_desk_sees_the_signature_and_is_refused_alike(
    store: Store, tmp_path: Path, desk: Actor, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """A desk that had the visit open when it was signed is told in words, and what it typed stays."""
    elsewhere = a_store(tmp_path / "data")
    before = elsewhere.data_version()
    open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
    with pytest.raises(ConflictError, match="chart_taken"):
        write(elsewhere, other, visit_id, history="From the other desk")
    sign(store, clinician, visit_id, definitions)
    assert elsewhere.data_version() != before
    [line] = today(elsewhere, desk, location=None, day=TODAY, now=LATER)
    assert line.signed_by == "Casey Example"
    with pytest.raises(ConflictError, match="visit_signed"):
        change_status(elsewhere, desk, visit_id, Status.WAITING, now=LATER)
    with pytest.raises(ConflictError, match="visit_signed"):
        write(elsewhere, other, visit_id, history="From the other desk, more")
    assert open_chart(elsewhere, other, visit_id, definitions=definitions, now=LATER).draft["history"] == "From the other desk, more"
    elsewhere.close()
