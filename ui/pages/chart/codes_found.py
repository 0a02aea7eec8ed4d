"""What the typed letters find in the list of codes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake.domain.codes import Code
from ui import theme

ROW = 22
_SHOWN = 6
_PAD = 8
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class FoundCodes(QWidget):
    """A short list below the field; the keyboard stays in the field. ``chosen`` carries the code that was clicked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it empty, which takes no room."""
        super().__init__(parent)
        self._codes: tuple[Code, ...] = ()
        self._at = 0
        self._top = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Codes that fit"))
        self.hide()

    def codes(self) -> tuple[Code, ...]:
        """Return what is offered."""
        return self._codes

    def show_codes(self, codes: Sequence[Code]) -> None:
        """Offer these, the first one chosen."""
        if tuple(codes) != self._codes:
            self._codes, self._at, self._top = tuple(codes), 0, 0
        self.setVisible(bool(self._codes))
        self.updateGeometry()
        self._tell()

    def current(self) -> Code | None:
        """Return the chosen one, None when nothing is offered."""
        return self._codes[self._at] if self._codes else None

    def step(self, by: int) -> None:
        """Choose another one; the last is followed by the first."""
        self._at = (self._at + by) % len(self._codes)
        self._top = min(max(self._top, self._at - _SHOWN + 1), self._at)
        self._tell()

    def sizeHint(self) -> QSize:
        """Return room for a few lines."""
        return QSize(200, min(len(self._codes), _SHOWN) * ROW + 8)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        index = self._top + int((event.position().y() - 4) // ROW)
        if 0 <= index < len(self._codes):
            self.chosen.emit(self._codes[index].code)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the lines; the one that Enter picks is tinted. What cannot be billed says so."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colors.line))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        for place, code in enumerate(self._codes[self._top : self._top + _SHOWN]):
            self._paint_row(painter, code, QRectF(4, 4 + place * ROW, self.width() - 8, ROW), chosen=self._top + place == self._at)

    def _paint_row(self, painter: QPainter, code: Code, box: QRectF, *, chosen: bool) -> None:
        colors = theme.tokens()
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.accent_weak))
            painter.drawRoundedRect(box, 4, 4)
        line = box.adjusted(_PAD - 4, 0, -_PAD, 0)
        bold, plain, small = theme.metrics(weight=QFont.Weight.DemiBold), theme.metrics(), theme.metrics(size_px=theme.LABEL_PX)
        painter.setPen(QColor(colors.accent if chosen else colors.text))
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.drawText(line, _LEFT, code.code)
        aside = "" if code.billable else self.tr("heading, not billable")
        if aside:
            painter.setFont(theme.font(size_px=theme.LABEL_PX))
            painter.setPen(QColor(colors.warning))
            painter.drawText(line, _RIGHT, aside)
        beside = line.adjusted(bold.horizontalAdvance(code.code) + 8, 0, -(small.horizontalAdvance(aside) + 8 if aside else 0), 0)
        painter.setFont(theme.font())
        painter.setPen(QColor(colors.text))
        painter.drawText(beside, _LEFT, plain.elidedText(code.title, Qt.TextElideMode.ElideRight, beside.width()))

    def _tell(self) -> None:
        """Say the chosen one to a screen reader."""
        code = self.current()
        if code is not None:
            words = self.tr("%1 of %2: %3 %4. Enter picks it.")
            for number, text in enumerate((str(self._at + 1), str(len(self._codes)), code.code, code.title), start=1):
                words = words.replace(f"%{number}", text)
            self.setAccessibleDescription(words)
        self.update()
