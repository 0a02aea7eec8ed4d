"""The place in the rail: how many documents are due, and the word when one becomes late."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from intake.domain.staff import Task
from tests.ui.conftest import Bench, Clock
from tests.ui.documents.conftest import Promises
from tests.ui.windows import open_window
from ui.desk import Desk
from ui.pages.documents.page import DocumentsPage
from ui.pages.preview import PreviewPage


def test_the_rail_counts_what_is_due_and_a_key_opens_the_place(print_desk: Desk, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """It follows what another desk writes."""
    saved = bench.arrive("Sample")
    window = open_window(print_desk, qtbot)
    item = window.rail.items["documents"]
    qtbot.waitUntil(lambda: item.accessibleDescription() == "1 due")
    promises.open(saved)
    qtbot.waitUntil(lambda: item.accessibleDescription() == "2 due")
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    page = window.places.current()
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    assert page.table.hasFocus()
    assert item.isChecked()


def test_escape_in_a_paper_goes_back_to_the_list_it_was_opened_from(print_desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """With the keyboard on the line it came from."""
    bench.arrive("Sample")
    window = open_window(print_desk, qtbot)
    window.routes.documents.emit()
    page = window.places.current()
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: len(page.lines()) == 1 and page.table.hasFocus())
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    paper = window.places.current()
    assert isinstance(paper, PreviewPage)
    assert [name for name, item in window.rail.items.items() if item.isChecked()] == ["documents"]
    QTest.keyClick(paper.view.canvas, Qt.Key.Key_Escape)
    assert window.places.current() is page
    assert page.table.hasFocus()


def test_what_becomes_late_is_said_without_stopping_anybody(
    print_desk: Desk, bench: Bench, promises: Promises, clock: Clock, qtbot: QtBot
) -> None:
    """In the rail, and once in the foot bar; the keyboard stays where it is."""
    promises.open(bench.arrive("Sample"), hours_ago=23)
    window = open_window(print_desk, qtbot)
    item = window.rail.items["documents"]
    qtbot.waitUntil(lambda: item.accessibleDescription() == "2 due")
    clock.forward(61)
    window._counts.refresh_due()
    qtbot.waitUntil(lambda: item.accessibleDescription() == "2 due, 1 late")
    assert window.foot_bar.said_label.text() == "⚑ 1 document is late"
    assert "1 late" in [each.text() for each in item.findChildren(QLabel)]
    window.foot_bar.forget()
    window._counts.refresh_due()
    bench.ask(lambda store: store.data_version())
    assert window.foot_bar.said_label.text() == ""


def test_every_role_has_the_place(desk: Desk, receptionist: Desk, clinician: Desk, print_desk: Desk) -> None:
    """What was promised is everybody's."""
    assert all(each.may(Task.HANDLE_REQUESTS) for each in (desk, receptionist, clinician, print_desk))
