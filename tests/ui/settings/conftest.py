"""The settings on screen, for who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.settings.page import SettingsPage
from ui.routes import Routes

Open = Callable[[Desk], SettingsPage]
S = TypeVar("S", bound=Page)


@pytest.fixture
def open_settings(qtbot: QtBot) -> Open:
    """Return what shows the settings at a desk, with the focus in their list."""

    def show(desk: Desk) -> SettingsPage:
        page = SettingsPage(desk, Routes())
        qtbot.addWidget(page)
        page.resize(1100, 720)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.entered()
        return page

    return show


def show_section(page: SettingsPage, key: str) -> None:
    """Choose a section in the list."""
    page.list.setCurrentRow([place.key for place in page.places].index(key))


def section(page: SettingsPage, key: str, kind: type[S]) -> S:
    """Show a section and return it."""
    show_section(page, key)
    shown = page.section()
    assert isinstance(shown, kind)
    return shown
