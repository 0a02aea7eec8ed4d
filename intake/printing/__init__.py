"""Paper: this system's print queue, asked through its own command line. No window, no store."""

from intake.printing.commands import PrintError, UnansweredError
from intake.printing.held import HeldJob
from intake.printing.jobs import Job, JobState, cancel, follow, job_now, jobs_now, release
from intake.printing.options import Abilities, abilities
from intake.printing.queue import Printer, PrinterState, can_print, print_pdf, printers
from intake.printing.ways import CupsWay, PrintWay, Seen

__all__ = [
    "Abilities",
    "CupsWay",
    "HeldJob",
    "Job",
    "JobState",
    "PrintError",
    "PrintWay",
    "Printer",
    "PrinterState",
    "Seen",
    "UnansweredError",
    "abilities",
    "can_print",
    "cancel",
    "follow",
    "job_now",
    "jobs_now",
    "print_pdf",
    "printers",
    "release",
]
