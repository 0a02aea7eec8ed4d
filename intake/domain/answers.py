"""What one answer of the checklist may be, kind by kind."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Final

Answer = str | int | tuple[str, ...]
"""A recorded answer. A question that was not asked has none: its key is absent, never "no", 0 or ""."""

YES: Final = "yes"
NO: Final = "no"
UNSURE: Final = "unsure"
STATES: Final = (YES, NO, UNSURE)
"""The three answers of a yes/no question; the fourth state, not asked, is the absence of an answer."""

LOWEST_RATING: Final = 0
HIGHEST_RATING: Final = 10

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_FIRST_YEAR: Final = 1900


class Kind(StrEnum):
    """The kind of answer a question takes."""

    STATE = "state"
    CHOICE = "choice"
    CHOICES = "choices"
    RATING = "rating"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


def choice_fault(answer: object, codes: Collection[str]) -> str | None:
    """Return ``not_a_choice`` unless the answer is one of the codes."""
    return None if isinstance(answer, str) and answer in codes else "not_a_choice"


def choices_fault(answer: object, codes: Collection[str]) -> str | None:
    """Return ``not_a_choice`` unless the answer is a non-empty tuple of different codes."""
    if not isinstance(answer, tuple) or not answer or any(choice_fault(part, codes) for part in answer):
        return "not_a_choice"
    return "not_a_choice" if len(set(answer)) != len(answer) else None


def number_fault(answer: object, *, low: int, high: int, code: str) -> str | None:
    """Return the code unless the answer is a whole number from low to high; True and False are not numbers."""
    if not isinstance(answer, int) or isinstance(answer, bool):
        return code
    return None if low <= answer <= high else code


def date_fault(answer: object) -> str | None:
    """Return ``not_a_partial_date`` unless the answer is YYYY, YYYY-MM or YYYY-MM-DD and exists, 1900 or later."""
    return None if isinstance(answer, str) and earliest_day(answer) is not None else "not_a_partial_date"


def text_fault(answer: object, *, max_length: int) -> str | None:
    """Return why this cannot be kept as a text of at most ``max_length`` characters, or None."""
    if not isinstance(answer, str):
        return "not_a_text"
    return "text_too_long" if len(answer) > max_length else None


def earliest_day(partial: str) -> date | None:
    """Return the first day a partial ISO date can mean (2026-03 means from March 1), or None if there is no such day."""
    match = _PARTIAL_DATE.fullmatch(partial)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    if year < _FIRST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
