"""Printing through Qt: full letter pages, every one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter

from intake.printing import PrintError
from ui.preview.pages import draw_page, page_sizes
from ui.preview.print_ways import QtWay
from ui.preview.qt_printing import DPI, paint_pdf, print_pdf, printers


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
