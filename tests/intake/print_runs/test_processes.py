"""The command that prints, as a process of its own: two at once, and one that is killed again and again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from intake.cli import main
from intake.printing.held import held_jobs
from tests.factories import PASSWORD
from tests.intake.print_runs.shop import EDISON, Shop
from tests.intake.printing.print_server import PrintServer

ROOT = Path(__file__).resolve().parents[3]
LONG_S = 60
KILLS = 3
Here = Callable[..., tuple[int, list[dict[str, Any]], str]]
"""Runs the command: exit code, lines of standard output, text of standard error."""


@pytest.fixture
def begin(data: Path, server: PrintServer) -> Iterator[Any]:
    """Begin a process that prints what is ready, on one printer."""
    begun: list[subprocess.Popen[str]] = []

    def begin_one(printer: str, *, clinic: str = EDISON) -> subprocess.Popen[str]:
        words = ["--data", str(data), "--user", "dana", "print", "--due", "--clinic", clinic, "--printer", printer]
        environment = {**os.environ, "INTAKE_PASSWORD": PASSWORD, "CUPS_SERVER": server.address}
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "main.py"), *words], cwd=ROOT, env=environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        begun.append(process)
        return process

    yield begin_one
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


DIES = """
import os, signal, sys
from datetime import UTC, datetime
from intake.actions.print_runs import begin_run
from intake.actions.running import RunDesk, Runner
from intake.definitions.bundle import load_definitions
from intake.domain.staff import Actor
from intake.printing import CupsWay
from pathlib import Path
from tests.factories import a_store
from tests.intake.print_runs.shop import EDISON, Ask
from threading import Event

data, printer, point = sys.argv[1:]

def die_at(here):
    if here == point:
        os.kill(os.getpid(), signal.SIGKILL)

class Dying(CupsWay):
    def put(self, pdf, **how):
        die_at("before it is put")
        queue_id = super().put(pdf, **how)
        die_at("before its id is kept")
        return queue_id

    def release(self, job_id):
        die_at("before it is let go")
        super().release(job_id)
        die_at("before its end is seen")

store, known = a_store(Path(data)), load_definitions()
actor = Actor(staff=next(staff for staff in store.staff.all() if staff.login == "dana"), workstation="desk-2")
desk = RunDesk(actor=actor, definitions=known, training=False, clock=lambda: datetime.now(UTC), printer=printer)
run = begin_run(store, actor, location=EDISON, cover=False, definitions=known, now=datetime.now(UTC))
Runner(Ask(store), Dying(), desk).go(run, seen=lambda _: None, stop=Event())
"""


@pytest.mark.parametrize("point", ["before it is put", "before its id is kept", "before it is let go", "before its end is seen"])
def test_killed_at_any_point_a_document_comes_out_once(shop: Shop, data: Path, server: PrintServer, point: str) -> None:
    """And nothing is left in the queue that could come out later."""
    printer = "x_" + point.replace(" ", "_")
    server.add(printer, backend="keeps")
    shop.choose(printer)
    asked = shop.order(2)
    died = subprocess.run([sys.executable, "-c", DIES, str(data), printer, point], cwd=ROOT, timeout=LONG_S, check=False)
    assert died.returncode == -signal.SIGKILL
    shop.now = datetime.now(UTC)
    while shop.recover():
        time.sleep(0.05)
    assert [job.state.value for job in shop.go(shop.begin()).jobs] == ["printed"] * (1 if point == "before its end is seen" else 2)
    assert shop.states(asked) == ["printed", "printed"]
    assert len(server.kept(printer)) == 2
    assert held_jobs(printer) == ()


def lines_of(process: subprocess.Popen[str]) -> tuple[int, list[dict[str, Any]], str]:
    """Wait for the end of a process and return its exit code, its lines, and what it told a person."""
    told, said = process.communicate(timeout=LONG_S)
    return process.returncode, [json.loads(line) for line in told.splitlines()], said


def pages_out(server: PrintServer, printer: str) -> int:
    """Return how many pages came out of a printer."""
    count = 0
    for paper in server.kept(printer):
        with pypdfium2.PdfDocument(paper.read_bytes()) as document:
            count += len(document)
    return count


@pytest.fixture
def here(data: Path, server: PrintServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """Run the command in this process: exit code, lines, and what it told a person."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)

    def run_here(printer: str, *, clinic: str = EDISON) -> tuple[int, list[dict[str, Any]], str]:
        code = main(["--data", str(data), "--user", "dana", "print", "--due", "--clinic", clinic, "--printer", printer])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    return run_here


def test_the_command_puts_one_line_for_each_document(shop: Shop, server: PrintServer, here: Here) -> None:
    """What came out of which printer; the second time there is nothing to print."""
    server.add("x_front", backend="keeps")
    asked = shop.order(2)
    code, lines, _ = here("x_front")
    numbers = [shop.request(request_id).number for request_id in asked]
    assert (code, [line["document"] for line in lines]) == (0, numbers)
    assert {(line["kind"], line["printer"], line["state"]) for line in lines} == {("intake_form", "x_front", "printed")}
    assert here("x_front") == (0, [], "Nothing is ready to be printed here.\n")


def test_a_document_that_did_not_come_out_is_told_with_the_words_of_the_printer(shop: Shop, server: PrintServer, here: Here) -> None:
    """And the exit code says that something is left to do."""
    server.add("x_empty", backend="empties")
    shop.order()
    code, lines, _ = here("x_empty")
    assert (code, [(line["state"], line["words"]) for line in lines]) == (1, [("failed", "Load letter paper")])


def test_a_printer_or_a_clinic_that_is_not_there_is_refused(shop: Shop, here: Here) -> None:
    """Before anything is claimed."""
    shop.order()
    assert here("x_nowhere")[0] == 1
    assert here("x_nowhere", clinic="loc.mars")[0] == 2
    assert len(shop.begin().jobs) == 1


def test_two_desks_that_print_at_once_print_each_document_once(shop: Shop, server: PrintServer, begin: Any) -> None:
    """Whoever claims first has it."""
    server.add("x_two", backend="keeps")
    asked = shop.order(6)
    desks = [begin("x_two"), begin("x_two")]
    ends = [lines_of(desk) for desk in desks]
    assert [code for code, _, _ in ends] == [0, 0]
    printed = [line["document"] for _, lines, _ in ends for line in lines]
    assert sorted(printed) == sorted(shop.request(request_id).number for request_id in asked)
    assert len(server.kept("x_two")) == len(asked)
    assert shop.states(asked) == ["printed"] * len(asked)


def test_a_run_killed_again_and_again_prints_every_document_once(shop: Shop, server: PrintServer, begin: Any) -> None:
    """Killed with no chance to tidy up, then found again: the pages that came out are the pages that were asked for."""
    server.add("x_kill", backend="keeps")
    asked = shop.order(7)
    for _ in range(KILLS):
        before = len(server.kept("x_kill"))
        process = begin("x_kill")
        until = time.monotonic() + LONG_S
        while len(server.kept("x_kill")) <= before and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        process.kill()
        process.communicate()
        shop.now = datetime.now(UTC)
        while shop.recover():
            time.sleep(0.1)
    assert shop.store.print_runs.lost() == ()
    code, lines, said = lines_of(begin("x_kill"))
    assert (code, said) == (0, ""), lines
    assert shop.states(asked) == ["printed"] * len(asked)
    documents = [shop.store.documents.last_of(request_id) for request_id in asked]
    assert len(server.kept("x_kill")) == len(asked)
    assert pages_out(server, "x_kill") == sum(document.pages or 0 for document in documents if document)
