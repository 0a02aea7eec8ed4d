"""One intake out of a JSON file: the document itself and what it says of a patient who is kept already."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from intake.definitions.resource_files import parse_json
from intake.errors import IntakeError, ResourceError

STANDARD_INPUT: Final = "-"
LIMIT_MB: Final = 5
SAME_AS: Final = "same_as"
DIFFERENT_FROM: Final = "different_from"
_SCHEMA: Final = "$schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's content: the raw intake, the record number it belongs to, and the people it is not, as given."""

    raw: dict[str, Any]
    same_as: object
    different_from: object


def read_document(name: str) -> Document:
    """Return the intake document of a file, ``-`` for standard input.

    Raises IntakeError ``file_missing``, ``file_unreadable``, ``file_too_large``, ``not_utf8``, ``not_json``, ``not_an_intake``.
    """
    parsed = _parsed(name, _text(name))
    if not isinstance(parsed, Mapping):
        raise IntakeError("not_an_intake")
    raw = {key: value for key, value in parsed.items() if key not in (SAME_AS, DIFFERENT_FROM, _SCHEMA)}
    return Document(raw=raw, same_as=parsed.get(SAME_AS), different_from=parsed.get(DIFFERENT_FROM))


def _text(name: str) -> str:
    content = _content(name)
    if len(content) > LIMIT_MB * 2**20:
        raise IntakeError("file_too_large", limit_mb=LIMIT_MB)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    raise IntakeError("not_utf8", line=line)


def _content(name: str) -> bytes:
    """Return at most one byte more than may be, whatever is there."""
    try:
        if name == STANDARD_INPUT:
            return sys.stdin.buffer.read(LIMIT_MB * 2**20 + 1)
        with Path(name).open("rb") as file:
            return file.read(LIMIT_MB * 2**20 + 1)
    except FileNotFoundError as error:
        raise IntakeError("file_missing") from error
    except (OSError, ValueError) as error:
        raise IntakeError("file_unreadable") from error


def _parsed(name: str, text: str) -> object:
    try:
        return parse_json(name, text)
    except ResourceError as error:
        reason = str(error.facts["reason"]).removeprefix("JSON: ")
        raise IntakeError("not_json", line=error.facts["line"], reason=reason) from None
