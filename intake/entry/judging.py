"""What is wrong with one value that only its field, the practice or the day can tell."""

from __future__ import annotations

from datetime import date
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.fields import Described
from intake.domain.patients import age_on
from intake.entry.showing import DOB
from intake.entry.tidy import as_words
from intake.entry.values import Read, read_value

LOCATION: Final = "visit.location"
ACCIDENT: Final = "visit.claim.accident_date"
FIRST_YEAR: Final = 1900
OLDEST: Final = 120
VERY_OLD: Final = 110
VERY_YOUNG: Final = 5
LONG_AGO_YEARS: Final = 2


def read_typed(field: Described, text: str, *, definitions: Definitions, on: date) -> Read:
    """Return the value of a field's text with everything that can be said about it alone."""
    if field.path == LOCATION:
        return _location(text, definitions)
    read = read_value(field.about, text, on=on, birth=field.name.endswith("dob"))
    if not isinstance(read.value, date):
        return read
    if field.name.endswith("dob"):
        return _birth(read.value, on, own=field.path == DOB)
    if field.path == ACCIDENT and age_on(read.value, on) >= LONG_AGO_YEARS:
        return Read(value=read.value, code="accident_long_ago", level="warning")
    return read


def _birth(dob: date, on: date, *, own: bool) -> Read:
    """Judge a birth date; very old and very young patients are asked about, subscribers only when impossible."""
    if dob.year < FIRST_YEAR:
        return Read(code="dob_too_early")
    age = age_on(dob, on)
    if age > OLDEST:
        return Read(code="age_over_120")
    if own and age > VERY_OLD:
        return Read(value=dob, code="age_over_110", level="warning")
    if own and age < VERY_YOUNG:
        return Read(value=dob, code="age_under_5", level="warning")
    return Read(value=dob)


def _location(text: str, definitions: Definitions) -> Read:
    """Return the key of a clinic typed as its key (``loc.edison``, ``edison``) or its name."""
    said = as_words(text)
    if not said:
        return Read()
    for location in definitions.practice.locations:
        if said in (location.key, location.key.removeprefix("loc."), location.name.casefold()):
            return Read(value=location.key) if location.active else Read(code="location_retired")
    return Read(code="unknown_location")
