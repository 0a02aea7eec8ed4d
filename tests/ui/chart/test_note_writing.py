"""The note by keyboard alone: every part of it, kept at every keystroke."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from intake.errors import StoreError
from tests.ui.chart.scribe import CTRL, ENTER, SHIFT, Scribe
from ui.pages.chart.note_choices import ItemChoices
from ui.pages.chart.note_text import NoteText


def test_every_keystroke_is_on_disk_by_itself(scribe: Scribe) -> None:
    """Nobody saves a note: it is saved."""
    scribe.pane.focus_first()
    with scribe.qtbot.waitSignal(scribe.pane.keeper.kept, timeout=2_000):
        scribe.type("F")
    assert scribe.on_disk() == {"history": "F"}


def test_the_draft_comes_back_with_its_caret(scribe: Scribe, clinician: object) -> None:
    """A chart that is opened again goes on at the letter where it was left."""
    scribe.go("examination")
    scribe.type("Band, right trapezius.")
    scribe.press(Qt.Key.Key_Home)
    scribe.type("Firm ")
    scribe.wait_kept()
    scribe.state.clear()
    scribe.state.show(scribe.read())
    scribe.pane.focus_first()
    scribe.type("tender ")
    assert scribe.state.get("examination") == "Firm tender Band, right trapezius."


def test_a_chart_left_at_once_loses_no_letter(scribe: Scribe) -> None:
    """The write goes on when the page has gone to the next chart."""
    scribe.pane.focus_first()
    scribe.type("Fell")
    scribe.state.clear()
    scribe.wait_kept()
    assert scribe.on_disk() == {"history": "Fell"}


def test_a_disk_that_refuses_is_told_and_tried_again(scribe: Scribe, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed stays on screen, the reason is said, and it is written as soon as that is possible."""

    def refuse(*_args: object, **_more: object) -> None:
        raise StoreError("disk_full")

    monkeypatch.setattr("ui.keeping.RETRY_MS", 200)
    scribe.pane.focus_first()
    with pytest.MonkeyPatch.context() as full:
        full.setattr("ui.pages.chart.note_keeper.keep_note", refuse)
        with scribe.qtbot.waitSignal(scribe.pane.keeper.failed):
            scribe.type("Fell")
        assert "tried again" in scribe.pane.banner.text()
    with scribe.qtbot.waitSignal(scribe.pane.keeper.kept):
        pass
    assert scribe.on_disk() == {"history": "Fell"}
    assert scribe.pane.banner.text() == ""


def test_letters_record_examination_items_one_after_the_other(scribe: Scribe) -> None:
    """A letter picks the answer and goes on to the next item; the group counts what is recorded."""
    scribe.go("findings")
    scribe.type("3")
    scribe.press(Qt.Key.Key_Down)
    assert isinstance(scribe.focus, ItemChoices)
    scribe.type("er")
    assert scribe.state.get("findings") == {"strength.c5": "equal", "strength.c6": "left_reduced"}
    assert scribe.focus.accessibleName().startswith("Strength C7")
    fold = scribe.pane.form.findings.fold
    assert fold.picks[2].label == "Neurological 2/23"
    scribe.press(Qt.Key.Key_Up)
    scribe.press(Qt.Key.Key_Delete)
    assert scribe.state.get("findings") == {"strength.c5": "equal"}


def test_an_item_that_was_not_recorded_never_reads_as_absent(scribe: Scribe) -> None:
    """An item nobody touched says that it is not recorded."""
    scribe.go("findings.neuro.hoffmann")
    assert scribe.focus.accessibleDescription().startswith("not recorded")
    assert "findings" not in scribe.state.raw


def test_a_folded_group_shows_no_items_and_takes_no_tab(scribe: Scribe) -> None:
    """Groups open when they are wanted, and Tab goes past the others."""
    scribe.go("findings")
    scribe.press(Qt.Key.Key_Tab)
    assert scribe.focus is scribe.pane.form.impression.causes


def test_a_treatment_takes_its_words_where_it_was_chosen(scribe: Scribe) -> None:
    """A digit chooses, Tab goes to the words, Enter goes on."""
    scribe.go("plan")
    scribe.type("19")
    scribe.press(Qt.Key.Key_Tab)
    scribe.type("15 minutes, three times a day")
    scribe.press(ENTER)
    assert scribe.focus.accessibleName() == "Plan, Referral"
    scribe.type("Eye clinic")
    assert scribe.state.get("plan") == {"heat": "15 minutes, three times a day", "referral": "Eye clinic"}
    scribe.press(Qt.Key.Key_Tab, SHIFT)
    scribe.press(Qt.Key.Key_Tab, SHIFT)
    scribe.type("1")
    assert scribe.state.get("plan") == {"referral": "Eye clinic"}


def test_a_total_out_of_range_is_told_at_its_field_with_what_to_do(scribe: Scribe) -> None:
    """The number stays as typed, the field says what is wrong, and the list before signing names the measure."""
    scribe.go("totals.ndi")
    scribe.type("55")
    box, _ = scribe.pane.form.measures._totals["totals.ndi"]
    scribe.qtbot.waitUntil(lambda: bool(box.said()))
    assert any(each.words.startswith("Neck Disability Index:") for each in scribe.pane.box.missing())
    scribe.press(Qt.Key.Key_Backspace)
    scribe.qtbot.waitUntil(lambda: not box.said())


