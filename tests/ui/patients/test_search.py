"""Finding a patient while typing, by real keys over a real store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake.actions.intakes import Saved
from intake.domain.numbers import record_number
from intake.domain.patients import Patient
from tests.factories import a_patient
from ui.desk import Desk
from ui.models.board import CELL_ROLE
from ui.pages.page import Page
from ui.pages.patients.page import PatientsPage
from ui.routes import Routes

PEOPLE = (
    a_patient(legal_first="Ana María", email="ana@example.com"),
    a_patient(legal_last="Sampler", legal_first="Ben", dob=date(1990, 7, 1), phone="+17325550199", email="ben@example.com"),
    a_patient(legal_last="Muster", legal_first="Cleo", dob=date(1971, 1, 9), phone="none", email=None),
)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, arrive: Callable[[Patient], Saved], shown: Callable[[Page], None]) -> PatientsPage:
    """Show the search over three invented people."""
    for person in PEOPLE:
        arrive(person)
    page = PatientsPage(desk, Routes())
    shown(page)
    return page


def found(page: PatientsPage) -> list[str]:
    """Return the names in the list, none while words stand in its place."""
    if not page.table.isVisible():
        return []
    rows = page.table.model()
    return [rows.index(row, 0).data(CELL_ROLE).first for row in range(rows.rowCount())]


def search(qtbot: QtBot, page: PatientsPage, text: str) -> None:
    """Type a search in place of the last one, and wait for its answer."""
    page.find_field.clear()
    QTest.keyClicks(page.find_field, text)
    qtbot.waitUntil(lambda: page._answered == text)


@pytest.mark.parametrize(
    "text", ["sample ana", "ana sample", "maria", "03/04/1985", "(732) 555-0148", "0148", "ana@example.com", record_number(1)]
)
def test_a_patient_is_found_by_anything_that_is_known(qtbot: QtBot, page: PatientsPage, text: str) -> None:
    """Any order of words, without accents, and by each kind of number."""
    search(qtbot, page, text)
    assert "Sample, Ana María" in found(page)
    assert "Muster, Cleo" not in found(page)


def test_a_row_shows_number_birth_date_age_and_phone(qtbot: QtBot, page: PatientsPage) -> None:
    """Enough to tell two people of one name apart."""
    search(qtbot, page, "ana")
    rows = page.table.model()
    words = [rows.index(0, column).data() for column in range(3)]
    assert words == [f"Sample, Ana María {record_number(1)}", "Mar 4, 1985 41 years", "(732) 555-0148"]
    search(qtbot, page, "muster")
    assert rows.index(0, 2).data() == "No phone"


def test_a_wrong_check_digit_is_said_in_words(qtbot: QtBot, page: PatientsPage) -> None:
    """A typo never opens another chart."""
    right = record_number(1)
    search(qtbot, page, f"{right[:-1]}{(int(right[-1]) + 1) % 10}")
    assert found(page) == []
    assert "digit" in page.empty.text_label.text()


def test_nobody_found_says_what_to_try(qtbot: QtBot, page: PatientsPage) -> None:
    """And nothing typed says what can be typed."""
    assert "birth date" in page.empty.text_label.text()
    search(qtbot, page, "zzzz")
    assert page.empty.title_label.text() == "Nobody here fits that"
    assert "last four digits" in page.empty.text_label.text()
    page.find_field.clear()
    assert page.empty.title_label.text() == "Who are you looking for?"


def test_only_the_answer_to_what_stands_in_the_field_is_shown(qtbot: QtBot, page: PatientsPage) -> None:
    """A late answer to fewer letters never replaces the list."""
    search(qtbot, page, "samp")
    before = found(page)
    page._show("sam", ())
    assert found(page) == before


def test_arrows_choose_and_enter_opens(qtbot: QtBot, page: PatientsPage) -> None:
    """From the field down into the list, and up from its first row back into the field."""
    search(qtbot, page, "samp")
    assert len(found(page)) == 2
    QTest.keyClick(page.find_field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    second = page.table.current_key()
    with qtbot.waitSignal(page.routes.patient) as opened:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.args == [second]
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.find_field


def test_enter_right_after_typing_waits_for_the_answer_and_opens_its_first(qtbot: QtBot, page: PatientsPage) -> None:
    """A quick hand never opens somebody of the list before."""
    search(qtbot, page, "muster")
    page.find_field.clear()
    with qtbot.waitSignal(page.routes.patient) as opened:
        QTest.keyClicks(page.find_field, "ben")
        QTest.keyClick(page.find_field, Qt.Key.Key_Return)
    assert opened.args == [2]


def test_a_letter_in_the_list_goes_on_in_the_field_and_escape_empties_it(qtbot: QtBot, page: PatientsPage) -> None:
    """Nobody reaches for the mouse to type on."""
    search(qtbot, page, "a")
    QTest.keyClick(page.find_field, Qt.Key.Key_Down)
    QTest.keyClicks(page.table, "n")
    assert page.find_field.value() == "an"
    assert QApplication.focusWidget() is page.find_field
    QTest.keyClick(page.find_field, Qt.Key.Key_Escape)
    assert page.find_field.value() == ""
    assert page.empty.title_label.text() == "Who are you looking for?"
