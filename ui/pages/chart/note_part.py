"""What every part of the note is: shown from the raw note, written into it, and found by path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.pages.chart.note_field import NoteField
from ui.pages.chart.note_text import NoteText
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_line import NoteLine
from ui.pages.chart.state import ChartState
from ui.widgets.card import Card

Problems = Mapping[str, str]
"""What is wrong, in words, by the path in the raw note."""


class Frame(Card):
    """A framed part, closer than a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent=parent)
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(10, 8, 10, 9)


class Part(QWidget):
    """One part. It writes with ``state.set`` and shows with :meth:`show_note`, which tells nobody.

    ``grown`` tells that there are other controls than before; ``uncovered`` carries a widget that has to be in sight.
    """

    grown = Signal()
    uncovered = Signal(QWidget)

    def __init__(self, state: ChartState, book: SnippetBook, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self.state = state
        self.book = book
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def begin(self) -> None:
        """Forget whatever belongs to the chart before: what could be undone, what was searched for, what was unfolded."""
        for text in self.findChildren(NoteText):
            text.forget()
        for line in self.findChildren(NoteLine):
            line.forget()

    def show_note(self) -> None:
        """Show the raw note."""

    def set_writable(self, *, on: bool) -> None:
        """Let it be written into, or only read."""

    def controls(self) -> Mapping[str, QWidget]:
        """Return what is typed into, by the path in the raw note, in the order of the Tab key."""
        return {}

    def open_at(self, path: str) -> QWidget | None:
        """Return the control of a path or of the part it names, opened if it was folded; None when it is not here."""
        found = self.controls()
        return found.get(path) or next((control for known, control in found.items() if known.startswith(f"{path}.")), None)

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong at the fields, and nothing at the others."""

    def text_field(self, name: str, path: str, *, least: int = 2, most: int = 10) -> tuple[NoteField, NoteText]:
        """Return a field for a text of the note, joined to its path."""
        text = NoteText(self.book, least=least, most=most)
        text.typed.connect(partial(self.write, path))
        return NoteField(name, text), text

    def line(self, path: str, *, placeholder: str = "", written: Callable[[str], None] | None = None) -> NoteLine:
        """Return a line of the note, joined to its path unless ``written`` takes what is typed."""
        made = NoteLine(self.book, placeholder=placeholder)
        made.typed.connect(written or partial(self.write, path))
        made.advanced.connect(made.focusNextChild)
        made.retreated.connect(made.focusPreviousChild)
        return made

    def write(self, path: str, text: str) -> None:
        """Write a text; an empty one is none."""
        self.state.set(path, text or None)


class TextPart(Part):
    """One text of the note."""

    def __init__(self, name: str, path: str, state: ChartState, book: SnippetBook, *, least: int = 2, most: int = 10) -> None:
        """Build the text of ``path``."""
        super().__init__(state, book)
        self._path = path
        self.field, self.text = self.text_field(name, path, least=least, most=most)
        self.column.addWidget(self.field)

    def show_note(self) -> None:
        """Show the text."""
        self.text.show_value(str(self.state.get(self._path)))

    def set_writable(self, *, on: bool) -> None:
        """Let it be typed into, or only read."""
        self.text.lock(on=not on)

    def controls(self) -> Mapping[str, QWidget]:
        """Return the text."""
        return {self._path: self.text}

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong with the text."""
        self.field.show_problem(problems.get(self._path, ""))
