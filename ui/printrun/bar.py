"""How far a run is, as a bar. The words beside it say the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme

_HIGH = 6


class RunBar(QWidget):
    """A thin bar, filled as far as the run is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it empty."""
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(_HIGH)
        self.setAccessibleName(self.tr("Progress"))

    def show_share(self, done: int, of: int) -> None:
        """Fill it so far."""
        self._share = done / of if of else 0.0
        self.setAccessibleDescription(self.tr("%1 of %2").replace("%1", str(done)).replace("%2", str(of)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a thin line."""
        return QSize(200, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the part that is done."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        colors = theme.tokens()
        for part, color in ((1.0, "sunken"), (self._share, "accent")):
            painter.setBrush(colors.color(color))
            painter.drawRoundedRect(QRectF(whole.left(), whole.top(), whole.width() * part, whole.height()), 3, 3)
