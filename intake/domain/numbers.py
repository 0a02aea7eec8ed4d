"""Record, visit and document numbers with a check digit, so that a mistyped number is caught and never opens another chart."""

from __future__ import annotations

import re
from functools import lru_cache

RECORD_PREFIX = "RD"
VISIT_PREFIX = "V"
DOCUMENT_PREFIX = "D"
DIGITS = 6
LARGEST = 2**63 - 1
"""No record has a larger number: so many SQLite counts."""
_LISTED = 4096
"""Lists read themselves anew every few seconds and ask for the same numbers."""
_SHAPE = re.compile(r"(?P<prefix>[A-Z]+)\W*(?P<digits>\d+)\W*(?P<check>\d)")
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def check_digit(digits: str) -> int:
    """Return Damm's check digit: every single wrong digit and every swap of neighbours changes it.

    Source: H. M. Damm, "Total anti-symmetrische Quasigruppen", 2004.
    """
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


@lru_cache(maxsize=_LISTED)
def record_number(serial: int) -> str:
    """Return the record number of a patient's serial: ``RD-004217-c``."""
    return _number(RECORD_PREFIX, serial)


@lru_cache(maxsize=_LISTED)
def visit_number(serial: int) -> str:
    """Return the visit number of a visit's serial: ``V-000318-c``."""
    return _number(VISIT_PREFIX, serial)


@lru_cache(maxsize=_LISTED)
def document_number(serial: int) -> str:
    """Return the number of the document a request is for: ``D-000123-c``."""
    return _number(DOCUMENT_PREFIX, serial)


def whole_number(text: str) -> int | None:
    """Return a number that is written as this program writes one, in plain digits, None for anything else."""
    plain = text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))
    return number if plain and (number := int(text)) <= LARGEST else None


def read_number(text: str) -> tuple[str, int] | None:
    """Return prefix and serial of a number typed with any case and punctuation, None when it is none or its digit is wrong."""
    shape = _SHAPE.fullmatch(text.strip().upper())
    if shape is None or len(shape["digits"]) > len(str(LARGEST)) or check_digit(shape["digits"]) != int(shape["check"]):
        return None
    serial = int(shape["digits"])
    return (shape["prefix"], serial) if serial <= LARGEST else None


def _number(prefix: str, serial: int) -> str:
    if serial < 0:  # this program gives none: it reads back as no number
        return str(serial)
    digits = f"{serial:0{DIGITS}d}"
    return f"{prefix}-{digits}-{check_digit(digits)}"
