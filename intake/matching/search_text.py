"""One way to make texts comparable, shared by the search index and by matching."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t", "ĸ": "k"})
"""Letters that Unicode does not take apart into a base and a mark."""
_JOINING = frozenset("'’‘ʼʻ`´.·")
"""Signs inside a name that some write and some leave out."""
_ASCII_JOINING = re.compile(r"['`.]")
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_VOWEL_SIGNS = ("\u0900", "\u109f")
"""Scripts (Indic, South-East Asian) whose marks are vowels that a name cannot do without."""


def fold(text: str) -> str:
    """Return a text without case, marks and punctuation, its words parted by single spaces.

    ``" O'Néill-  Smith"`` becomes ``"oneill smith"``: apostrophes and points vanish, hyphens and every other sign part words.
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Return the folded words of a text."""
    if text.isascii():
        return _ASCII_WORD.findall(_ASCII_JOINING.sub("", text.lower()))
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    return "".join(_folded(letter) for letter in decomposed).split()


def _folded(letter: str) -> str:
    if letter in _JOINING:
        return ""
    category = unicodedata.category(letter)
    if category[0] in "LN" or category == "Mc" or (category == "Mn" and _VOWEL_SIGNS[0] <= letter <= _VOWEL_SIGNS[1]):
        return letter
    return "" if category in ("Mn", "Me", "Cf") else " "
