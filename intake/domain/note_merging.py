"""Two people's unfinished notes of one chart put together, so that who takes a chart over loses no word of either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from intake.domain.reviews import BESIDE, Raw

BREAK: Final = "\n\n"
LINE_BREAK: Final = "; "
"""Between two texts that go into one line."""
OVERFLOW: Final = "examination"
"""Where a short value goes that the other note has otherwise: it is read there and put where it belongs."""


PICKED: Final = "plan"
"""The part of which a name alone says something: a treatment picked without words."""


def is_typed(raw: Raw) -> bool:
    """Tell whether anything at all was typed or picked in a raw note."""
    picked = raw.get(PICKED)
    return _is_filled(raw) or (isinstance(picked, Mapping) and any(words is not None for words in picked.values()))


def together(theirs: Raw, own: Raw) -> dict[str, Any]:
    """Return their note with what only my own has: longer texts follow theirs, picks are added, other short values are told as text."""
    merged: dict[str, Any] = dict(theirs)
    beside: list[str] = []
    for name, mine in own.items():
        merged[name] = _lines(merged.get(name), mine) if name in BESIDE else _part(name, merged.get(name), mine, beside)
    if beside:
        merged[OVERFLOW] = _text(str(merged.get(OVERFLOW) or ""), "\n".join(beside))
    return merged


def _part(name: str, theirs: Any, mine: Any, beside: list[str]) -> Any:
    if isinstance(theirs, Mapping) and isinstance(mine, Mapping):
        return _pairs(theirs, mine, beside)
    if not _is_filled(mine) or theirs == mine:
        return mine if theirs is None else theirs
    if not _is_filled(theirs):
        return mine
    if isinstance(theirs, list | tuple) and isinstance(mine, list | tuple):
        return [*theirs, *(pick for pick in mine if pick not in theirs)]
    if isinstance(theirs, str) and isinstance(mine, str):
        return _text(theirs, mine)
    beside.append(f"{name}: {mine}")
    return theirs


def _pairs(theirs: Mapping[str, Any], mine: Mapping[str, Any], beside: list[str]) -> dict[str, Any]:
    """Return both; of a name that both have with a value theirs stays, and mine is told beside."""
    merged = dict(theirs)
    for name, value in mine.items():
        if not _is_filled(merged.get(name)):
            merged[name] = value if _is_filled(value) else merged.get(name, value)
        elif _is_filled(value) and value != merged[name]:
            beside.append(f"{name}: {value}")
    return merged


def _lines(theirs: Any, mine: Any) -> Any:
    """Return both; of a name that both have with words, the words of both in one line: it is no part of the note to be told in."""
    if not isinstance(theirs, Mapping) or not isinstance(mine, Mapping):
        return theirs if _is_filled(theirs) else mine
    merged = dict(theirs)
    for name, words in mine.items():
        merged[name] = _text(str(merged[name]), str(words), between=LINE_BREAK) if _is_filled(merged.get(name)) else words
    return merged


def _text(theirs: str, mine: str, *, between: str = BREAK) -> str:
    """Return one text with every word of both; what one has within the other is there once."""
    if mine.strip() in theirs:
        return theirs
    return mine if theirs.strip() in mine else theirs + between + mine


def _is_filled(part: object) -> bool:
    """Tell whether there is a value anywhere in a part of a raw note."""
    if isinstance(part, Mapping):
        return any(_is_filled(value) for value in part.values())
    if isinstance(part, list | tuple):
        return any(_is_filled(value) for value in part)
    return part is not None and str(part).strip() != ""
