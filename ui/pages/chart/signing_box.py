"""“Before signing”: what is still missing, each a way to its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.pages.chart.note_part import Frame
from ui.pages.chart.signing_words import Missing, written_words
from ui.widgets.labels import label

MOST = 4
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_WRAPPED = _LEFT | Qt.TextFlag.TextWordWrap
_SIDE, _AROUND = 4, 4
_HIGHEST = 10_000


class MissingLine(QPushButton):
    """One missing thing; Enter, Space or a click goes there."""

    def __init__(self, words: str, parent: QWidget | None = None, *, whole: bool = False) -> None:
        """Build the line: its words on as many lines as they need when ``whole``, else cut where the room ends."""
        super().__init__(parent)
        self._words = f"⚑ {words}"
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._whole = whole
        high = QSizePolicy.Policy.Minimum if whole else QSizePolicy.Policy.Fixed
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, high)
        policy.setHeightForWidth(whole)
        self.setSizePolicy(policy)
        self.setAccessibleName(words)
        self.setToolTip(words)

    def sizeHint(self) -> QSize:
        """Return one line."""
        return QSize(100, ceil(theme.metrics().height()) + _AROUND)

    def hasHeightForWidth(self) -> bool:
        """Words that wrap need the more height the narrower it is."""
        return self._whole

    def heightForWidth(self, width: int) -> int:
        """Return the height of all words at a width."""
        room = QRect(0, 0, width - 2 * _SIDE, _HIGHEST)
        return ceil(theme.metrics().boundingRect(room, _WRAPPED, self._words).height()) + _AROUND

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there on Enter, as on Space; arrows go along the lines."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the words, with the ring of the focus around them."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font())
        painter.setPen(QColor(colors.danger))
        room = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        if self._whole:
            painter.drawText(room, _WRAPPED, self._words)
        else:
            painter.drawText(room, _LEFT, theme.metrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room.width()))
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(colors.focus), 2) if self.hasFocus() else QPen(QColor(colors.line), 1))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)


class BeforeSigning(Frame):
    """A quiet box. ``place_asked`` carries the place of what was chosen (``prompts.7``, ``note.plan``)."""

    place_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it with nothing to say."""
        super().__init__(parent)
        self.set_tone("sunken")
        self.setAccessibleName(self.tr("Before signing"))
        self.body.setSpacing(2)
        self.body.addWidget(label(self.tr("Before signing"), "strong"))
        self._missing: tuple[Missing, ...] | None = None
        self._lines: list[QWidget] = []
        self.done_label = label("", "", tone="ok", wrap=True)
        self.done_label.setIndent(4)
        self.body.addWidget(self.done_label)

    def missing(self) -> tuple[Missing, ...]:
        """Return what is shown as missing."""
        return self._missing or ()

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """Say what is missing and what is written; nothing moves while nothing changed."""
        if self._missing == tuple(missing):
            return
        focused = next((place for place, line in enumerate(self._lines) if line.hasFocus()), None)
        self._missing = tuple(missing)
        for line in self._lines:
            self.body.removeWidget(line)
            line.deleteLater()
        shown = self._missing[:MOST]
        self._lines = [self._line(each) for each in shown]
        if len(self._missing) > len(shown):
            more = self.tr("and %1 more: Ctrl+Enter lists all").replace("%1", str(len(self._missing) - len(shown)))
            self._lines.append(label(more, "hint"))
        for place, line in enumerate(self._lines):
            self.body.insertWidget(1 + place, line)
            line.show()
        written = written_words(self._missing)
        self.done_label.setText(f"✓ {written}" if written else "")
        self.done_label.setVisible(bool(written))
        if focused is not None and self._lines:
            self._lines[min(focused, len(self._lines) - 1)].setFocus()

    def _line(self, missing: Missing) -> MissingLine:
        line = MissingLine(missing.words)
        line.clicked.connect(partial(self.place_asked.emit, missing.place))
        return line
