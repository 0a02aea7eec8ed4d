"""The same actions without a window: JSON lines on standard output, messages on standard error.

Exit codes: 0 done, 2 bad input (nothing of it was saved), 1 anything else.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

from intake.commands.access_options import add_access_commands
from intake.commands.backup_options import add_backup_commands
from intake.commands.retention_options import add_retention_steps
from intake.domain.requests import RequestState
from intake.errors import IntakeError, InvalidInputError

DONE: Final = 0
FAILED: Final = 1
BAD_INPUT: Final = 2
HANDLERS: Final = {
    "init": ("intake.commands.starting", "init"),
    "example": ("intake.commands.pattern", "example"),
    "add": ("intake.commands.adding", "add"),
    "find": ("intake.commands.looking", "find"),
    "show": ("intake.commands.looking", "show"),
    "pdf": ("intake.commands.paper", "pdf"),
    "print": ("intake.commands.print_run", "print_due"),
    "report": ("intake.commands.reports", "report"),
    "audit": ("intake.commands.audit", "audit"),
    "requests": ("intake.commands.requests", "requests"),
    "verify-document": ("intake.commands.verifying", "verify_document"),
    "import-form": ("intake.commands.importing", "import_form"),
    "check": ("intake.commands.checking", "check"),
    "backup": ("intake.commands.backing_up", "backup"),
    "drill": ("intake.commands.backing_up", "drill"),
    "restore": ("intake.commands.restoring", "restore_backup"),
    "retention": ("intake.commands.retention", "retention"),
    "recover": ("intake.commands.access", "recover_access"),
    "new-key": ("intake.commands.access", "new_key"),
    "accounts": ("intake.commands.accounts", "accounts"),
}
"""Module and function of each command; only the one that is asked for is loaded."""
DOCUMENTS: Final = ("intake", "note", "homecare", "letter", "records", "labels", "envelope", "accounting", "blank", "fillable", "daily")
"""What ``pdf`` writes."""
BAD_INPUT_CODES: Final = frozenset(
    {
        "wrong_check_digit",
        "unknown_location",
        "visit_not_found",
        "patient_not_found",
        "no_user",
        "unknown_login",
        "recovery_key_mistyped",
        "init_in_training",
        "passwords_differ",
        "report_form",
        "not_a_day",
        "not_a_link",
        "table_form",
        "unknown_person",
        "too_many_entries",
        "unknown_document",
        "number_missing",
        "target_unknown",
        "no_targets",
        "no_backups",
        "file_missing",
        "file_unreadable",
        "pdf_too_large",
    }
)


def main(argv: list[str]) -> int:
    """Run one command and return the exit code."""
    _speak_utf8()
    try:
        options = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or DONE)
    from intake.surroundings import keep_memory_private

    keep_memory_private()
    with ExitStack() as closing:
        options.closing = closing  # what is to stay open until everything is told: the log
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    try:
        code = _handler(options.command)(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has gone, as in "find … | head -1": the rest is not wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return FAILED
    except InvalidInputError as error:
        return _refused(error)
    except IntakeError as error:
        return _told(error)
    except Exception as error:
        return _crashed(error)
    return code


def _handler(command: str) -> Callable[[argparse.Namespace], int]:
    module, name = HANDLERS[command]
    handler: Callable[[argparse.Namespace], int] = getattr(importlib.import_module(module), name)
    return handler


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description="The front desk without a window.")
    _common(parser, default=None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    init = _command(commands, "init", "make the first administrator and choose this desk's clinic")
    init.add_argument("--admin", required=True, metavar="NAME", help="the administrator's name")
    init.add_argument("--location", required=True, metavar="KEY", help="this desk's clinic, such as loc.edison")
    init.add_argument("--recovery", metavar="F.pdf", help="write the recovery key to this sheet instead of printing it")
    _command(commands, "example", "print one complete intake as JSON")
    add = _command(commands, "add", "save intakes, one per JSON file; - reads standard input")
    add.add_argument("files", nargs="+", metavar="FILE")
    find = _command(commands, "find", "find patients by name, birth date, phone, email or number")
    find.add_argument("text", nargs="+", metavar="TEXT")
    show = _command(commands, "show", "print a visit")
    show.add_argument("visit", metavar="VISIT", help="the visit's number")
    _pdf(commands)
    _report(commands)
    printing = _command(commands, "print", "print everything that is ready for a clinic")
    printing.add_argument("--due", action="store_true", required=True, help="what is ready, the first due first")
    printing.add_argument("--clinic", required=True, metavar="KEY", help="the clinic, such as loc.edison")
    printing.add_argument("--printer", default="", metavar="NAME", help="this printer for all of it, whatever the desk chose")
    _requests(commands)
    verify = _command(commands, "verify-document", "say whether a PDF equals the signed record, an older version of it, or neither")
    verify.add_argument("file", metavar="FILE")
    form = _command(commands, "import-form", "take a form that a patient filled in as a draft")
    form.add_argument("file", metavar="F.pdf")
    form.add_argument("--clinic", metavar="KEY", help="the clinic of the visit, such as loc.edison")
    _audit(commands)
    _check(commands)
    add_backup_commands(partial(_command, commands))
    add_access_commands(partial(_command, commands))
    add_retention_steps(_command(commands, "retention", "see how long records are kept, and remove what may go"))
    return parser


def _pdf(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command that writes documents of a visit, letters, and labels, envelope and accounting of a patient."""
    pdf = _command(commands, "pdf", "write a document of a visit or a patient")
    pdf.add_argument("document", choices=DOCUMENTS)
    pdf.add_argument(
        "visit",
        nargs="?",
        metavar="NUMBER",
        help="the visit's; of a letter that of its request, of records, labels, envelope and accounting the patient's; a form needs none",
    )
    pdf.add_argument("-o", "--output", required=True, metavar="FILE")
    pdf.add_argument("--language", choices=["en", "es"], default="en", help="of the home-care sheet or the form")
    pdf.add_argument("--patient", metavar="RECORD", help="of a form: the record number of the patient whose data it is to hold")
    pdf.add_argument("--day", metavar="DAY", help="of the daily sheet, such as 2026-11-22; today without it")
    pdf.add_argument("--clinic", metavar="KEY", help="of the daily sheet: the clinic, such as loc.edison; this desk's without it")
    pdf.add_argument("--large", action="store_true", help="the home-care sheet in large print")
    pdf.add_argument("--sheet", metavar="KEY", help="of labels or envelope: its key, such as letter-3x10 or envelope-10")
    pdf.add_argument("--first", type=int, default=1, metavar="N", help="the first label of the sheet that is free, from 1")
    pdf.add_argument("--count", type=int, default=1, metavar="N", help="how many labels")
    pdf.add_argument("--address", action="store_true", help="labels with the postal address instead of who the patient is")


