"""A desk that can be locked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.lock.room import Room

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk


@pytest.fixture(autouse=True)
def steady_caret(qapp: QApplication) -> Iterator[None]:
    """Keep the caret from blinking: pictures are compared."""
    usual = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(usual)


@pytest.fixture
def room(desk: Desk, bench: Bench, qtbot: QtBot) -> Iterator[Room]:
    """Yield the administrator's desk."""
    made = Room(desk, bench, qtbot)
    yield made
    made.go()
