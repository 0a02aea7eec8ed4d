"""Printing through Qt: full letter pages, every one of them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter

from intake.printing import PrintError
from tests.intake.printing.print_server import PrintServer
from ui.preview.pages import draw_page, page_sizes
from ui.preview.print_ways import QtWay
from ui.preview.qt_printing import DPI, paint_pdf, print_pdf, printers

LONG_S = 20
ROOT = Path(__file__).resolve().parents[3]
PRINTS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from intake.domain.print_runs import PrintSetting
from ui.preview.print_ways import QtWay

application = QApplication(sys.argv[:1])
assert QtWay().abilities("q_both").duplex
pages = Path(sys.argv[1]).read_bytes()
both = QtWay().send(pages, printer="q_both", title="Document 1", setting=PrintSetting(duplex=True, copies=2))
once = QtWay().send(pages, printer="q_both", title="Document 1", setting=PrintSetting())
told = QtWay().look([both, once])
assert {(job.printer, job.state.value) for job in told.values()} == {("q_both", "done")} and len(told) == 2
"""


def test_every_page_is_painted_full_size_on_letter_paper(qapp: QObject, pdf: bytes, tmp_path: Path) -> None:
    """What is large on the paper is where it was, nothing is shrunk into margins."""
    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    device.setOutputFileName(str(tmp_path / "printed.pdf"))
    paint_pdf(pdf, device)
    assert device.resolution() == DPI
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert [(size.width(), size.height()) for size in page_sizes(printed)] == [pytest.approx((612, 792), abs=1)] * 3
    for number in range(3):
        assert ink_box(printed, number) == pytest.approx(ink_box(pdf, number), abs=1)


def test_sides_and_copies_of_a_desk_reach_a_real_printer_on_letter_paper(server: PrintServer, pdf: bytes, tmp_path: Path) -> None:
    """Two copies of three pages, each beginning on a sheet of its own; what a desk did not set is one-sided, once."""
    server.add("q_both", backend="keeps")
    (tmp_path / "pages.pdf").write_bytes(pdf)
    # A process of its own: Qt asks the print server that it found first.
    subprocess.run([sys.executable, "-c", PRINTS, str(tmp_path / "pages.pdf")], check=True, cwd=ROOT, timeout=60)
    until = time.monotonic() + LONG_S
    while len(server.kept("q_both")) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    both, once = (set(options.split()) for _, _, _, options in server.jobs("q_both"))
    assert "sides=two-sided-long-edge" in both
    assert "sides=one-sided" in once
    printed = [page_sizes(paper.read_bytes()) for paper in server.kept("q_both")]
    assert [len(pages) for pages in printed] == [2 * (3 + 1), 3]
    assert {(size.width(), size.height()) for pages in printed for size in pages} == {(612, 792)}


def ink_box(pdf: bytes, number: int) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of what is dark on a page, in points."""
    image = draw_page(pdf, number, scale=1.0).image
    dark = [(x, y) for y in range(image.height()) for x in range(image.width()) if image.pixel(x, y) & 0xFF < 128]
    across, down = zip(*dark, strict=True)
    return min(across), min(down), max(across), max(down)


def test_a_printer_qt_does_not_know_is_gone(qapp: QObject, pdf: bytes) -> None:
    """It is told by name, as with CUPS."""
    with pytest.raises(PrintError) as gone:
        print_pdf(pdf, printer="no such printer", title="Intake form")
    assert (gone.value.code, gone.value.facts) == ("printer_gone", {"printer": "no such printer"})


def test_the_list_is_that_of_the_system(qapp: QObject) -> None:
    """Asking for it is safe on a system with no printer."""
    assert QtWay().printers() == printers()
