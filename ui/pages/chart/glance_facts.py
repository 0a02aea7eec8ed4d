"""The safety history of a visit: what has to be known before anybody touches the neck, with a clinician's corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from intake.domain.corrections import SAFETY, visit_as_corrected
from intake.domain.fields import Described, Kind, described
from intake.domain.reviews import Chart
from intake.domain.visits import Safety
from intake.entry.showing import shown
from ui.pages.chart.glance_item import Item
from ui.pages.chart.glance_words import NOT_ASKED

BANNER: Final = (
    ("blood_thinner", "Blood thinner"),
    ("allergies", "Allergies"),
    ("opioids", "Opioids"),
    ("contrast_allergy", "Contrast, latex allergy"),
    ("device", "Implanted device"),
    ("pregnancy", "Pregnancy"),
    ("steroids", "Steroids"),
    ("surgery", "Neck surgery"),
)
"""What the banner tells of, the most pressing first."""
_LEFT_OUT: Final = ("occupation", "pharmacy", "pharmacy_phone")
_NO: Final = ("no", "none", "not_applicable")
_UNSURE: Final = ("unsure", "declined")
_ORDER: Final = {"yes": 0, "unsure": 0, "not_asked": 1, "no": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPill:
    """One pill: ``state`` as of an item, the words, and whether it is tinted."""

    state: str
    words: str


def safety_pills(chart: Chart) -> tuple[SafetyPill, ...]:
    """Return the pills of the banner: what was answered yes or unsure first, then what was not asked, then the rest."""
    items = {item.path.removeprefix(SAFETY): item for item in safety_items(chart)}
    found = [_pill(name, items[key]) for key, name in BANNER if key in items]
    return tuple(sorted(found, key=lambda pill: _ORDER[pill.state]))


def safety_items(chart: Chart) -> Iterator[Item]:
    """Yield the fields of the safety history that apply, each with what was told about it."""
    safety = visit_as_corrected(chart.visit.visit, chart.corrections).safety
    sex = chart.patient.sex
    for field in _fields():
        value: str | None = getattr(safety, field.name)
        path, values = field.about.when or ("", ())
        if path.startswith(SAFETY) or (value is None and path == "patient.sex" and sex not in values):
            continue
        details = [(each, getattr(safety, each.name)) for each in _fields() if each.about.when and each.about.when[0] == field.path]
        told = [str(words) for _, words in details if words]
        missing = [each.about.label.lower() for each, words in details if not words and value in (each.about.when or ("", ()))[1]]
        yield Item(
            path=field.path,
            label=field.about.label,
            state=_state(value),
            word=shown(field, value) if value is not None else NOT_ASKED,
            details=" · ".join(told),
            missing=", ".join(missing),
        )


@cache
def _fields() -> tuple[Described, ...]:
    return tuple(field for field in described(Safety, "visit.safety") if field.name not in _LEFT_OUT)


def _state(value: str | None) -> str:
    if value is None:
        return "not_asked"
    return "no" if value in _NO else "unsure" if value in _UNSURE else "yes"


def _pill(name: str, item: Item) -> SafetyPill:
    """Return a pill's words: what it is when that was told, else the answer."""
    long_text = next(field for field in _fields() if field.path == item.path).about.kind is Kind.LONG
    word = item.word if long_text and item.state == "yes" else item.word.lower()
    told = item.details if item.details and item.state == "yes" else word
    return SafetyPill(state=item.state, words=f"{name}: {told}")
