"""F9: one run, its list, its end; and people go on working meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer

from intake.domain.requests import RequestState
from intake.errors import StoreError
from tests.ui.documents.conftest import Promises
from tests.ui.printrun.conftest import Room
from tests.ui.printrun.filing import FileWay

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

READY, PRINTED = RequestState.READY, RequestState.PRINTED
MOST_MS = 50.0


def test_one_key_prints_everything_ready_in_the_order_of_the_clock(room: Room, ready: list[int]) -> None:
    """Real PDFs come out, each its own; the list says so, and the field has the keyboard again after Escape."""
    room.print_all()
    assert room.states(*ready) == [PRINTED] * 3
    names = [PdfReader(path).pages[0].extract_text() for path in room.way.papers()]
    people = ("Firstperson", "Secondperson", "Thirdperson")
    assert [[name for name in people if name in text] for text in names] == [[name] for name in people]
    assert room.overlay.isVisible()
    assert room.overlay.words_label.text() == "3 of 3 printed"
    assert [row[2] for row in room.rows()] == ["Printed"] * 3
    assert not room.overlay.cancel_button.isVisible()
    room.press(Qt.Key.Key_Escape)
    assert room.field.hasFocus()


def test_nothing_ready_is_said_without_a_window_in_the_way(room: Room) -> None:
    """One sentence in the foot bar."""
    with room.qtbot.waitSignal(room.routes.refused, check_params_cb=lambda words: words.startswith("Nothing is ready to be printed here")):
        room.press(Qt.Key.Key_F9)
    assert room.runs._overlay is None
    assert room.field.hasFocus()


def test_two_presses_print_once(room: Room, ready: list[int]) -> None:
    """The second one shows the run of the first."""
    with room.qtbot.waitSignal(room.runs.control.ended, timeout=20_000):
        room.press(Qt.Key.Key_F9)
        room.press(Qt.Key.Key_F9)
    assert len(room.way.papers()) == 3
    assert len(room.way.sheets) == 3
    room.press(Qt.Key.Key_F9)
    room.qtbot.waitUntil(room.overlay.trouble_label.isVisible)
    assert "Nothing is ready" in room.overlay.trouble_label.text()
    assert len(room.way.sheets) == 3


def test_a_printer_that_jams_says_it_in_its_own_words_and_the_document_is_ready_again(
    open_room: Callable[[Desk, FileWay], Room], receptionist: Desk, way: FileWay, ready: list[int], promises: Promises
) -> None:
    """Under a closed list it is told above the page, with the way to the list."""
    way.jams["Front desk"] = "Paper jam in tray 2"
    room = open_room(receptionist, way)
    way.open_gate.clear()
    with room.qtbot.waitSignal(room.runs.control.begun):
        room.press(Qt.Key.Key_F9)
    with room.qtbot.waitSignal(room.runs.control.ended, timeout=20_000):
        room.press(Qt.Key.Key_Escape)
    assert room.states(*ready) == [READY] * 3
    assert promises.line(ready[0]).trouble == "Paper jam in tray 2"
    assert "Paper jam in tray 2. They are ready again" in room.banner.text()
    room.banner.button.setFocus()
    room.press(Qt.Key.Key_Return)
    assert room.rows()[0] == ("Intake form", "Paper jam in tray 2", "Did not print")
    room.press(Qt.Key.Key_Escape)
    way.jams.clear()
    way.open_gate.set()
    room.print_all()
    assert room.states(*ready) == [PRINTED] * 3
    assert room.banner.isHidden()


def test_without_a_printer_every_document_stays_ready_and_says_why(
    open_room: Callable[[Desk, FileWay], Room], receptionist: Desk, way: FileWay, ready: list[int], promises: Promises
) -> None:
    """Nothing is lost, and the next press tries again."""
    way.names = ()
    room = open_room(receptionist, way)
    room.print_all()
    assert room.states(*ready) == [READY] * 3
    assert all("printer" in row[1].lower() for row in room.rows())
    way.names = ("Front desk",)
    room.press(Qt.Key.Key_Escape)
    room.print_all()
    assert room.states(*ready) == [PRINTED] * 3


def test_a_print_service_that_does_not_answer_gives_everything_back(
    open_room: Callable[[Desk, FileWay], Room], receptionist: Desk, way: FileWay, ready: list[int]
) -> None:
    """The list says why, and does not go on as if it printed."""
    way.silent = True
    room = open_room(receptionist, way)
    with room.qtbot.waitSignal(room.runs.control.refused, timeout=20_000):
        room.press(Qt.Key.Key_F9)
    assert room.overlay.trouble_label.isVisible()
    assert [row[2] for row in room.rows()] == ["Given back"] * 3
    assert not room.overlay.cancel_button.isVisible()
    assert room.states(*ready) == [READY] * 3


def test_c_gives_back_what_does_not_print_yet(room: Room, ready: list[int]) -> None:
    """What is in the printer comes out; the others are ready again."""
    room.way.open_gate.clear()
    with room.qtbot.waitSignal(room.runs.control.begun):
        room.press(Qt.Key.Key_F9)
    room.qtbot.waitUntil(lambda: any(row[1] == "Warming up" for row in room.rows()), timeout=20_000)
    room.press(Qt.Key.Key_C)
    room.qtbot.waitUntil(lambda: [row[2] for row in room.rows()].count("Given back") == 2, timeout=20_000)
    with room.qtbot.waitSignal(room.runs.control.ended, timeout=20_000):
        room.way.open_gate.set()
    assert sorted(room.states(*ready)) == sorted([PRINTED, READY, READY])
    assert room.overlay.words_label.text() == "1 of 3 printed · 2 given back"
    assert len(room.way.papers()) == 1


def test_people_go_on_typing_under_a_run_that_was_closed(room: Room, ready: list[int]) -> None:
    """Escape closes the list and not the run; F9 shows it, the foot bar tells it."""
    room.way.open_gate.clear()
    with room.qtbot.waitSignal(room.runs.control.begun):
        room.press(Qt.Key.Key_F9)
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_X)
    room.qtbot.waitUntil(lambda: any("F9 shows them" in words for words in room.said), timeout=20_000)
    room.press(Qt.Key.Key_Y)
    assert room.field.text() == "xy"
    room.press(Qt.Key.Key_F9)
    assert room.overlay.isVisible()
    room.press(Qt.Key.Key_Z)
    assert room.field.text() == "xy"
    with room.qtbot.waitSignal(room.runs.control.ended, timeout=20_000):
        room.way.open_gate.set()
    assert room.states(*ready) == [PRINTED] * 3


def test_signing_out_lets_come_out_what_is_with_the_printer_and_gives_back_the_rest(room: Room, ready: list[int]) -> None:
    """The window is gone while the printer works: each document is printed once or ready."""
    room.way.open_gate.clear()
    with room.qtbot.waitSignal(room.runs.control.begun):
        room.press(Qt.Key.Key_F9)
    room.qtbot.waitUntil(lambda: any(row[1] == "Warming up" for row in room.rows()), timeout=20_000)
    room.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    room.qtbot.waitUntil(lambda: [sheet.state.value for sheet in room.way.sheets.values()].count("cancelled") == 2, timeout=20_000)
    room.way.open_gate.set()
    room.qtbot.waitUntil(lambda: sorted(room.states(*ready)) == sorted([PRINTED, READY, READY]), timeout=20_000)
    assert len(room.way.papers()) == 1


def test_chosen_requests_are_printed_and_the_others_left(room: Room, ready: list[int]) -> None:
    """As P on marked lines asks it."""
    with room.qtbot.waitSignal(room.runs.control.ended, timeout=20_000):
        room.routes.print_asked.emit((ready[1],))
    assert room.states(*ready) == [READY, PRINTED, READY]


def test_a_reprint_is_a_marked_copy_of_what_left(room: Room, ready: list[int]) -> None:
    """The word stands on the page that comes out, and the row says that it is one."""
    room.print_all()
    with room.qtbot.waitSignal(room.runs.control.ended, timeout=20_000):
        room.routes.reprint_asked.emit(ready[0], "The first one got wet")
    copy = PdfReader(room.way.papers()[-1])
    assert all("COPY" in page.extract_text() for page in copy.pages)
    assert " · copy · " in room.overlay.table.model().index(0, 0).data()


def test_the_windows_thread_works_less_than_a_blink_at_a_time(room: Room, promises: Promises, bench: Bench, qtbot: QtBot) -> None:
    """Between two turns of its loop it never computes for as long as 50 ms, and it never waits for the store."""
    saved = bench.arrive("Sample")
    for hours in range(12):
        promises.open(saved, hours_ago=hours)
    beats: list[float] = []
    pulse = QTimer(room.window)
    pulse.setInterval(1)
    pulse.timeout.connect(lambda: beats.append(time.thread_time()))
    room.overlay.open()  # dressed before it is measured, as a widget is once in the life of a window
    room.overlay.close_over()
    pulse.start()
    room.print_all()
    pulse.stop()
    assert len(room.way.papers()) == 12
    assert max(after - before for before, after in pairwise(beats)) * 1000 < MOST_MS
    with pytest.raises(RuntimeError, match="never waits"):
        room.desk.store.call(lambda store: store.data_version())


def test_a_store_that_is_closed_answers_the_run_and_does_not_hang_it(desk: Desk) -> None:
    """A thread that waits for the store hears that it is gone."""
    from threading import Thread  # noqa: PLC0415 - this test alone stands on a thread of its own

    heard: list[Exception] = []

    def ask() -> None:
        try:
            desk.store.call(lambda store: store.data_version())
        except StoreError as error:
            heard.append(error)

    assert desk.store.stop(10)
    waiting = Thread(target=ask)
    waiting.start()
    waiting.join(10)
    assert [str(error) for error in heard] == ["store_closed"]
