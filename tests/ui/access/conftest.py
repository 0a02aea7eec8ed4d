"""What the tests of the way in share: a program that is started over a data folder, and a printer that only keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import WORKSTATION, Clock
from ui.app import App

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake.paths import Paths

W = TypeVar("W", bound="QWidget")


class Front:
    """The program as a person meets it before the work."""

    def __init__(self, qtbot: QtBot, clock: Clock, paths: Paths) -> None:
        """Start the program."""
        self.qtbot = qtbot
        self.app = App(paths, clock=clock, workstation=WORKSTATION)
        qtbot.addWidget(self.app.window)
        self.app.show()

    def page(self, kind: type[W]) -> W:
        """Wait until a page of this kind stands in the window and return it."""
        self.qtbot.waitUntil(lambda: isinstance(self.app.window.centralWidget(), kind), timeout=10_000)
        page = self.app.window.centralWidget()
        assert isinstance(page, kind)
        return page

    def at_work(self) -> str:
        """Wait until the work begins and return who is signed in."""
        self.qtbot.waitUntil(lambda: self.app.work is not None and self.app.window.centralWidget() is self.app.work, timeout=10_000)
        assert self.app.work is not None
        return self.app.work.desk.actor.staff.login


@pytest.fixture
def start(qtbot: QtBot, clock: Clock) -> Iterator[Callable[[Paths], Front]]:
    """Yield a way to start the program, and end it with the test."""
    begun: list[Front] = []

    def begin(paths: Paths) -> Front:
        begun.append(Front(qtbot, clock, paths))
        return begun[-1]

    yield begin
    for each in begun:
        each.app.window.close()
