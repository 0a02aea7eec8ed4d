"""How strong, from 0 to 10: eleven numbers to touch, with the ends in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from intake.domain.forms import FormQuestion
from ui.patient import words
from ui.patient.buttons import walk
from ui.patient.slots import Language
from ui.patient.style import TARGET_PX
from ui.widgets.labels import label

_ONE_LINE_PX = 11 * 52


class LetterKey(QPushButton):
    """A number of a rating, or a key of the keyboard on the screen."""

    def __init__(self, text: str, name: str = "", parent: QWidget | None = None) -> None:
        """Build the key; ``name`` is what a screen reader says."""
        super().__init__(text.replace("&", "&&"), parent)
        self.setAutoDefault(False)
        self.setAccessibleName(name or text)
        self.setMinimumWidth(30)


class Rating(QWidget):
    """Numbers to touch. ``picked`` carries the number as text, empty when it was taken back."""

    picked = Signal(list)

    def __init__(self, question: FormQuestion, language: Language, parent: QWidget | None = None) -> None:
        """Offer every number of the question."""
        super().__init__(parent)
        name = question.text.in_language(language)
        self.buttons: list[LetterKey] = []
        for number in range(question.low, question.high + 1):
            button = LetterKey(str(number))
            button.setCheckable(True)
            button.setMinimumHeight(TARGET_PX)
            button.clicked.connect(self._clicked)
            self.buttons.append(button)
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        ends = QHBoxLayout()
        ends.addWidget(label(words.NO_PAIN.in_language(language), "quiet", wrap=True), 1)
        worst = label(words.WORST_PAIN.in_language(language), "quiet", wrap=True)
        worst.setAlignment(Qt.AlignmentFlag.AlignRight)
        ends.addWidget(worst, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._grid)
        column.addLayout(ends)
        self.setAccessibleName(name)
        self._arrange(len(self.buttons))

    def show_codes(self, codes: list[str]) -> None:
        """Show the number that is picked."""
        for button in self.buttons:
            button.setChecked(button.accessibleName() in codes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from number to number with the arrows."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not walk(self.buttons, step):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand on two lines where the screen is narrow."""
        super().resizeEvent(event)
        self._arrange(len(self.buttons) if self.width() >= _ONE_LINE_PX else (len(self.buttons) + 1) // 2)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self.buttons):
            self._grid.addWidget(button, place // columns, place % columns)

    def _clicked(self) -> None:
        pressed = self.sender()
        for button in self.buttons:
            if button is not pressed:
                button.setChecked(False)
        self.picked.emit([button.accessibleName() for button in self.buttons if button.isChecked()])
