"""The printers of this system, and a PDF on its way to one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.print_runs import PrintSetting
from intake.printing.commands import PrintError, installed, own_words, run
from intake.printing.options import arguments

_PRINTER = re.compile(r"printer (?P<name>\S+) (?P<state>is idle|now printing|disabled|waiting)")
_ACCEPTS = re.compile(r"(?P<name>\S+) (?P<not>not )?accepting requests")
_DESCRIPTION = re.compile(r"\s+Description: (?P<text>.*)")
_REQUEST = re.compile(r"request id is (?P<job>\S+-\d+)")
_DEFAULT = re.compile(r"system default destination: (?P<name>\S+)")
_MISSING = ("does not exist", "unknown destination", "invalid destination", "no such file", "not found")


class PrinterState(StrEnum):
    """What a printer would do with a job now."""

    READY = "ready"
    PRINTING = "printing"
    STOPPED = "stopped"
    REFUSING = "refusing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """One printer: ``words`` is what it says of itself when it is not ready, in its own words."""

    name: str
    description: str
    state: PrinterState
    words: str = ""
    default: bool = False


def can_print() -> bool:
    """Say whether this system prints through CUPS; where it does not, the window prints through Qt."""
    return installed()


def printers() -> tuple[Printer, ...]:
    """Return the printers of this system, the default one first, then by name; empty when there is none."""
    names = [line.strip() for line in run("lpstat", "-e").out.splitlines() if line.strip()]
    if not names:
        run("lpstat", "-r")  # of a server that does not answer, the list is empty too: this tells them apart
        return ()
    states = _states(run("lpstat", "-l", "-p").out)
    refusals = _refusals(run("lpstat", "-a").out)
    default = _DEFAULT.search(run("lpstat", "-d").out)
    found = [
        _printer(name, state=states.get(name), refusal=refusals.get(name), default=default is not None and default["name"] == name)
        for name in names
    ]
    return tuple(sorted(found, key=lambda printer: (not printer.default, printer.name.lower())))


def print_pdf(pdf: bytes, *, printer: str, title: str, setting: PrintSetting | None = None, held: bool = False) -> str:
    """Hand a PDF to a printer's queue and return the job's id (``front-42``); ``held`` it waits there for ``jobs.release``.

    ``title`` is what the queue shows to everyone who looks: it must not name a patient. The pages travel through a pipe.
    Without a ``setting`` tray, sides and copies are the printer's own usual ones; the setting's printer is not looked at.
    Raises PrintError ``printer_gone``, ``printer_refuses``, ``printer_failed`` or ``no_print_service``. A stopped printer takes
    the job and keeps it: ``jobs.follow`` says so.
    """
    options = (*(("-H", "hold") if held else ()), *(arguments(setting) if setting is not None else ()))
    answer = run("lp", "-d", printer, "-t", title, "-o", "media=Letter", *options, "-", given=pdf)
    request = _REQUEST.search(answer.out)
    if answer.code == 0 and request is not None:
        return request["job"]
    words = own_words(answer)
    if any(text in words.lower() for text in _MISSING):
        run("lpstat", "-r")  # a server that does not answer has no such printer either: this tells them apart
        raise PrintError("printer_gone", printer=printer)
    if "not accepting" in words.lower():
        reason = _refusals(run("lpstat", "-a", printer).out).get(printer, "")
        raise PrintError("printer_refuses", printer=printer, words=reason or words)
    raise PrintError("printer_failed", printer=printer, words=words)


def _printer(name: str, *, state: _State | None, refusal: str | None, default: bool) -> Printer:
    # A printer that was only discovered on the network is listed by name alone until its first job.
    known = state or _State()
    if refusal is not None:
        return Printer(name=name, description=known.description, state=PrinterState.REFUSING, words=refusal, default=default)
    return Printer(name=name, description=known.description, state=known.state, words=known.words, default=default)


@dataclass(slots=True, kw_only=True)
class _State:
    """One paragraph of ``lpstat -l -p``, as it is read line by line."""

    state: PrinterState = PrinterState.READY
    words: str = ""
    description: str = ""


_STATE_WORDS = {"now printing": PrinterState.PRINTING, "disabled": PrinterState.STOPPED}


def _states(text: str) -> dict[str, _State]:
    found: dict[str, _State] = {}
    current: _State | None = None
    first = False
    for line in text.splitlines():
        if (match := _PRINTER.match(line)) is not None:
            current = found[match["name"]] = _State(state=_STATE_WORDS.get(match["state"], PrinterState.READY))
            first = True
        elif current is not None:
            if (match := _DESCRIPTION.match(line)) is not None:
                current.description = match["text"].strip()
            elif first and not line.strip().startswith("Form mounted"):
                # The reason stands alone on the line under the printer's, and that line is there only if there is one.
                current.words = _said(line)
            first = False
    return found


def _refusals(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    lines = text.splitlines()
    for place, line in enumerate(lines):
        match = _ACCEPTS.match(line)
        if match is not None and match["not"]:
            after = lines[place + 1] if place + 1 < len(lines) else ""
            found[match["name"]] = _said(after) if after[:1].isspace() else ""
    return found


def _said(line: str) -> str:
    words = line.strip()
    return "" if words.lower() in ("", "reason unknown", "unknown") else words
