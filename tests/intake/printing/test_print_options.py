"""Tray, sides and copies at a real queue, jobs asked for together, and pages that wait to be released."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from intake.domain.print_runs import PrintSetting
from intake.printing import CupsWay, JobState, PrintError, abilities, cancel, follow, job_now, jobs_now, print_pdf, release
from tests.intake.printing.print_server import WITH_TRAYS, PrintServer

TITLE = "Document 1"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return two letter pages."""
    page = io.BytesIO()
    drawing = canvas.Canvas(page, pagesize=letter)
    for words in ("one", "two"):
        drawing.drawString(72, 700, words)
        drawing.showPage()
    drawing.save()
    return page.getvalue()


def test_a_printer_tells_its_trays_and_whether_it_turns_the_page(server: PrintServer) -> None:
    """A person picks a tray by the printer's own word, the usual one first."""
    server.add("o_trays", ppd=WITH_TRAYS)
    told = abilities("o_trays")
    assert told.trays == ("AutoSelect", "1stTray", "2ndTray", "BypassTray")
    assert told.duplex
    assert abilities("o_nowhere").trays == ()


def test_tray_sides_and_copies_reach_the_printer(server: PrintServer, pdf: bytes) -> None:
    """Two copies of two pages come out as four pages."""
    server.add("o_setting", backend="keeps", ppd=WITH_TRAYS)
    setting = PrintSetting(tray="2ndTray", duplex=True, copies=2)
    assert follow(print_pdf(pdf, printer="o_setting", title=TITLE, setting=setting), pause_s=0.05).state is JobState.DONE
    ((_, _, title, options),) = server.jobs("o_setting")
    assert title == TITLE
    assert {"InputSlot=2ndTray", "sides=two-sided-long-edge"} <= set(options.split())
    (paper,) = server.kept("o_setting")
    said = paper.read_bytes()
    assert b"MEDIASOURCE=TRAY2" in said
    with pypdfium2.PdfDocument(said) as printed:
        assert len(printed) == 4


def test_one_sided_is_told_to_a_printer_that_turns_the_page_by_itself(server: PrintServer, pdf: bytes) -> None:
    """What a desk set is never left to the printer's habit."""
    server.add("o_simplex", backend="keeps")
    follow(print_pdf(pdf, printer="o_simplex", title=TITLE, setting=PrintSetting()), pause_s=0.05)
    assert "sides=one-sided" in server.jobs("o_simplex")[0][3].split()


def test_held_pages_come_out_only_after_release(server: PrintServer, pdf: bytes) -> None:
    """Until then nothing is on paper, whatever becomes of this program."""
    server.add("o_held", backend="keeps")
    job_id = CupsWay().put(pdf, printer="o_held", title=TITLE, setting=PrintSetting())
    assert job_now(job_id).state is JobState.HELD
    assert server.kept("o_held") == []
    release(job_id)
    assert follow(job_id, pause_s=0.05).state is JobState.DONE
    assert len(server.kept("o_held")) == 1


def test_a_job_that_is_over_is_not_released(server: PrintServer, pdf: bytes) -> None:
    """Somebody took it out of the queue meanwhile: that is told."""
    server.add("o_over")
    job_id = print_pdf(pdf, printer="o_over", title=TITLE, held=True)
    cancel(job_id)
    with pytest.raises(PrintError) as refused:
        release(job_id)
    assert refused.value.code == "printer_failed"


def test_a_job_cancelled_before_it_was_begun_is_never_taken_for_printed(server: PrintServer, pdf: bytes) -> None:
    """A queue tells of both the same alerts."""
    server.add("o_before")
    server.tell("cupsdisable", "o_before")
    job_id = print_pdf(pdf, printer="o_before", title=TITLE)
    cancel(job_id)
    assert job_now(job_id).state is JobState.CANCELLED


def test_many_jobs_are_told_together(server: PrintServer, pdf: bytes) -> None:
    """Each with its own end."""
    server.add("o_good")
    server.add("o_jams", backend="jams", policy="abort-job")
    server.add("o_stopped")
    server.tell("cupsdisable", "-r", "Tray 2 is open", "o_stopped")
    server.add("o_sold")
    server.tell("cupsdisable", "o_sold")
    ids = {name: print_pdf(pdf, printer=name, title=TITLE) for name in ("o_good", "o_jams", "o_stopped", "o_sold")}
    server.tell("lpadmin", "-x", "o_sold")
    for name in ("o_good", "o_jams"):
        follow(ids[name], pause_s=0.05)
    found = jobs_now(ids.values())
    assert {name: (found[ids[name]].state, found[ids[name]].words) for name in ids} == {
        "o_good": (JobState.DONE, ""),
        "o_jams": (JobState.FAILED, "Paper jam in tray 2"),
        "o_stopped": (JobState.HELD, "Tray 2 is open"),
        "o_sold": (JobState.GONE, ""),
    }
    assert [found[ids[name]].listed for name in ids] == [True, True, True, False]
    cancel(ids["o_stopped"])
