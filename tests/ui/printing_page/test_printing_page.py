"""How this desk prints: chosen by key, kept at once, and told when a printer is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.actions.print_settings import cover_list_wanted, setting_of
from intake.domain.print_runs import PrintSetting
from tests.ui.printrun.filing import FileWay
from ui.pages.printing.page import PrintingPage
from ui.routes import Routes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

NOTE = "visit_note"


@pytest.fixture
def way(tmp_path: Path) -> FileWay:
    """Return two printers."""
    return FileWay(folder=tmp_path, names=("Front desk", "Back office"))


@pytest.fixture
def open_page(receptionist: Desk, way: FileWay, qtbot: QtBot) -> Callable[[], PrintingPage]:
    """Show the page with its printers listed."""

    def show() -> PrintingPage:
        page = PrintingPage(receptionist, Routes(), way=way)
        qtbot.addWidget(page)
        page.resize(1200, 760)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        with qtbot.waitSignal(page.shown, timeout=10_000):
            page.entered()
        return page

    return show


def kept(bench: Bench, desk: Desk, kind: str = NOTE) -> PrintSetting:
    """Return how the desk prints a kind."""
    return bench.ask(lambda store: setting_of(store, desk.workstation, kind))


def test_printer_tray_and_copies_are_chosen_by_key_and_kept_at_once(
    open_page: Callable[[], PrintingPage], bench: Bench, qtbot: QtBot
) -> None:
    """Letters pick, Enter goes on, Space ticks; the trays are the printer's own; another page shows it again."""
    page = open_page()
    row = page.rows[NOTE]
    assert row.printer_field.hasFocus()
    QTest.keyClicks(row.printer_field, "Ba")
    qtbot.waitUntil(lambda: row.tray_field.findData("Tray2") > 0)
    QTest.keyClick(row.printer_field, Qt.Key.Key_Return)
    assert row.tray_field.hasFocus()
    QTest.keyClicks(row.tray_field, "Tr")
    QTest.keyClick(row.tray_field, Qt.Key.Key_Return)
    QTest.keyClick(row.duplex_chip, Qt.Key.Key_Space)
    QTest.keyClicks(row.copies_field, "3")
    wanted = PrintSetting(printer="Back office", tray="Tray2", duplex=True, copies=3)
    qtbot.waitUntil(lambda: kept(bench, page.desk) == wanted)
    assert kept(bench, page.desk, "intake_form") == PrintSetting()
    assert open_page().rows[NOTE].setting() == wanted


def test_another_printer_takes_its_usual_tray(open_page: Callable[[], PrintingPage], bench: Bench, qtbot: QtBot) -> None:
    """The tray of the one before is not asked of it."""
    page = open_page()
    row = page.rows[NOTE]
    QTest.keyClicks(row.printer_field, "Ba")
    qtbot.waitUntil(lambda: row.tray_field.findData("Tray2") > 0)
    QTest.keyClicks(row.tray_field, "Tr")
    QTest.keyClick(row.printer_field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: kept(bench, page.desk) == PrintSetting(printer="Front desk"))
    assert row.tray_field.value() == ""


def test_a_printer_that_is_gone_stays_named_until_another_is_chosen(
    open_page: Callable[[], PrintingPage], way: FileWay, bench: Bench, qtbot: QtBot
) -> None:
    """Nobody wonders where the pages went."""
    page = open_page()
    QTest.keyClicks(page.rows[NOTE].printer_field, "Ba")
    qtbot.waitUntil(lambda: kept(bench, page.desk).printer == "Back office")
    way.names = ("Front desk",)
    again = open_page()
    assert again.rows[NOTE].printer_field.currentText() == "Back office (not here now)"
    assert again.rows[NOTE].setting().printer == "Back office"


def test_the_list_at_the_head_of_a_run_is_a_tick(open_page: Callable[[], PrintingPage], bench: Bench, qtbot: QtBot) -> None:
    """Kept for this desk."""
    page = open_page()
    with qtbot.waitSignal(page.routes.said, check_params_cb=lambda words: words == "Kept for this desk."):
        QTest.keyClick(page.cover_chip, Qt.Key.Key_Space)
    assert bench.ask(lambda store: cover_list_wanted(store, page.desk.workstation))
    assert open_page().cover_chip.isChecked()


def test_a_silent_print_service_is_said_and_what_was_chosen_stays(
    open_page: Callable[[], PrintingPage], way: FileWay, bench: Bench, qtbot: QtBot
) -> None:
    """The page is of use without a printer too: copies can be set."""
    page = open_page()
    QTest.keyClicks(page.rows[NOTE].printer_field, "Ba")
    qtbot.waitUntil(lambda: kept(bench, page.desk).printer == "Back office")
    way.silent = True
    again = open_page()
    assert "does not answer" in again.banner.text()
    QTest.keyClicks(again.rows[NOTE].copies_field, "2")
    qtbot.waitUntil(lambda: kept(bench, page.desk) == PrintSetting(printer="Back office", copies=2))
    way.silent, way.names = False, ()
    assert "has no printer" in open_page().banner.text()


def test_escape_goes_back_to_the_documents(open_page: Callable[[], PrintingPage], qtbot: QtBot) -> None:
    """From any field."""
    page = open_page()
    with qtbot.waitSignal(page.routes.documents):
        QTest.keyClick(page.rows[NOTE].copies_field, Qt.Key.Key_Escape)
