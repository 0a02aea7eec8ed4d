"""Reading the fields of a PDF that came from outside, in a program of its own with a limit of time and memory.

pypdf cannot be stopped once it reads, and a file can be made to keep it busy. In a program of its own a harmful file ends that
program and nothing else. To start it and to load pypdf takes as long as to read a form: a window starts it when a file is held
over it, before it is let go.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intake.errors import IntakeError
from intake.interop import pdf_fields
from intake.interop.pdf_texts import text_of

LARGEST_MB: Final = 20
WAIT_S: Final = 8.0 if sys.platform != "win32" else 2.0
"""Where the system limits the time a program works, that ends it sooner; a busy machine may take longer to give it that time."""
_BEGIN: Final = b"%PDF-"
_WITHIN: Final = 1024
"""A PDF begins within its first 1,024 bytes. Source: ISO 32000-1, note in annex H.3."""
_END: Final = b"%%EOF"
_LAST: Final = 2048
_DIGITS: Final = 6
_NEEDED: Final = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All the other program gets of this one's surroundings; a password may stand among the rest."""
_OWN_WORDS: Final = frozenset({"form_encrypted", "form_xfa", "form_swollen", "form_too_many_fields", "form_too_deep"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfField:
    """One field as it stands in a file: ``kind`` is text, radio, check, push, list, signature or other.

    ``value`` is None when nothing is filled in; of a button it is the state that is on, one of ``states`` if the file is sound.
    ``lost`` is what can be shown of a value that cannot be read, be it nothing; None when all of it was.
    """

    name: str
    kind: str
    value: str | None
    states: tuple[str, ...]
    lost: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFields:
    """All fields of a file in its order, what its keywords say, and what it carries: ``script``, ``launch``, ``files``."""

    fields: tuple[PdfField, ...]
    says: str
    active: tuple[str, ...]


class FieldReader:
    """Reads forms, each in a program of its own; one that is started before its form is there waits for it."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._waiting: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Have the next form's program started, unless one waits already."""
        if self._waiting is None or self._waiting.poll() is not None:
            self._waiting = _started()

    def read(self, pdf: bytes) -> PdfFields:
        """Return the fields of a PDF.

        Raises IntakeError: ``form_too_large``, ``form_not_pdf``, ``form_truncated``, ``form_encrypted``, ``form_xfa``,
        ``form_swollen``, ``form_too_many_fields``, ``form_too_deep``, ``form_too_slow``, ``form_unreadable``.
        """
        if len(pdf) > LARGEST_MB * 2**20:
            raise IntakeError("form_too_large", limit_mb=LARGEST_MB)
        if _BEGIN not in pdf[:_WITHIN]:
            raise IntakeError("form_not_pdf")
        if _END not in pdf[-_LAST:]:
            raise IntakeError("form_truncated")
        self.prepare()
        program, self._waiting = self._waiting, None
        return understood(_told(program, pdf) if program is not None else None)

    def close(self) -> None:
        """Let go of a program that still waits."""
        program, self._waiting = self._waiting, None
        if program is not None:
            program.communicate()


def understood(told: Any) -> PdfFields:
    """Return what the other program told. Raises IntakeError with the code it gave, ``form_unreadable`` for what makes no sense."""
    if not isinstance(told, dict):
        raise IntakeError("form_unreadable")
    if "refused" in told:
        raise IntakeError(told["refused"] if told["refused"] in _OWN_WORDS else "form_unreadable")
    try:
        fields = tuple(_field(each) for each in told["fields"])
        return PdfFields(fields=fields, says=str(told["says"]), active=tuple(str(each) for each in told["active"]))
    except (KeyError, TypeError, UnicodeEncodeError) as error:
        raise IntakeError("form_unreadable") from error


def _field(told: dict[str, Any]) -> PdfField:
    named = [str(each) for each in told["named"]]
    parts = [_named(str(each), named) for each in told["value"]]
    read = [_read(str(each).encode("latin-1")) for each in told["bytes"]]
    words = ", ".join((*parts, *(text for text, _ in read)))
    whole = all(known for _, known in read)
    return PdfField(
        name=str(told["name"]),
        kind=str(told["kind"]),
        value=words if whole and (parts or read) else None,
        states=tuple(_named(str(state), named) for state in told["states"]),
        lost=None if whole else words,
    )


def _named(state: str, named: list[str]) -> str:
    """Return what a state stands for: some programs number the states and write their values beside them."""
    number = int(state) if state.isdecimal() and len(state) <= _DIGITS else len(named)
    return named[number] if number < len(named) else state


def _read(told: bytes) -> tuple[str, bool]:
    """Return what can be shown of a value's bytes, and whether that is all of it."""
    text, known = text_of(told)
    return text, known and 0 < len(told) <= pdf_fields.MOST_BYTES


def _started() -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-S", str(Path(pdf_fields.__file__)), _folder_of_pypdf()]
    try:
        return subprocess.Popen(  # noqa: S603 - this Python and a file of this program, never a shell; the PDF goes through a pipe
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what pypdf complains of may hold what a patient wrote
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise IntakeError("form_unreadable") from error


def _told(program: subprocess.Popen[bytes], pdf: bytes) -> Any:
    """Return what a program tells of a PDF; it has ended when this returns."""
    try:
        out, _ = program.communicate(pdf, timeout=WAIT_S)
    except subprocess.TimeoutExpired as error:
        program.kill()
        program.communicate()
        raise IntakeError("form_too_slow") from error
    if program.returncode < 0:  # ended by the system: the limit of time, the only signal that is set
        raise IntakeError("form_too_slow")
    try:
        return json.loads(out) if program.returncode == 0 else None
    except ValueError as error:
        raise IntakeError("form_unreadable") from error


def _folder_of_pypdf() -> str:
    found = importlib.util.find_spec("pypdf")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pypdf")
    return str(Path(found.origin).parent.parent)
