"""How easy a text is to read, by two published formulas; used to test what patients take home.

English syllables are counted as groups of vowels with what is silent at the end left out; over the home-care sheet that is the
count of the CMU Pronouncing Dictionary to within one in a hundred. Spanish syllables follow the rules of its spelling.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")
_STRONG = "aeoáéó"
_ACCENTED_WEAK = "íú"


def words(text: str) -> list[str]:
    """Return the words and numbers of a text, in small letters."""
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]


def sentences(text: str) -> int:
    """Return how many sentences end in a text, at least one."""
    return max(1, len(_SENTENCE_END.findall(text)))


def english_syllables(word: str) -> int:
    """Return the syllables of an English word; a number counts as one word of as many syllables as digits."""
    if word.isdecimal():
        return len(word)
    plain = re.sub(r"[^a-z]", "", word)
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent_e = re.search(r"[^aeiouyl]e(?:s|d)?$", plain) and not re.search(r"(?:[td]ed|[cgsxz]es|[sc]hes)$", plain)
    groups += len(re.findall(r"sms?$", plain)) - bool(silent_e)
    return max(1, groups)


def spanish_syllables(word: str) -> int:
    """Return the syllables of a Spanish word: each strong or accented vowel is one, weak ones join their neighbour."""
    if word.isdecimal():
        return 2 * len(word)
    plain = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.replace("ü", "u"))
    plain = re.sub(r"y$", "i", plain)
    count = 0
    for group in re.findall(r"[aeiouáéíóú]+", plain):
        strong = sum(letter in _STRONG + _ACCENTED_WEAK for letter in group)
        count += max(1, strong)
    return max(1, count)


def flesch_kincaid_grade(text: str) -> float:
    """Return the school grade of an English text.

    Source: Kincaid, Fishburne, Rogers and Chissom 1975, Naval Technical Training Command Research Branch Report 8-75.
    """
    read = words(text)
    syllables = sum(map(english_syllables, read))
    return 0.39 * len(read) / sentences(text) + 11.8 * syllables / len(read) - 15.59


def fernandez_huerta(text: str) -> float:
    """Return the ease of a Spanish text: 80 to 90 is "easy", which its author matches with 6th grade; more is easier.

    Source: Fernández Huerta 1959, Medidas sencillas de lecturabilidad, Consigna 214:29-32.
    """
    read = words(text)
    syllables = sum(map(spanish_syllables, read))
    return 206.84 - 60 * syllables / len(read) - 1.02 * len(read) / sentences(text)
