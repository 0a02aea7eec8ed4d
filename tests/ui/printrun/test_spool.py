"""What is left in the spool of a real print service once a job has ended: no page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen import canvas

from intake.actions.print_settings import choose_printer
from tests.intake.printing.print_server import PrintServer
from tests.ui.documents.conftest import Promises
from ui.preview.print_desk import PrintDesk
from ui.preview.print_ways import CupsWay
from ui.printrun.control import RunControl

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk


def a_page() -> bytes:
    """Return a page with a name on it."""
    made = io.BytesIO()
    paper = canvas.Canvas(made)
    paper.drawString(72, 72, "Zyzzyvath")
    paper.save()
    return made.getvalue()


def pages_left(server: PrintServer) -> list[Path]:
    """Return the files of pages in the spool: CUPS calls them d, the job's number, and the number of the file."""
    return sorted((server.papers.parent / "spool").glob("d*"))


@pytest.mark.parametrize(("backend", "policy"), [("keeps", "retry-job"), ("jams", "abort-job")])
def test_one_paper_leaves_nothing_in_the_spool_whether_it_came_out_or_not(
    server: PrintServer, qtbot: QtBot, backend: str, policy: str
) -> None:
    """The service keeps the pages of a job for a day unless they are taken out; what was not printed is kept by the window."""
    printer = f"spool-{backend}"
    server.add(printer, backend=backend, policy=policy)
    desk = PrintDesk(way=CupsWay())
    with qtbot.waitSignal(desk.ended, timeout=60_000):
        assert desk.print_pdf(a_page(), printer)
    assert pages_left(server) == []


def test_a_print_run_leaves_nothing_in_the_spool(
    server: PrintServer, receptionist: Desk, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """All of its documents came out, and none of their pages stays behind."""
    server.add("spool-run", backend="keeps")
    promises.open(bench.arrive("Zyzzyvath"), hours_ago=2)
    bench.ask(lambda store: choose_printer(store, receptionist.actor, "intake_form", "spool-run", now=receptionist.now()))
    control = RunControl(receptionist, way=CupsWay())
    with qtbot.waitSignal(control.ended, timeout=60_000):
        control.begin()
    assert len(server.kept("spool-run")) == 1
    assert pages_left(server) == []
