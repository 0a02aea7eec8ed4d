"""The fields of a record as labelled values, section by section, walked from their own descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from intake.documents.blocks import Entry
from intake.domain.fields import Described, Kind, described
from intake.domain.patients import ADULT_AGE, age_on
from intake.domain.practice import Location
from intake.domain.records import VisitRecord
from intake.domain.visits import PARTS
from intake.entry.applying import condition
from intake.entry.rules import excused
from intake.entry.showing import shown

Values = Mapping[str, str | date | None]
WIDE = {"patient.line1", "patient.email", "patient.accessibility_needs", "visit.safety.contrast_allergy"}


@cache
def _fields(prefix: str) -> tuple[Described, ...]:
    return described(dict(PARTS)[prefix], prefix)


def values_of(record: VisitRecord) -> dict[str, str | date | None]:
    """Return every described value of a record by its path, and ``minor`` as yes or no."""
    visit = record.visit
    parts: dict[str, object] = {
        "patient": record.patient.patient,
        "visit": visit,
        "visit.primary": visit.primary,
        "visit.secondary": visit.secondary,
        "visit.claim": visit.claim,
        "visit.safety": visit.safety,
        "visit.notices": visit.notices,
    }
    values = {field.path: getattr(part, field.name) for prefix, part in parts.items() for field in _fields(prefix)}
    values["minor"] = "yes" if is_minor(record) else "no"
    return values


def is_minor(record: VisitRecord) -> bool:
    """Return whether the patient was under 18 on the day of the visit."""
    dob = record.patient.patient.dob
    return dob is not None and age_on(dob, record.visit_day) < ADULT_AGE


def field_words(field: Described, value: str | date | None, location: Location) -> str | None:
    """Return a value as words, None when it was not asked."""
    if value is None:
        return None
    return location.name if field.path == "visit.location" else shown(field, value)


def applying(prefix: str, section: str, values: Values) -> Iterator[Described]:
    """Yield the fields of a part and section that apply to this record, or that hold something all the same."""
    for field in _fields(prefix):
        if field.about.section == section and (values[field.path] is not None or _applies(field, values)):
            yield field


def _applies(field: Described, values: Values) -> bool:
    """Tell whether a field was to be asked: by the same conditions as on the screen."""
    when = condition(field)
    return (when is None or values[when[0]] in when[1]) and not excused(field.path, values)


def entries(fields: Sequence[Described], values: Values, location: Location) -> tuple[list[Entry], list[str]]:
    """Return the entries to print in their place, and the labels of optional fields that were not asked."""
    entered: list[Entry] = []
    unasked: list[str] = []
    for field in fields:
        words = field_words(field, values[field.path], location)
        if words is None and field.about.need == "optional":
            unasked.append(field.about.label)
        else:
            span = 2 if field.path in WIDE or field.about.kind is Kind.LONG else 1
            entered.append(Entry(label=field.about.label, value=words, span=span))
    return entered, unasked
