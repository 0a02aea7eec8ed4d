"""The top bar: where you are, the clinic, the draft's state, the find box, the clock; and the training band."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.widgets.labels import ElidedLabel, KeyHint, Pill, label

HEIGHT = 48
_FIND_WIDTH = 300
_ALL_THE_ROOM = 100


def clock_words(when: datetime) -> str:
    """Return an instant in the clinic's own time as the clinic says it: ``Sun Nov 22 · 9:42 AM``."""
    return f"{when:%a %b} {when.day} · {time_words(when)}"


def time_words(when: datetime) -> str:
    """Return the time of day: ``9:42 AM``."""
    return f"{when.hour % 12 or 12}:{when:%M %p}"


class FindBox(QPushButton):
    """Looks like a field and opens the palette, which is where the typing happens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the box."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(170)
        self.setMaximumWidth(_FIND_WIDTH)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        words = label(self.tr("Find a patient or a command"), "muted")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(11, 0, 7, 0)
        inside.addWidget(words, 1)
        inside.addWidget(KeyHint("Ctrl K"), 0, Qt.AlignmentFlag.AlignVCenter)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(words.text())

    def sizeHint(self) -> QSize:
        """Return the size of a field."""
        return QSize(_FIND_WIDTH, 30)


class TopBar(QFrame):
    """What never scrolls away."""

    find_asked = Signal()

    def __init__(self, *, clinic: str, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Build the bar; ``now`` tells the clinic's own time."""
        super().__init__(parent)
        self._now = now
        self.setFixedHeight(HEIGHT)
        self.title_label = ElidedLabel("", "place")
        self.clinic_pill = Pill(self.tr("%1 · this desk").replace("%1", clinic), "info")
        self.draft_label = ElidedLabel("", "muted")
        self.draft_label.setAccessibleName(self.tr("State of the draft"))
        self.find_box = FindBox()
        self.find_box.clicked.connect(self.find_asked)
        self.clock_label = label("")
        self._head: QWidget | None = None
        self._inside = inside = QHBoxLayout(self)
        inside.setContentsMargins(20, 0, 20, 0)
        inside.setSpacing(14)
        for each in (self.title_label, self.clinic_pill, self.draft_label):
            inside.addWidget(each)
        inside.addStretch(1)
        inside.addWidget(self.find_box, 2)
        inside.addWidget(self.clock_label)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()

    def show_title(self, text: str) -> None:
        """Name the place."""
        self.title_label.setText(text)
        self.title_label.setToolTip(text)

    def show_head(self, head: QWidget | None) -> None:
        """Let a page's own head stand in the place of everything else; None puts that back."""
        if head is self._head:
            return
        if self._head is not None:
            self._head.hide()
        self._head = head
        for each in (self.title_label, self.clinic_pill, self.draft_label, self.find_box, self.clock_label):
            each.setVisible(head is None)
        if head is not None:
            if self._inside.indexOf(head) < 0:
                self._inside.insertWidget(0, head, _ALL_THE_ROOM)
            head.show()

    def show_draft_state(self, text: str) -> None:
        """Say what became of the draft on screen, empty where there is none."""
        self.draft_label.setText(text)

    def _tick(self) -> None:
        text = clock_words(self._now())
        if text != self.clock_label.text():
            self.clock_label.setText(text)


class TrainingBand(QFrame):
    """Stands on every screen of the training clinic."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the band."""
        super().__init__(parent)
        words = label(self.tr("TRAINING"), "strong")
        more = label(self.tr("All people here are invented. Nothing you do reaches a real record."))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(20, 4, 20, 4)
        inside.setSpacing(10)
        inside.addWidget(words)
        inside.addWidget(more)
        inside.addStretch(1)
        self.setAccessibleName(f"{words.text()}. {more.text()}")