def test_a_total_says_its_unit_range_and_direction(scribe: Scribe) -> None:
    """A number without its unit can be read in two ways."""
    assert (
        scribe.pane.form.controls()["totals.ndi"].accessibleName()
        == "Neck Disability Index, total, 0 to 50 · points of 50 · higher is worse"
    )


def test_activities_are_in_the_patients_words_with_a_rating(scribe: Scribe) -> None:
    """A row more appears with each one that is written."""
    scribe.go("activities.0.name")
    scribe.type("Turning round in the car")
    scribe.press(ENTER)
    scribe.type("3")
    scribe.press(ENTER)
    scribe.type("Reading")
    assert scribe.state.get("activities") == [{"name": "Turning round in the car", "score": "3"}, {"name": "Reading", "score": ""}]
    assert not scribe.pane.form.measures.rows[2].isHidden()


def test_ratings_of_the_checklist_are_shown_as_given(scribe: Scribe) -> None:
    """What was not asked says so, and is no zero."""
    assert "Pain now not asked" in scribe.pane.form.measures.ratings_label.text()


def test_every_control_of_the_note_has_a_name(scribe: Scribe) -> None:
    """A screen reader says where the keyboard is, everywhere."""
    for number in range(1, 7):
        scribe.go("findings")
        scribe.type(str(number))
    assert {path for path, control in scribe.pane.form.controls().items() if not control.accessibleName()} == set()


SCRIPTS = ("رقبة مؤلمة " * 500, "गर्दन में दर्द " * 400, "頸部疼痛" * 900, "😀 spasm 👍🏽 " * 400, "\u00a0hard\u00a0 space\n\n\n" * 90)


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_long_text_of_any_script_comes_back_letter_for_letter(scribe: Scribe, text: str) -> None:
    """What the layout does to stay quick is never in the text."""
    area = scribe.pane.form.examination.text
    area.show_value(text)
    assert area.value() == text
    for offset in range(0, len(text.encode("utf-16-le")) // 2, 97):
        area.place_caret(offset)
        assert area.caret() == offset
    area.selectAll()
    assert area.selected() == text


def test_lines_that_another_font_makes_higher_are_shown_whole(scribe: Scribe) -> None:
    """Signs and scripts of a higher font must not push the last line out of the field."""
    text = scribe.pane.form.controls()["history"]
    assert isinstance(text, NoteText)
    text.show_value("\n".join(["عربي 中文 😀"] * 4 + ["the last line"]))
    end = QTextCursor(text.document())
    end.movePosition(QTextCursor.MoveOperation.End)
    assert text.cursorRect(end).bottom() < text.viewport().height()


def test_typing_over_a_long_paragraph_adds_no_line_break(scribe: Scribe) -> None:
    """A paragraph that grows stays one paragraph, and is taken away letter by letter."""
    area: NoteText = scribe.pane.form.examination.text
    words = "palpable band, " * 120
    area.show_value(words)
    area.setFocus()
    area.moveCursor(QTextCursor.MoveOperation.End)
    scribe.type("tender knot " * 12)
    assert area.value() == words + "tender knot " * 12
    assert area.document().blockCount() > 1
    area.place_caret(1_210)
    for _ in range(30):
        scribe.press(Qt.Key.Key_Backspace)
    whole = words + "tender knot " * 12
    assert area.value() == whole[:1_180] + whole[1_210:]
    assert scribe.state.get("examination") == area.value()


def test_nothing_of_one_patient_comes_back_in_the_chart_of_the_next(scribe: Scribe, arrived: Callable[..., int]) -> None:
    """Not by an undo, not as a search, not as a fold that stands open."""
    scribe.go("history")
    scribe.type("Secret")
    for _ in "Secret":
        scribe.press(Qt.Key.Key_Backspace)
    scribe.go("totals.ndi")
    scribe.type("4")
    scribe.press(Qt.Key.Key_Backspace)
    scribe.go("findings")
    scribe.type("3")
    scribe.go("codes")
    scribe.type("disc")
    scribe.state.clear()
    scribe.visit_id = arrived(last="Other")
    scribe.state.show(scribe.read())
    for path in ("history", "totals.ndi"):
        scribe.go(path)
        scribe.press(Qt.Key.Key_Z, CTRL)
    assert scribe.state.raw == {}
    assert scribe.pane.form.impression.codes.search_field.text() == ""
    assert scribe.pane.form.findings.fold.codes() == []


def test_what_is_typed_goes_to_the_chart_it_was_typed_in(scribe: Scribe, arrived: Callable[..., int]) -> None:
    """Even when the next chart is on screen before the disk has answered."""
    first = scribe.visit_id
    scribe.go("history")
    scribe.type("First")
    scribe.visit_id = arrived(last="Other")
    chart = scribe.read()
    scribe.go("history")
    scribe.type("!")
    scribe.state.show(chart)
    scribe.wait_kept()
    assert scribe.on_disk() == {}
    scribe.visit_id = first
    assert scribe.on_disk() == {"history": "First!"}
