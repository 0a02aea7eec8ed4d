"""The record of a patient by real keys over a real store."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake.actions.intakes import Saved
from intake.actions.patients import edit_patient, open_patient
from intake.actions.printing import issue_paper
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.numbers import visit_number
from intake.domain.patients import Patient
from intake.domain.records import PatientRecord
from intake.domain.staff import Role
from tests.factories import a_colleague
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.patients.record import PatientPage
from ui.routes import IntakeStart, Routes

if TYPE_CHECKING:
    from intake.storage.store import Store

Shown = Callable[[Page], None]
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ana: Saved, shown: Shown) -> PatientPage:
    """Show the record of Ana Sample, who arrived today."""
    return open_page(qtbot, PatientPage(desk, Routes(), 1), shown)


def open_page(qtbot: QtBot, page: PatientPage, shown: Shown) -> PatientPage:
    """Show a record and wait until it is there."""
    shown(page)
    qtbot.waitUntil(page.visits.hasFocus)
    return page


def words(widget: QWidget) -> list[str]:
    """Return every word a card shows."""
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible()]


def test_the_record_shows_what_is_known_in_words(page: PatientPage) -> None:
    """Choices, phones and dates as people say them; the address as one."""
    shown = words(page.demographics)
    assert page.title == "Sample, Ana · RD-000001-3"
    for text in ("Mar 4, 1985 · 41 years", "(732) 555-0148", "Female", "English", "12 Example Street, Apt 3, Edison, NJ 08837"):
        assert text in shown
    assert "Middle name" not in shown


def test_enter_on_a_visit_opens_its_form(qtbot: QtBot, page: PatientPage) -> None:
    """Date, clinic, type and status stand in the row."""
    row = [page.visits.model().index(0, column).data() for column in range(3)]
    assert row[0] == "Nov 22, 2026 10:00 AM"
    assert row[1] == f"Edison · {visit_number(1)} No injury · Stiff neck"
    assert row[2] == "Waiting"
    with qtbot.waitSignal(page.routes.preview) as opened:
        QTest.keyClick(page.visits, Qt.Key.Key_Return)
    assert opened.args == [1]


def test_ctrl_shift_n_begins_a_visit_with_what_is_known(qtbot: QtBot, page: PatientPage) -> None:
    """The new intake carries the patient and every value as it would be typed."""
    with qtbot.waitSignal(page.routes.intake) as asked:
        QTest.keyClick(page.visits, Qt.Key.Key_N, CTRL_SHIFT)
    start = asked.args[0]
    assert isinstance(start, IntakeStart)
    assert start.patient_id == 1
    assert start.raw is not None
    patient = start.raw["patient"]
    assert isinstance(patient, dict)
    assert (patient["legal_last"], patient["dob"], patient["phone"], patient["sex"]) == ("Sample", "03/04/1985", "(732) 555-0148", "female")


def test_what_was_printed_stands_under_documents(qtbot: QtBot, page: PatientPage, desk: Desk, bench: Bench) -> None:
    """Where to, when and by whom; before the first print it says how to print."""
    assert page.no_papers.isVisible()
    form = Made(content=b"%PDF-1.7", pages=1)
    issue = partial(issue_paper, actor=desk.actor, made=form, visit_id=1, kind=Paper.INTAKE_FORM, how="print", target="front")
    bench.ask(lambda store: issue(store, now=desk.now()))
    page.entered()
    qtbot.waitUntil(page.papers.isVisible)
    row = [page.papers.model().index(0, column).data() for column in range(2)]
    assert row[0].startswith("Intake form V-000001")
    assert row[1] == "Printed on front Nov 22, 2026, 10:00 AM · Alex Admin"


def test_edits_stand_in_the_history_with_old_and_new(qtbot: QtBot, page: PatientPage, desk: Desk, bench: Bench) -> None:
    """In words, by name, the latest first."""

    def change(store: Store, **fields: Any) -> PatientRecord:
        record = open_patient(store, desk.actor, 1, now=desk.now()).record
        patient: Patient = dataclasses.replace(record.patient, **fields)
        return edit_patient(
            store, desk.actor, patient_id=1, version=record.version, patient=patient, definitions=desk.definitions, now=desk.now()
        )

    bench.ask(lambda store: change(store, phone="+17325550177"))
    bench.ask(lambda store: change(store, sex="other", preferred_name="Annie"))
    page.entered()
    qtbot.waitUntil(lambda: "Phone: (732) 555-0148, now (732) 555-0177" in words(page.history))
    told = words(page.history)
    assert "Nov 22, 2026, 10:00 AM · Alex Admin" in told
    assert "Sex (records, insurer): Female, now X / other" in told
    assert told.index("Preferred name: not asked, now Annie") < told.index("Phone: (732) 555-0148, now (732) 555-0177")


def test_the_print_desk_reads_and_never_edits(qtbot: QtBot, desk: Desk, bench: Bench, ana: Saved, shown: Shown) -> None:
    """What a role may not do is not on screen and has no key."""
    printer = bench.ask(lambda store: a_colleague(store, desk.actor, role=Role.PRINT_DESK, login="pat"))
    page = open_page(qtbot, PatientPage(dataclasses.replace(desk, actor=printer), Routes(), 1), shown)
    QTest.keyClicks(page.visits, "e")
    QTest.keyClick(page.visits, Qt.Key.Key_F2)
    QTest.keyClick(page.visits, Qt.Key.Key_N, CTRL_SHIFT)
    assert not page.editor.isVisible()
    assert {key.text for key in page.legend()} == {
        "visit", "open the form", "open the chart", "visit note", "home-care sheet", "request a document",
        "labels, forms, papers", "patients",
    }  # fmt: skip


def test_a_patient_who_is_not_there_is_said_in_words(qtbot: QtBot, desk: Desk, shown: Shown) -> None:
    """And there is nothing to edit."""
    page = PatientPage(desk, Routes(), 4711)
    shown(page)
    qtbot.waitUntil(lambda: "patient" in page.words.text().lower())
    assert page.words.isVisible()
    QTest.keyClick(page, Qt.Key.Key_F2)
    assert not page.editor.isVisible()


def test_escape_goes_back_to_the_search(qtbot: QtBot, page: PatientPage) -> None:
    """One key to the next patient."""
    with qtbot.waitSignal(page.routes.patients):
        QTest.keyClick(page.visits, Qt.Key.Key_Escape)
