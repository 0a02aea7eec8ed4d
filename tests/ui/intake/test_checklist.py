"""The checklist: single keys, four states, details on the row, the patient's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.intake.typist import Typist
from ui.pages.intake.question_row import QuestionRow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

TWITCHING = "answers.sx.twitching"


def row_of(typist: Typist, key: str) -> QuestionRow:
    """Return the row of a main question."""
    return next(row for row in typist.page.findChildren(QuestionRow) if row.question.key == key)


def test_y_n_and_u_answer_and_go_to_the_next_row(typist: Typist) -> None:
    """Three keys answer three questions."""
    typist.go(TWITCHING).type("nnu")
    answers = typist.page.document.answers
    assert (answers["sx.twitching"], answers["sx.pain.present"], answers["sx.arm_burning"]) == ("no", "no", "unsure")
    assert typist.path == "answers.sx.cramping"


def test_an_answer_taken_back_is_not_asked(typist: Typist) -> None:
    """Backspace leaves no answer, not a no, and the counter follows."""
    counter = typist.page.jump_bar.words()[5]
    typist.go(TWITCHING).type("y").go(TWITCHING)
    assert typist.page.jump_bar.words()[5] != counter
    typist.press(Qt.Key.Key_Backspace)
    assert "sx.twitching" not in typist.page.document.answers
    assert typist.page.jump_bar.words()[5] == counter


def test_a_needed_detail_is_asked_at_once(typist: Typist) -> None:
    """Yes to the burning arm goes to which arm; its letter answers and the next row comes."""
    typist.go("answers.sx.arm_burning").type("y")
    assert typist.path == "answers.sx.arm_burning.side"
    typist.type("b")
    assert typist.page.document.answers["sx.arm_burning.side"] == "both"


def test_right_enters_the_details_and_enter_returns(typist: Typist) -> None:
    """Details that may be left out do not stand in the way, and are one key away."""
    typist.go("answers.sx.pain.present").type("y")
    assert typist.path == "answers.sx.arm_burning"
    typist.go("answers.sx.pain.present").press(Qt.Key.Key_Right)
    assert typist.path == "answers.sx.pain.pattern"
    typist.type("12").press(Qt.Key.Key_Return, times=4)
    assert typist.page.document.answers["sx.pain.pattern"] == ["constant", "throbbing"]
    assert typist.path == "answers.sx.arm_burning"


def test_a_detail_of_two_questions_opens_for_either(typist: Typist) -> None:
    """The directions stand on the stiff neck's row also when only the reduced movement was a yes."""
    typist.go("answers.sx.rom_decreased").type("y")
    assert typist.page.form.go_to("answers.sx.rom_limited.directions")


def test_the_other_language_stands_in_the_same_place(typist: Typist) -> None:
    """F2 asks in Spanish; places, answers and the keyboard stay."""
    typist.go("answers.sx.pain.present").type("y").go("answers.sx.pain.present")
    row = row_of(typist, "sx.pain.present")
    before = (row.pos(), typist.path, typist.page.document.answers["sx.pain.present"])
    assert typist.page.form.checklist is not None
    typist.press(Qt.Key.Key_F2)
    assert typist.page.form.checklist.language == "es"
    assert (row.pos(), typist.path, typist.page.document.answers["sx.pain.present"]) == before
    chips: QWidget | None = row.field("sx.pain.pattern")
    assert "Constante" in [pick.label for pick in chips.picks]  # type: ignore[union-attr]  # chips have picks


def test_a_rating_is_a_number_and_eleven_is_told(typist: Typist) -> None:
    """7 is kept as a number; 11 is told at the row and stops the save."""
    typist.go("answers.sx.pain.nprs_now").enter("7").enter("11")
    assert typist.page.document.answers["sx.pain.nprs_now"] == 7
    errors = [problem.code for problem in typist.page.document.read_all().errors() if problem.field.endswith("avg7d")]
    assert errors == ["not_a_rating"]
    row = row_of(typist, "sx.pain.nprs_avg7d")
    assert row.heightForWidth(row.width()) > row_of(typist, "sx.pain.nprs_now").heightForWidth(row.width())


def test_a_click_answers_and_a_second_click_takes_it_back(typist: Typist) -> None:
    """The mouse does what the keys do."""
    field = row_of(typist, "sx.twitching").field("sx.twitching")
    assert field is not None
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() // 2, 15))
    assert typist.page.document.answers["sx.twitching"] == "no"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(field.width() // 2, 15))
    assert "sx.twitching" not in typist.page.document.answers


def test_a_screen_reader_hears_question_answer_and_keys(typist: Typist) -> None:
    """Name and description follow the answer."""
    typist.go(TWITCHING)
    field = typist.focus
    assert field.accessibleName() == "Twitching"
    assert field.accessibleDescription().startswith("not asked")
    typist.type("y")
    assert field.accessibleDescription().startswith("Y")
