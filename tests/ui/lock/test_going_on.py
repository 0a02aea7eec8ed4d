"""What goes on under the lock: printing, and what other desks do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtCore import Qt

from intake.actions.accounts import set_active
from intake.domain.requests import RequestState
from intake.domain.staff import Role
from tests.ui.conftest import colleague
from tests.ui.documents.conftest import Promises, promises
from tests.ui.lock.room import PLANTED, Room
from tests.ui.printrun.filing import FileWay

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

__all__ = ["promises"]


def test_a_print_run_ends_under_the_lock_and_is_told_when_it_is_opened(
    room: Room, bench: Bench, promises: Promises, tmp_path: Path, qtbot: QtBot
) -> None:
    """The pages come out, it is recorded, and nothing of the list of names is seen or heard meanwhile."""
    folder = tmp_path / "papers"
    folder.mkdir()
    way = FileWay(folder=folder)
    room.work.print_runs.control.way = way
    request = promises.open(bench.arrive(PLANTED), hours_ago=2)
    with qtbot.waitSignal(room.work.print_runs.control.begun, timeout=20_000):
        room.press(Qt.Key.Key_F9)
    assert any(PLANTED in words for words in room.heard())
    room.locking.lock()
    locked = room.picture()
    with qtbot.waitSignal(room.work.print_runs.control.ended, timeout=20_000):
        way.open_gate.set()
    room.settle()
    assert promises.line(request.id).state is RequestState.PRINTED
    assert PLANTED in PdfReader(way.papers()[0]).pages[0].extract_text()
    assert room.picture() == locked
    assert not any(PLANTED in words for words in room.heard())
    room.unlock()
    assert room.work.print_runs.overlay.isVisible()
    assert room.work.print_runs.overlay.words_label.text() == "1 of 1 printed"


def test_an_account_that_is_closed_meanwhile_is_signed_out_under_the_lock(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Nobody unlocks with a password that no longer opens anything."""
    other = colleague(desk, bench, login="robin", role=Role.ADMINISTRATOR, workstation="desk-4")
    room = Room(other, bench, qtbot)
    room.locking.lock()
    with qtbot.waitSignal(room.work.signed_out, timeout=20_000):
        bench.ask(lambda store: set_active(store, desk.actor, other.actor.staff.id, active=False, now=desk.now()))
        room.work.refresh()
    assert room.locking.is_locked
    room.go()
