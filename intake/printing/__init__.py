"""Paper: this system's print queue, asked through its own command line. No window, no store."""

from intake.printing.commands import PrintError
from intake.printing.jobs import Job, JobState, cancel, follow, job_now
from intake.printing.queue import Printer, PrinterState, can_print, print_pdf, printers

__all__ = [
    "Job",
    "JobState",
    "PrintError",
    "Printer",
    "PrinterState",
    "can_print",
    "cancel",
    "follow",
    "job_now",
    "print_pdf",
    "printers",
]
