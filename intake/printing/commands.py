"""CUPS through its commands: argument lists and pipes, so that no shell reads a title and no page lies in a file of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass

from intake.errors import IntakeError

TIMEOUT_S = 20
_NO_SERVICE = ("scheduler is not running", "scheduler not responding", "unable to connect to server", "bad file descriptor")


class PrintError(IntakeError):
    """Nothing came, or will come, out of the printer.

    Codes: ``no_print_service`` (CUPS is not there or does not answer), ``printer_gone``, ``printer_refuses`` (takes no jobs),
    ``printer_failed``. A stopped printer is none of these: it takes the job and keeps it (``JobState.HELD``). The fact ``words``
    is what the printer itself says, ``printer`` its name; a job's title has no patient data, so neither have they.
    """


class UnansweredError(PrintError):
    """The print service was asked and did not answer in time: what was asked for may be done, or done later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a command said: its exit code and both of its texts."""

    code: int
    out: str
    err: str


def installed() -> bool:
    """Say whether this system has the commands at all."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def run(name: str, *arguments: str, given: bytes = b"") -> Answer:
    """Run one CUPS command, ``given`` on its standard input, and return what it said, in the words of the C locale.

    The environment's ``CUPS_SERVER`` decides which server is asked. Raises PrintError ``no_print_service`` when the command is missing
    or the server does not answer, UnansweredError with the same code when it let the command wait too long.
    """
    program = shutil.which(name)
    if program is None:
        raise PrintError("no_print_service")
    # LC_ALL: the states are read from these texts, and every translation has its own words for them.
    # INTAKE_: what somebody gave this program, a password among it, is no business of the print system.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("INTAKE_")}
    environment = {**kept, "LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program of the print system, its arguments as a list, never a shell
            [program, *arguments], input=given, capture_output=True, check=False, env=environment, timeout=TIMEOUT_S
        )
    except subprocess.TimeoutExpired as error:
        raise UnansweredError("no_print_service") from error
    except OSError as error:
        raise PrintError("no_print_service") from error
    answer = Answer(
        code=done.returncode,
        out=done.stdout.decode("utf-8", errors="replace"),
        err=done.stderr.decode("utf-8", errors="replace"),
    )
    if any(text in f"{answer.out}{answer.err}".lower() for text in _NO_SERVICE):
        raise PrintError("no_print_service")
    return answer


def own_words(answer: Answer) -> str:
    """Return what a command complained of, in one line and without its own name in front."""
    lines = [line.partition(": ")[2] or line for line in answer.err.splitlines() if line.strip()]
    return " ".join(lines).removeprefix("Error - ").strip()
