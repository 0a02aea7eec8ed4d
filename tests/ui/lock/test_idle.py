"""The desk that nobody touches: locked after the practice's minutes, and not while somebody is there."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake.actions.idle import choose_idle_minutes
from tests.ui.conftest import Bench, Clock
from tests.ui.lock.room import PLANTED, Room
from tests.ui.patient.patient import Patient
from ui.desk import Desk


def move_mouse(room: Room, x: int) -> None:
    """Tell the window of the mouse at a place."""
    at = QPointF(x, 40)
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(room.window.windowHandle(), event)


def test_a_desk_locks_after_ten_minutes_without_a_key(room: Room, clock: Clock) -> None:
    """Not a second sooner, and it says why."""
    clock.instant += timedelta(minutes=10, seconds=-1)
    room.locking.stirring.look()
    assert not room.locking.is_locked
    clock.instant += timedelta(seconds=1)
    room.locking.stirring.look()
    assert any("Locked after 10 minutes without a key." in words for words in room.heard())
    assert room.locking.is_locked


def test_every_key_begins_the_minutes_anew(room: Room, clock: Clock) -> None:
    """Typed into a field, wherever the keyboard is."""
    room.begin_intake()
    clock.forward(9)
    room.type("a")
    clock.forward(9)
    room.locking.stirring.look()
    assert not room.locking.is_locked
    clock.forward(1)
    room.locking.stirring.look()
    assert room.locking.is_locked


def test_the_mouse_begins_them_anew_when_it_moves_and_not_when_it_lies_still(room: Room, clock: Clock) -> None:
    """A window that changes under a mouse tells of it again at the same place."""
    move_mouse(room, 100)
    clock.forward(9)
    move_mouse(room, 101)
    clock.forward(9)
    move_mouse(room, 101)
    room.locking.stirring.look()
    assert not room.locking.is_locked
    clock.forward(1)
    room.locking.stirring.look()
    assert room.locking.is_locked


def test_a_press_of_the_mouse_counts(room: Room, clock: Clock) -> None:
    """As a key does."""
    clock.forward(9)
    handle = room.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    clock.forward(9)
    room.locking.stirring.look()
    assert not room.locking.is_locked


def test_a_clock_that_is_put_back_does_not_keep_a_desk_open(room: Room, clock: Clock) -> None:
    """The steady clock goes on."""
    clock.forward(-600)
    steady, said = room.locking.stirring._at
    room.locking.stirring._at = (steady - 600, said)
    room.locking.stirring.look()
    assert room.locking.is_locked


def test_the_practice_chooses_the_minutes_and_an_open_desk_hears_of_it(room: Room, clock: Clock, qtbot: QtBot) -> None:
    """Within a minute, without anybody signing in anew."""
    desk = room.desk
    room.bench.ask(lambda store: choose_idle_minutes(store, desk.actor, 1, now=desk.now()))
    room.locking._asking.timeout.emit()
    qtbot.waitUntil(lambda: room.locking.stirring.minutes == 1)
    clock.forward(1)
    room.locking.stirring.look()
    assert room.locking.is_locked
    assert any("Locked after a minute without a key." in words for words in room.heard())


def test_the_minutes_begin_anew_when_the_desk_is_unlocked(room: Room, clock: Clock) -> None:
    """A lock that falls shut again at once would help nobody."""
    clock.forward(11)
    room.locking.stirring.look()
    clock.forward(60)
    room.unlock()
    room.locking.stirring.look()
    assert not room.locking.is_locked


def test_a_patient_who_reads_for_long_keeps_the_screen_and_every_answer(
    room: Room, desk: Desk, bench: Bench, clock: Clock, qtbot: QtBot
) -> None:
    """The work of the staff is away already and only a password leads back to it: the desk's lock has nothing to add."""
    patient = Patient(room.work, bench, qtbot)
    room.window.activateWindow()
    patient.take_screen()
    patient.choose("en")
    patient.write("patient.legal_last", PLANTED)
    shown = patient.form.shown
    clock.forward(60)
    room.locking.stirring.look()
    room.locking.lock()
    assert not room.locking.is_locked
    assert patient.form.shown is shown
    assert patient.form.isVisible()
    assert not room.window.isVisible()
    assert patient.content()["patient"]["legal_last"] == PLANTED
    patient.go()


def test_a_desk_that_is_locked_while_the_screen_is_given_away_shows_nothing_of_the_staff(room: Room, bench: Bench, qtbot: QtBot) -> None:
    """The key for the lock comes just behind the one that gives the screen away; the lock stands there when it is back."""
    patient = Patient(room.work, bench, qtbot)
    QTest.keyClick(room.work, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(room.focus, Qt.Key.Key_Return)
    room.locking.lock()
    assert room.locking.is_locked
    qtbot.waitUntil(lambda: room.work.giving.mode is not None)
    assert patient.form.isVisible()
    patient.mode.abandon()
    assert room.locking.is_locked
    assert not room.work.isVisible()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not room.window] == []
