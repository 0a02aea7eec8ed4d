"""Answering: by keyboard, mouse and finger, into the draft of who gave the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.domain.forms import FormKind
from intake.domain.visits import all_fields
from intake.entry.from_form import from_form
from tests.ui.patient.patient import Patient
from ui.patient.answers import Line
from ui.patient.figure import DrawingScreen
from ui.patient.question_screen import QuestionScreen
from ui.patient.rating import LetterKey


def test_what_is_written_is_in_the_draft_of_who_gave_the_screen(patient: Patient) -> None:
    """Each keystroke goes where the intake keeps it; nothing becomes a visit."""
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    patient.write("patient.legal_first", "Ana")
    content = patient.content()
    assert content["patient"]["legal_last"] == "Sample"
    assert patient.drafts()[0].title == "Sample, Ana"
    assert patient.bench.ask(lambda store: store._connection.execute("SELECT id FROM visit").fetchall()) == []


def test_the_form_can_be_walked_by_keyboard(patient: Patient) -> None:
    """Enter chooses the language, Tab reaches every field and button, Enter presses Next."""
    QTest.keyClick(patient.focus, Qt.Key.Key_Return)
    assert patient.form.place == 0
    for text in ("Sample", "Ana"):
        QTest.keyClicks(patient.focus, text)
        QTest.keyClick(patient.focus, Qt.Key.Key_Tab)
    for _ in range(10):
        if patient.focus is patient.form.foot.next_button:
            break
        QTest.keyClick(patient.focus, Qt.Key.Key_Tab)
    QTest.keyClick(patient.focus, Qt.Key.Key_Return)
    assert patient.form.place == 1
    assert patient.content()["patient"] == {"legal_last": "Sample", "legal_first": "Ana", "language": "en"}


def test_enter_leads_from_line_to_line_and_then_to_next(patient: Patient) -> None:
    """Never into the head: one Enter more would ask for help and take the form away."""
    QTest.keyClick(patient.focus, Qt.Key.Key_Return)
    for text in ("Sample", "Ana"):
        QTest.keyClicks(patient.focus, text)
        QTest.keyClick(patient.focus, Qt.Key.Key_Return)
    while patient.focus is not patient.form.foot.next_button:
        assert isinstance(patient.focus, Line), patient.focus.accessibleName()
        QTest.keyClick(patient.focus, Qt.Key.Key_Return)
    QTest.keyClick(patient.focus, Qt.Key.Key_Return)
    assert patient.form.place == 1
    assert patient.content()["patient"] == {"legal_last": "Sample", "legal_first": "Ana", "language": "en"}


@pytest.mark.parametrize("language", ["en", "es"])
def test_enter_in_the_last_line_of_any_screen_goes_to_next(patient: Patient, language: str) -> None:
    """A date's parts one after the other, a word that is a whole answer passed by: what was written stays."""
    patient.choose(language)
    next_button = patient.form.foot.next_button
    for place, screen in enumerate(patient.form.screens):
        patient.form.go(place)
        shown = patient.form.shown
        lines = [each for box in shown.visible_boxes() for each in box.controls] if isinstance(shown, QuestionScreen) else []
        for line in (each for each in lines if isinstance(each, Line)):
            line.setFocus()
            QTest.keyClick(line, Qt.Key.Key_Return)
            below = lines[lines.index(line) + 1 :]
            assert patient.focus in (*below, next_button), screen.title.en
            assert patient.focus is next_button or lines.index(patient.focus) > lines.index(line)


