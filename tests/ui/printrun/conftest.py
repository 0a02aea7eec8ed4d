"""A window with something to type into, where F9 prints to files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from tests.intake.printing.conftest import scheduler, server
from tests.ui.documents.conftest import Promises, promises
from tests.ui.printrun.filing import FileWay
from ui.models.board import CELL_ROLE as _CELL
from ui.printrun.runs import PrintRuns
from ui.routes import Routes
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.requests import RequestState
    from tests.ui.conftest import Bench
    from ui.desk import Desk
    from ui.printrun.overlay import RunOverlay

__all__ = ["promises", "scheduler", "server"]


class Room:
    """A window at one desk: a field of a page, the banner above it, and F9."""

    def __init__(self, desk: Desk, way: FileWay, promises: Promises, qtbot: QtBot) -> None:
        """Show it with the keyboard in the field."""
        self.desk, self.way, self.promises, self.qtbot = desk, way, promises, qtbot
        self.window = QWidget()
        self.banner, self.field = Banner(), QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.banner)
        column.addWidget(self.field)
        column.addStretch(1)
        self.routes = Routes(self.window)
        self.said: list[str] = []
        self.routes.said.connect(self.said.append)
        self.runs = PrintRuns(desk, self.routes, self.banner, self.window, way=way)
        QShortcut(QKeySequence("F9"), self.window, self.runs.print_ready)
        self.window.resize(1100, 760)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.field.setFocus()

    @property
    def overlay(self) -> RunOverlay:
        """The list over the page."""
        return self.runs.overlay

    def press(self, key: Qt.Key) -> None:
        """Press a key where the keyboard is."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        held = QApplication.focusWidget()
        assert isinstance(held, QWidget)
        QTest.keyClick(held, key)

    def print_all(self) -> None:
        """Press F9 and wait for the end of the run."""
        with self.qtbot.waitSignal(self.runs.control.ended, timeout=20_000):
            self.press(Qt.Key.Key_F9)

    def rows(self) -> list[tuple[str, str, str]]:
        """Return document, what the printer says, and where it stands, row by row."""
        shown = self.overlay.table.model()
        cells = [[shown.index(row, column).data(_CELL) for column in range(3)] for row in range(shown.rowCount())]
        return [(each[0].first.partition(" · ")[0], each[1].second, each[2].first) for each in cells]

    def states(self, *request_ids: int) -> list[RequestState]:
        """Return where requests stand."""
        return [self.promises.line(request_id).state for request_id in request_ids]


@pytest.fixture
def way(tmp_path: Path) -> FileWay:
    """Return one printer that prints at once."""
    folder = tmp_path / "papers"
    folder.mkdir()
    made = FileWay(folder=folder)
    made.open_gate.set()
    return made


@pytest.fixture
def open_room(promises: Promises, qtbot: QtBot) -> Iterator[Callable[[Desk, FileWay], Room]]:
    """Open windows, and have each let go of its run at the end."""
    rooms: list[Room] = []

    def show(desk: Desk, way: FileWay) -> Room:
        rooms.append(Room(desk, way, promises, qtbot))
        return rooms[-1]

    yield show
    for each in rooms:
        each.way.open_gate.set()
        if isValid(each.window):  # a test may have signed out
            each.window.close()
            each.window.deleteLater()


@pytest.fixture
def room(open_room: Callable[[Desk, FileWay], Room], receptionist: Desk, way: FileWay) -> Room:
    """Return the receptionist's window."""
    return open_room(receptionist, way)


@pytest.fixture
def ready(promises: Promises, bench: Bench) -> list[int]:
    """Return three intake forms that are ready, the first due first."""
    return [
        promises.open(bench.arrive(name), hours_ago=hours).id
        for name, hours in (("Firstperson", 5), ("Secondperson", 4), ("Thirdperson", 3))
    ]
