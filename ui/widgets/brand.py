"""The program's mark, and how it names roles: shared by the sign-in and the rail."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme

_ROLES = {"receptionist": "Receptionist", "clinician": "Clinician", "print_desk": "Print desk", "administrator": "Administrator"}


def role_words(role: str) -> str:
    """Return a role as it is shown. Raises KeyError for a word that is no role."""
    return _ROLES[role]


class Mark(QWidget):
    """The program's mark: a rounded square in the accent color."""

    def __init__(self, side: int = 18, parent: QWidget | None = None) -> None:
        """Build the mark, ``side`` pixels wide."""
        super().__init__(parent)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), 5, 5)
