"""Editing a patient by real keys over a real store: history, two desks, the same person twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake.actions.intakes import Saved
from intake.actions.patients import PatientFile, edit_patient, open_patient
from intake.domain.patients import Patient
from tests.factories import a_patient
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.patients.editor import PatientEditor
from ui.pages.patients.record import PatientPage
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.storage.store import Store

CTRL = Qt.KeyboardModifier.ControlModifier
Shown = Callable[[Page], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ana: Saved, shown: Shown) -> PatientPage:
    """Show the record of Ana Sample, open to be edited."""
    page = PatientPage(desk, Routes(), 1)
    shown(page)
    qtbot.waitUntil(page.visits.hasFocus)
    QTest.keyClicks(page.visits, "e")
    assert page.editor.isVisible()
    return page


def retype(qtbot: QtBot, page: PatientPage, path: str, text: str) -> None:
    """Type into a field in place of what stands there."""
    page.editor.form.go_to(path)
    field = focused()
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, text)


def focused() -> QWidget:
    """Return the widget that the keyboard is in."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press_save(qtbot: QtBot) -> None:
    """Press Ctrl+S where the keyboard is."""
    QTest.keyClick(focused(), Qt.Key.Key_S, CTRL)


def kept(bench: Bench, patient_id: int = 1) -> PatientFile:
    """Return what the store has of a patient."""
    return bench.ask(lambda store: open_patient(store, bench.desk.actor, patient_id, now=bench.desk.now()))


def other_desk(bench: Bench, **fields: Any) -> None:
    """Change the patient from somewhere else."""
    desk = bench.desk

    def change(store: Store) -> None:
        record = open_patient(store, desk.actor, 1, now=desk.now()).record
        patient: Patient = dataclasses.replace(record.patient, **fields)
        edit_patient(store, desk.actor, patient_id=1, version=record.version, patient=patient, definitions=desk.definitions, now=desk.now())

    bench.ask(change)


def saved(qtbot: QtBot, editor: PatientEditor) -> None:
    """Press Ctrl+S and wait until the record is kept."""
    with qtbot.waitSignal(editor.saved):
        press_save(qtbot)


