"""Which fields are to be asked, given what was typed so far."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final

from intake.domain.fields import Described
from intake.domain.patients import ADULT_AGE, age_on
from intake.domain.visits import all_fields
from intake.entry.dates import read_date
from intake.entry.places import get
from intake.entry.values import read_value

MINOR: Final = "minor"
_INSURED: Final = ("visit.payment", ("insured", "unknown"))
_SOMEONE_ELSE: Final = ("spouse", "parent", "other")
_POLICIES: Final = ("visit.primary", "visit.secondary")


@cache
def fields_by_path() -> dict[str, Described]:
    """Return every described field of an intake by its path."""
    return {field.path: field for field in all_fields()}


def condition(field: Described) -> tuple[str, tuple[str, ...]] | None:
    """Return the other field and the values of it that make this field apply, None when it always does.

    The fields of a policy say nothing of when they apply, because they serve twice: it is added here.
    """
    if field.about.when is not None:
        return field.about.when
    part = field.path.rpartition(".")[0]
    if part not in _POLICIES:
        return None
    return (f"{part}.subscriber", _SOMEONE_ELSE) if field.name.startswith("subscriber_") else _INSURED


def applies(field: Described, raw: Mapping[str, object], on: date) -> bool:
    """Tell whether a field is to be asked. Someone whose birth date is not known yet is taken for an adult."""
    asked = condition(field)
    if asked is None:
        return True
    path, values = asked
    if path == MINOR:
        return ("yes" if is_minor(raw, on) else "no") in values
    other = fields_by_path()[path]
    return choice_at(other, raw, on) in values and applies(other, raw, on)


def is_minor(raw: Mapping[str, object], on: date) -> bool:
    """Tell whether the birth date that was typed makes the patient a minor on the visit's day."""
    text = get(raw, "patient.dob")
    dob = read_date(text, on) if isinstance(text, str) else None
    return dob is not None and dob <= on and age_on(dob, on) < ADULT_AGE


def choice_at(field: Described, raw: Mapping[str, object], on: date) -> str | None:
    """Return the choice that is meant by what stands in a field."""
    text = get(raw, field.path)
    value = read_value(field.about, text, on=on).value if isinstance(text, str) else None
    return value if isinstance(value, str) else None
