"""From the list of requests to amend to the decision, without the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake.actions.amendments import amendments_of, receive_amendment
from intake.domain.amendments import Step
from tests.ui.conftest import PASSWORD, Bench
from tests.ui.windows import open_window
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.patients.record import PatientPage
from ui.pages.review.page import ReviewPage

LETTERS = "emcnh EMCNH"


def type_here(text: str) -> None:
    """Type where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def press_here(key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def ask_for_amendment(bench: Bench, desk: Desk) -> int:
    """Let a patient with one visit ask for an amendment; return the patient's id."""
    saved = bench.arrive()
    bench.ask(
        lambda store: receive_amendment(
            store,
            desk.actor,
            patient_id=saved.patient_id,
            visit_id=saved.visit_id,
            request="My job is baker",
            received_on=desk.today(),
            now=desk.now(),
        )
    )
    return saved.patient_id


def open_from_the_list(window: MainWindow, qtbot: QtBot) -> PatientPage:
    """Open the request on top of the list by keyboard."""
    window.routes.review.emit()
    review = window.places.current()
    assert isinstance(review, ReviewPage)
    qtbot.waitUntil(lambda: bool(review.lines()) and review.awaiting.isVisible())
    QTest.keyClick(review.awaiting, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: review.requests.model().rowCount() == 1 and review.requests.isVisible())
    QTest.keyClick(review.requests, Qt.Key.Key_Return)
    page = window.places.current()
    assert isinstance(page, PatientPage)
    return page


def test_a_request_from_the_list_is_decided_by_keyboard(clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """The reason has the keyboard: its letters are text, Enter goes to the password, to the decisions, and decides."""
    patient_id = ask_for_amendment(bench, clinician)
    window = open_window(clinician, qtbot)
    page = open_from_the_list(window, qtbot)
    qtbot.waitUntil(lambda: bool(page.amendments.rows) and page.amendments.rows[0].words_field.hasFocus())
    row = page.amendments.rows[0]
    assert [key.keys for key in window.foot_bar.legend.shown()] == [("Enter",), ("Shift Enter",), ("Esc",)]
    type_here(LETTERS)
    assert row.words_field.value() == LETTERS
    assert window.places.current() is page
    assert not page.amendments.writing()
    press_here(Qt.Key.Key_Return)
    assert "to the decisions" in [key.text for key in window.foot_bar.legend.shown()]
    type_here(PASSWORD)
    press_here(Qt.Key.Key_Return)
    assert row.buttons[Step.ACCEPTED].hasFocus()
    press_here(Qt.Key.Key_Tab)
    assert row.buttons[Step.DENIED].hasFocus()
    press_here(Qt.Key.Key_Backtab)
    assert row.buttons[Step.ACCEPTED].hasFocus()
    press_here(Qt.Key.Key_Tab)
    assert "decide so" in [key.text for key in window.foot_bar.legend.shown()]
    press_here(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.amendments.rows[0] is not row)
    (amendment,) = bench.ask(lambda store: amendments_of(store, clinician.actor, patient_id))
    assert [(step.step, step.words) for step in amendment.steps] == [(Step.DENIED, LETTERS)]


def test_from_anywhere_else_the_record_begins_with_its_visits(clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Whoever did not come for the request is not put into it."""
    patient_id = ask_for_amendment(bench, clinician)
    window = open_window(clinician, qtbot)
    window.routes.patient.emit(patient_id)
    page = window.places.current()
    assert isinstance(page, PatientPage)
    qtbot.waitUntil(lambda: bool(page.amendments.rows))
    assert page.visits.hasFocus()
