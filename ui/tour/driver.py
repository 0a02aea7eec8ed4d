"""Plays the steps of a tour on the window's own event loop, one key a turn, so that nothing waits and nothing is skipped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.tour.photographs import Camera
from ui.tour.pulse import Pulse
from ui.tour.steps import Photograph, Press, Step, Tell, TourError, Until, Write

STEP_LIMIT_S = 20.0
TURN_MS = 4
EXPOSURE_MS = 250


class Driver(QObject):
    """Plays steps; ``finished`` carries None, or the TourError of the step that failed.

    ``keystrokes`` counts the keys pressed so far; the script reads it to tell what a job costs.
    """

    finished = Signal(object)

    def __init__(self, camera: Camera, pulse: Pulse, parent: QObject | None = None) -> None:
        """Take a camera and the pulse it holds still while a picture is taken."""
        super().__init__(parent)
        self.keystrokes = 0
        self.report: list[str] = []
        self._camera = camera
        self._pulse = pulse
        self._steps: Iterator[Step] = iter(())
        self._keys: deque[Press | str] = deque()
        self._awaited: Until | None = None
        self._deadline = 0.0
        self._pictures: Iterator[None] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def play(self, steps: Iterator[Step]) -> None:
        """Start to play; returns at once."""
        self._steps = steps
        self._timer.start(TURN_MS)

    def fail(self, trouble: str) -> None:
        """End the tour because the program told of trouble."""
        self._end(TourError(f"the program told of trouble: {trouble}"))

    def _turn(self) -> None:
        try:
            self._play_one()
        except StopIteration:
            self._end(None)
        except TourError as error:
            self._end(error)

    def _end(self, error: TourError | None) -> None:
        self._timer.stop()
        self.finished.emit(error)

    def _play_one(self) -> None:
        if self._pictures is not None:
            self._go_on_photographing(self._pictures)
        elif self._keys:
            self._send(self._keys.popleft())
        elif self._awaited is not None:
            self._look()
        else:
            self._take(next(self._steps))

    def _go_on_photographing(self, pictures: Iterator[None]) -> None:
        if next(pictures, self) is self:
            self._pictures = None
            self._timer.setInterval(TURN_MS)
            self._pulse.go_on()
        else:
            self._timer.setInterval(EXPOSURE_MS)

    def _look(self) -> None:
        awaited = self._awaited
        if awaited is None or awaited.holds():
            self._awaited = None
        elif time.monotonic() > self._deadline:
            message = f"waited in vain for: {awaited.what}"
            raise TourError(message)

    def _take(self, step: Step) -> None:
        match step:
            case Press():
                self._keys.append(step)
            case Write():
                self._keys.extend(step.text)
            case Until():
                self._awaited, self._deadline = step, time.monotonic() + STEP_LIMIT_S
                self._pulse.step = step.what
            case Photograph():
                self._pulse.pause()
                self._pictures = self._camera.take(step.name)
            case Tell():
                self.report.append(step.text)

    def _send(self, key: Press | str) -> None:
        target = self._target()
        self.keystrokes += 1
        if isinstance(key, Press):
            QTest.keyClick(target, key.key, key.modifiers)
        elif key.isascii():
            QTest.keyClicks(target, key)
        else:
            self.keystrokes += 1  # an accent is a key of its own, pressed before the letter
            _compose(target, key)

    @staticmethod
    def _target() -> QWidget:
        target = QApplication.focusWidget() or QApplication.activeWindow()
        if target is None:
            message = "nothing has the focus"
            raise TourError(message)
        return target


def _compose(target: QWidget, letter: str) -> None:
    """Type a letter that has no key of its own; QTest knows ASCII keys only."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter))
