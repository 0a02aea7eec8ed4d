"""Today: who is here, since when, what happens next, by keyboard alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake.domain.visits import Status
from tests.ui.conftest import Bench, Clock
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.models.board import Column
from ui.pages.clinics import ClinicChips
from ui.pages.today import TodayPage

ROOT = Path(__file__).resolve().parents[3]


def words(page: TodayPage, column: Column, row: int = 0) -> str:
    """Return what a cell says to a screen reader."""
    return str(page.table.rows.model().index(row, column).data())


def rows(page: TodayPage) -> int:
    """Return how many visits are shown."""
    return page.table.rows.model().rowCount()


def press(qtbot: QtBot, page: TodayPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key on the table."""
    QTest.keyClick(page.table.rows, key, modifier)


@pytest.fixture
def ana(window: MainWindow, today_page: TodayPage, bench: Bench, qtbot: QtBot) -> TodayPage:
    """Today at Edison with Ana Sample waiting, the focus on the table."""
    bench.arrive()
    today_page.entered()
    qtbot.waitUntil(lambda: rows(today_page) == 1)
    today_page.table.setFocus()
    return today_page


def test_an_empty_day_says_what_to_do_next(today_page: TodayPage, qtbot: QtBot) -> None:
    """Nobody is here: the page says so and offers a new intake."""
    qtbot.waitUntil(today_page.empty.isVisible)
    assert today_page.empty.button is not None
    with qtbot.waitSignal(today_page.routes.intake, raising=False, timeout=10):
        assert "New intake" in today_page.empty.button.words()


def test_a_visit_shows_who_since_when_and_what_is_next(ana: TodayPage, clock: Clock) -> None:
    """One row answers the questions of the desk."""
    assert words(ana, Column.PATIENT).startswith("Sample, Ana RD-")
    assert words(ana, Column.BORN) == "Mar 4, 1985 41 years"
    assert words(ana, Column.REASON) == "Stiff neck"
    assert words(ana, Column.WAITING) == "0 min since 10:00 AM"
    assert words(ana, Column.STATUS) == "Waiting"


def test_waiting_turns_to_a_warning_in_words_after_the_set_minutes(ana: TodayPage, clock: Clock, bench: Bench) -> None:
    """The warning is a sign and a word, not a color alone; the limit is this desk's own."""
    ana.limit_field.set_value("5")
    ana.limit_field.editingFinished.emit()
    clock.forward(4)
    ana.reload()
    bench.ask(lambda _: None)
    assert "long wait" not in words(ana, Column.WAITING)
    clock.forward(1)
    ana.reload()
    bench.ask(lambda _: None)
    assert words(ana, Column.WAITING) == "⚠ 5 min long wait · 10:00 AM"
    assert "1 of them for 5 minutes or more" in ana.summary_label.text()


