"""A million invented people: names with the skew of real ones, made of syllables, so that nobody of them exists."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

from intake.domain.patients import Patient

ONSETS = ("b", "br", "c", "ch", "d", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "r", "s", "sh", "st", "t", "tr", "v", "w", "z")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
ENDS = ("n", "r", "l", "s", "ck", "th", "rd", "ng", "m", "tt", "")
COMMON_LAST = ("smith", "johnson", "rivera", "garcia", "patel", "kim", "lee", "nguyen", "rodriguez", "williams", "brown", "chen")
COMMON_FIRST = ("john", "maria", "jose", "ana", "michael", "david", "sofia", "james", "linda", "wei", "priya", "carlos")
MARKED = str.maketrans({"a": "á", "e": "é", "n": "ñ", "o": "ö", "u": "ü"})
LAST_NAMES, FIRST_NAMES = 60_000, 6_000
SKEW = 0.85
FIRST_DAY = date(1932, 1, 1)
DAYS = 33_000


class People:
    """The invented people of one seed."""

    def __init__(self, seed: int) -> None:
        """Make the names they share."""
        self._rng = random.Random(seed)
        self._last = self._names(LAST_NAMES, COMMON_LAST)
        self._first = self._names(FIRST_NAMES, COMMON_FIRST)
        self._last_weights = list(itertools.accumulate(1 / (place + 10) ** SKEW for place in range(len(self._last))))
        self._first_weights = list(itertools.accumulate(1 / (place + 10) ** SKEW for place in range(len(self._first))))

    def people(self, count: int) -> Iterator[Patient]:
        """Return this many people, one after the other."""
        rng = self._rng
        for start in range(0, count, 10_000):
            size = min(10_000, count - start)
            last = rng.choices(self._last, cum_weights=self._last_weights, k=size)
            first = rng.choices(self._first, cum_weights=self._first_weights, k=size)
            for place in range(size):
                yield self._person(start + place, last[place], first[place])

    def _person(self, index: int, last: str, first: str) -> Patient:
        rng, chance = self._rng, self._rng.random()
        if chance < 0.03:
            last = f"{last}-{rng.choice(self._last[:2000])}"
        elif chance < 0.06:
            last = last.translate(MARKED)
        return Patient(
            legal_last=last,
            legal_first=first,
            legal_middle=rng.choice(self._first) if chance > 0.5 else None,
            former_name=rng.choice(self._last) if chance > 0.95 else None,
            preferred_name=rng.choice(self._first) if 0.9 < chance < 0.93 else None,
            dob=FIRST_DAY + timedelta(days=rng.randrange(DAYS)),
            sex="female" if chance > 0.45 else "male",
            phone=f"+1{rng.randrange(200, 980)}555{rng.randrange(10_000):04d}" if chance < 0.97 else "none",
            phone_type="mobile",
            email=f"{first}.{last}.{index}@example.com" if 0.2 < chance < 0.8 else None,
            line1=f"{1 + index % 900} Example Street",
            zip_code=f"{7001 + index % 988:05d}",
            city="Edison",
            state="NJ",
            language="en",
            interpreter="no",
            emergency_name="declined",
        )

    def _names(self, count: int, common: tuple[str, ...]) -> list[str]:
        names = dict.fromkeys(common)
        while len(names) < count:
            syllables = self._rng.choice((2, 2, 3))
            name = "".join(self._rng.choice(ONSETS) + self._rng.choice(VOWELS) for _ in range(syllables))
            names[name + self._rng.choice(ENDS)] = None
        return [name.title() for name in names]
