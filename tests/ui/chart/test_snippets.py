"""Snippets: a few letters stand for a text, and its blanks are jumped through."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.ui.chart.scribe import CTRL, ENTER, SHIFT, Scribe
from ui.pages.chart.snippets import abbreviation_at

ROT = "Active rotation left [degrees], right [degrees]."


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Tab, ENTER])
def test_an_abbreviation_is_put_out_in_full_with_its_first_blank_selected(scribe: Scribe, key: Qt.Key) -> None:
    """Space, Tab and Enter all do it, and the keyboard stays in the text."""
    scribe.go("examination")
    scribe.type("Seated. .rot")
    scribe.press(key)
    text = scribe.pane.form.examination.text
    assert text.value() == f"Seated. {ROT}"
    assert text.selected() == "[degrees]"
    assert text.hasFocus()
    assert "Tab jumps to the next blank" in scribe.pane.form.examination.field.said()


def test_tab_goes_from_blank_to_blank_and_shift_tab_back(scribe: Scribe) -> None:
    """What is typed takes the place of the blank; after the last one Tab leaves the field."""
    scribe.go("examination")
    scribe.type(".rot")
    scribe.press(Qt.Key.Key_Tab)
    scribe.press(Qt.Key.Key_Tab)
    scribe.type("70")
    scribe.press(Qt.Key.Key_Tab, SHIFT)
    scribe.type("40")
    text = scribe.pane.form.examination.text
    assert text.value() == "Active rotation left 40, right 70."
    scribe.press(Qt.Key.Key_Tab)
    assert not text.hasFocus()
    assert scribe.pane.form.examination.field.said() == ""


def test_one_undo_takes_an_expansion_back(scribe: Scribe) -> None:
    """Ctrl+Z leaves the letters as they were typed."""
    scribe.go("examination")
    scribe.type("Now .rot")
    scribe.press(Qt.Key.Key_Space)
    scribe.press(Qt.Key.Key_Z, CTRL)
    assert scribe.state.get("examination") == "Now .rot"


def test_a_line_expands_too_and_stays_a_line(scribe: Scribe) -> None:
    """The words of a treatment are one line; Tab goes through the blanks there as well."""
    scribe.go("plan")
    scribe.type("8")
    scribe.press(Qt.Key.Key_Tab)
    scribe.type(".fu")
    scribe.press(Qt.Key.Key_Space)
    scribe.type("6")
    scribe.press(Qt.Key.Key_Tab)
    scribe.type("Dr. Example")
    assert scribe.state.get("plan.therapy") == "Follow-up in 6 weeks with Dr. Example; sooner if [what]."
    scribe.press(Qt.Key.Key_Z, CTRL)
    assert "\n" not in scribe.state.get("plan.therapy")


def test_a_number_with_a_point_is_no_abbreviation(scribe: Scribe) -> None:
    """Nothing expands inside a word, after a digit, or when nobody defined it."""
    scribe.go("examination")
    scribe.type("0.rot .unknown x.rot ")
    assert scribe.state.get("examination") == "0.rot .unknown x.rot "
    assert abbreviation_at("(.Neck") == ".neck"


def test_selected_text_becomes_an_own_snippet_that_expands(scribe: Scribe) -> None:
    """Ctrl+Shift+S asks for the letters only, and the letters work at once."""
    scribe.go("examination")
    scribe.type("Both pupils equal. ")
    scribe.press(Qt.Key.Key_A, CTRL)
    scribe.press(Qt.Key.Key_S, CTRL | SHIFT)
    scribe.type("pup")
    with scribe.qtbot.waitSignals([scribe.pane.book.kept, scribe.pane.book.changed]):
        scribe.press(ENTER)
    assert scribe.pane.form.examination.text.hasFocus()
    scribe.press(Qt.Key.Key_End, CTRL)
    scribe.type(".pup")
    scribe.press(Qt.Key.Key_Tab)
    assert scribe.state.get("examination") == "Both pupils equal. Both pupils equal."


def test_letters_that_are_no_abbreviation_are_refused_at_the_field(scribe: Scribe) -> None:
    """Nothing is kept, and the overlay says why."""
    scribe.go("examination")
    scribe.type("Text")
    scribe.press(Qt.Key.Key_A, CTRL)
    scribe.press(Qt.Key.Key_S, CTRL | SHIFT)
    scribe.type("two words")
    scribe.press(ENTER)
    keeping = scribe.pane.snippets.keeping
    assert keeping is not None
    scribe.qtbot.waitUntil(keeping.name_box.has_problem)
    scribe.press(Qt.Key.Key_Escape)
    assert scribe.pane.form.examination.text.hasFocus()


def test_the_list_finds_by_words_and_puts_in_where_the_caret_was(scribe: Scribe) -> None:
    """Ctrl+; lists all, letters narrow it, Enter puts it into the text."""
    scribe.go("examination")
    scribe.type("Here: ")
    scribe.press(Qt.Key.Key_Semicolon, CTRL)
    scribe.type("rotation degrees")
    scribe.press(Qt.Key.Key_Down)
    scribe.press(ENTER)
    text = scribe.pane.form.examination.text
    assert text.hasFocus()
    assert text.value() == f"Here: {ROT}"


def test_an_own_snippet_is_dropped_from_the_list(scribe: Scribe) -> None:
    """Ctrl+Delete drops an own one; the practice's stay."""
    with scribe.qtbot.waitSignals([scribe.pane.book.kept, scribe.pane.book.changed]):
        scribe.pane.book.keep("mine", "My own words")
    scribe.go("examination")
    before = len(scribe.pane.book.every())
    scribe.press(Qt.Key.Key_Semicolon, CTRL)
    scribe.type("my own words")
    with scribe.qtbot.waitSignals([scribe.pane.book.dropped, scribe.pane.book.changed]):
        scribe.press(Qt.Key.Key_Delete, CTRL)
    assert scribe.pane.book.text_of(".mine") is None
    assert len(scribe.pane.book.every()) == before - 1
