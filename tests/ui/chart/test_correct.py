"""Putting an answer right from the chart, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from intake.domain.visits import Safety
from tests.ui.chart.reading import ENTER, NEW_PROMPTS, Reader, Visits
from tests.ui.chart.test_glance import item

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk


@pytest.fixture
def visits(bench: Bench) -> Visits:
    """Save visits at Edison."""
    return Visits(bench)


def begin(reader: Reader, path: str) -> None:
    """Go to an answer and press E."""
    reader.page.glance.reported.setFocus()
    reader.page.glance.reported.go_to(path)
    reader.press(Qt.Key.Key_E)


def keep(reader: Reader, reason: str) -> None:
    """Type a reason, press Enter, and wait until the editor has closed."""
    reader.type(reason)
    reader.press(ENTER)
    reader.qtbot.waitUntil(reader.page.glance.correct_box.isHidden)


def test_e_corrects_the_answer_at_its_place_and_the_first_one_stays_readable(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """E, N, a reason, Enter: who, when, why and what the desk recorded stand on the row."""
    reader = Reader(clinician, visits.save({"sx.knot": "yes"}), qtbot)
    begin(reader, "answers.sx.knot")
    assert reader.page.glance.correct_box.isVisible()
    with qtbot.waitSignal(reader.routes.changed):
        reader.press(Qt.Key.Key_N)
        keep(reader, "Patient meant the other shoulder")
    knot = item(reader, "answers.sx.knot")
    assert knot.word == "No"
    assert not knot.is_compact()
    assert knot.history == "desk recorded Yes; corrected by Casey Example, 10:00 AM: Patient meant the other shoulder"
    assert reader.focused() is reader.page.glance.reported
    assert reader.page.glance.reported.current() == knot


def test_a_second_correction_says_what_stood_between(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Only the first answer is the desk's; what went with it stands on the same line."""
    reader = Reader(clinician, visits.save({"sx.knot": "yes", "sx.knot.side": "left"}), qtbot)
    for key, reason in ((Qt.Key.Key_N, "First thought"), (Qt.Key.Key_U, "Second thought")):
        begin(reader, "answers.sx.knot")
        reader.press(key)
        keep(reader, reason)
    first, second = item(reader, "answers.sx.knot").history.splitlines()
    assert first == "desk recorded Yes · side: Left; corrected by Casey Example, 10:00 AM: First thought"
    assert second == "then No; corrected by Casey Example, 10:00 AM: Second thought"


def test_a_prompt_stays_and_says_that_its_answer_was_corrected(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """It still waits for a word."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    begin(reader, "answers.attack.blurry_vision")
    reader.press(Qt.Key.Key_N)
    keep(reader, "Reading glasses were off")
    row = reader.page.glance.prompts.rows[0]
    assert row.since.text() == "✎ The answer was corrected since; the rule would not bring it up now."
    assert row.is_open()
    assert item(reader, "answers.attack.blurry_vision").level is None


def test_a_missing_reason_is_told_at_its_field(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Nothing was kept, and the keyboard is where the reason goes."""
    reader = Reader(clinician, visits.save({"sx.knot": "yes"}), qtbot)
    begin(reader, "answers.sx.knot")
    reader.press(Qt.Key.Key_N)
    reader.press(ENTER)
    box = reader.page.glance.correct_box
    qtbot.waitUntil(box.reason_box.has_problem)
    assert reader.focused() is box.reason_field
    assert item(reader, "answers.sx.knot").word == "Yes"
    keep(reader, "Asked again")
    assert item(reader, "answers.sx.knot").word == "No"


def test_a_value_the_question_cannot_have_is_told_at_the_answer(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A rating of 11."""
    reader = Reader(clinician, visits.save({"sx.pain.nprs_now": 4}), qtbot)
    begin(reader, "answers.sx.pain.nprs_now")
    box = reader.page.glance.correct_box
    assert box.answer_box is not None
    reader.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    reader.type("11")
    reader.press(ENTER)
    reader.type("Typed wrongly")
    reader.press(ENTER)
    qtbot.waitUntil(box.answer_box.has_problem)
    assert reader.focused() is box.answer_box.control
    assert box.reason_field.text() == "Typed wrongly"


def test_escape_leaves_the_answer_as_it_was(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """The list of charts is not what Esc asks for here."""
    reader = Reader(clinician, visits.save({"sx.knot": "yes"}), qtbot)
    begin(reader, "answers.sx.knot")
    reader.press(Qt.Key.Key_N)
    with qtbot.assertNotEmitted(reader.routes.review):
        reader.press(Qt.Key.Key_Escape)
    assert not reader.page.glance.correct_box.isVisible()
    assert reader.focused() is reader.page.glance.reported
    assert item(reader, "answers.sx.knot").word == "Yes"


def test_tab_walks_from_the_answer_to_the_reason_and_never_out_of_the_editor(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Words meant as the reason must not reach the rail or another page, where letters act on patients."""
    reader = Reader(clinician, visits.save({"sx.onset.speed": "sudden"}), qtbot)
    begin(reader, "answers.sx.onset.speed")
    box = reader.page.glance.correct_box
    assert box.answer_box is not None
    walked = [reader.focused()]
    for _ in range(4):
        reader.press(Qt.Key.Key_Tab)
        walked.append(reader.focused())
    assert walked == [box.answer_box.control, box.reason_field, box.keep_button, box.leave_button, box.answer_box.control]
    reader.press(Qt.Key.Key_Backtab)
    assert reader.focused() is box.leave_button


def test_a_detail_is_corrected_on_the_row_of_its_question(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """The details that are asked stand beside the question as tabs."""
    reader = Reader(clinician, visits.save({"sx.knot": "yes", "sx.knot.side": "left"}), qtbot)
    begin(reader, "answers.sx.knot")
    box = reader.page.glance.correct_box
    assert [chip.text() for chip in box.chips] == ["Knot in the muscle", "Side", "When pressed"]
    box.chips[1].click()
    reader.type("r")
    keep(reader, "Shown with the hand")
    knot = item(reader, "answers.sx.knot")
    assert knot.details == "right"
    assert knot.history.startswith("desk recorded side: Left; corrected by Casey Example")


def test_what_was_not_asked_is_asked_now(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """From its compact line to a row of its own; the prompt it raises is there at once."""
    reader = Reader(clinician, visits.save({"attack.balance": None}), qtbot)
    assert reader.page.glance.prompts.waiting() == []
    begin(reader, "answers.attack.balance")
    reader.press(Qt.Key.Key_Y)
    keep(reader, "Asked at the examination")
    found = item(reader, "answers.attack.balance")
    assert (found.word, found.level) == ("Yes", "today")
    assert "desk recorded not asked" in found.history
    assert {row.level_pill.text() for row in reader.page.glance.prompts.waiting()} == {"⚠ TODAY"}


def test_the_safety_history_is_corrected_too(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """The banner shows the corrected answer, the row what the desk recorded."""
    safety = Safety(allergies="none", medications="none", blood_thinner="no", opioids="no", pregnancy="no")
    reader = Reader(clinician, visits.save(safety=safety), qtbot)
    begin(reader, "visit.safety.blood_thinner")
    reader.press(Qt.Key.Key_Y)
    keep(reader, "Found on the medication list")
    assert "⚠ Blood thinner: yes" in reader.page.glance.safety.words()
    assert "desk recorded No" in item(reader, "visit.safety.blood_thinner").history
