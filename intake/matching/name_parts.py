"""A name as it is compared: its folded words, the ways they are joined, and how they sound."""

from __future__ import annotations

from functools import lru_cache

import jellyfish

from intake.matching.nicknames import groups_of
from intake.matching.search_text import words

PARTICLES = frozenset(
    {"al", "bin", "bint", "d", "da", "das", "de", "del", "den", "der", "di", "do", "dos", "du", "el", "la", "las", "le", "los",
     "ter", "van", "von", "y", "e", "zu"}
)  # fmt: skip
"""Small words before a family name, which some write and some leave out."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
MOST_PARTS = 3
_RESPELLED = (("th", "t"), ("mps", "ms"), ("w", "v"))
"""Spellings that names mix where other words do not: Thompson and Tomson, Theresa and Teresa, Kowalski and Kovalsky."""


def parts_of(last: str | None) -> tuple[str, ...]:
    """Return the folded words of a family name that tell it apart, without particles and suffixes, at most three."""
    found = [word for word in words(last or "") if word not in SUFFIXES]
    telling = [word for word in found if word not in PARTICLES]
    return tuple((telling or found)[:MOST_PARTS])


def joined(name: str | None) -> str:
    """Return a name as one folded word."""
    return "".join(words(name or ""))


def first_word(first: str | None) -> str:
    """Return the folded first word of a given name, by which most people are called."""
    found = words(first or "")
    return found[0] if found else ""


@lru_cache(maxsize=1024)
def sound(word: str) -> str:
    """Return how a folded word sounds in English; a word of another script stands for itself."""
    if not (word.isascii() and word.isalpha()):
        return word
    respelled = word
    for letters, instead in _RESPELLED:
        respelled = respelled.replace(letters, instead)
    return str(jellyfish.metaphone(respelled)) or word


def first_sounds(first: str | None) -> tuple[str, ...]:
    """Return the keys of a given name: its sound and the groups of names that stand for one another (``~robert``)."""
    word = first_word(first)
    if not word:
        return ()
    whole = joined(first)
    groups = [f"~{group}" for group in groups_of(word)]
    return tuple(dict.fromkeys([sound(word), *groups, *([sound(whole)] if whole != word else [])]))
