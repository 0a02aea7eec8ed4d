"""The safety questions on the form: one key each, how many are left, what is told when one is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.intake.typist import CTRL, ENTER, Typist
from ui.pages.intake.checklist import ChecklistSection
from ui.widgets.buttons import LinkButton
from ui.widgets.card import Card
from ui.widgets.labels import Pill

if TYPE_CHECKING:
    from ui.pages.intake.question_row import QuestionRow

FIRST = "answers.safety.trauma.recent"


def pill(typist: Typist) -> Pill:
    """Return the counter of the block."""
    card = next(card for card in typist.page.findChildren(Card) if card.accessibleName() == "Safety questions")
    return next(each for each in card.findChildren(Pill) if each.isVisibleTo(card))


def row_of(typist: Typist, key: str) -> QuestionRow:
    """Return the row of a question."""
    section = typist.page.form.section("checklist")
    assert isinstance(section, ChecklistSection)
    return section._rows[key]


def listed(typist: Typist) -> list[str]:
    """Return the lines of the list of what is still needed."""
    return [line.text() for line in typist.page.form.problems.findChildren(LinkButton) if not line.isHidden()]


def test_one_key_answers_each_and_the_counter_follows(typist: Typist) -> None:
    """Three keys, three answers, three fewer to ask; at the end all are asked and the keyboard is in the next group."""
    typist.go(FIRST)
    assert pill(typist).text() == "32 still to ask"
    typist.type("nuy")
    assert typist.path == "answers.safety.walking"
    assert (pill(typist).text(), pill(typist).property("tone")) == ("29 still to ask", "warning")
    typist.type("n" * 29)
    assert typist.path == "answers.attack.head_pull"
    assert (pill(typist).text(), pill(typist).property("tone")) == ("all asked", "ok")
    assert pill(typist).accessibleName() == "all asked"


def test_the_question_in_hand_stays_in_sight_when_the_notice_comes(typist: Typist) -> None:
    """The notice takes its room above the form; what is asked next must not slip below the edge for it."""
    typist.go(FIRST).type("nn").type("y")
    page = typist.page
    typist.qtbot.waitUntil(page.prompt_banner.isVisible)
    sight = page.form.viewport()
    assert typist.path == "answers.safety.walking"
    typist.qtbot.waitUntil(lambda: sight.rect().contains(typist.focus.mapTo(sight, typist.focus.rect().bottomLeft())))


def test_an_answer_taken_back_is_to_be_asked_again(typist: Typist) -> None:
    """Backspace leaves no answer."""
    typist.go(FIRST).type("n").go(FIRST).press(Qt.Key.Key_Backspace)
    assert pill(typist).text() == "32 still to ask"


def test_a_fall_asks_what_happened_before_it_goes_on(typist: Typist) -> None:
    """Yes leads through what happened, the tingling and the turning; then the next question comes."""
    typist.go(FIRST).type("y")
    assert typist.path == "answers.safety.trauma.mechanism"
    typist.type("48").press(ENTER)
    assert typist.page.document.answers["safety.trauma.mechanism"] == ["rollover", "other_minor"]
    assert typist.path == "answers.safety.trauma.tingling"
    typist.type("n").type("u")
    assert typist.page.document.answers["safety.trauma.cannot_turn"] == "unsure"
    assert typist.path == "answers.safety.osteoporosis"


def test_a_few_missing_questions_are_listed_by_name_and_chosen_from_there(typist: Typist) -> None:
    """The row says what to do, the list leads to it, an answer takes both away."""
    typist.identity().rest().go("answers.safety.tb").press(Qt.Key.Key_Backspace).go("answers.safety.face").press(Qt.Key.Key_Backspace)
    typist.press(Qt.Key.Key_S, CTRL)
    assert typist.page.saved is None
    assert listed(typist) == ["⚠ Face numb or drooping", "⚠ Tuberculosis (TB)"]
    assert typist.path == "answers.safety.face"
    row = row_of(typist, "safety.tb")
    typist.qtbot.waitUntil(lambda: row._problem == ("Ask this aloud; unsure is an answer.", "error"))
    typist.type("u").press(Qt.Key.Key_F8)
    typist.qtbot.waitUntil(lambda: listed(typist) == ["⚠ Tuberculosis (TB)"])
    typist.go("answers.safety.tb").type("u").save()
    assert typist.page.saved is not None


def test_a_block_left_out_is_one_line_of_the_list(typist: Typist) -> None:
    """Thirty-two names would bury what else is missing; the line leads to the first."""
    typist.press(Qt.Key.Key_S, CTRL)
    problems = typist.page.form.problems
    safety = [problem for problem in problems.problems() if problem.code == "safety_not_asked"]
    assert len(safety) == 32
    problems.show_problems(safety)
    typist.qtbot.waitUntil(lambda: listed(typist) == ["⚠ Safety questions: 32 still to ask"])


def test_what_a_clinician_must_see_now_takes_the_other_questions_off_the_list(typist: Typist) -> None:
    """The save is no longer held up: the rows are quiet again and the list is empty, while the counter still tells."""
    typist.identity().rest()
    for name in ("tb", "face", "chest"):
        typist.go(f"answers.safety.{name}").press(Qt.Key.Key_Backspace)
    typist.press(Qt.Key.Key_S, CTRL)
    row = row_of(typist, "safety.tb")
    typist.qtbot.waitUntil(lambda: row._problem[1] == "error")
    typist.go("answers.safety.chest").type("y")
    typist.qtbot.waitUntil(lambda: listed(typist) == [] and row._problem == ("", ""))
    assert pill(typist).text() == "2 still to ask"
    typist.save()
