"""Printing as a page sees it, against a real print server: words, kept jobs, retries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from intake.printing import Job, JobState, job_now
from tests.intake.printing.print_server import PrintServer
from ui.preview.print_desk import PrintDesk

LONG_MS = 20_000


class Heard:
    """What a desk has said, in its order."""

    def __init__(self, desk: PrintDesk) -> None:
        """Listen to a desk."""
        self.told: list[tuple[str, str]] = []
        self.sent: list[str] = []
        desk.told.connect(lambda text, tone: self.told.append((text, tone)))
        desk.sent.connect(self.sent.append)


@pytest.fixture
def desk(qapp: QObject) -> PrintDesk:
    """Return a desk that prints the way this system does."""
    return PrintDesk(qapp)


@pytest.fixture
def run(qtbot: QtBot, desk: PrintDesk) -> Callable[[Callable[[], bool]], Job | None]:
    """Begin something and return the job as it ended."""

    def run_to_its_end(begin: Callable[[], bool]) -> Job | None:
        with qtbot.waitSignal(desk.ended, timeout=LONG_MS) as ended:
            assert begin()
        job: Job | None = ended.args[0]
        return job

    return run_to_its_end


Run = Callable[[Callable[[], bool]], Job | None]


def test_a_printed_job_is_told_and_not_kept(server: PrintServer, desk: PrintDesk, run: Run, pdf: bytes) -> None:
    """The last word is that it was printed."""
    paper, heard = server.add("d_front"), Heard(desk)
    job = run(lambda: desk.print_pdf(pdf, "d_front"))
    assert job is not None
    assert job.state is JobState.DONE
    assert heard.told[0] == ("Sending to d_front", "info")
    assert heard.told[-1] == ("Printed on d_front.", "ok")
    assert heard.sent == ["d_front"]
    assert desk.kept is None
    assert paper.exists()


def test_a_failed_job_says_the_printers_words_is_kept_and_can_be_sent_again(
    server: PrintServer, desk: PrintDesk, run: Run, pdf: bytes
) -> None:
    """After the jam is cleared, one key prints the same pages."""
    server.add("d_jam", backend="jams", policy="abort-job")
    heard = Heard(desk)
    run(lambda: desk.print_pdf(pdf, "d_jam"))
    text, tone = heard.told[-1]
    assert tone == "danger"
    assert "d_jam did not print: Paper jam in tray 2." in text
    assert desk.kept is not None
    assert desk.kept.pdf == pdf
    paper = server.add("d_jam")
    run(desk.retry)
    assert heard.told[-1] == ("Printed on d_jam.", "ok")
    assert paper.exists()
    assert desk.kept is None


def test_a_job_a_stopped_printer_holds_is_taken_back_before_it_is_sent_elsewhere(
    server: PrintServer, desk: PrintDesk, run: Run, pdf: bytes
) -> None:
    """Nobody finds a second copy in the tray when the first printer wakes up."""
    held_paper, other_paper = server.add("d_asleep"), server.add("d_awake")
    server.tell("cupsdisable", "-r", "Cover open", "d_asleep")
    heard = Heard(desk)
    held = run(lambda: desk.print_pdf(pdf, "d_asleep"))
    assert held is not None
    assert "d_asleep holds the job: Cover open." in heard.told[-1][0]
    run(lambda: desk.print_pdf(pdf, "d_awake"))
    server.tell("cupsenable", "d_asleep")
    assert job_now(held.id).state in (JobState.CANCELLED, JobState.DONE)
    assert other_paper.exists()
    assert not held_paper.exists()


def test_a_printer_that_is_gone_is_told_and_the_job_kept(server: PrintServer, desk: PrintDesk, run: Run, pdf: bytes) -> None:
    """The person is told to choose another one."""
    heard = Heard(desk)
    assert run(lambda: desk.print_pdf(pdf, "d_never_was")) is None
    text, tone = heard.told[-1]
    assert tone == "danger"
    assert "d_never_was" in text
    assert "P chooses another printer" in text
    assert heard.sent == []
    assert desk.kept is not None


def test_without_a_service_the_list_says_so(qtbot: QtBot, server: PrintServer, desk: PrintDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unreachable print service is no empty list of printers."""
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    with qtbot.waitSignal(desk.unlisted, timeout=LONG_MS) as unlisted:
        desk.list_printers()
    assert "print service" in unlisted.args[0]


def test_one_job_at_a_time(server: PrintServer, desk: PrintDesk, run: Run, pdf: bytes) -> None:
    """Ctrl+P held down makes one paper."""
    paper: Path = server.add("d_once")
    refused: list[bool] = []

    def twice() -> bool:
        begun = desk.print_pdf(pdf, "d_once")
        refused.append(desk.print_pdf(pdf, "d_once"))
        return begun

    heard = Heard(desk)
    run(twice)
    assert refused == [False]
    assert heard.sent == ["d_once"]
    assert paper.exists()


def test_nothing_to_retry_is_a_no(desk: PrintDesk) -> None:
    """R with no kept job does nothing."""
    assert not desk.retry()
