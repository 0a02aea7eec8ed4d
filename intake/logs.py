"""The log: what happened and where, never to whom.

A line holds the time, the level, the module, a message that is a constant of the code that logs it, and a few extras from
an allow list: row numbers, durations, and codes of a closed vocabulary. Everything else is left out, whoever passes it:
arguments of the message, other extras, text built at run time, the text of an exception. A crash leaves the names of its
exceptions, the lines it passed, and an incident number that the person at the desk can read out.
"""

from __future__ import annotations

import contextlib
import inspect
import logging
import os
import re
import secrets
import sys
import traceback
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path, PurePath
from types import TracebackType
from typing import Final

LOG_NAME: Final = "desk.log"
LOG_BYTES: Final = 1_000_000
LOG_COPIES: Final = 5

NUMBERS: Final = frozenset(
    {
        "audit_id",
        "count",
        "document_id",
        "draft_id",
        "duration_ms",
        "exit_code",
        "from_version",
        "line",
        "page_count",
        "patient_id",
        "staff_id",
        "to_version",
        "version",
        "visit_id",
    }
)
"""Extras that hold a whole number."""

CODES: Final = frozenset({"action", "code", "kind", "location", "realm", "role", "status"})
"""Extras that hold a word of the vocabulary that the log was started with."""

REALMS: Final = frozenset({"real", "training"})
WITHHELD: Final = "(message withheld: not a constant of the code)"
UNKNOWN: Final = "?"

_INCIDENT = re.compile(r"[A-Z][0-9][A-Z][0-9]-[A-Z]{2}")
_LETTERS: Final = "ACDEFGHJKMNPQRTVWXY"  # nothing that is misread on the telephone or spells a digit
_DIGITS: Final = "2345679"
_LEVELS: Final = {10: "DEBUG", 20: "INFO", 30: "WARNING", 40: "ERROR", 50: "CRITICAL"}
_LARGEST_NUMBER: Final = 2**63

_log = logging.getLogger(__name__)


class SafeFormatter(logging.Formatter):
    """Writes a record's allow-listed fields and nothing else.

    ``codes`` is the vocabulary of the extras named in CODES: the error and action codes, location keys and so on that the
    program is made of. A word outside it is written as ``?``.
    """

    def __init__(self, *, codes: Collection[str] = ()) -> None:
        """Keep the vocabulary."""
        super().__init__()
        self._codes = frozenset(codes) | REALMS

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line, followed by one line per exception and frame when it carries one."""
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        level = _LEVELS.get(record.levelno, UNKNOWN)
        module = record.name if record.name in sys.modules else UNKNOWN
        message = str(record.msg) if _is_constant(record) else WITHHELD
        line = " ".join([when, level, module, _one_line(message), *self._extras(record)])
        error = record.exc_info[1] if record.exc_info else None
        return "\n  ".join([line, *_trace(error)]) if error else line

    def _extras(self, record: logging.LogRecord) -> Iterator[str]:
        """Yield ``name=value`` for each allowed extra of the record."""
        for name, value in sorted(vars(record).items()):
            if name in NUMBERS and type(value) is int and abs(value) < _LARGEST_NUMBER:
                yield f"{name}={value}"
            elif name in CODES:
                yield f"{name}={value if isinstance(value, str) and value in self._codes else UNKNOWN}"
            elif name == "incident" and isinstance(value, str) and _INCIDENT.fullmatch(value):
                yield f"incident={value}"


class PrivateFile(RotatingFileHandler):
    """A rotating file that only its owner may read, and that fails in silence rather than spill a record."""

    def _open(self) -> TextIOWrapper:
        """Open the file for appending, made with mode 0600."""
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return open(descriptor, "a", encoding="utf-8")  # noqa: PTH123 - a descriptor, and the handler closes it

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name and arguments logging calls
        """Say nothing: the usual answer prints the record, its arguments included, and a desk works without a log."""


def start_log(folder: Path, *, codes: Collection[str] = ()) -> logging.Handler:
    """Send the program's log to ``folder`` (made if missing) and return the handler, to be closed at the end.

    Files rotate at LOG_BYTES and LOG_COPIES old ones are kept. Raises OSError when the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = PrivateFile(folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=LOG_COPIES, encoding="utf-8")
    handler.setFormatter(SafeFormatter(codes=codes))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Take the handler of ``start_log`` off the log and close its file."""
    logging.getLogger().removeHandler(handler)
    with contextlib.suppress(OSError):  # a full disk keeps the last lines; leaving must work all the same
        handler.close()


def new_incident() -> str:
    """Return a short random number to tell a crash by, such as ``K7Q2-MX``."""
    return "".join(secrets.choice(signs) for signs in (_LETTERS, _DIGITS, _LETTERS, _DIGITS, "-", _LETTERS, _LETTERS))


def report_crash(exc_type: type[BaseException], exc: BaseException, tb: TracebackType | None) -> str:
    """Log the types and lines of an exception nobody foresaw and return its incident number; its text is not kept."""
    incident = new_incident()
    _log.critical("crash", exc_info=(exc_type, exc, tb), extra={"incident": incident})
    return incident


def _is_constant(record: logging.LogRecord) -> bool:
    """Return whether the record's message stands as a constant in the code that is logging it right now."""
    frame = inspect.currentframe()
    while frame is not None:
        code = frame.f_code
        if code.co_filename == record.pathname and frame.f_lineno == record.lineno:
            return any(type(constant) is str and constant == record.msg for constant in code.co_consts)
        frame = frame.f_back
    return False


def _trace(error: BaseException) -> Iterator[str]:
    """Yield the type of the error, of what it came from and of what it groups, each followed by its frames, outermost first."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop()
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield _one_line(type(current).__name__)
        yield from (f"at {_place(frame.filename)}:{frame.lineno}" for frame in traceback.extract_tb(current.__traceback__))
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(current.exceptions)
        source = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
        if source is not None:
            waiting.append(source)


def _place(filename: str) -> str:
    """Return the file of a frame by its last three parts, which name a module and no person's home."""
    return _one_line("/".join(PurePath(filename).parts[-3:]))


def _one_line(text: str) -> str:
    """Return the text without the signs that could start a line of their own or steer a terminal."""
    return "".join(sign if sign.isprintable() else UNKNOWN for sign in text)
