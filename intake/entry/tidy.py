"""Cleaning typed text without changing what it says."""

from __future__ import annotations

import re
import unicodedata

_OUTER = " \t\n\r\f\v\0\u00a0\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
"""What a paste leaves at the ends: spaces, line ends, marks that nobody sees."""
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_BENIGN_IN_LONG = "\n\t"
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
"""Marks that turn the direction or the line of everything after them."""


def tidy_line(text: str) -> str:
    """Return a single-line text as kept: NFC, no space at the ends, single spaces inside, letters as typed."""
    stripped = _outer(text)
    return unicodedata.normalize("NFC", " ".join(part for part in re.split(r"[ \u00a0\u200b\ufeff\u2000-\u200a\u3000]+", stripped) if part))


def tidy_long(text: str) -> str:
    """Return a text of several lines as kept: NFC, line feeds at line ends, no space at the ends."""
    return _outer(unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)))


def has_control(text: str, *, lines: bool = False) -> bool:
    """Tell whether a text has characters that cannot be kept or shown; ``lines`` allows line ends and tabs."""
    if text.isascii() and text.isprintable():
        return False
    allowed = _BENIGN_IN_LONG if lines else ""
    return any(character not in allowed and _is_control(character) for character in text)


def without_controls(text: str) -> str:
    """Return a single-line text without the characters that cannot be kept or shown."""
    return "".join(character for character in text if not _is_control(character))


def as_words(text: str) -> str:
    """Return a text as it is compared with known words: compatible letters, no case, single spaces, no point at the end."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip(" .")


def plain_digits(text: str) -> str:
    """Return a text in compatible letters, with every decimal digit of any script as 0-9."""
    compatible = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in compatible)


def _is_control(character: str) -> bool:
    return character in _TURNS or unicodedata.category(character) in ("Cc", "Cs")


def _outer(text: str) -> str:
    return text.strip(_OUTER).strip()
