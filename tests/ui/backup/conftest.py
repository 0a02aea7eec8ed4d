"""The place Backup over a real store, with a folder that is a stick."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.pages.backup.page import BackupPage
from ui.routes import Routes


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return an empty folder."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def routes(qtbot: QtBot) -> Routes:
    """Return the routes of a window."""
    return Routes()


@pytest.fixture
def backing_up(desk: Desk, routes: Routes, qtbot: QtBot) -> BackingUp:
    """Return what backs up beside the work, not yet begun."""
    return BackingUp(desk, routes, routes)


@pytest.fixture
def page(desk: Desk, routes: Routes, backing_up: BackingUp, qtbot: QtBot) -> BackupPage:
    """Return the page of the administrator, on screen."""
    page = BackupPage(desk, routes)
    routes.changed.connect(page.reload)
    qtbot.addWidget(page)
    page.resize(940, 700)
    page.show()
    page.entered()
    return page