def test_the_limit_of_a_desk_is_remembered(ana: TodayPage, window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """Another page of the same desk begins with the limit that was set."""
    ana.limit_field.set_value("7")
    ana.limit_field.editingFinished.emit()
    bench.ask(lambda _: None)
    again = TodayPage(window.desk, window.routes)
    qtbot.addWidget(again)
    qtbot.waitUntil(lambda: again.limit_field.value() == "7")


@pytest.mark.parametrize(
    ("key", "status"),
    [(Qt.Key.Key_C, "With clinician"), (Qt.Key.Key_F, "Finished"), (Qt.Key.Key_L, "Left, not seen")],
)
def test_a_letter_moves_the_visit_and_undo_takes_it_back(ana: TodayPage, qtbot: QtBot, key: Qt.Key, status: str) -> None:
    """One key moves on; Ctrl+Z brings the visit back to where it stood."""
    press(qtbot, ana, key)
    qtbot.waitUntil(lambda: words(ana, Column.STATUS) == status)
    ana.undo()
    qtbot.waitUntil(lambda: words(ana, Column.STATUS) == "Waiting")


def test_undo_is_offered_only_when_there_is_something_to_undo(ana: TodayPage, qtbot: QtBot) -> None:
    """The foot bar names the keys that work now."""
    assert ("Ctrl Z",) not in [key.keys for key in ana.legend()]
    ana.move_to(Status.FINISHED)
    qtbot.waitUntil(lambda: ("Ctrl Z",) in [key.keys for key in ana.legend()])


def test_enter_opens_the_patient_and_p_the_form(ana: TodayPage, window: MainWindow, qtbot: QtBot) -> None:
    """Both ask the window to go on; neither waits."""
    asked: list[tuple[str, int]] = []
    window.routes.patient.disconnect()
    window.routes.preview.disconnect()
    window.routes.patient.connect(lambda number: asked.append(("patient", number)))
    window.routes.preview.connect(lambda number: asked.append(("preview", number)))
    press(qtbot, ana, Qt.Key.Key_Return)
    press(qtbot, ana, Qt.Key.Key_P)
    assert [place for place, _ in asked] == ["patient", "preview"]


def test_alt_and_a_digit_switch_the_clinic_and_alt_0_shows_all(ana: TodayPage, bench: Bench, window: MainWindow, qtbot: QtBot) -> None:
    """Alt+1 is Union, Alt+8 Bayonne, Alt+0 everyone; with all, each row names its clinic."""
    bench.arrive("Fake", "Bob", location="loc.bayonne")
    alt = Qt.KeyboardModifier.AltModifier
    press(qtbot, ana, Qt.Key.Key_8, alt)
    qtbot.waitUntil(lambda: rows(ana) == 1 and words(ana, Column.PATIENT).startswith("Fake"))
    press(qtbot, ana, Qt.Key.Key_0, alt)
    qtbot.waitUntil(lambda: rows(ana) == 2)
    assert words(ana, Column.PATIENT, 1).endswith("Bayonne")
    press(qtbot, ana, Qt.Key.Key_1, alt)
    qtbot.waitUntil(ana.empty.isVisible)


def test_the_current_visit_stays_current_over_a_reload(ana: TodayPage, bench: Bench, clock: Clock, qtbot: QtBot) -> None:
    """Who arrives later does not move the cursor to somebody else."""
    clock.forward(5)
    bench.arrive("Fake", "Bob")
    ana.reload()
    qtbot.waitUntil(lambda: rows(ana) == 2)
    press(qtbot, ana, Qt.Key.Key_Down)
    clock.forward(5)
    bench.arrive("Madeup", "Cleo")
    ana.reload()
    qtbot.waitUntil(lambda: rows(ana) == 3)
    line = ana.table.current_line()
    assert line is not None
    assert line.name == "Fake, Bob"


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from intake.actions.access import sign_in
from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import load_definitions
from intake.paths import RESOURCES, Paths
from tests.factories import a_patient, an_intake
from tests.ui.conftest import LOGIN, MORNING, PASSWORD

definitions = load_definitions(RESOURCES, None)
signed_in = sign_in(Paths(data=Path(sys.argv[1]), training=False), login=LOGIN, password=PASSWORD, workstation="desk-2", now=MORNING)
store, actor = signed_in.store, signed_in.actor
intake = an_intake(definitions, patient=a_patient(legal_last="Elsewhere"))
save_intake(store, actor, SaveRequest(intake=intake), definitions=definitions, now=MORNING)
store.close()
"""


def test_what_another_process_saves_appears_within_two_seconds(
    window: MainWindow, today_page: TodayPage, bench: Bench, qtbot: QtBot
) -> None:
    """The other desk's patient is on the board without anybody pressing anything."""
    bench.ask(lambda _: None)  # behind what the window asked when it opened
    command = [sys.executable, "-c", WRITER, str(window.desk.paths.data)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    qtbot.waitUntil(lambda: rows(today_page) == 1, timeout=2_000)
    assert words(today_page, Column.PATIENT).startswith("Elsewhere")


def test_the_message_that_names_ctrl_z_goes_with_the_board(ana: TodayPage, window: MainWindow, qtbot: QtBot) -> None:
    """On another page the key does nothing, so it is not told there; a reload of the same page keeps the message."""
    said = window.foot_bar.said_label
    ana.move_to(Status.FINISHED)
    qtbot.waitUntil(lambda: "Ctrl Z" in said.text())
    window.routes.today.emit()
    assert "Ctrl Z" in said.text()
    window.routes.patients.emit()
    assert said.text() == ""


def test_no_clinic_is_cut_in_a_narrow_window(desk: Desk, qtbot: QtBot) -> None:
    """The chips move together before the words of one are cut."""
    host = QWidget()
    qtbot.addWidget(host)
    chips = ClinicChips(desk.definitions.practice, desk.location, host)
    words = sum(chip.sizeHint().width() for chip in chips.chips)
    chips.resize(words + 20, 30)
    host.resize(words + 20, 30)
    host.show()
    qtbot.waitUntil(lambda: all(chip.width() == chip.sizeHint().width() for chip in chips.chips))
