"""Noticing that nobody touches the program any more."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

LOOK_MS: Final = 1_000
_MOVES: Final = frozenset({QEvent.Type.MouseMove, QEvent.Type.HoverMove})
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick, QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease, QEvent.Type.InputMethod, QEvent.Type.DragMove,
    }
)  # fmt: skip


class Stirring(QObject):
    """Hears every key, press, touch and move in the program's windows. ``quiet`` tells that there was none for the minutes given.

    It listens at the windows and at what has the keyboard, never at every object of the program: that would be felt in typing.
    Two clocks are asked. One goes on steadily whatever is done to the machine's time; the other one also counts the hours
    that a machine sleeps.
    """

    quiet = Signal()

    def __init__(self, window: QWidget, clock: Callable[[], datetime], *, minutes: int, parent: QObject | None = None) -> None:
        """Begin to count; ``clock`` tells aware UTC."""
        super().__init__(parent)
        self.minutes = minutes
        self._window = window
        self._clock = clock
        self._at = self._times()
        self._mouse: tuple[float, float] | None = None
        application = cast("QApplication", QApplication.instance())
        application.focusWindowChanged.connect(self._hear)
        application.focusObjectChanged.connect(self._hear)
        self._hear(window.windowHandle())
        self._hear(QGuiApplication.focusObject())
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._looking.start()

    def stir(self) -> None:
        """Begin to count anew: somebody is there."""
        self._at = self._times()

    def look(self) -> None:
        """Tell when it has been quiet for long enough; a list that has just been opened is heard from now on."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            self._hear(popup.windowHandle())
        self._hear(self._window.windowHandle())
        steady, said = self._times()
        if max(steady - self._at[0], said - self._at[1]) >= self.minutes * 60:
            self.quiet.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear what a person does; nothing is kept from where it goes."""
        kind = event.type()
        if kind in _TOUCHES or (kind in _MOVES and self._moved(event)):
            self.stir()
        return False

    def _moved(self, event: QEvent) -> bool:
        """Tell a move from one that is only told again because the window under the mouse changed."""
        at = cast("QMouseEvent", event).globalPosition()
        place = (at.x(), at.y())
        before, self._mouse = self._mouse, place
        return before != place

    def _hear(self, where: QObject | QWindow | None) -> None:
        if where is not None:
            where.installEventFilter(self)

    def _times(self) -> tuple[float, float]:
        return time.monotonic(), self._clock().timestamp()
