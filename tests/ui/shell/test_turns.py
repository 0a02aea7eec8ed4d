"""Long work in turns, and garbage on the window's thread only: what keeps the window answering."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from ui.collecting import Collector
from ui.turns import in_turns

ROOT = Path(__file__).resolve().parents[3]


def test_the_first_piece_is_done_at_once_and_the_others_in_turns_of_their_own(qtbot: QtBot) -> None:
    """Whoever begins the work goes on while the rest of it waits for its turn."""
    done: list[int] = []

    def pieces() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            yield

    owner = QObject()
    in_turns(owner, pieces())
    assert done == [0]
    qtbot.waitUntil(lambda: done == [0, 1, 2])


def test_no_piece_is_done_for_an_owner_that_is_gone(qtbot: QtBot) -> None:
    """A page that was closed is not built on."""
    done: list[int] = []
    later: list[int] = []

    def pieces(kept: list[int], count: int) -> Iterator[None]:
        for number in range(count):
            kept.append(number)
            yield

    owner, other = QObject(), QObject()
    in_turns(owner, pieces(done, 3))
    delete(owner)
    in_turns(other, pieces(later, 20))
    qtbot.waitUntil(lambda: len(later) == 20)
    assert done == [0]


def test_python_searches_for_garbage_by_itself_again_after_the_window(qtbot: QtBot) -> None:
    """The collector leaves the process as it found it."""
    assert gc.isenabled()
    collector = Collector()
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def test_modules_are_loaded_ahead_on_another_thread() -> None:
    """The window's thread finds them ready."""
    code = (
        "import sys, threading\nfrom ui.warming import warm\n"
        "warm(('intake.documents.intake_form', 'no.such.module'))\n"
        "[each.join() for each in threading.enumerate() if each.name == 'warming']\n"
        "print('intake.documents.intake_form' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    assert said.stdout.strip() == "True"
