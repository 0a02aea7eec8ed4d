"""A whole intake by keyboard alone, from the first key to the line on Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from intake.actions.drafts import my_drafts
from intake.actions.visits import open_visit, today
from intake.domain.pain import Mark
from tests.ui.intake.typist import CTRL, Typist

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

MOST_KEYS = 260


def test_a_whole_intake_is_recorded_by_keyboard_alone(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Identity, contact, visit, coverage, safety, checklist, drawing and notices are typed, saved and on Today."""
    typist = Typist(desk, qtbot)
    said = QSignalSpy(typist.routes.said)
    typist.identity().rest()
    typist.press(Qt.Key.Key_6, CTRL).enter().enter().type("ny").type("n" * 6)
    typist.go("answers.attack.head_pull").type("nnnnnn")
    typist.enter("7").enter("5").enter("9").enter("2")
    typist.press(Qt.Key.Key_7, CTRL).press(Qt.Key.Key_Down, times=8).type("2").press(Qt.Key.Key_Space)
    typist.save()
    saved = typist.page.saved
    assert saved is not None
    visit = bench.ask(lambda store: open_visit(store, desk.actor, saved.visit_id, definitions=desk.definitions, now=desk.now()))
    assert visit.patient.patient.full_name() == "Rivera, Ana"
    assert (visit.visit.location, visit.visit.reason) == ("loc.edison", "Stiff neck since Monday")
    assert visit.patient.patient.city == "Edison"
    assert visit.visit.safety.allergies == "none"
    assert visit.answers["sx.pain.present"] == "yes"
    assert [visit.answers[f"sx.pain.nprs_{when}"] for when in ("now", "avg7d", "worst7d", "best7d")] == [7, 5, 9, 2]
    assert visit.marks == (Mark(region="neck.front.left", kind="burning"),)
    board = bench.ask(lambda store: today(store, desk.actor, location="loc.edison", day=desk.today(), now=desk.now()))
    assert [line.visit_id for line in board] == [saved.visit_id]
    assert bench.ask(lambda store: my_drafts(store, desk.actor)) == ()
    assert saved.record_number in said.at(0)[0]
    assert typist.keys_pressed < MOST_KEYS


def test_control_p_saves_and_asks_for_the_paper(desk: Desk, qtbot: QtBot) -> None:
    """Save and print is one key."""
    typist = Typist(desk, qtbot)
    preview = QSignalSpy(typist.routes.preview)
    typist.identity().rest().press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: preview.count() == 1)
    assert typist.page.saved is not None
    assert preview.at(0) == [typist.page.saved.visit_id]
