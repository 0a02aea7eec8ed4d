"""What a search text may mean: words of a name, a birth date, a phone or its end, an email, a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intake.domain.numbers import DIGITS, RECORD_PREFIX, VISIT_PREFIX, read_number
from intake.domain.patients import Patient
from intake.entry.dates import read_date
from intake.errors import IntakeError
from intake.matching.search_text import fold

_NUMBER = re.compile(rf"\s*(?P<prefix>{RECORD_PREFIX}|{VISIT_PREFIX})\W*(?P<digits>[0-9][0-9\W]*)", re.IGNORECASE | re.ASCII)
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_NOT_DIGIT = re.compile(r"[^0-9]+")
LOCAL_DIGITS = 7
LAST_DIGITS = 4
NATIONAL_DIGITS = 10
MAX_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Serials:
    """A range of serial numbers, both ends in it, of patients or of visits."""

    prefix: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The meanings of one search text; what does not apply is empty.

    ``words`` are folded words of a name, ``digits`` what a text without letters is made of, ``dob`` the date it can be,
    ``email`` the beginning of an address, ``serials`` the numbers a typed record or visit number can become, ``tokens`` every
    part of a text that mixes words with digits, as the word index has them.
    """

    words: tuple[str, ...] = ()
    digits: str = ""
    dob: date | None = None
    email: str = ""
    serials: tuple[Serials, ...] = ()
    tokens: tuple[str, ...] = ()


def terms_of(text: str, *, on: date) -> Terms:
    """Return what a text may mean on this day. Raises IntakeError ``wrong_check_digit`` for a whole number that nobody has."""
    typed = text[:MAX_TEXT].strip()
    if number := _NUMBER.fullmatch(typed):
        return Terms(serials=_serials(number["prefix"].upper(), _NOT_DIGIT.sub("", number["digits"])))
    if "@" in typed and " " not in typed:
        return Terms(email=typed.casefold())
    dob = read_date(typed, on) if _DIGIT.search(typed) else None
    if not _LETTER.search(typed):
        digits = _NOT_DIGIT.sub("", typed)
        return Terms(digits=digits, dob=dob, serials=tuple(_plain_serials(typed)))
    words = tuple(fold(typed).split())
    if _DIGIT.search(typed):
        tokens = tuple(_tokens(typed, on))
        named = tuple(token for token in tokens if not token.isdigit())
        return Terms(dob=dob, words=named if len(named) == len(tokens) else (), tokens=tokens)
    return Terms(words=words, email=typed.casefold() if len(words) == 1 else "", tokens=words)


def find_keys(patient: Patient) -> frozenset[str]:
    """Return what a patient's contact is found by: each phone whole, without its area, and its last four; the email."""
    keys = set()
    for phone in (patient.phone, patient.phone2):
        whole = phone_digits(phone)
        keys |= {whole, whole[-LOCAL_DIGITS:], whole[-LAST_DIGITS:]} if whole else set()
    if patient.email and "@" in patient.email:
        keys.add(patient.email.casefold())
    return frozenset(keys)


def index_words(patient: Patient) -> str:
    """Return the words of a patient for the word index: every name, the birth date, phones whole and their last four."""
    names = (
        patient.legal_last, patient.legal_first, patient.legal_middle, patient.suffix, patient.preferred_name,
        patient.former_name,
    )  # fmt: skip
    words = [fold(name) for name in names if name]
    if patient.dob is not None:
        words.append(f"{patient.dob:%Y%m%d}")
    for phone in (patient.phone, patient.phone2):
        if whole := phone_digits(phone):
            words += [whole, whole[-LAST_DIGITS:]]
    return " ".join(dict.fromkeys(words))


def phone_digits(phone: str | None) -> str:
    """Return the digits of a kept phone as they are typed here: without extension and without the country's 1."""
    digits = _NOT_DIGIT.sub("", (phone or "").partition(";")[0])
    return digits[1:] if len(digits) > NATIONAL_DIGITS and digits.startswith("1") else digits


def _serials(prefix: str, digits: str) -> tuple[Serials, ...]:
    """Return what a number typed with its prefix can mean: whole, exactly one; in part, all it can become."""
    whole = read_number(f"{prefix}{digits}") if len(digits) > DIGITS else None
    if whole is not None:
        return (Serials(prefix=prefix, first=whole[1], last=whole[1]),)
    if len(digits) > DIGITS and (digits.startswith("0") or len(digits) > DIGITS + 1):
        raise IntakeError("wrong_check_digit")
    ranges = []
    for width in (DIGITS, DIGITS + 1):
        if len(digits) <= width and (width == DIGITS or not digits.startswith("0")):
            step = 10 ** (width - len(digits))
            ranges.append(Serials(prefix=prefix, first=int(digits) * step, last=int(digits) * step + step - 1))
    return tuple(ranges)


def _plain_serials(typed: str) -> Iterator[Serials]:
    """Return the record a number names when it is typed without its prefix, with or without its check digit."""
    digits = typed.replace("-", "")
    if not digits.isascii() or not digits.isdigit():
        return
    if len(digits) > DIGITS and (whole := read_number(RECORD_PREFIX + digits)) is not None:
        yield Serials(prefix=RECORD_PREFIX, first=whole[1], last=whole[1])
    elif 0 < len(digits) <= DIGITS:
        yield Serials(prefix=RECORD_PREFIX, first=int(digits), last=int(digits))


def _tokens(typed: str, on: date) -> Iterator[str]:
    """Return the parts of a text that mixes words with digits: words as folded, dates and phones as the word index has them.

    Fewer than four digits beside a word are the beginning of something and say nothing yet: the word's hits stay.
    """
    run = ""
    for part in (*typed.split(), ""):
        if part and not _LETTER.search(part):
            run += part
            continue
        if len(digits := _NOT_DIGIT.sub("", run)) >= LAST_DIGITS:
            day = read_date(run, on)
            yield f"{day:%Y%m%d}" if day else digits
        run = ""
        yield from fold(part).split()
