"""The codes a clinician has picked: one line each, the first coded first, with what needs another look in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.pages.intake.keys import is_advance, is_plain

ROW = 22
_PAD = 6
_TAKING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickedCode:
    """One picked code with its title and the reason why it needs another look, empty when there is none."""

    code: str
    title: str
    reason: str = ""


class PickedCodes(QWidget):
    """Arrows choose a line, Delete or Backspace takes it away, Alt with an arrow moves it up or down."""

    removed = Signal(str)
    moved = Signal(str, int)
    """A code, and how many places it is to move."""
    left = Signal()
    """Down from the last line, or Enter: on to the field below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it empty, which takes no room."""
        super().__init__(parent)
        self._rows: tuple[PickedCode, ...] = ()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Picked codes"))
        self.show_rows(())

    def rows(self) -> tuple[PickedCode, ...]:
        """Return what is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[PickedCode]) -> None:
        """Show the picked codes in their order."""
        self._rows = tuple(rows)
        self._at = max(0, min(self._at, len(self._rows) - 1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._rows else Qt.FocusPolicy.NoFocus)
        self.setVisible(bool(self._rows))
        self.updateGeometry()
        self._tell()

    def sizeHint(self) -> QSize:
        """Return room for all lines and their reasons."""
        return QSize(200, sum(self._heights(self.width())))

    def hasHeightForWidth(self) -> bool:
        """Reasons wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at a width."""
        return sum(self._heights(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move, take away, or go on."""
        key = event.key()
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
        elif is_advance(event) or (step > 0 and self._at == len(self._rows) - 1):
            self.left.emit()
        elif step:
            self._choose(self._at + step)
        elif is_plain(event) and key in _TAKING:
            self.removed.emit(self._rows[self._at].code)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the line that was clicked; a click on its cross takes it away."""
        y = event.position().y()
        for index, height in enumerate(self._heights(self.width())):
            if y < height:
                self._choose(index)
                if event.position().x() > self.width() - ROW and self.isEnabled():
                    self.removed.emit(self._rows[index].code)
                return
            y -= height

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the last line when coming from below, at the first from above."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._at = len(self._rows) - 1
        elif event.reason() == Qt.FocusReason.TabFocusReason:
            self._at = 0
        self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write each line: code, title, and its reason below."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for index, height in enumerate(self._heights(self.width())):
            self._paint_row(painter, index, QRectF(0, top, self.width(), height))
            top += height

    def _paint_row(self, painter: QPainter, index: int, box: QRectF) -> None:
        colors, row = theme.tokens(), self._rows[index]
        chosen = self.hasFocus() and index == self._at
        if chosen:
            painter.setPen(QColor(colors.focus))
            painter.setBrush(QColor(colors.accent_weak))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        line = QRectF(box.left() + _PAD, box.top() + 2, box.width() - ROW - _PAD, box.height())
        bold = theme.metrics(weight=QFont.Weight.DemiBold)
        painter.setPen(QColor(colors.text))
        painter.setFont(theme.font(weight=QFont.Weight.DemiBold))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, row.code)
        painter.setFont(theme.font())
        painter.drawText(line.adjusted(bold.horizontalAdvance(row.code) + 6, 0, 0, 0), Qt.TextFlag.TextWordWrap, row.title)
        if self.isEnabled():
            painter.setPen(QColor(colors.text if chosen else colors.muted))
            painter.drawText(QRectF(box.right() - ROW, box.top(), ROW, ROW), Qt.AlignmentFlag.AlignCenter, "×")
        if row.reason:
            painter.setPen(QColor(colors.warning))
            painter.setFont(theme.font(size_px=theme.LABEL_PX))
            titled = self._title_height(row, self.width())
            below = QRectF(line.left(), box.top() + titled - 2, box.width() - 2 * _PAD, box.height() - titled + 2)
            painter.drawText(below, Qt.TextFlag.TextWordWrap, f"⚠ {row.reason}")

    def _heights(self, width: int) -> list[int]:
        metrics = theme.metrics(size_px=theme.LABEL_PX)
        room = QRectF(0, 0, max(width - 2 * _PAD, 80), 1_000)
        reasons = [
            round(metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, f"⚠ {row.reason}").height()) + 4 if row.reason else 0
            for row in self._rows
        ]
        return [self._title_height(row, width) + reason for row, reason in zip(self._rows, reasons, strict=True)]

    def _title_height(self, row: PickedCode, width: int) -> int:
        code = theme.metrics(weight=QFont.Weight.DemiBold).horizontalAdvance(row.code) + 6
        room = QRectF(0, 0, max(width - ROW - _PAD - code, 60), 1_000)
        return max(ROW, round(theme.metrics().boundingRect(room, Qt.TextFlag.TextWordWrap, row.title or " ").height()) + 4)

    def _choose(self, index: int) -> None:
        self._at = max(0, min(index, len(self._rows) - 1))
        self._tell()

    def _move(self, step: int) -> None:
        target = self._at + step
        if 0 <= target < len(self._rows):
            code = self._rows[self._at].code
            self._at = target
            self.moved.emit(code, step)

    def _tell(self) -> None:
        """Say the line to a screen reader."""
        if self._rows:
            row = self._rows[self._at]
            words = self.tr("%1 of %2: %3 %4. %5 Delete takes it away, Alt with an arrow moves it.")
            for number, text in enumerate((str(self._at + 1), str(len(self._rows)), row.code, row.title, row.reason), start=1):
                words = words.replace(f"%{number}", text)
            self.setAccessibleDescription(words)
        self.update()
