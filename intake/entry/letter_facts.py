"""What the record fills a letter's fields with: every value as text, a date in ISO, empty for what was not asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from intake.domain.codes import CodeList
from intake.domain.corrections import visit_as_corrected
from intake.domain.fields import Described, Kind, described
from intake.domain.letters import SOURCES, Template, Values
from intake.domain.patients import Patient
from intake.domain.practice import Location, Practice
from intake.domain.records import VisitRecord
from intake.domain.reviews import Corrected
from intake.domain.visits import PARTS
from intake.entry.showing import shown
from intake.entry.times import show_time

_WORDS_FOR_ALL: Final = frozenset({"visit.safety.allergies", "visit.safety.medications"})
"""Fields whose words for a whole answer ("None known") are an answer; elsewhere they say that there is nothing to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What a letter may say of a signed review: by whom, when, and the codes that were picked, of one release of the codes."""

    by: str
    at: datetime
    codes: tuple[str, ...]
    released: CodeList | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The record behind a letter. ``treated_on`` is the first day of treatment here after the accident that brought the patient."""

    record: VisitRecord
    practice: Practice
    corrections: tuple[Corrected, ...] = ()
    treated_on: date | None = None
    reviewed: Reviewed | None = None


def from_record(template: Template, facts: Facts) -> Values:
    """Return what the record says for each field of a template that it says something for."""
    known = _known(facts, {each.source for each in template.fields if each.source})
    return {each.key: known[each.source] for each in template.fields if known.get(each.source)}


def letter_name(patient: Patient) -> str:
    """Return a name as a letter says it: "Ana María Rivera Jr."."""
    return " ".join(part for part in (patient.legal_first, patient.legal_middle, patient.legal_last, patient.suffix) if part)


def address_of(location: Location) -> str:
    """Return a clinic's address on one line."""
    street = ", ".join(part for part in (location.line1, location.suite) if part)
    return f"{street}, {location.city}, {location.state} {location.zip_code}"


def _known(facts: Facts, wanted: set[str]) -> dict[str, str]:
    record, reviewed = facts.record, facts.reviewed
    patient, zone = record.patient.patient, facts.practice.zone()
    known = {
        "patient.name": letter_name(patient),
        "patient.address": _home(patient),
        "record.number": record.patient.number,
        "visit.number": record.number,
        "visit.day": record.visit_day.isoformat(),
        "visit.arrived": show_time(f"{record.arrived_at.astimezone(zone):%H:%M}"),
        "clinic.name": record.location.name,
        "clinic.address": address_of(record.location),
        "clinic.phone": record.location.phone or "",
        "practice.name": facts.practice.name,
        "treatment.began": (facts.treated_on or record.visit_day).isoformat(),
        "review.signed_by": reviewed.by if reviewed else "",
        "review.signed_on": reviewed.at.astimezone(zone).date().isoformat() if reviewed else "",
        "review.codes": _codes(reviewed) if reviewed else "",
    }
    return {**known, **{path: words for path, words in _recorded(facts, wanted - known.keys()) if words}}


def _recorded(facts: Facts, wanted: set[str]) -> list[tuple[str, str]]:
    """Return the fields of the record that are wanted, as a clinician put them right."""
    visit = visit_as_corrected(facts.record.visit, facts.corrections)
    parts: Mapping[str, object] = {
        "patient": facts.record.patient.patient,
        "visit": visit,
        "visit.primary": visit.primary,
        "visit.claim": visit.claim,
        "visit.safety": visit.safety,
    }
    fields = [(prefix, each) for prefix in parts for each in described(dict(PARTS)[prefix], prefix) if each.path in wanted & SOURCES]
    return [(each.path, _words(each, getattr(parts[prefix], each.name))) for prefix, each in fields]


def _words(field: Described, value: str | date | None) -> str:
    if isinstance(value, date):
        return value.isoformat()
    instead = field.about.kind is not Kind.CHOICE and value is not None and field.about.label_of(value) is not None
    return "" if instead and field.path not in _WORDS_FOR_ALL else shown(field, value)


def _home(patient: Patient) -> str:
    """Return where a patient lives on one line, empty when there is no such place."""
    line1 = patient.line1 or ""
    if line1 in ("", "none", "declined"):
        return ""
    zip_code = "" if patient.zip_code == "abroad" else patient.zip_code or ""
    region = " ".join(part for part in (patient.state, zip_code) if part)
    return ", ".join(part for part in (line1, patient.line2, patient.city, region) if part)


def _codes(reviewed: Reviewed) -> str:
    """Return the codes of a signed review with their titles, as far as their release is at hand."""
    titles = {each.code: each.title for each in reviewed.released.codes} if reviewed.released else {}
    return "; ".join(f"{code} {titles.get(code, '')}".strip() for code in reviewed.codes)
