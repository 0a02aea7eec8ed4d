"""Telephone numbers, typed with any punctuation, kept as E.164 with an optional extension (``+17325550148;ext=12``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from intake.entry.tidy import plain_digits
from intake.errors import Level

REGION = "US"
LONGEST = 50
_SHAPE = re.compile(r"[0-9+()\-./\s,;:#*\u2010-\u2015\u2212]+", re.ASCII)
_WORDS = re.compile(
    r"(?i)^(?:tel|phone|ph|cell|mobile|home|work|fax)\b[.:]?|(?<=[0-9)\s,;.])(?:;?ext(?:ension)?|x)(?=[\s.:=#]*[0-9])[.:=]?"
)
_HIDDEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_KEPT = re.compile(r"(?P<number>\+[0-9]+)(?:;ext=(?P<extension>[0-9]+))?")
_NORTH_AMERICAN = re.compile(r"\+1([0-9]{3})([0-9]{3})([0-9]{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneRead:
    """A number as kept, or the code of what is wrong; a warning comes with a number."""

    value: str | None = None
    code: str | None = None
    level: Level = "error"


def read_phone(text: str) -> PhoneRead:
    """Return the number that was typed.

    Errors: ``not_a_phone``, ``phone_without_area_code``. ``phone_not_valid`` warns of a number that has the right length and
    that no exchange gives out.
    """
    plain = plain_digits(_HIDDEN.sub("", text)).strip()
    if len(plain) > LONGEST or not _SHAPE.fullmatch(_WORDS.sub("", plain)):
        return PhoneRead(code="not_a_phone")
    return _parsed(re.sub(r"(?i)^[a-z]+[.:]?\s*", "", plain))


def show_phone(kept: str) -> str:
    """Return a kept number as people write it: ``(732) 555-0148 ext. 12``, ``+44 20 7946 0018``; anything else unchanged."""
    shape = _KEPT.fullmatch(kept)
    if shape is None:
        return kept
    extension = f" ext. {shape['extension']}" if shape["extension"] else ""
    american = _NORTH_AMERICAN.fullmatch(shape["number"])
    if american is not None:
        return f"({american[1]}) {american[2]}-{american[3]}{extension}"
    return _international(shape["number"]) + extension


def digits_of(kept: str) -> str:
    """Return the digits of a kept number without country code 1 and extension, as they are compared."""
    digits = kept.partition(";")[0].lstrip("+")
    return digits[1:] if _NORTH_AMERICAN.fullmatch(f"+{digits}") else digits


@cache
def _library() -> ModuleType:
    """Return phonenumbers, whose tables take a tenth of a second to load: only once a number is typed."""
    import phonenumbers  # noqa: PLC0415 - see above

    return phonenumbers


def _parsed(text: str) -> PhoneRead:
    library = _library()
    try:
        number = library.parse(text, REGION)
    except library.NumberParseException:
        return PhoneRead(code="not_a_phone")
    possible = library.is_possible_number_with_reason(number)
    if possible == library.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return PhoneRead(code="phone_without_area_code")
    if possible != library.ValidationResult.IS_POSSIBLE:
        return PhoneRead(code="not_a_phone")
    value = library.format_number(number, library.PhoneNumberFormat.E164)
    if number.extension:
        value += f";ext={number.extension}"
    if library.is_valid_number(number):
        return PhoneRead(value=value)
    return PhoneRead(value=value, code="phone_not_valid", level="warning")


def _international(number: str) -> str:
    library = _library()
    try:
        return str(library.format_number(library.parse(number, None), library.PhoneNumberFormat.INTERNATIONAL))
    except library.NumberParseException:
        return number
