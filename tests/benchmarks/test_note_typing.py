"""A keystroke in a note of 40,000 characters, in the script that is slowest to shape: on screen within one frame."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor, Role, Staff
from intake.paths import Paths
from tests.benchmarks.conftest import Tell, figures
from tests.factories import NOW, WORKSTATION, a_store
from ui import fonts, theme
from ui.desk import Desk
from ui.pages.chart.note_text import NoteText
from ui.pages.chart.snippets_book import SnippetBook
from ui.tasks import StoreThread

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LENGTH = 40_000
KEYS = 60
FRAME_MS = 16.0
TEXTS = {
    "Latin": "Palpable taut band here. ",
    "Arabic": "رقبة مؤلمة جدا اليوم ",
    "Devanagari": "गर्दन में दर्द है आज भी ",
    "Chinese": "頸部疼痛右側僵硬",
    "lines": "Palpable taut band.\n",
}


@pytest.fixture
def book(tmp_path: Path, definitions: Definitions, qapp: QApplication) -> Iterator[SnippetBook]:
    """Yield the snippets of the practice, over an empty store."""
    fonts.load_first()
    fonts.load_rest()
    theme.apply(qapp, dark=False)
    thread = StoreThread(lambda: a_store(tmp_path))
    thread.start()
    desk = Desk(
        paths=Paths(data=tmp_path, training=False),
        definitions=definitions,
        store=thread,
        actor=Actor(staff=Staff(id=1, login="alex", name="Alex Admin", role=Role.ADMINISTRATOR), workstation=WORKSTATION),
        location="loc.edison",
        workstation=WORKSTATION,
        clock=lambda: NOW,
        zone=ZoneInfo(definitions.practice.time_zone),
    )
    yield SnippetBook(desk)
    thread.stop()


@pytest.mark.parametrize("script", TEXTS)
def test_a_keystroke_in_a_long_note(qtbot: QtBot, qapp: QApplication, book: SnippetBook, tell: Tell, script: str) -> None:
    """One paragraph without a line break, typed into at its end and in its middle."""
    area = NoteText(book)
    qtbot.addWidget(area)
    area.resize(440, 200)
    area.show_value((TEXTS[script] * LENGTH)[:LENGTH])
    area.show()
    qtbot.waitExposed(area)
    for name, place in (("end", LENGTH), ("middle", LENGTH // 2)):
        area.place_caret(place)
        qapp.processEvents()
        times_ms = []
        for _ in range(KEYS):
            began = time.perf_counter()
            QTest.keyClick(area, Qt.Key.Key_A)
            qapp.processEvents()
            times_ms.append((time.perf_counter() - began) * 1000)
        tell(f"a keystroke at the {name} of {LENGTH} characters, {script}: {figures(times_ms)}; load {os.getloadavg()[0]:.1f}")
        assert statistics.median(times_ms) < FRAME_MS
