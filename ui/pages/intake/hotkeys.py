"""The letter that picks each answer: one that its label shows, different from all others."""

from __future__ import annotations

from collections.abc import Sequence


def hot_letters(labels: Sequence[str]) -> tuple[str, ...]:
    """Return one letter per label, lower case: the first letter of a word if it is free, else any letter, else "".

    >>> hot_letters(["Walk-in, same day", "Appointment"])
    ('w', 'a')
    """
    taken: set[str] = set()
    found: list[str] = []
    for label in labels:
        letter = next((letter for letter in _candidates(label) if letter not in taken), "")
        taken.add(letter)
        found.append(letter)
    return tuple(found)


def _candidates(label: str) -> list[str]:
    words = label.casefold().split()
    firsts = [word[0] for word in words if word[0].isalpha()]
    return firsts + [letter for letter in label.casefold() if letter.isalpha()]
