"""Locking a desk with much open: blank at once, by the time the window's thread works on it."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from tests.benchmarks.conftest import Tell, figures
from tests.ui.conftest import administrator, bench, clock, desk, dressed, paths
from tests.ui.lock.room import PLANTED, Room

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

__all__ = ["administrator", "bench", "clock", "desk", "dressed", "paths"]

BLANK_MS = 50.0
TIMES = 20
INTAKES = 4


def test_a_desk_with_much_open_is_blank_at_once(desk: Desk, bench: Bench, qtbot: QtBot, tell: Tell) -> None:
    """From the key to the painted screen, four intakes, a record and the documents open; and back again."""
    room = Room(desk, bench, qtbot)
    saved = bench.arrive(PLANTED)
    room.work.routes.documents.emit()
    room.work.routes.patient.emit(saved.patient_id)
    for _ in range(INTAKES):
        room.begin_intake()
        room.type(PLANTED)
    room.settle()
    to_blank, whole, back = [], [], []
    for _ in range(TIMES):
        began, wall = time.thread_time(), time.perf_counter()
        blanked: list[float] = []
        painted = room.window.painted.connect(lambda begun=began, at=blanked: at.append((time.thread_time() - begun) * 1000))
        room.locking.lock()
        whole.append((time.thread_time() - began) * 1000)
        room.window.painted.disconnect(painted)
        to_blank.append(blanked[0] if blanked else (time.perf_counter() - wall) * 1000)
        room.settle()
        began = time.thread_time()
        room.unlock()
        QApplication.processEvents()
        back.append((time.thread_time() - began) * 1000)
    room.go()
    tell(f"lock to blank: {figures(to_blank)}; load {os.getloadavg()[0]:.1f}")
    tell(f"lock with all that is written down: {figures(whole)}")
    tell(f"unlock with eight to twenty keys of a password, painted: {figures(back)}")
    assert max(whole) < BLANK_MS
