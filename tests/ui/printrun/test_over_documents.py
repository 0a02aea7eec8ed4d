"""The list of a run over the place Documents, which reads its own list anew with every job that ends."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Bench
from tests.ui.windows import open_window
from ui.desk import Desk
from ui.pages.documents.page import DocumentsPage


def test_the_keyboard_stays_in_the_run_while_the_list_under_it_is_read_anew(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Escape closes the run: it must not go to the list below."""
    bench.arrive("Sample")
    window = open_window(desk, qtbot)
    window.routes.documents.emit()
    page = window.places.current()
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: len(page.lines()) == 1 and page.table.hasFocus())
    window.print_runs.overlay.open()
    with qtbot.waitSignal(page.legend_changed):
        page.reload()
    held = QApplication.focusWidget()
    assert isinstance(held, QWidget)
    QTest.keyClick(held, Qt.Key.Key_Escape)
    assert window.print_runs.overlay.isHidden()
    assert page.table.hasFocus()
