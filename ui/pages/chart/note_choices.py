"""Answers of the note: chips that wrap, and the answers to an examination item, which stand open only while the keyboard is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.pages.intake.choice_paint import CHIP_HEIGHT
from ui.pages.intake.choices import Choices, Pick

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class NoteChoices(Choices):
    """Chips a clinician picks from; none of them picked means that nothing is recorded."""

    def __init__(self, name: str, picks: Sequence[Pick], *, several: bool = False, parent: QWidget | None = None) -> None:
        """Show the answers."""
        super().__init__(name, picks, several=several, joined=False, parent=parent)

    def words(self) -> str:
        """Return what is picked, in words."""
        return ", ".join(pick.label for pick in self.picks if pick.code in self.codes())

    def _tell(self) -> None:
        keys = ", ".join(f"{letter.upper()} {pick.label}" for letter, pick in zip(self.letters, self.picks, strict=True) if letter)
        self.setAccessibleName(self.name)
        words = self.tr("%1. Keys: %2. Delete: not recorded.")
        self.setAccessibleDescription(words.replace("%1", self.words() or self.tr("not recorded")).replace("%2", keys))


class ItemChoices(NoteChoices):
    """One examination item on one line; its chips come with the keyboard."""

    def sizeHint(self) -> QSize:
        """Return one line, whatever it opens to."""
        return QSize(120, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return the height of all chips while the keyboard is here, else one line."""
        return super().heightForWidth(width) if self.hasFocus() else CHIP_HEIGHT

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open."""
        super().focusInEvent(event)
        self._relayout()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close."""
        super().focusOutEvent(event)
        self._relayout()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open with the first click, pick with the next."""
        if self.height() > CHIP_HEIGHT or len(self._rects) < 1 or self._rects[-1].bottom() <= CHIP_HEIGHT + 2:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write what is picked, or show all there is to pick."""
        if self.hasFocus():
            super().paintEvent(event)
            return
        colors, words = theme.tokens(), self.words()
        face = theme.font(weight=QFont.Weight.DemiBold if words else QFont.Weight.Normal)
        painter = QPainter(self)
        painter.setFont(face)
        painter.setPen(QColor(colors.text if words else colors.muted))
        room = QRect(2, 0, self.width() - 4, self.height())
        text = painter.fontMetrics().elidedText(words or self.tr("not recorded"), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _LEFT, text)
