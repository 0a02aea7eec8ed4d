"""Which clinic a list shows: a row of chips, and Alt with a digit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from intake.domain.practice import Practice
from ui.widgets.buttons import Chip
from ui.widgets.card import row

_APART_PX, _CLOSE_PX = 6, 2


class ClinicChips(QWidget):
    """One chip a clinic, and one for all of them. ``chosen`` carries the clinic's key, None for all."""

    chosen = Signal(object)

    def __init__(self, practice: Practice, location: str | None, page: QWidget) -> None:
        """Show ``location`` as chosen; the keys work wherever the focus is in ``page``."""
        super().__init__(page)
        self._places: tuple[str | None, ...] = (*(each.key for each in practice.locations), None)
        self.chips = [Chip(f"{number} {each.name}") for number, each in enumerate(practice.locations, start=1)]
        self.chips.append(Chip(self.tr("0 All")))
        for number, (place, chip) in enumerate(zip(self._places, self.chips, strict=True), start=1):
            digit = 0 if place is None else number
            chip.clicked.connect(partial(self.chosen.emit, place))
            QShortcut(QKeySequence(f"Alt+{digit}"), page, partial(self.chosen.emit, place))
        self._line = line = row(*self.chips, spacing=_APART_PX)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.show_clinic(location)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the chips together before one of them is cut."""
        super().resizeEvent(event)
        words = sum(chip.sizeHint().width() for chip in self.chips)
        roomy = event.size().width() >= words + _APART_PX * (len(self.chips) - 1)
        self._line.setSpacing(_APART_PX if roomy else _CLOSE_PX)

    def show_clinic(self, location: str | None) -> None:
        """Mark a clinic, or all with None, as the one that is shown."""
        for place, chip in zip(self._places, self.chips, strict=True):
            chip.setChecked(place == location)
