"""The desk calls a clinician with one key, and the clinician's window says so within two seconds."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.calls import answer_call, call_clinician, open_calls
from intake.domain.staff import Task
from tests.ui.conftest import Bench, Clock
from tests.ui.windows import open_window
from ui.desk import Desk
from ui.models.board import CELL_ROLE, Column
from ui.pages.intake.page import IntakePage
from ui.pages.today import TodayPage
from ui.routes import IntakeStart, Routes

SOON_MS = 2_000


def test_f7_on_today_calls_to_the_current_visit(receptionist: Desk, clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """The visit in hand is the one a clinician is called to."""
    saved = bench.arrive()
    window = open_window(receptionist, qtbot)
    page = window.places.current()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.table.current_line() is not None)
    QTest.keyClick(page.table.rows, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: bool(bench.ask(lambda store: open_calls(store, clinician.actor, location="loc.edison"))))
    (call,) = bench.ask(lambda store: open_calls(store, clinician.actor, location="loc.edison"))
    assert (call.visit_id, call.by) == (saved.visit_id, "Dana Example")


def test_a_clinician_at_another_desk_is_told_within_two_seconds(receptionist: Desk, clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Without a key pressed there; and F7 answers it."""
    saved = bench.arrive()
    window = open_window(clinician, qtbot)
    assert window.call_banner.text() == ""
    bench.ask(
        lambda store: call_clinician(
            store, receptionist.actor, visit_id=saved.visit_id, location="loc.edison", title="Sample, Ana", now=receptionist.now()
        )
    )
    qtbot.waitUntil(lambda: "Dana Example calls a clinician" in window.call_banner.text(), timeout=SOON_MS)
    with qtbot.waitSignal(window.routes.chart):
        QTest.keyClick(window, Qt.Key.Key_F7)
    qtbot.waitUntil(lambda: window.call_banner.text() == "", timeout=SOON_MS)


def test_a_call_from_an_intake_that_is_still_typed_names_it(receptionist: Desk, clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """There is no visit yet, and nothing has to be finished first."""
    desk_window, clinic_window = open_window(receptionist, qtbot), open_window(clinician, qtbot)
    desk_window.routes.intake.emit(IntakeStart())
    page = desk_window.places.current()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.form.is_built)
    page.document.type("patient.legal_last", "Riverasample")
    page.document.answer("safety.bladder_bowel", "yes")
    qtbot.waitUntil(lambda: page.draft_id is not None and not page.prompt_banner.isHidden())
    assert page.prompt_banner.text().startswith("Stop and tell a clinician now.")
    page.routes.call.emit()
    qtbot.waitUntil(lambda: "A clinician was called at" in page.prompt_banner.text(), timeout=SOON_MS)
    qtbot.waitUntil(lambda: "Riverasample" in clinic_window.call_banner.text(), timeout=SOON_MS)
    clinic_window.call_banner.pressed.emit()
    qtbot.waitUntil(lambda: clinic_window.call_banner.text() == "", timeout=SOON_MS)
    answered = f"{clinician.actor.staff.name} answered at 10:00 AM."
    qtbot.waitUntil(lambda: page.prompt_banner.text().endswith(answered), timeout=SOON_MS)
    assert "A clinician was called" not in page.prompt_banner.text()


def test_today_shows_an_open_call_until_it_is_answered(
    receptionist: Desk, clinician: Desk, bench: Bench, clock: Clock, qtbot: QtBot
) -> None:
    """In words and in color beside how long they wait; then the foot bar of the desk that called names who comes."""
    bench.arrive()
    window = open_window(receptionist, qtbot)
    page = window.places.current()
    assert isinstance(page, TodayPage)
    qtbot.waitUntil(lambda: page.table.current_line() is not None)
    clock.forward(5)
    QTest.keyClick(page.table.rows, Qt.Key.Key_F7)
    waiting = page.table.rows.model().index(0, Column.WAITING)
    qtbot.waitUntil(lambda: "called" in str(waiting.data()), timeout=SOON_MS)
    assert waiting.data() == "⚑ called 10:05 AM 5 min"
    assert waiting.data(CELL_ROLE).tone == "danger"
    (call,) = bench.ask(lambda store: open_calls(store, clinician.actor, location="loc.edison"))
    clock.forward(1)
    bench.ask(lambda store: answer_call(store, clinician.actor, call.id, now=clock()))
    qtbot.waitUntil(lambda: waiting.data() == "6 min since 10:00 AM", timeout=SOON_MS)
    told = f"{clinician.actor.staff.name} answered the call to Sample, Ana at 10:06 AM."
    qtbot.waitUntil(lambda: window.foot_bar.said_label.text() == told, timeout=SOON_MS)


def test_the_desk_is_told_no_rule_and_no_condition(receptionist: Desk, qtbot: QtBot) -> None:
    """Only the practice's own sentence: nothing of what the rule is about."""
    page = IntakePage(receptionist, Routes(), IntakeStart())
    qtbot.addWidget(page)
    prompts = receptionist.definitions.prompts
    for question in receptionist.definitions.checklist.main_questions():
        if question.key.startswith("safety."):
            page.document.answer(question.key, "yes")
    page.desk_prompts.look()
    told = page.prompt_banner.text()
    assert told.startswith("Stop and tell a clinician now.")
    assert not any(rule.id in told or rule.source in told or rule.reported in told for rule in prompts.rules)


def test_nobody_but_a_clinician_has_the_place_review(receptionist: Desk, clinician: Desk, qtbot: QtBot) -> None:
    """What a role may not do is not offered."""
    assert "review" not in open_window(receptionist, qtbot).rail.items
    assert "review" in open_window(clinician, qtbot).rail.items
    assert not receptionist.may(Task.READ_NOTE)
