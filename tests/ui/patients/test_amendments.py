"""A patient's request to amend the record: taken down, kept while it is typed, decided by a clinician with the password."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.amendments import amendments_of, receive_amendment
from intake.actions.drafts import my_amendments
from intake.actions.intakes import Saved
from intake.domain.amendments import Step
from tests.ui.conftest import PASSWORD, Bench
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.patients.record import PatientPage
from ui.routes import Routes


def test_a_request_is_taken_down_by_keyboard(
    receptionist: Desk, ana: Saved, shown: Callable[[Page], None], bench: Bench, qtbot: QtBot
) -> None:
    """M, the patient's words, Ctrl+S: kept with the day it is due."""
    page = PatientPage(receptionist, Routes(), ana.patient_id)
    shown(page)
    qtbot.waitUntil(page.visits.hasFocus)
    QTest.keyClick(page.visits, Qt.Key.Key_M)
    QTest.keyClicks(page.amendments.form.request_field, "My job is baker")
    QTest.keyClick(page.amendments.form.request_field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.amendments.rows) == 1)
    (amendment,) = bench.ask(lambda store: amendments_of(store, receptionist.actor, ana.patient_id))
    assert (amendment.request, (amendment.due_on - amendment.received_on).days) == ("My job is baker", 60)
    assert bench.ask(lambda store: my_amendments(store, receptionist.actor)) == ()


def test_what_is_typed_of_a_request_is_offered_back(
    receptionist: Desk, ana: Saved, shown: Callable[[Page], None], bench: Bench, qtbot: QtBot
) -> None:
    """Another look at the record shows the words again."""
    page = PatientPage(receptionist, Routes(), ana.patient_id)
    shown(page)
    qtbot.waitUntil(page.visits.hasFocus)
    page.amendments.begin()
    QTest.keyClicks(page.amendments.form.request_field, "Halfway")
    qtbot.waitUntil(lambda: len(bench.ask(lambda store: my_amendments(store, receptionist.actor))) == 1)
    again = PatientPage(receptionist, Routes(), ana.patient_id)
    shown(again)
    qtbot.waitUntil(again.amendments.writing)
    assert again.amendments.form.request_field.value() == "Halfway"


def test_escape_closes_the_request_and_not_the_record(receptionist: Desk, ana: Saved, shown: Callable[[Page], None], qtbot: QtBot) -> None:
    """As the foot bar says: what was typed is kept, and M goes on with it."""
    page = PatientPage(receptionist, Routes(), ana.patient_id)
    shown(page)
    qtbot.waitUntil(page.visits.hasFocus)
    QTest.keyClick(page.visits, Qt.Key.Key_M)
    QTest.keyClicks(page.amendments.form.request_field, "Halfway")
    with qtbot.assertNotEmitted(page.routes.patients):
        QTest.keyClick(page.amendments.form.request_field, Qt.Key.Key_Escape)
    assert not page.amendments.writing()
    page.amendments.begin()
    assert page.amendments.form.request_field.value() == "Halfway"


def test_an_empty_request_is_refused_at_its_field(receptionist: Desk, ana: Saved, shown: Callable[[Page], None], qtbot: QtBot) -> None:
    """It says what to do, and nothing is kept."""
    page = PatientPage(receptionist, Routes(), ana.patient_id)
    shown(page)
    qtbot.waitUntil(page.visits.hasFocus)
    page.amendments.begin()
    page.amendments.form.received_field.set_value("someday")
    page.amendments.save()
    assert "no date" in page.amendments.form.received_field.accessibleDescription()
    page.amendments.form.received_field.set_value("11/20/2026")
    page.amendments.save()
    qtbot.waitUntil(lambda: page.amendments.form.request_field.accessibleDescription() != "in the patient's own words")
    assert page.amendments.rows == []


def test_a_clinician_denies_with_a_reason_and_the_password(
    clinician: Desk, ana: Saved, shown: Callable[[Page], None], bench: Bench, qtbot: QtBot
) -> None:
    """Without the reason or with another password nothing is decided, and what was typed stays."""
    bench.ask(
        lambda store: receive_amendment(
            store,
            clinician.actor,
            patient_id=ana.patient_id,
            visit_id=ana.visit_id,
            request="I never smoked",
            received_on=clinician.today(),
            now=clinician.now(),
        )
    )
    page = PatientPage(clinician, Routes(), ana.patient_id)
    shown(page)
    qtbot.waitUntil(lambda: len(page.amendments.rows) == 1)
    row = page.amendments.rows[0]
    row.buttons[Step.DENIED].click()
    qtbot.waitUntil(lambda: row.words_field.accessibleDescription() != "")
    row.words_field.setPlainText("The record says no more than that")
    row.password_field.set_value("something else entirely")
    row.buttons[Step.DENIED].click()
    qtbot.waitUntil(lambda: row.password_field.value() == "")
    assert row.words_field.value() == "The record says no more than that"
    row.password_field.set_value(PASSWORD)
    row.buttons[Step.DENIED].click()
    qtbot.waitUntil(lambda: page.amendments.rows[0] is not row)
    assert Step.DISAGREED in page.amendments.rows[0].buttons
    (amendment,) = bench.ask(lambda store: amendments_of(store, clinician.actor, ana.patient_id))
    assert [(step.step, step.words) for step in amendment.steps] == [(Step.DENIED, "The record says no more than that")]
