"""How two names of people relate, as the code of a reason."""

from __future__ import annotations

import unicodedata

import jellyfish

from intake.matching.name_parts import first_word, joined, parts_of, sound
from intake.matching.nicknames import share_a_group

SAME = "same"
DIACRITICS = "diacritics"
PART = "name_part_matches"
NICKNAME = "nickname"
SOUND = "sounds_alike"
LETTERS = "letters_off"
BEGINS = "first_name_begins_alike"
_ONE_LETTER_FROM = 4
_TWO_LETTERS_FROM = 8
_SOUND_FROM = 2


def last_relation(one: str | None, other: str | None) -> str | None:
    """Return how two family names relate, None when they do not."""
    whole = _whole_relation(one, other)
    if whole is not None:
        return whole
    ones, others = parts_of(one), parts_of(other)
    if not set(ones).isdisjoint(others):
        return PART
    return _letters("".join(ones), "".join(others)) if ones and others else None


def first_relation(one: str | None, other: str | None) -> str | None:
    """Return how two given names relate, None when they do not."""
    whole = _whole_relation(one, other)
    if whole is not None:
        return whole
    first, second = first_word(one), first_word(other)
    if not first or not second:
        return None
    if first == second:
        return PART
    if share_a_group(first, second):
        return NICKNAME
    close = _letters(first, second)
    if close is None and (first.startswith(second) or second.startswith(first)):
        return BEGINS
    return close


def _whole_relation(one: str | None, other: str | None) -> str | None:
    """Return whether two names are the same but for case, punctuation and marks."""
    if not one or not other or joined(one) != joined(other) or not joined(one):
        return None
    return SAME if _marked(one) == _marked(other) else DIACRITICS


def _letters(one: str, other: str) -> str | None:
    """Return whether two folded words are a slip of the finger or of the ear apart."""
    shorter = min(len(one), len(other))
    allowed = (shorter >= _ONE_LETTER_FROM) + (shorter >= _TWO_LETTERS_FROM)
    if allowed and abs(len(one) - len(other)) <= allowed and jellyfish.damerau_levenshtein_distance(one, other) <= allowed:
        return LETTERS
    return SOUND if _sound_alike(one, other) else None


def _sound_alike(one: str, other: str) -> bool:
    """Tell whether two words sound the same in English; a sound of one letter (Lee, Li) needs the same first letter too."""
    heard = sound(one)
    if not (one.isascii() and other.isascii()) or heard != sound(other):
        return False
    return len(heard) >= _SOUND_FROM or one[:1] == other[:1]


def _marked(name: str) -> str:
    """Return the letters and marks of a name without case, spaces and punctuation."""
    composed = unicodedata.normalize("NFC", name).casefold()
    return "".join(letter for letter in composed if unicodedata.category(letter)[0] in "LNM" and letter not in "ʼʻ")