def test_an_edit_is_kept_with_its_history(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """What was not touched stays as it was, to the letter."""
    before = kept(bench).record.patient
    retype(qtbot, page, "patient.phone", "732 555 0177")
    retype(qtbot, page, "patient.legal_first", "Ana Luz")
    saved(qtbot, page.editor)
    file = kept(bench)
    assert file.record.patient == dataclasses.replace(before, phone="+17325550177", legal_first="Ana Luz")
    assert file.record.version == 2
    assert file.edits[0].changes == {"patient.phone": ("+17325550148", "+17325550177"), "patient.legal_first": ("Ana", "Ana Luz")}
    qtbot.waitUntil(lambda: page.title.startswith("Sample, Ana Luz"))
    assert not page.editor.isVisible()


def test_opening_and_saving_changes_nothing(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """Every value reads back as what it was shown for."""
    saved(qtbot, page.editor)
    assert kept(bench).record.version == 1
    assert kept(bench).edits == ()


def test_enter_goes_from_field_to_field_and_back_with_shift(qtbot: QtBot, page: PatientPage) -> None:
    """As on a new intake."""
    first = focused()
    QTest.keyClick(first, Qt.Key.Key_Return)
    second = focused()
    assert second is not first
    QTest.keyClick(second, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert focused() is first


def test_what_cannot_be_kept_is_said_at_the_field_and_nothing_saved(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """The keyboard stands in the field that needs it."""
    retype(qtbot, page, "patient.dob", "13/45/1999")
    press_save(qtbot)
    assert "One field needs another look" in page.editor.banner.text()
    assert page.editor.form.sections[0].path_of(focused()) == "patient.dob"
    assert any("This is no date" in each.text() for each in page.editor.form.findChildren(QLabel))
    assert kept(bench).record.version == 1


def test_escape_asks_once_before_typed_changes_are_given_up(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """With nothing typed it goes back at once."""
    retype(qtbot, page, "patient.city", "Elsewhere")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert page.editor.isVisible()
    assert "not saved" in page.editor.banner.text()
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not page.editor.isVisible()
    assert kept(bench).record.patient.city == "Edison"
    QTest.keyClick(page.visits, Qt.Key.Key_F2)
    assert page.editor.form.document.text("patient.city") == "Edison"
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not page.editor.isVisible()


def test_a_reload_behind_an_open_edit_leaves_what_is_typed(qtbot: QtBot, page: PatientPage) -> None:
    """Coming back from another place goes on where it was left."""
    retype(qtbot, page, "patient.city", "Elsewhere")
    page.leaving()
    page.entered()
    assert page.editor.isVisible()
    assert page.editor.form.document.text("patient.city") == "Elsewhere"


def test_the_second_desk_sees_both_values_and_chooses(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """Nothing is overwritten in silence, and nothing typed is lost."""
    retype(qtbot, page, "patient.phone", "7325550166")
    retype(qtbot, page, "patient.city", "Union")
    other_desk(bench, phone="+17325550177", email="other@example.com")
    press_save(qtbot)
    qtbot.waitUntil(lambda: page.editor.conflict is not None)
    card = page.editor.conflict
    assert card is not None
    told = [each.text() for each in card.findChildren(QLabel)]
    assert "Taken over from them: Email: other@example.com" in told
    assert "Kept from you: City: Union" in told
    qtbot.waitUntil(lambda: card.isAncestorOf(focused()))
    press_save(qtbot)
    assert page.editor.banner.text() == "Choose a value in each line first."
    assert kept(bench).record.version == 2
    QTest.keyClicks(focused(), "y")
    saved(qtbot, page.editor)
    patient = kept(bench).record.patient
    assert (patient.phone, patient.email, patient.city) == ("+17325550166", "other@example.com", "Union")
    assert kept(bench).record.version == 3


def test_choosing_theirs_keeps_the_other_desks_value(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """The first letter of theirs picks it."""
    retype(qtbot, page, "patient.phone", "7325550166")
    other_desk(bench, phone="+17325550177")
    press_save(qtbot)
    qtbot.waitUntil(lambda: page.editor.conflict is not None and page.editor.conflict.isAncestorOf(focused()))
    QTest.keyClicks(focused(), "t")
    saved(qtbot, page.editor)
    assert kept(bench).record.patient.phone == "+17325550177"


def test_looking_like_another_patient_must_be_answered_with_a_reason(
    qtbot: QtBot, page: PatientPage, bench: Bench, arrive: Callable[[Patient], Saved]
) -> None:
    """Why they match stands there; saving again without a reason saves nothing."""
    arrive(a_patient(legal_last="Example", legal_first="Bea", dob=date(1990, 7, 1), phone="+17325550199"))
    retype(qtbot, page, "patient.legal_last", "Example")
    retype(qtbot, page, "patient.legal_first", "Bea")
    retype(qtbot, page, "patient.dob", "07/01/1990")
    press_save(qtbot)
    qtbot.waitUntil(lambda: page.editor.same_person is not None)
    card = page.editor.same_person
    assert card is not None
    told = [each.text() for each in card.findChildren(QLabel)]
    assert "Example, Bea" in told
    assert "same date of birth" in told
    qtbot.waitUntil(lambda: card.isAncestorOf(focused()))
    press_save(qtbot)
    assert kept(bench).record.version == 1
    QTest.keyClicks(focused(), "twin sister")
    saved(qtbot, page.editor)
    assert kept(bench).record.patient.legal_first == "Bea"
    reasons = bench.ask(
        lambda store: [row[0] for row in store._connection.execute("SELECT reason FROM audit WHERE action = 'different_person'")]
    )
    assert reasons == ["twin sister"]
