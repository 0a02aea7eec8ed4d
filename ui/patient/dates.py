"""A date in three parts, each named: nobody has to know in which order a date is read here."""

from __future__ import annotations

import re
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.patient import words
from ui.patient.answers import Line
from ui.patient.slots import Language, Slot
from ui.widgets.labels import label

_TYPED = re.compile(r"(\d*)/(\d*)/(\d*)")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_YEAR_DIGITS = 4
_WIDTH_PX = 110


def composed(day: str, month: str, year: str, *, partial: bool) -> str:
    """Return the parts as one text: ISO when they are a date, as typed (month/day/year) as long as they are none."""
    if len(year) == _YEAR_DIGITS:
        if month and day:
            return f"{year}-{month:0>2}-{day:0>2}"
        if partial and not day:
            return f"{year}-{month:0>2}" if month else year
    return f"{month}/{day}/{year}" if day or month or year else ""


def parts_of(text: str) -> tuple[str, str, str]:
    """Return day, month and year of a text that :func:`composed` made, empty ones for any other."""
    if typed := _TYPED.fullmatch(text):
        return typed[2], typed[1], typed[3]
    iso = _ISO.fullmatch(text)
    if iso is None:
        return "", "", ""
    return (iso[3] or "").removeprefix("0"), (iso[2] or "").removeprefix("0"), iso[1]


class DateParts(QWidget):
    """Day, month and year, in the order of the language. ``typed`` carries the date as text after every change."""

    typed = Signal(str)

    def __init__(self, slot: Slot, language: Language, parent: QWidget | None = None) -> None:
        """Show the date that stands in the slot."""
        super().__init__(parent)
        self._partial = slot.is_answer
        named = {"day": words.DAY, "month": words.MONTH, "year": words.YEAR}
        order = ("day", "month", "year") if language == "es" else ("month", "day", "year")
        question = slot.question.text.in_language(language)
        self.lines: dict[str, Line] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for column, part in enumerate(order):
            name = named[part].in_language(language)
            line = Line(f"{name}: {question}", numeric=True, longest=4 if part == "year" else 2)
            line.setFixedWidth(_WIDTH_PX)
            line.typed.connect(self._changed)
            self.lines[part] = line
            grid.addWidget(label(name, "quiet"), 0, column)
            grid.addWidget(line, 1, column)
        grid.setColumnStretch(3, 1)
        self._onward = list(pairwise(order))
        self.setFocusProxy(self.lines[order[0]])
        self.show_text(slot.text(), slot)

    def show_text(self, text: str, slot: Slot) -> None:
        """Show a date, also one that staff wrote in words."""
        parts = parts_of(text)
        if not any(parts) and (known := slot.day()) is not None:
            parts = str(known.day), str(known.month), str(known.year)
        for part, words_of_part in zip(("day", "month", "year"), parts, strict=True):
            self.lines[part].show_text(words_of_part)

    def _changed(self, _text: str) -> None:
        typed = self.sender()
        text = {part: "".join(letter for letter in line.text() if letter.isdecimal()) for part, line in self.lines.items()}
        for part, after in self._onward:
            line = self.lines[part]
            if line is typed and len(text[part]) == line.maxLength() and not self.lines[after].text():
                self.lines[after].setFocus()
        self.typed.emit(composed(text["day"], text["month"], text["year"], partial=self._partial))
