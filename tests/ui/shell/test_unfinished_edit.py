"""An edit that is not finished, in the whole window: listed in the rail, and one click from going on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Bench
from ui.main_window import MainWindow
from ui.pages.patients.record import PatientPage


def record_page(window: MainWindow, patient_id: int) -> PatientPage | None:
    """Return the record of a patient if it is what the window shows."""
    page = window.places.current()
    return page if isinstance(page, PatientPage) and page.patient_id == patient_id else None


def opened(window: MainWindow, qtbot: QtBot, patient_id: int) -> PatientPage:
    """Open a record and wait until it can be read."""
    window.routes.patient.emit(patient_id)
    page = record_page(window, patient_id)
    assert page is not None
    qtbot.waitUntil(page.visits.hasFocus)
    return page


def test_a_half_typed_edit_waits_in_the_rail_while_another_record_is_read(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """It goes on in the same field, and goes from the rail once it is saved."""
    first = bench.arrive("Rivera", "Ana").patient_id
    second = bench.arrive("Sample", "Bob").patient_id
    page = opened(window, qtbot, first)
    QTest.keyClicks(page.visits, "e")
    page.editor.form.go_to("patient.city", 0)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "New ")
    opened(window, qtbot, second)
    window.refresh()
    qtbot.waitUntil(lambda: window.rail.draft_titles() == ["Edit · Rivera, Ana"])
    draft, item = window.rail._drafts[0]
    assert isinstance(draft.key, int)
    QTest.mouseClick(item, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: (back := record_page(window, first)) is not None and back.editor.isVisible())
    back = record_page(window, first)
    assert back is not None
    qtbot.waitUntil(lambda: back.editor.form.caret() == {"field": "patient.city", "position": 4})
    assert back.editor.form.document.text("patient.city") == "New Edison"
    with qtbot.waitSignal(back.editor.saved):
        QTest.keyClick(back, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.rail.draft_titles() == [])