def test_tab_goes_from_the_last_answer_to_the_way_on(patient: Patient) -> None:
    """On a screen of questions and on the review, whose answers come bit by bit; Shift and Tab lead back."""
    patient.choose("en")
    patient.go_to("answers.safety.walking")
    lasts = [patient.form.shown.visible_boxes()[-1].controls[-1]]  # type: ignore[union-attr]  # a screen of questions
    for step in range(2):
        patient.qtbot.waitUntil(lasts[step].isVisible)
        lasts[step].setFocus()
        QTest.keyClick(lasts[step], Qt.Key.Key_Tab)
        assert patient.focus is patient.form.foot.back_button
        QTest.keyClick(patient.focus, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        assert patient.focus is lasts[step]
        lasts.append(list(patient.review().rows.values())[-1])


def test_arrows_and_space_pick_an_answer(patient: Patient) -> None:
    """A group of answers is walked with the arrows, as everywhere."""
    patient.choose("en")
    box = patient.go_to("answers.safety.walking")
    box.controls[0].setFocus()
    QTest.keyClick(patient.focus, Qt.Key.Key_Right)
    QTest.keyClick(patient.focus, Qt.Key.Key_Space)
    assert patient.content()["answers"] == {"safety.walking": "no"}


def test_what_the_patient_entered_is_marked_until_a_person_confirms_it(patient: Patient) -> None:
    """The marks are those of a form that was read in; what was taken back is marked no more."""
    patient.choose("es")
    patient.write("patient.legal_last", "Muestra")
    patient.go_to("answers.safety.walking")
    patient.pick("answers.safety.walking", "yes")
    patient.pick("answers.safety.walking", "yes")
    patient.pick("answers.safety.both_arms", "no")
    marks = from_form(patient.content())
    assert marks is not None
    assert marks.language == "es"
    assert set(marks.unconfirmed) == {"patient.language", "patient.legal_last", "answers.safety.both_arms"}


def test_an_answer_that_is_touched_again_is_not_asked_again(patient: Patient) -> None:
    """Nothing picked is never "no"."""
    patient.choose("en")
    patient.go_to("answers.safety.walking")
    patient.pick("answers.safety.walking", "unsure")
    patient.pick("answers.safety.walking", "unsure")
    assert patient.mode.document.answers == {}


def test_what_is_skipped_stays_not_asked(patient: Patient) -> None:
    """The button for it goes on and writes nothing."""
    patient.choose("en")
    patient.go_to("answers.safety.walking")
    place = patient.form.place
    patient.press(patient.form.foot.skip_button)
    assert patient.form.place == place + 1
    assert patient.mode.document.answers == {}


def test_a_word_that_is_a_whole_answer_is_a_button(patient: Patient) -> None:
    """A phone that is not told is kept as the record keeps it, and takes the place of what was written."""
    patient.choose("en")
    patient.go_to("patient.phone")
    patient.write("patient.phone", "732 555 0147")
    patient.pick("patient.phone", "declined")
    assert patient.mode.document.text("patient.phone") == "declined"
    line = next(each for each in patient.box("patient.phone").controls if isinstance(each, Line))
    assert line.text() == ""
    patient.write("patient.phone", "732 555 0147")
    assert patient.mode.document.text("patient.phone") == "732 555 0147"


@pytest.mark.parametrize(("language", "keys", "words"), [("en", "03041985", "Mar 4, 1985"), ("es", "04031985", "4 de marzo de 1985")])
def test_a_date_is_written_part_by_part_in_the_order_of_the_language(patient: Patient, language: str, keys: str, words: str) -> None:
    """The parts are named, each leads to the next, and what was understood is said in words."""
    patient.choose(language)
    box = patient.go_to("patient.dob")
    for key in keys:
        QTest.keyClicks(patient.focus, key)
    assert patient.mode.document.text("patient.dob") == "1985-03-04"
    box.understand()
    assert any(words in shown for shown in patient.read())


def test_part_of_a_date_will_do_where_the_checklist_takes_it(patient: Patient) -> None:
    """A year alone says when it began."""
    patient.choose("en")
    patient.go_to("answers.sx.onset.date")
    lines = [each for each in patient.box("answers.sx.onset.date").controls if isinstance(each, Line)]
    QTest.keyClicks(lines[2], "2024")
    assert patient.mode.document.answers["sx.onset.date"] == "2024"


def test_a_date_that_cannot_be_is_asked_again_in_plain_words(patient: Patient) -> None:
    """The field says so when it is left, and nothing is stopped."""
    patient.choose("en")
    patient.go_to("patient.dob")
    QTest.keyClicks(patient.focus, "0")
    for line, text in zip(patient.box("patient.dob").controls, ("13", "45", "1985"), strict=True):
        assert isinstance(line, Line)
        line.clear()
        QTest.keyClicks(line, text)
    patient.form.foot.next_button.setFocus()
    assert any("Please check this date" in shown for shown in patient.read())


def test_a_detail_opens_under_its_question(patient: Patient) -> None:
    """Only where the answer asks for it."""
    patient.choose("en")
    patient.go_to("answers.safety.trauma.recent")
    assert patient.box("answers.safety.trauma.mechanism").isHidden()
    patient.pick("answers.safety.trauma.recent", "yes")
    assert patient.box("answers.safety.trauma.mechanism").isVisible()
    patient.pick("answers.safety.trauma.mechanism", "rollover")
    patient.pick("answers.safety.trauma.mechanism", "fall_3ft_5_stairs")
    assert patient.mode.document.answers["safety.trauma.mechanism"] == ["fall_3ft_5_stairs", "rollover"]


def test_how_strong_is_a_number_to_touch(patient: Patient) -> None:
    """It is kept as a number."""
    patient.choose("en")
    box = patient.go_to("answers.sx.pain.nprs_now")
    patient.press(box.controls[7])
    assert patient.mode.document.answers["sx.pain.nprs_now"] == 7


def test_screens_that_do_not_apply_are_passed_over(patient: Patient) -> None:
    """An adult is not asked for a guardian, nobody without an accident for a claim."""
    patient.choose("en")
    asked: list[str] = []
    while isinstance(patient.form.shown, QuestionScreen | DrawingScreen):
        asked.append(patient.form.screens[patient.form.place].section)
        patient.form.skip()
    assert {"guardian", "accident", "auto", "work", "secondary"}.isdisjoint(asked)
    assert {"you", "health", "symptoms", "drawing", "safety", "treatments"} <= set(asked)


def test_the_pain_drawing_is_made_with_a_finger(patient: Patient) -> None:
    """A touch on a place marks it with the kind that is chosen, a second one takes it back; the list says the same."""
    patient.choose("en")
    patient.form.go(next(place for place, screen in enumerate(patient.form.screens) if screen.drawing))
    shown = patient.form.shown
    assert isinstance(shown, DrawingScreen)
    front = shown.views[0]
    region = patient.window.desk.definitions.regions.views[0].regions[3].key
    patient.press(shown.kinds[1])
    patient.tap(front, front.point_of(region).toPoint())
    kind = patient.window.desk.definitions.regions.kinds[1].code
    assert patient.mode.document.raw["pain_drawing"] == [{"region": region, "kind": kind}]
    before = front.width()
    patient.press(shown.larger)
    patient.qtbot.waitUntil(lambda: min(front.width(), front.height()) > before * 1.5)
    inside = shown.widget()
    assert inside is not None
    place = front.point_of(region).toPoint()
    there = front.mapTo(inside, place)
    shown.ensureVisible(there.x(), there.y())
    for expected in (0, 1):
        QTest.mouseClick(front, Qt.MouseButton.LeftButton, pos=place)
        assert len(patient.mode.document.raw["pain_drawing"]) == expected
    patient.press(shown.as_list)
    assert shown.places[region].isChecked()
    patient.press(shown.places[region])
    assert patient.mode.document.raw["pain_drawing"] == []


def test_a_keyboard_on_the_screen_writes_without_any_other(patient: Patient) -> None:
    """Capital letter, letters, and a correction; digits alone where a number is asked."""
    patient.choose("es")
    patient.press(patient.form.foot.keyboard_button)
    keyboard = patient.form.keyboard
    assert keyboard.isVisible()
    for name in ("Mayúscula", "m", "u", "ñ", "x", "Borrar"):
        patient.press(next(key for key in keyboard.findChildren(LetterKey) if key.accessibleName() == name and key.isVisible()))
    assert patient.mode.document.text("patient.legal_last") == "Muñ"
    patient.go_to("patient.dob")
    assert {key.text() for key in keyboard.findChildren(LetterKey) if key.isVisible()} >= set("1234567890")
    assert not [key for key in keyboard.findChildren(LetterKey) if key.isVisible() and key.text() == "q"]


def test_every_question_of_the_form_has_something_to_answer_with(patient: Patient) -> None:
    """A question added to the definitions is asked here too: the screens are made of them."""
    patient.choose("en")
    questions = [question for screen in patient.form.screens for question in screen.questions]
    definitions = patient.window.desk.definitions
    of_patients = [path for path in (field.path for field in all_fields()) if path not in definitions.forms.staff]
    checklist = [f"answers.{question.key}" for question in definitions.checklist.questions()]
    assert sorted(question.path for question in questions) == sorted([*of_patients, *checklist])
    assert {question.kind for question in questions} == set(FormKind)
