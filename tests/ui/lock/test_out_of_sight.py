"""What is seen, heard and reached of a locked desk: nothing but the lock."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.lock.room import PLANTED, Room
from ui.pages.patients.record import PatientPage


def open_record(room: Room) -> PatientPage:
    """Show the record of a person whose name stands nowhere else."""
    saved = room.bench.arrive(PLANTED)
    room.work.routes.patient.emit(saved.patient_id)
    page = room.work.places.current()
    assert isinstance(page, PatientPage)
    room.qtbot.waitUntil(lambda: page.record is not None)
    return page


def test_a_screen_reader_hears_no_name_while_the_desk_is_locked(room: Room) -> None:
    """Hidden widgets keep their names: the whole work is out of the tree that is read."""
    open_record(room)
    assert any(PLANTED in words for words in room.heard())
    room.locking.lock()
    heard = room.heard()
    assert not any(PLANTED in words for words in heard)
    assert "Locked" in heard


def test_the_screen_is_the_same_whatever_lies_under_the_lock(room: Room) -> None:
    """Pixel by pixel: over the list of today, over a record, and after the window was made larger and smaller."""
    room.locking.lock()
    over_today = room.picture()
    room.unlock()
    open_record(room)
    assert room.picture() != over_today
    room.locking.lock()
    assert room.picture() == over_today
    room.window.resize(1600, 1000)
    larger = room.picture()
    room.window.resize(1280, 800)
    assert room.picture() == over_today
    room.unlock()
    room.work.routes.today.emit()
    room.window.resize(1600, 1000)
    room.locking.lock()
    assert room.picture() == larger


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_what_hangs_open_over_the_window_is_closed_and_a_dialog_is_answered_with_no(room: Room, qtbot: QtBot) -> None:
    """A list, a dialog for files and a window of another kind; only the last comes back by itself."""
    dialog, box, other = QDialog(room.window), QComboBox(room.work), QWidget()
    qtbot.addWidget(other)
    other.show()
    box.addItems(["one", "two"])
    box.show()
    answers: list[int] = []
    dialog.finished.connect(answers.append)
    dialog.show()
    box.showPopup()
    assert QApplication.activePopupWidget() is not None
    room.locking.lock()
    seen = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert seen == [room.window]
    assert answers == [QDialog.DialogCode.Rejected]
    room.unlock()
    assert other.isVisible()
    assert not dialog.isVisible()


def test_whatever_the_program_shows_meanwhile_goes_out_of_sight_again(room: Room, qtbot: QtBot) -> None:
    """An answer of the store that opens a list, or a window of its own."""
    room.locking.lock()
    late = QWidget()
    qtbot.addWidget(late)
    late.show()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [room.window]
    room.unlock()
    assert room.work.isVisible()


def test_no_key_of_the_work_does_anything_under_the_lock(room: Room) -> None:
    """A new intake, the palette, printing, the next page: all of them wait."""
    page = room.work.places.current()
    room.locking.lock()
    for key in (Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_F, Qt.Key.Key_O, Qt.Key.Key_L):
        room.press(key, Qt.KeyboardModifier.ControlModifier)
    room.press(Qt.Key.Key_F9)
    assert room.work.places.current() is page
    assert not room.work.places.intakes
    assert room.work.palette_box.isHidden()
    for _ in range(12):
        room.press(Qt.Key.Key_Tab)
        assert room.screen.isAncestorOf(room.focus)


def test_a_clinician_hears_of_a_call_without_the_name(room: Room) -> None:
    """The lock keeps the name back, not the call."""
    room.locking.lock()
    room.work.calling.waiting.emit(1)
    assert room.screen.banner.isVisible()
    assert "A clinician is called" in " ".join(room.heard())
    room.work.calling.waiting.emit(0)
    assert room.screen.banner.isHidden()
