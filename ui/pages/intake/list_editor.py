"""A field with many answers: type the first letters of one, step with the arrows, or open the list."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from ui import theme
from ui.pages.intake.choices import Pick
from ui.pages.intake.keys import is_advance, is_plain, is_retreat

TYPE_AHEAD_S = 1.2
"""Letters typed within this time of each other belong to one word."""


class ListEditor(QWidget):
    """One of many answers, shown as a closed list."""

    typed = Signal(str)
    advanced = Signal()
    retreated = Signal()

    def __init__(self, name: str, picks: Sequence[Pick], parent: QWidget | None = None) -> None:
        """Offer the answers of the field ``name``."""
        super().__init__(parent)
        self._name = name
        self._picks = tuple(picks)
        self._code = ""
        self._begun = ""
        self._last_s = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def value(self) -> str:
        """Return the picked code, empty when not asked."""
        return self._code

    def show_value(self, text: str) -> None:
        """Show a code."""
        self._code = text
        self._describe()
        self.update()

    def caret(self) -> int:
        """Return 0: a list has no caret."""
        return 0

    def place_caret(self, position: int) -> None:
        """Do nothing: a list has no caret."""

    def label(self) -> str:
        """Return the words of what is picked; a code that is not offered shows as it is."""
        return next((pick.label for pick in self._picks if pick.code == self._code), self._code)

    def sizeHint(self) -> QSize:
        """Return the size of a field."""
        return QSize(140, 30)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick by first letters or arrows, open, clear or go on."""
        key = event.key()
        if is_advance(event):
            self.advanced.emit()
        elif is_retreat(event):
            self.retreated.emit()
        elif not is_plain(event):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._pick("")
        elif key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Space and not self._begun):
            self._open()
        elif event.text().isprintable() and event.text():
            self._type_ahead(event.text().casefold())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the list."""
        self._open()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as the other fields are drawn, with the sign of a list."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        inset = 1.0 if focused else 0.5
        edge = {"danger": colors.danger, "warning": colors.warning}.get(str(self.property("tone")), colors.line)
        painter.setPen(QPen(QColor(colors.focus if focused else edge), 2 if focused else 1))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        painter.setPen(QColor(colors.text if self._code else colors.muted))
        inside = self.rect().adjusted(10, 0, -24, 0)
        words = self.fontMetrics().elidedText(self.label() or self.tr("type to choose"), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        x, y = self.width() - 16, self.height() // 2 - 1
        painter.setPen(QPen(QColor(colors.muted), 1.5))
        painter.drawPolyline(QPolygonF([QPoint(x - 4, y - 1), QPoint(x, y + 3), QPoint(x + 4, y - 1)]))

    def _type_ahead(self, letter: str) -> None:
        now_s = time.monotonic()
        self._begun = letter if now_s - self._last_s > TYPE_AHEAD_S else self._begun + letter
        self._last_s = now_s
        match = self._starting(self._begun)
        if match is None and len(set(self._begun)) == 1:
            match = self._next_starting(letter)
        if match is not None:
            self._pick(match.code)

    def _starting(self, begun: str) -> Pick | None:
        return next((pick for pick in self._picks if pick.label.casefold().startswith(begun)), None)

    def _next_starting(self, letter: str) -> Pick | None:
        """Return the next answer that begins with a letter typed again."""
        same = [pick for pick in self._picks if pick.label.casefold().startswith(letter)]
        codes = [pick.code for pick in same]
        after = codes.index(self._code) + 1 if self._code in codes else 0
        return same[after % len(same)] if same else None

    def _step(self, step: int) -> None:
        codes = [pick.code for pick in self._picks]
        at = codes.index(self._code) + step if self._code in codes else 0
        self._pick(codes[min(max(at, 0), len(codes) - 1)])

    def _pick(self, code: str) -> None:
        if code != self._code:
            self.show_value(code)
            self.typed.emit(code)

    def _open(self) -> None:
        """Open the list as a menu; it does not stop the window."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for pick in self._picks:
            action = menu.addAction(pick.label)
            action.setData(pick.code)
            if pick.code == self._code:
                menu.setActiveAction(action)
        menu.triggered.connect(self._chosen)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _chosen(self, action: object) -> None:
        self._pick(str(action.data()))  # type: ignore[attr-defined]  # a QAction of our own menu

    def _describe(self) -> None:
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(self.label() or self.tr("not asked"))
