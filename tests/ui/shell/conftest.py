"""The main window over a real store."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.today import TodayPage


@pytest.fixture
def window(desk: Desk, bench: Bench, qtbot: QtBot) -> MainWindow:
    """Return the main window, shown, with Today read."""
    main_window = MainWindow(desk)
    main_window.begin()
    qtbot.addWidget(main_window)
    main_window.resize(1280, 800)
    with qtbot.waitExposed(main_window):
        main_window.show()
    main_window.activateWindow()
    bench.ask(lambda _: None)
    return main_window


@pytest.fixture
def today_page(window: MainWindow) -> TodayPage:
    """Return the page the window begins with."""
    page = window.places.current()
    assert isinstance(page, TodayPage)
    return page
