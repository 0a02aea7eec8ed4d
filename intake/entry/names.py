"""Names of people, kept as they were given."""

from __future__ import annotations

from intake.entry.tidy import tidy_line


def tidy_name(text: str) -> str:
    """Return a name in NFC without spaces at the ends or double spaces inside; its letters are never re-cased or replaced."""
    return tidy_line(text)
