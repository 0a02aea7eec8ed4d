"""F9 in the program's own window, on real print queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtCore import Qt

from intake.actions.print_settings import choose_printer, want_cover_list
from intake.domain.requests import RequestState
from tests.intake.printing.print_server import PrintServer
from tests.ui.documents.conftest import Promises
from tests.ui.documents.test_forms import key
from tests.ui.windows import open_window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk


def test_f9_prints_on_real_queues_and_what_a_printer_refuses_is_ready_again(
    server: PrintServer, receptionist: Desk, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """The list of the run first, the form behind it; records that jam are told with the printer's words."""
    server.add("front-run", backend="keeps")
    server.add("jammed-run", backend="jams", policy="abort-job")
    saved = bench.arrive("Firstperson")
    form = promises.open(saved, hours_ago=2)
    bench.ask(lambda store: choose_printer(store, receptionist.actor, "intake_form", "front-run", now=receptionist.now()))
    bench.ask(lambda store: want_cover_list(store, receptionist.actor, wanted=True, now=receptionist.now()))
    window = open_window(receptionist, qtbot)
    with qtbot.waitSignal(window.print_runs.control.ended, timeout=30_000):
        key(qtbot, Qt.Key.Key_F9)
    assert promises.line(form.id).state is RequestState.PRINTED
    cover, paper = (PdfReader(path) for path in server.kept("front-run"))
    assert form.number in cover.pages[0].extract_text()
    assert "Firstperson" in paper.pages[0].extract_text()
    assert window.print_runs.overlay.words_label.text() == "2 of 2 printed"
    again = promises.open(saved)
    bench.ask(lambda store: choose_printer(store, receptionist.actor, "intake_form", "jammed-run", now=receptionist.now()))
    with qtbot.waitSignal(window.print_runs.control.ended, timeout=30_000):
        key(qtbot, Qt.Key.Key_F9)
    line = promises.line(again.id)
    assert (line.state, line.trouble) == (RequestState.READY, "Paper jam in tray 2")
