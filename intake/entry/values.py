"""One typed text, read as its field's kind of value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from intake.domain.fields import About, Kind
from intake.entry.dates import understand_date
from intake.entry.phones import read_phone
from intake.entry.states import read_state
from intake.entry.tidy import as_words, has_control, plain_digits, tidy_line, tidy_long
from intake.entry.times import read_time
from intake.errors import Level

_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s.,;<>\"]+(?:\.[^@\s.,;<>\"]+)+")
_ZIP = re.compile(r"([0-9]{5})(?:[- ]?([0-9]{4}))?")
_TO_CAPITALS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_SAID_OTHERWISE: Final = {
    "decline": "declined",
    "declines": "declined",
    "refused": "declined",
    "refuses": "declined",
    "nka": "none",
    "nkda": "none",
    "none known": "none",
    "no known allergies": "none",
    "no known drug allergies": "none",
    "no phone": "none",
    "no email": "none",
    "no fixed address": "none",
    "no medications": "none",
    "homeless": "none",
    "abroad": "abroad",
    "y": "yes",
    "n": "no",
    "u": "unsure",
}
"""Other ways to say a choice, where the field offers it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A value as kept, or the code of what is wrong; a warning comes with a value. Neither: nothing was typed."""

    value: str | date | None = None
    code: str | None = None
    level: Level = "error"


def read_value(about: About, text: str, *, on: date, birth: bool = False) -> Read:
    """Return the value of a typed text; ``birth`` says that a date is someone's birth date. Never raises."""
    lines = about.kind is Kind.LONG
    tidy = tidy_long(text) if lines else tidy_line(text)
    if not tidy:
        return Read()
    if has_control(tidy, lines=lines):
        return Read(code="control_characters")
    word = _word(about, tidy)
    if word is not None:
        return Read(value=word)
    if about.kind is Kind.CHOICE and about.choices:
        return Read(code="not_a_choice")
    read = _date(tidy, on, birth=birth) if about.kind is Kind.DATE else _READERS.get(about.kind, _text)(tidy)
    too_long = isinstance(read.value, str) and len(read.value) > about.max_length
    return Read(code="too_long") if too_long else read


def _word(about: About, tidy: str) -> str | None:
    """Return the code of a choice that is meant by its code, its label or another way to say it."""
    if not about.choices or len(tidy) > about.max_length:
        return None
    said = as_words(tidy)
    said = _SAID_OTHERWISE.get(said, said)
    return next((choice.code for choice in about.choices if said in (choice.code, as_words(choice.label))), None)


def _text(tidy: str) -> Read:
    return Read(value=tidy)


def _date(tidy: str, on: date, *, birth: bool) -> Read:
    found = understand_date(tidy, on, birth=birth)
    if found.value is not None and found.value > on:
        return Read(code="date_in_future")
    return Read(value=found.value, code=found.code)


def _phone(tidy: str) -> Read:
    found = read_phone(tidy)
    return Read(value=found.value, code=found.code, level=found.level)


def _time(tidy: str) -> Read:
    found = read_time(tidy)
    return Read(value=found, code=None if found else "not_a_time")


def _email(tidy: str) -> Read:
    return Read(value=tidy) if _EMAIL.fullmatch(tidy) else Read(code="not_an_email")


def _zip(tidy: str) -> Read:
    shape = _ZIP.fullmatch(plain_digits(tidy))
    return Read(value="-".join(part for part in shape.groups() if part)) if shape else Read(code="not_a_zip")


def _state(tidy: str) -> Read:
    found = read_state(tidy)
    return Read(value=found, code=None if found else "not_a_state")


def _identifier(tidy: str) -> Read:
    """Return an identifier in capitals, its letters and signs otherwise as on the card."""
    return Read(value=unicodedata.normalize("NFC", tidy.translate(_TO_CAPITALS)))


_READERS: Final[dict[Kind, Callable[[str], Read]]] = {
    Kind.PHONE: _phone,
    Kind.TIME: _time,
    Kind.EMAIL: _email,
    Kind.ZIP: _zip,
    Kind.STATE: _state,
    Kind.IDENTIFIER: _identifier,
}
