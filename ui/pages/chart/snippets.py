"""Snippets: a point and a few letters that stand for a text, and the blanks in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

BLANK: Final = r"\[[^\[\]\n]{1,60}\]"
"""A place to fill in; the same expression is Python's and Qt's."""
_ABBREVIATION: Final = re.compile(r"(?:^|[\s(\[,;:/])(\.\w{1,30})$")
MOST_LETTERS: Final = 31
"""The longest abbreviation with its point."""


def abbreviation_at(before: str) -> str:
    """Return the abbreviation that ends here (``.neck``), empty when what stands before the caret is none.

    >>> abbreviation_at("Today .neck"), abbreviation_at("at 0.5")
    ('.neck', '')
    """
    found = _ABBREVIATION.search(before[-MOST_LETTERS - 1 :] if len(before) > MOST_LETTERS else before)
    return found.group(1).casefold() if found else ""


def has_blank(text: str) -> bool:
    """Tell whether something is left to fill in."""
    return re.search(BLANK, text) is not None


def blanks_in(written: object) -> list[str]:
    """Return the blanks that nobody filled in, anywhere in a raw note or a part of it."""
    if isinstance(written, Mapping):
        return [blank for part in written.values() for blank in blanks_in(part)]
    if isinstance(written, list | tuple):
        return [blank for part in written for blank in blanks_in(part)]
    return re.findall(BLANK, written) if isinstance(written, str) else []
