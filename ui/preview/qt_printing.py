"""Printing through Qt, where the system has no CUPS (Windows): pages as pictures at the resolution of good paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from intake.domain.print_runs import PrintSetting
from intake.printing import Abilities, Printer, PrintError, PrinterState
from ui.preview.pages import draw_page, page_sizes

DPI: Final = 300
_POINTS_PER_INCH: Final = 72
_STATES: Final = {QPrinter.PrinterState.Active: PrinterState.PRINTING, QPrinter.PrinterState.Error: PrinterState.STOPPED}


def printers() -> tuple[Printer, ...]:
    """Return the printers Qt knows, the default one first."""
    default = QPrinterInfo.defaultPrinterName()
    found = [
        Printer(
            name=info.printerName(),
            description=info.description(),
            state=_STATES.get(info.state(), PrinterState.READY),
            default=info.printerName() == default,
        )
        for info in QPrinterInfo.availablePrinters()
    ]
    return tuple(sorted(found, key=lambda printer: (not printer.default, printer.name.lower())))


def abilities(printer: str) -> Abilities:
    """Return whether a printer turns the page; Qt has no words for its trays."""
    modes = QPrinterInfo.printerInfo(printer).supportedDuplexModes()
    return Abilities(duplex=QPrinter.DuplexMode.DuplexLongSide in modes)


def print_pdf(pdf: bytes, *, printer: str, title: str, setting: PrintSetting | None = None) -> None:
    """Print a PDF on a printer Qt knows. Raises PrintError ``printer_gone`` or ``printer_failed``."""
    info = QPrinterInfo.printerInfo(printer)
    if info.isNull():
        raise PrintError("printer_gone", printer=printer)
    device = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    device.setDocName(title)
    if setting is not None:
        set_up(device, setting)
    paint_pdf(pdf, device)


def set_up(device: QPrinter, setting: PrintSetting) -> None:
    """Set sides and copies; the tray stays the printer's usual one."""
    device.setDuplex(QPrinter.DuplexMode.DuplexLongSide if setting.duplex else QPrinter.DuplexMode.DuplexNone)
    device.setCopyCount(setting.copies)


def paint_pdf(pdf: bytes, device: QPrinter) -> None:
    """Paint every page of a PDF onto the printer, full size, on letter paper. Raises PrintError ``printer_failed``."""
    device.setResolution(DPI)
    # One by one: a printer that has margins of its own refuses a whole layout without any, and then its usual paper is taken.
    device.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    device.setPageOrientation(QPageLayout.Orientation.Portrait)
    device.setFullPage(True)
    painter = QPainter()
    if not painter.begin(device):
        raise PrintError("printer_failed", printer=device.printerName(), words="")
    try:
        for number, size in enumerate(page_sizes(pdf)):
            if number and not device.newPage():
                raise PrintError("printer_failed", printer=device.printerName(), words="")
            scale = DPI / _POINTS_PER_INCH
            page = draw_page(pdf, number, scale=scale)
            painter.drawImage(QRectF(0, 0, size.width() * scale, size.height() * scale), page.image)
    finally:
        painter.end()
