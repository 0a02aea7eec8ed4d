"""Words on a prompt or a correction that were typed and not sent: on disk at every keystroke, and offered again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from tests.ui.chart.reading import CTRL, ENTER, NEW_PROMPTS, Reader, Visits, bob
from tests.ui.chart.scribe import PASSWORD
from tests.ui.chart.test_correct import begin, keep
from ui.pages.chart.signing_box import MissingLine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.storage.store import Store
    from tests.ui.conftest import Bench
    from ui.desk import Desk

KNOT = "answers.sx.knot"


@pytest.fixture
def visits(bench: Bench) -> Visits:
    """Save visits at Edison."""
    return Visits(bench)


def draft(reader: Reader, bench: Bench, visit_id: int) -> dict[str, Any]:
    """Return what the store holds of the clinician's note once everything typed is on disk."""
    reader.qtbot.waitUntil(lambda: not reader.page.side.note.keeper.is_behind())
    staff_id = reader.page.desk.actor.staff.id

    def look(store: Store) -> dict[str, Any]:
        with store.reading():
            kept = store.notes.get(visit_id, staff_id)
        return dict(kept.content) if kept else {}

    return bench.ask(look)


def there_and_back(reader: Reader, other: int, first: int) -> None:
    """Press Ctrl+J, and Ctrl+Shift+J once the next chart is there."""
    reader.press(Qt.Key.Key_J, CTRL)
    reader.wait_for(other)
    reader.press(Qt.Key.Key_J, CTRL | Qt.KeyboardModifier.ShiftModifier)
    reader.wait_for(first)


def test_a_half_typed_word_on_a_prompt_comes_back_with_its_chart(clinician: Desk, visits: Visits, bench: Bench, qtbot: QtBot) -> None:
    """After the next chart, which shows none of it, and on a page that was built anew."""
    first = visits.save(NEW_PROMPTS)
    other = visits.save(NEW_PROMPTS, patient=bob())
    reader = Reader(clinician, first, qtbot)
    with qtbot.waitSignal(reader.page.side.note.draft_state, check_params_cb=lambda words: words.startswith("Draft saved")):
        reader.press(Qt.Key.Key_A)
        reader.type("Eyes exam")
    prompt_id = reader.page.glance.prompts.rows[0].words.id  # type: ignore[union-attr]  # it has words: it is shown
    reader.press(Qt.Key.Key_J, CTRL)
    reader.wait_for(other)
    reader.press(Qt.Key.Key_A)
    assert reader.page.glance.prompts.rows[0].field.text() == ""
    assert draft(reader, bench, first) == {"acknowledging": {str(prompt_id): "Eyes exam"}}
    reader.press(Qt.Key.Key_J, CTRL | Qt.KeyboardModifier.ShiftModifier)
    reader.wait_for(first)
    reader.page.glance.focus_first()
    reader.press(Qt.Key.Key_A)
    assert reader.focused() is reader.page.glance.prompts.rows[0].field
    reader.type("ined")
    draft(reader, bench, first)
    again = Reader(clinician, first, qtbot)
    again.press(Qt.Key.Key_A)
    again.type(".")
    assert again.page.glance.prompts.rows[0].field.text() == "Eyes examined."


def test_an_acknowledged_prompt_leaves_no_word_in_the_draft(clinician: Desk, visits: Visits, bench: Bench, qtbot: QtBot) -> None:
    """What was kept on the prompt is not kept a second time."""
    visit = visits.save(NEW_PROMPTS)
    reader = Reader(clinician, visit, qtbot)
    with qtbot.waitSignal(reader.page.glance.wrote):
        reader.press(Qt.Key.Key_A)
        reader.type("Seen")
        reader.press(ENTER)
    assert draft(reader, bench, visit) == {"acknowledging": {}}


def test_a_half_typed_reason_comes_back_with_its_answer(clinician: Desk, visits: Visits, bench: Bench, qtbot: QtBot) -> None:
    """After Esc, after the next chart, on a new page, and at its own answer only; a correction that was made takes it away."""
    first = visits.save({"sx.knot": "yes", "sx.knot.side": "left"})
    other = visits.save(patient=bob())
    reader = Reader(clinician, first, qtbot)
    begin(reader, KNOT)
    reader.press(Qt.Key.Key_N)
    reader.type("Meant the oth")
    assert draft(reader, bench, first) == {"correcting": {KNOT: "Meant the oth"}}
    reader.press(Qt.Key.Key_Escape)
    begin(reader, "answers.attack.balance")
    box = reader.page.glance.correct_box
    assert box.reason_field.text() == ""
    reader.press(Qt.Key.Key_Escape)
    there_and_back(reader, other, first)
    begin(reader, KNOT)
    assert box.reason_field.text() == "Meant the oth"
    again = Reader(clinician, first, qtbot)
    begin(again, KNOT)
    again.press(Qt.Key.Key_N)
    keep(again, "er")
    chart = again.page.state.chart
    assert chart is not None
    assert chart.corrections[0].reason == "Meant the other"
    assert draft(again, bench, first) == {"correcting": {}}


def test_a_typed_word_keeps_the_chart_in_hand(clinician: Desk, visits: Visits, bench: Bench, qtbot: QtBot) -> None:
    """A chart with something typed anywhere is not put back when it is left."""
    first, other = visits.save(NEW_PROMPTS), visits.save(patient=bob())
    reader = Reader(clinician, first, qtbot)
    reader.press(Qt.Key.Key_A)
    reader.type("E")
    reader.press(Qt.Key.Key_J, CTRL)
    reader.wait_for(other)

    def held(store: Store) -> bool:
        with store.reading():
            return store.holds.of(first) is not None

    assert bench.ask(held)


def test_a_reason_that_was_never_sent_is_not_signed_and_goes_with_the_draft(
    clinician: Desk, visits: Visits, bench: Bench, qtbot: QtBot
) -> None:
    """It stands in the way of no signature, is in nothing that is signed, and names no blank."""
    visit = visits.save({"sx.knot": "yes"})
    reader = Reader(clinician, visit, qtbot)
    begin(reader, KNOT)
    reader.press(Qt.Key.Key_N)
    reader.type("Unsent [words]")
    reader.press(Qt.Key.Key_Escape)
    note = reader.page.side.note
    for path, typed in (("examination", "Band."), ("causes", "2"), ("plan", "1")):
        assert note.form.go_to(path)
        reader.type(typed)
    reader.press(ENTER, CTRL)
    overlay = note.signing.overlay
    assert overlay is not None
    assert "Blanks left" not in overlay.accessibleDescription()
    reader.type(PASSWORD)
    with qtbot.waitSignal(note.signing.signed, timeout=10_000):
        reader.press(ENTER)

    def signed(store: Store) -> bytes | str:
        with store.reading():
            kept = store.reviews.get(visit)
        assert kept is not None
        return kept.content

    assert "Unsent" not in str(bench.ask(signed))
    assert draft(reader, bench, visit) == {}


def test_enter_on_a_prompt_that_is_missing_goes_into_its_word(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """The letters typed next are the word: E in it corrects no answer."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    reader.page.other_pane()
    reader.press(ENTER, CTRL)
    assert isinstance(reader.focused(), MissingLine)
    reader.press(ENTER)
    row = reader.page.glance.prompts.rows[0]
    assert reader.focused() is row.field
    reader.type("Eyes")
    assert row.field.text() == "Eyes"
    assert reader.page.glance.correct_box.isHidden()
