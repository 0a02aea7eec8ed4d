"""Unlocking: the same person, the same page, the same place in it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTextEdit
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from intake.actions.accounts import add_staff
from intake.actions.drafts import my_drafts
from intake.domain.staff import Role
from tests.ui.conftest import PASSWORD, Bench, Clock
from tests.ui.lock.room import PLANTED, Room

if TYPE_CHECKING:
    from intake.storage.store import Store

CTRL = Qt.KeyboardModifier.ControlModifier


def drafts(room: Room) -> list[str]:
    """Return the family names in the drafts on disk."""

    def look(store: Store) -> list[str]:
        return [str(each.content["patient"]["legal_last"]) for each in my_drafts(store, room.desk.actor)]

    return room.bench.ask(look)


def actions(bench: Bench) -> list[tuple[str, str]]:
    """Return what the audit tells of locking, with its outcome."""

    def look(store: Store) -> list[tuple[str, str]]:
        rows = store._connection.execute("SELECT action, outcome FROM audit WHERE action IN ('lock', 'unlock') ORDER BY seq")
        return [(str(action), str(outcome)) for action, outcome in rows]

    return bench.ask(look)


def test_unlocking_brings_back_the_page_the_field_the_caret_and_the_selection(room: Room) -> None:
    """What was half typed is there, with the letters selected that were, and the next key goes on from there."""
    page = room.begin_intake()
    room.type(PLANTED)
    field = room.focus
    assert isinstance(field, QLineEdit)
    field.setSelection(2, 3)
    room.locking.lock()
    assert room.focus is not field
    room.unlock()
    assert room.work.places.current() is page
    assert room.focus is field
    assert (field.text(), field.selectedText(), field.cursorPosition()) == (PLANTED, PLANTED[2:5], 5)
    room.type("x")
    assert field.text() == PLANTED[:2] + "x" + PLANTED[5:]


def test_a_text_of_many_lines_comes_back_with_its_selection(room: Room, qtbot: QtBot) -> None:
    """Caret and anchor, not only the place."""
    area = QTextEdit(room.work.stack)
    area.setPlainText("one\ntwo\nthree")
    area.show()
    area.setFocus()
    cursor = area.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    area.setTextCursor(cursor)
    room.locking.lock()
    room.unlock()
    assert room.focus is area
    back = area.textCursor()
    assert (back.anchor(), back.position(), back.selectedText()) == (9, 4, "two\u2029t")


def test_what_was_typed_a_moment_before_is_on_disk_when_the_desk_is_locked(room: Room) -> None:
    """It is written before the lock is told to the audit, and nothing waits for the pause after a key."""
    page = room.begin_intake()
    room.type(PLANTED)
    room.locking.lock()
    assert page.keeper.is_behind()
    assert drafts(room) == [PLANTED]
    assert actions(room.bench) == [("lock", "done")]


def test_an_empty_intake_stays_open_under_the_lock(room: Room) -> None:
    """Leaving it would close it; locking is not leaving."""
    page = room.begin_intake()
    room.locking.lock()
    room.settle()
    room.unlock()
    assert room.work.places.current() is page
    assert room.focus.isVisible()


def refused_so_far(room: Room, times: int) -> bool:
    """Tell whether so many tries were refused."""
    return actions(room.bench).count(("unlock", "refused")) == times


def try_wrong(room: Room, times: int) -> None:
    """Type a wrong password, some times over."""
    for number in range(1, times + 1):
        room.type("not this one at all")
        room.press(Qt.Key.Key_Return)
        room.qtbot.waitUntil(partial(refused_so_far, room, number), timeout=10_000)
        room.qtbot.waitUntil(room.screen.password_box.has_problem)


def test_a_wrong_password_is_told_at_the_field_and_the_right_one_may_follow(room: Room) -> None:
    """The field keeps the keyboard and what was typed, selected, so that the next key begins anew."""
    room.begin_intake()
    room.locking.lock()
    try_wrong(room, 1)
    screen = room.screen
    assert screen.password_box.note.text() == "⚠ This is not your password. Try again."
    assert screen.state_label.text() == ""
    assert room.focus is screen.password_field.text_field
    assert screen.password_field.text_field.hasSelectedText()
    assert room.locking.is_locked
    room.unlock()
    assert actions(room.bench) == [("lock", "done"), ("unlock", "refused"), ("unlock", "done")]


def test_after_three_wrong_ones_the_seconds_to_wait_are_counted_at_the_field(room: Room, clock: Clock, qtbot: QtBot) -> None:
    """Enter does nothing while they run, and somebody else may still sign in."""
    room.locking.lock()
    try_wrong(room, 3)
    screen = room.screen
    assert screen.password_box.note.text() == "⚠ This is not your password. Wait 1 s, then try again."
    assert (screen.unlock_button.isEnabled(), screen.other_button.isEnabled()) == (False, True)
    room.type(PASSWORD)
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(screen.unlock_button.isEnabled, timeout=5_000)
    assert screen.password_box.note.text() == "⚠ This is not your password. Try again."
    assert room.locking.is_locked
    clock.forward(1)
    with qtbot.waitSignal(room.locking.unlocked, timeout=10_000):
        room.press(Qt.Key.Key_Return)


def test_a_password_of_somebody_else_does_not_open_it(room: Room) -> None:
    """Not even an administrator's: whoever else wants to work here signs in."""
    desk = room.desk
    other = "eight other ponies"

    def add(store: Store) -> None:
        add_staff(store, desk.actor, login="robin", name="Robin Example", role=Role.ADMINISTRATOR, password=other, now=desk.now())

    room.bench.ask(add)
    room.locking.lock()
    room.type(other)
    room.press(Qt.Key.Key_Return)
    room.qtbot.waitUntil(room.screen.password_box.has_problem, timeout=10_000)
    assert room.locking.is_locked


def test_an_empty_password_is_told_and_asked_of_nobody(room: Room) -> None:
    """No try is counted."""
    room.locking.lock()
    room.press(Qt.Key.Key_Return)
    assert room.screen.password_box.note.text() == "⚠ Type your password."
    assert actions(room.bench) == [("lock", "done")]


def test_a_password_left_half_typed_is_forgotten(room: Room, qtbot: QtBot) -> None:
    """Nobody finds it in the field later, nor shows it with a press of a button."""
    room.locking.lock()
    room.screen._forget.setInterval(20)
    room.type("seven")
    qtbot.waitUntil(lambda: not room.screen.password_field.value())


def test_another_person_leads_to_the_sign_in_and_the_drafts_are_kept(room: Room, qtbot: QtBot) -> None:
    """The screen stays until the work under it is gone: nothing shows in between."""
    room.begin_intake()
    room.type(PLANTED)
    room.locking.lock()
    screen = room.screen
    room.locking.other_person.connect(room.work.leave)
    with qtbot.waitSignal(room.work.signed_out, timeout=10_000):
        screen.other_button.click()
    assert screen.isVisible()
    assert not screen.unlock_button.isEnabled()
    assert drafts(room) == [PLANTED]
    work = room.work
    room.window.takeCentralWidget()
    work.deleteLater()
    qtbot.waitUntil(lambda: not isValid(work) and not isValid(screen))


def test_the_lock_can_be_closed_and_opened_again_and_again(room: Room, clock: Clock) -> None:
    """Nothing is left of one time at the next."""
    page = room.begin_intake()
    field = room.focus
    for _ in range(5):
        room.locking.lock()
        room.unlock()
        assert room.focus is field
    assert room.work.places.current() is page
    assert [each for each in room.window.children() if type(each) is type(room.locking.screen)] == []
