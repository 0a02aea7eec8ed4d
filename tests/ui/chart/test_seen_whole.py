"""What is on screen is seen whole: no line of a note cut, no button without its words, the row in hand with its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from tests.ui.chart.reading import NEW_PROMPTS, Reader, Visits
from tests.ui.chart.scribe import Scribe
from ui.pages.chart.glance_head import ChartHead, HeadWords
from ui.pages.chart.note_text import NoteText
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_line import NoteLine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

PARAGRAPHS = """Upper trapezius right: spasm present, tender knot present, pressing on it brings on the pain she knows.
Neck movement: Rotation left: 70 degrees; Rotation right: 55 degrees; Flexion: Full; Extension: Reduced.
Neurological: Biceps reflex (C5): Equal; Gait: Steady."""


def lines_of(text: NoteText) -> int:
    """Count the lines as they are laid out."""
    document, layout = text.document(), text.document().documentLayout()
    blocks = [document.findBlockByNumber(number) for number in range(document.blockCount())]
    return sum(block.layout().lineCount() for block in blocks if layout.blockBoundingRect(block).isValid())


@pytest.mark.parametrize("width", [300, 380, 432, 700])
def test_a_text_is_as_high_as_its_lines_at_any_width(width: int, clinician: Desk, qtbot: QtBot) -> None:
    """Nothing that was signed is hidden below the edge or behind a scroll bar, also after the window changed."""
    around, inside = QScrollArea(), QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(inside)
    column.addStretch(1)
    around.setWidgetResizable(True)
    around.setWidget(inside)
    around.resize(width, 700)
    with qtbot.waitExposed(around):
        around.show()
    text = NoteText(SnippetBook(clinician), least=1, most=14)
    text.show_value(PARAGRAPHS)
    column.insertWidget(0, text)
    text.show()
    qtbot.waitUntil(lambda: text.width() < width)
    qtbot.waitUntil(lambda: text.viewport().height() >= lines_of(text) * text.fontMetrics().lineSpacing())
    assert not text.horizontalScrollBar().isVisible()


@pytest.mark.parametrize("width", [350, 431])
def test_the_buttons_of_a_signed_chart_keep_their_words_in_a_narrow_pane(width: int, scribe: Scribe) -> None:
    """They go to another line before a word of them is cut."""
    scribe.fill()
    scribe.sign()
    pane = scribe.pane
    pane.resize(width, 700)
    buttons = (pane.add_button, pane.note_button, pane.next_button)
    scribe.qtbot.waitUntil(lambda: all(button.width() >= button.sizeHint().width() for button in buttons))
    assert all(pane.rect().contains(button.mapTo(pane, button.rect().bottomRight())) for button in buttons)


def test_the_rule_of_the_prompt_in_hand_is_shown_while_its_word_is_typed(clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Not the one of the prompt below."""
    reader = Reader(clinician, Visits(bench).save({**NEW_PROMPTS, "safety.dexterity": "yes"}), qtbot)
    first, second = reader.page.glance.prompts.rows[:2]
    reader.press(Qt.Key.Key_A)
    assert reader.focused() is first.field
    assert (first.basis.isVisible(), second.basis.isVisible()) == (True, False)


def test_a_short_name_after_a_long_one_takes_only_its_own_room(qtbot: QtBot) -> None:
    """The page of one chart serves for the next."""
    head = ChartHead()
    qtbot.addWidget(head)
    words = {"person": "41", "number": "RD-000001-1", "clinic": "Edison", "visit": ""}
    head.show_words(HeadWords(name="Example-Sample-Testperson, Maximiliana", **words))
    long = head.name_label.minimumWidth()
    head.show_words(HeadWords(name="Li, Bo", **words))
    assert head.name_label.minimumWidth() < long / 2


def test_a_long_line_is_read_from_its_beginning_once_it_is_left(scribe: Scribe) -> None:
    """While it is typed its end is in sight; afterwards its beginning says more."""
    scribe.go("plan")
    scribe.type("1")
    scribe.press(Qt.Key.Key_Tab)
    line = scribe.focus
    assert isinstance(line, NoteLine)
    scribe.type("Twenty minutes at a time, three times on every day of the coming week")
    assert line.cursorPosition() > 0
    scribe.press(Qt.Key.Key_Tab)
    assert scribe.focus is not line
    assert line.cursorPosition() == 0
