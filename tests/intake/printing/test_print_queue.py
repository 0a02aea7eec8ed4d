"""Jobs in a real CUPS scheduler: how they end, and what is said when they do not."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from intake.printing import Job, JobState, PrintError, PrinterState, cancel, follow, job_now, print_pdf, printers
from tests.intake.printing.print_server import PrintServer

TITLE = "Intake form"
WORDS = "Sample page of the print test"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return a letter page with a line that can be read back."""
    page = io.BytesIO()
    drawing = canvas.Canvas(page, pagesize=letter)
    drawing.drawString(72, 700, WORDS)
    drawing.showPage()
    drawing.save()
    return page.getvalue()


def test_a_good_job_ends_as_done_and_the_printer_gets_the_page(server: PrintServer, pdf: bytes) -> None:
    """What comes out of the queue is the page that went in, on letter paper, unscaled."""
    paper = server.add("front")
    job = follow(print_pdf(pdf, printer="front", title=TITLE), pause_s=0.05)
    assert job.state is JobState.DONE
    with pypdfium2.PdfDocument(paper) as printed:
        assert len(printed) == 1
        assert printed[0].get_size() == letter
        assert WORDS in printed[0].get_textpage().get_text_range()


def test_printers_are_listed_with_description_and_the_default_first(server: PrintServer) -> None:
    """A person picks by the description the administrator wrote."""
    server.add("aaa_first_by_name")
    server.add("zed", description="Back office, second floor")
    server.tell("lpadmin", "-d", "zed")
    found = printers()
    assert (found[0].name, found[0].description, found[0].default) == ("zed", "Back office, second floor", True)
    assert found[0].state is PrinterState.READY
    assert [printer.default for printer in found[1:]] == [False] * (len(found) - 1)


def test_a_stopped_printer_keeps_the_job_and_says_why_in_its_own_words(server: PrintServer, pdf: bytes) -> None:
    """The job waits in the queue, and prints when the printer is started again."""
    paper = server.add("stopped")
    server.tell("cupsdisable", "-r", "Tray 2 is open", "stopped")
    job_id = print_pdf(pdf, printer="stopped", title=TITLE)
    assert follow(job_id, pause_s=0.05) == Job(id=job_id, printer="stopped", state=JobState.HELD, words="Tray 2 is open")
    assert not paper.exists()
    server.tell("cupsenable", "stopped")
    assert follow(job_id, pause_s=0.05).state is JobState.DONE
    assert paper.exists()


def test_a_printer_that_stops_itself_holds_the_job_with_its_words(server: PrintServer, pdf: bytes) -> None:
    """Running out of paper is the printer's to say."""
    server.add("empty", backend="empties")
    job = follow(print_pdf(pdf, printer="empty", title=TITLE), pause_s=0.05)
    assert (job.state, job.words) == (JobState.HELD, "Load letter paper")
    cancel(job.id)


def test_a_job_that_fails_in_the_printer_is_failed_with_its_words(server: PrintServer, pdf: bytes) -> None:
    """A jam that ends the job is never taken for a printed page."""
    server.add("jammed", backend="jams", policy="abort-job")
    job = follow(print_pdf(pdf, printer="jammed", title=TITLE), pause_s=0.05)
    assert (job.state, job.words) == (JobState.FAILED, "Paper jam in tray 2")


def test_a_printer_that_takes_no_jobs_refuses_with_its_reason(server: PrintServer, pdf: bytes) -> None:
    """Nothing is queued, and the person reads the reason the administrator gave."""
    server.add("away")
    server.tell("cupsreject", "-r", "Moved to Bayonne", "away")
    with pytest.raises(PrintError) as refused:
        print_pdf(pdf, printer="away", title=TITLE)
    assert (refused.value.code, refused.value.facts) == ("printer_refuses", {"printer": "away", "words": "Moved to Bayonne"})
    found = {printer.name: printer for printer in printers()}
    assert (found["away"].state, found["away"].words) == (PrinterState.REFUSING, "Moved to Bayonne")


def test_a_removed_printer_is_gone(server: PrintServer, pdf: bytes) -> None:
    """A remembered printer that was taken away is told by name."""
    server.add("sold")
    server.tell("lpadmin", "-x", "sold")
    with pytest.raises(PrintError) as gone:
        print_pdf(pdf, printer="sold", title=TITLE)
    assert (gone.value.code, gone.value.facts) == ("printer_gone", {"printer": "sold"})


def test_a_printer_removed_under_a_waiting_job_is_told_and_never_taken_for_done(server: PrintServer, pdf: bytes) -> None:
    """The job left with its printer: nobody has the page."""
    server.add("leaving")
    server.tell("cupsdisable", "leaving")
    job_id = print_pdf(pdf, printer="leaving", title=TITLE)
    server.tell("lpadmin", "-x", "leaving")
    assert job_now(job_id).state in (JobState.GONE, JobState.CANCELLED)


def test_a_cancelled_job_is_neither_done_nor_failed(server: PrintServer, pdf: bytes) -> None:
    """Each change on the way is told once, the printer's words with it."""
    server.add("slow", backend="dawdles")
    job_id = print_pdf(pdf, printer="slow", title=TITLE)
    seen: list[Job] = []

    def stop_once_printing(job: Job) -> None:
        seen.append(job)
        if job.words == "Warming up":
            cancel(job_id)

    assert follow(job_id, seen=stop_once_printing, pause_s=0.05, timeout_s=20).state is JobState.CANCELLED
    assert JobState.PRINTING in [job.state for job in seen]
    assert len(set(seen)) == len(seen)


def test_a_job_that_takes_long_is_given_back_as_it_stands(server: PrintServer, pdf: bytes) -> None:
    """Following has an end of its own: a printer that warms up for minutes holds nobody."""
    server.add("patience", backend="dawdles")
    job = follow(print_pdf(pdf, printer="patience", title=TITLE), pause_s=0.05, timeout_s=0.3)
    assert job.state in (JobState.QUEUED, JobState.PRINTING)
    cancel(job.id)


def test_without_a_server_the_service_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch, server: PrintServer, pdf: bytes) -> None:
    """A print service that does not answer is no empty list of printers."""
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    with pytest.raises(PrintError) as missing:
        printers()
    assert missing.value.code == "no_print_service"
    with pytest.raises(PrintError) as silent:
        print_pdf(pdf, printer="front", title=TITLE)
    assert silent.value.code == "no_print_service"


def test_without_the_commands_the_service_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch, pdf: bytes) -> None:
    """A system that never had CUPS is told apart from a failing printer."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(PrintError) as missing:
        print_pdf(pdf, printer="front", title=TITLE)
    assert missing.value.code == "no_print_service"


def test_a_title_is_an_argument_and_never_a_command(server: PrintServer, pdf: bytes) -> None:
    """No shell reads what the queue is given."""
    paper = server.add("quotes")
    job_id = print_pdf(pdf, printer="quotes", title="$(touch stolen); 'form' | lp")
    assert follow(job_id, pause_s=0.05).state is JobState.DONE
    assert paper.exists()