def _requests(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command that lists requests."""
    requests = _command(commands, "requests", "list what is promised on paper, the first due first")
    requests.add_argument("--due-before", metavar="ISO", help="due before this instant; without a zone it is the clinics' time")
    requests.add_argument("--clinic", metavar="KEY", help="of this clinic only, such as loc.edison")
    requests.add_argument("--state", choices=[state.value for state in RequestState], help="without it, all that is still owed")
    requests.add_argument("--kind", metavar="KIND", help="of this kind only, such as visit_note")


def _report(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command that writes reports."""
    report = _command(commands, "report", "write a report: how many promised documents were on time, or who looked at a record")
    report.add_argument("report", choices=["on-time", "access"])
    report.add_argument("record", nargs="?", metavar="RECORD", help="of access: the patient's record number")
    report.add_argument("--from", required=True, dest="first", metavar="DAY", help="the first day, such as 2026-11-01")
    report.add_argument("--to", required=True, dest="last", metavar="DAY", help="the last day")
    report.add_argument("--clinic", metavar="KEY", help="one clinic, such as loc.edison; all without it")
    report.add_argument("-o", "--output", required=True, metavar="FILE", help="ends with .pdf or .csv, of access also with .jsonl")


def _audit(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command that reads the audit."""
    audit = _command(commands, "audit", "print entries of the audit as JSON lines, the latest first, or write them to a file")
    audit.add_argument("--from", dest="first", metavar="DAY", help="the first day, such as 2026-11-01; today without it")
    audit.add_argument("--to", dest="last", metavar="DAY", help="the last day; today without it")
    audit.add_argument("--person", metavar="LOGIN", help="what this person did; - for what nobody signed in did")
    audit.add_argument("--action", metavar="ACTION", help="this action only, such as open_patient")
    audit.add_argument("--record", metavar="RECORD", help="of the patient with this record number only")
    audit.add_argument("--outcome", metavar="OUTCOME", help="with this outcome only, such as refused")
    audit.add_argument("-o", "--output", metavar="FILE", help="ends with .csv or .jsonl; without it, to standard output")


def _check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command that checks the store."""
    check = _command(commands, "check", "check the store: integrity, references, audit, what was signed and what left")
    check.add_argument("--anchor", metavar="LINK", help="compare with a last link of the audit as a daily sheet shows it")
    check.add_argument("--accept", metavar="REASON", help="have the link outside the file hold this store from now on, told in the audit")


def _command(commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    _common(parser, default=argparse.SUPPRESS)
    return parser


def _common(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    """Add the options that may stand before or after the command."""
    training = default or False
    parser.add_argument("--data", type=Path, metavar="DIR", default=default, help="the data folder")
    parser.add_argument("--training", action="store_true", default=training, help="work in the training clinic")
    parser.add_argument("--user", metavar="LOGIN", default=default, help="who acts; the password is asked, or INTAKE_PASSWORD")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the terminal's language is; a file name that is no text is written with escapes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _refused(error: InvalidInputError) -> int:
    from intake.commands.output import tell_problems

    tell_problems(error.problems)
    return BAD_INPUT


def _told(error: IntakeError) -> int:
    from intake.wording import text_of

    print(text_of(error.code, **error.facts), file=sys.stderr)
    return BAD_INPUT if error.code in BAD_INPUT_CODES else FAILED


def _crashed(error: Exception) -> int:
    """Tell an incident number, which the log explains, and nothing of what was being worked on."""
    from intake.logs import report_crash

    incident = report_crash(type(error), error, error.__traceback__)
    print(f"Something went wrong in the program. Incident number: {incident}", file=sys.stderr)
    return FAILED
