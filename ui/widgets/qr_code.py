"""A QR code on screen, drawn from the modules that the documents draw."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake.documents.seal import QUIET, modules

_SIDE_PX = 196


class QrCode(QWidget):
    """Dark on white in any theme: phones read no other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._rows: tuple[tuple[bool, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Code for the phone's camera; what it carries stands beside it to type"))

    def show_code(self, carried: str) -> None:
        """Draw this text."""
        self._rows = modules(carried) if carried else ()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a side that a phone reads from an arm's length."""
        return QSize(_SIDE_PX, _SIDE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the modules with the white around them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if not self._rows:
            return
        side = self.width() / (len(self._rows) + 2 * QUIET)
        for number, line in enumerate(self._rows):
            for place, dark in enumerate(line):
                if dark:
                    # A little over the edge, or light shows between the modules at odd scales.
                    spot = QRectF((QUIET + place) * side, (QUIET + number) * side, side + 0.3, side + 0.3)
                    painter.fillRect(spot, Qt.GlobalColor.black)
