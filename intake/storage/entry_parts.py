"""The parts of an audit's entry, read in one way wherever they are read, and so that nothing written there by hand stops the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from intake.storage.rows import Change, instant

TOLD: Final = "CAST(json_extract(changes, '$.sealed[1]') AS BLOB)"
"""The seals of an entry as the bytes of one text, NULL when it tells none."""
TOLD_ALL: Final = "CAST(json_extract(changes, '$.all_sealed[1]') AS BLOB)"
"""The tables of which an entry tells that all their rows are sealed, so too."""
TOLD_GONE: Final = "CAST(json_extract(changes, '$.removed[0]') AS BLOB)"
"""The table and name of each row that was removed, so too."""
_SEALS: Final = ("sealed", "all_sealed")
"""What an entry tells of seals is for the check and for nobody to read."""
_PAIR: Final = 2


def words_in(told: bytes) -> list[str]:
    """Return what is told, word by word."""
    return [word for word in told.decode("utf-8", "replace").split(" ") if word]


def seals_in(told: bytes) -> Iterator[tuple[str, str]]:
    """Yield table and name of each row, and its seal: nothing for one that is gone."""
    for word in words_in(told):
        name, _, seal = word.partition("=")
        yield name, seal


def time_in(text: str) -> datetime:
    """Return when an entry was made."""
    return instant(text)


def changes_in(text: str) -> dict[str, Change]:
    """Return old and new by field, without the seals; what is no such pair is shown as it is written."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        told = text
    fields = told if isinstance(told, dict) else {"": told}
    return {_plain(path): _change(value) for path, value in fields.items() if path not in _SEALS}


def _change(value: Any) -> Change:
    if isinstance(value, list) and len(value) == _PAIR and all(each is None or isinstance(each, str) for each in value):
        old, new = value
        return (None if old is None else _plain(old), None if new is None else _plain(new))
    return (None, _plain(json.dumps(value, ensure_ascii=False)))


def _plain(text: str) -> str:
    """Return a text that every file can hold: half a character becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")
