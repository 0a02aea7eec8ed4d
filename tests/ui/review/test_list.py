"""The clinician's list: what comes first, which key opens what, and that it follows the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.amendments import receive_amendment
from intake.actions.calls import call_clinician
from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.domain.answers import Answer
from intake.domain.coverage import Coverage
from intake.domain.records import Intake
from tests.factories import a_patient, a_visit
from tests.ui.conftest import Bench, Clock
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.chart.page import ChartPage
from ui.pages.review.page import Listing, ReviewPage
from ui.routes import Routes


@pytest.fixture
def arrive(bench: Bench) -> Callable[..., Saved]:
    """Save an intake in which every state question was answered "no", but for those named."""

    def save(last: str, number: int, location: str = "loc.edison", **answers: Answer) -> Saved:
        desk = bench.desk
        checklist = desk.definitions.checklist
        given: dict[str, Answer] = {question.key: "no" for question in checklist.main_questions() if question.kind.value == "state"}
        given |= {key.replace("__", "."): answer for key, answer in answers.items()}
        patient = a_patient(legal_last=last, dob=date(1980 + number, 3, 4), phone=f"+1732555010{number}", email=None)
        coverage = Coverage(payer="Example Health Plan", member_id=f"EX10020{number}", subscriber="self")
        intake = Intake(patient=patient, visit=a_visit(location=location, primary=coverage), answers=given)
        request = SaveRequest(intake=intake)
        return bench.ask(lambda store: save_intake(store, desk.actor, request, definitions=desk.definitions, now=desk.now()))

    return save


@pytest.fixture
def page(clinician: Desk, qtbot: QtBot) -> ReviewPage:
    """Return the list at Edison, on screen and empty."""
    shown = ReviewPage(clinician, Routes())
    qtbot.addWidget(shown)
    shown.resize(1200, 760)
    shown.show()
    shown.activateWindow()
    qtbot.waitActive(shown)
    shown.entered()
    return shown


def names(page: ReviewPage) -> list[str]:
    """Return the last names on the list."""
    return [line.name.partition(",")[0] for line in page.lines()]


def test_the_most_pressing_comes_first_and_then_who_waits_longest(
    page: ReviewPage, arrive: Callable[..., Saved], clock: Clock, qtbot: QtBot
) -> None:
    """Now before Today before the rest, whoever came first."""
    arrive("Quiet", 1)
    clock.forward(5)
    arrive("Later", 2)
    clock.forward(5)
    arrive("Walking", 3, safety__dexterity="yes")
    clock.forward(5)
    arrive("Bladder", 4, safety__bladder_bowel="yes")
    page.reload()
    qtbot.waitUntil(lambda: names(page) == ["Bladder", "Walking", "Quiet", "Later"])
    assert page.awaiting.model().index(0, 1).data().startswith("Now 1")
    assert page.awaiting.model().index(1, 1).data().startswith("Today 1")


def test_a_called_visit_jumps_to_the_top(
    page: ReviewPage, arrive: Callable[..., Saved], bench: Bench, receptionist: Desk, qtbot: QtBot
) -> None:
    """The desk asked for a clinician: nothing is more pressing."""
    arrive("Bladder", 4, safety__bladder_bowel="yes")
    quiet = arrive("Quiet", 1)
    bench.ask(
        lambda store: call_clinician(
            store, receptionist.actor, visit_id=quiet.visit_id, location="loc.edison", title="Quiet, Ana", now=receptionist.now()
        )
    )
    page.reload()
    qtbot.waitUntil(lambda: names(page) == ["Quiet", "Bladder"])
    assert "called" in page.awaiting.model().index(0, 1).data()


def test_enter_opens_the_chart_and_ctrl_j_the_first(page: ReviewPage, arrive: Callable[..., Saved], qtbot: QtBot) -> None:
    """The row chosen with the arrows; one key for the next unreviewed."""
    first, second = arrive("First", 1), arrive("Second", 2)
    page.reload()
    qtbot.waitUntil(lambda: names(page) == ["First", "Second"])
    QTest.keyClick(page.awaiting, Qt.Key.Key_Down)
    for key, modifier, visit in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, second),
        (Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier, first),
    ):
        with qtbot.waitSignal(page.routes.chart, check_params_cb=partial(int.__eq__, visit.visit_id)):
            QTest.keyClick(page.awaiting, key, modifier)


def test_another_clinic_and_all_of_them_by_key(page: ReviewPage, arrive: Callable[..., Saved], qtbot: QtBot) -> None:
    """Alt and a digit, as on Today."""
    arrive("Here", 1)
    arrive("There", 2, "loc.union")
    page.reload()
    qtbot.waitUntil(lambda: names(page) == ["Here"])
    QTest.keyClick(page.awaiting, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: names(page) == ["There"])
    QTest.keyClick(page.awaiting, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: names(page) == ["Here", "There"])


def test_an_empty_list_says_what_will_come(page: ReviewPage, qtbot: QtBot) -> None:
    """Nobody looks at a blank page, and S still works there."""
    qtbot.waitUntil(page.empty.isVisible)
    assert "awaits" in page.empty.title_label.text()
    QTest.keyClick(page.empty, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: page.shows_signed() and "signed" in page.empty.title_label.text())


def test_the_next_chart_comes_from_the_list_that_was_shown(clinician: Desk, arrive: Callable[..., Saved], qtbot: QtBot) -> None:
    """Who works through all clinics goes on through all clinics."""
    here, there = arrive("Here", 1), arrive("There", 2, "loc.union")
    window = MainWindow(clinician)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    window.routes.review.emit()
    review = window.places.current()
    assert isinstance(review, ReviewPage)
    review.show_clinic(None)
    window.routes.chart.emit(here.visit_id)
    chart = window.places.current()
    assert isinstance(chart, ChartPage)
    qtbot.waitUntil(lambda: chart.state.visit_id == here.visit_id)
    chart.next_chart()
    qtbot.waitUntil(lambda: chart.state.visit_id == there.visit_id)


def test_open_requests_to_amend_are_listed_by_the_day_they_are_due(
    page: ReviewPage, arrive: Callable[..., Saved], clinician: Desk, bench: Bench, qtbot: QtBot
) -> None:
    """M shows them, and Enter opens the patient's record, where they are decided."""
    saved = arrive("Asking", 1)
    bench.ask(
        lambda store: receive_amendment(
            store,
            clinician.actor,
            patient_id=saved.patient_id,
            visit_id=None,
            request="My job is baker",
            received_on=date(2026, 10, 1),
            now=clinician.now(),
        )
    )
    page.reload()
    qtbot.waitUntil(lambda: page.chips_of_lists[Listing.REQUESTS].text() == "Requests to amend · 1")
    QTest.keyClick(page.awaiting, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: page.requests.model().rowCount() == 1 and page.requests.isVisible())
    cells = [page.requests.model().index(0, column).data() for column in range(4)]
    assert cells[1].startswith("My job is baker")
    assert cells[3] == "Nov 30, 2026 8 days left"
    with qtbot.waitSignal(page.routes.patient, check_params_cb=partial(int.__eq__, saved.patient_id)):
        QTest.keyClick(page.requests, Qt.Key.Key_Return)
    QTest.keyClick(page.requests, Qt.Key.Key_M)
    qtbot.waitUntil(page.awaiting.isVisible)
