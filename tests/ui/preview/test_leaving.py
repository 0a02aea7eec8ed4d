"""A signed note that leaves from its preview: nothing is said of it before it is on paper, and it leaves once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from intake.actions.addenda import add_addendum
from intake.actions.print_runs import begin_run
from intake.actions.print_settings import choose_printer
from intake.actions.printing import papers_of
from intake.actions.requests import request_line
from intake.domain.document_kinds import Paper
from intake.domain.print_runs import PrintRun
from intake.domain.requests import RequestLine, RequestState
from intake.storage.store import Store
from tests.ui.conftest import PASSWORD, Bench
from tests.ui.preview.clinic import sign, write
from tests.ui.printrun.filing import FileWay
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.preview import PreviewPage
from ui.routes import Routes

LONG_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier
FRONT = "Front desk"


@pytest.fixture
def way(tmp_path: Path) -> FileWay:
    """Return a printer that prints at once."""
    folder = tmp_path / "papers"
    folder.mkdir()
    made = FileWay(folder=folder)
    made.open_gate.set()
    return made


@pytest.fixture
def page(qtbot: QtBot, clinician: Desk, bench: Bench, way: FileWay, shown: Callable[[Page], QWidget]) -> PreviewPage:
    """Show the signed note of the first visit; its printer is chosen."""
    saved = bench.arrive()
    write(bench, clinician, saved.visit_id)
    sign(bench, clinician, saved.visit_id)
    bench.ask(lambda store: choose_printer(store, clinician.actor, "visit_note", FRONT, now=clinician.now()))
    made = PreviewPage(clinician, Routes(), saved.visit_id, Paper.VISIT_NOTE, way=way)
    with qtbot.waitSignals([made.view.canvas.drawn, made.printing.listed], timeout=LONG_MS):
        shown(made)
    return made


def request(bench: Bench, desk: Desk) -> RequestLine:
    """Return the request of the note."""
    return bench.ask(lambda store: request_line(store, desk.actor, 1))


def ctrl_p(qtbot: QtBot, page: PreviewPage) -> None:
    """Print, and wait for the end."""
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_P, CTRL)


def test_a_note_that_did_not_come_out_is_ready_still_and_r_prints_it(
    qtbot: QtBot, page: PreviewPage, bench: Bench, clinician: Desk, way: FileWay
) -> None:
    """It is on no list of papers and told to nobody until it is on paper."""
    way.jams[FRONT] = "Paper jam in tray 2"
    ctrl_p(qtbot, page)
    assert "Paper jam in tray 2" in page.print_panel.banner.text()
    assert request(bench, clinician).state is RequestState.READY
    assert bench.ask(lambda store: papers_of(store, clinician.actor, 1)) == ()
    assert bench.ask(lambda store: store.disclosures.of_patient(1)) == ()
    way.jams.clear()
    with qtbot.waitSignals([page.printing.ended, page.routes.changed], timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_R)
    assert request(bench, clinician).state is RequestState.PRINTED
    assert [each.event for each in bench.ask(lambda store: store.disclosures.of_patient(1))] == ["print"]
    assert len(way.papers()) == 1


def test_a_second_ctrl_p_prints_nothing_and_leads_to_the_documents(
    qtbot: QtBot, page: PreviewPage, bench: Bench, clinician: Desk, way: FileWay
) -> None:
    """There it becomes a copy with a reason; nothing is left to try again."""
    ctrl_p(qtbot, page)
    ctrl_p(qtbot, page)
    assert "R in Documents prints it again, as a copy." in page.print_panel.banner.text()
    assert len(way.papers()) == 1
    assert page.printing.kept is None
    assert not any("R" in key.keys for key in page.legend())


def test_what_another_desk_is_printing_is_not_printed_here(
    qtbot: QtBot, page: PreviewPage, bench: Bench, clinician: Desk, way: FileWay
) -> None:
    """In words; the run of the other desk has it."""

    def claim(store: Store) -> PrintRun:
        known = clinician.definitions
        return begin_run(store, clinician.actor, location="loc.edison", cover=False, definitions=known, now=clinician.now())

    bench.ask(claim)
    ctrl_p(qtbot, page)
    assert "with a printer already" in page.print_panel.banner.text()
    assert way.sheets == {}


def test_a_preview_the_record_has_left_behind_is_made_anew_instead_of_printed(
    qtbot: QtBot, page: PreviewPage, bench: Bench, clinician: Desk, way: FileWay
) -> None:
    """The next Ctrl+P prints what stands now."""

    def add(store: Store) -> None:
        known, now = clinician.definitions, clinician.now()
        add_addendum(store, clinician.actor, 1, text="More", reason="Recalled", password=PASSWORD, definitions=known, now=now)

    bench.ask(add)
    stale = page.paper()
    ctrl_p(qtbot, page)
    qtbot.waitUntil(lambda: page.paper() is not stale, timeout=LONG_MS)
    assert way.sheets == {}
    assert "The record changed" in page.print_panel.banner.text()
    ctrl_p(qtbot, page)
    assert request(bench, clinician).state is RequestState.PRINTED
    assert bench.ask(lambda store: store.documents.of_patient(1)[0].version) == 2


def test_a_page_that_is_closed_while_it_prints_is_told_all_the_same(
    qtbot: QtBot, page: PreviewPage, bench: Bench, clinician: Desk, way: FileWay
) -> None:
    """Nobody waits in front of a preview until the last page is out."""
    way.open_gate.clear()
    with qtbot.waitSignal(page.printing.sent, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_P, CTRL)
    assert request(bench, clinician).state is RequestState.READY
    delete(page)
    way.open_gate.set()
    qtbot.waitUntil(lambda: request(bench, clinician).state is RequestState.PRINTED, timeout=LONG_MS)
