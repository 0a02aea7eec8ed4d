"""A job of which nobody knows whether it came out: a person looks at the paper and says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from intake.actions.material import material_of
from intake.actions.print_runs import begin_run, note_sending
from intake.documents.making import make
from intake.domain.print_runs import PrintRun
from intake.domain.requests import RequestState
from tests.ui.conftest import Bench, Clock
from tests.ui.printrun.conftest import Room
from tests.ui.printrun.filing import FileWay

if TYPE_CHECKING:
    from intake.storage.store import Store
    from ui.desk import Desk

READY, PRINTED = RequestState.READY, RequestState.PRINTED


@pytest.fixture
def way(way: FileWay) -> FileWay:
    """Return a print system that holds nothing: what was handed over may be out."""
    way.holds = False
    return way


def cut_off(bench: Bench, desk: Desk, clock: Clock, request_ids: list[int]) -> PrintRun:
    """Begin a run of these requests that is cut off while its pages are handed over, a while ago."""

    def break_off(store: Store) -> PrintRun:
        known, now = desk.definitions, desk.now()
        location = store.request_lists.line(request_ids[0]).location  # type: ignore[union-attr]  # it is there
        run = begin_run(store, desk.actor, location=location, request_ids=tuple(request_ids), cover=False, definitions=known, now=now)
        for job in run.jobs:
            material = material_of(store, desk.actor, job.request_id or 0, definitions=known, now=now)
            made = make(material, known, training=False, printed_at=now)
            note_sending(store, desk.actor, job.id, made, printer="Front desk", stamp=material.stamp, now=now)
        return run

    run = bench.ask(break_off)
    clock.forward(2)
    return run


def told(room: Room) -> bool:
    """Tell whether one lost document is told of above the page."""
    return "Of one document" in room.banner.text()


def test_y_and_n_settle_what_was_lost_one_after_the_other(
    receptionist: Desk, bench: Bench, clock: Clock, ready: list[int], open_room: Callable[[Desk, FileWay], Room], way: FileWay
) -> None:
    """It is told above the page, shown by F9, settled by two keys; what did not come out is ready again."""
    cut_off(bench, receptionist, clock, ready[:2])
    room = open_room(receptionist, way)
    room.runs.control.find_lost()
    room.qtbot.waitUntil(lambda: "Of 2 documents nobody knows" in room.banner.text())
    assert room.field.hasFocus()
    room.press(Qt.Key.Key_F9)
    assert [row[2] for row in room.rows()] == ["Did it come out?"] * 2
    room.press(Qt.Key.Key_Y)
    room.qtbot.waitUntil(lambda: len(room.rows()) == 1)
    room.press(Qt.Key.Key_N)
    room.qtbot.waitUntil(lambda: not room.overlay.isVisible())
    room.qtbot.waitUntil(lambda: room.states(*ready) == [PRINTED, READY, READY])
    assert room.field.hasFocus()
    assert room.banner.isHidden()
    room.print_all()
    assert len(room.way.papers()) == 2


def test_f9_in_the_list_of_what_was_lost_prints_the_rest(
    receptionist: Desk, bench: Bench, clock: Clock, ready: list[int], open_room: Callable[[Desk, FileWay], Room], way: FileWay
) -> None:
    """Nobody has to find a paper before the others are printed; the lost one is not printed again."""
    cut_off(bench, receptionist, clock, ready[:1])
    room = open_room(receptionist, way)
    room.runs.control.find_lost()
    room.qtbot.waitUntil(lambda: "Of one document" in room.banner.text())
    room.press(Qt.Key.Key_F9)
    assert room.overlay.shows_lost()
    room.print_all()
    assert len(room.way.papers()) == 2
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_F9)
    assert room.overlay.shows_lost()


def test_what_another_desk_settles_is_told_no_more(
    receptionist: Desk, desk: Desk, bench: Bench, clock: Clock, ready: list[int], open_room: Callable[[Desk, FileWay], Room], way: FileWay
) -> None:
    """Of two desks of a clinic the first answer counts."""
    cut_off(bench, receptionist, clock, ready[:1])
    here, there = open_room(receptionist, way), open_room(desk, way)
    for room in (here, there):
        room.runs.control.find_lost()
        room.qtbot.waitUntil(partial(told, room))
        room.runs.show()
    there.window.activateWindow()
    there.qtbot.waitActive(there.window)
    there.overlay.table.setFocus()
    there.press(Qt.Key.Key_N)
    there.qtbot.waitUntil(lambda: there.states(ready[0]) == [READY])
    here.runs.control.find_lost()
    here.qtbot.waitUntil(lambda: not here.overlay.isVisible())
    assert here.banner.isHidden()


def test_a_job_of_another_clinic_is_not_asked_about_here(receptionist: Desk, bench: Bench, clock: Clock, room: Room, way: FileWay) -> None:
    """Nobody here can look at that paper."""
    saved = bench.arrive("Sample", location="loc.union")
    cut_off(bench, receptionist, clock, [room.promises.open(saved).id])
    with room.qtbot.waitSignal(room.runs.control.lost, check_params_cb=lambda jobs, _lines: jobs == ()):
        room.runs.control.find_lost()
    assert room.banner.isHidden()
