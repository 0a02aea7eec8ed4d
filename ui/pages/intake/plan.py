"""Where each field of an intake stands on the page: sections in order, widths, and what is rarely asked.

Labels, kinds and choices come from the fields' own descriptions; a field added there shows up here by itself, at the end of
its section. Only what is special to this page is listed by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP

from intake.domain.fields import Described, Kind
from intake.domain.visits import all_fields

MOST_SEGMENTS = 5
"""A choice with more answers than this is a list to type ahead in, not buttons side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPlan:
    """One section of the page: its key, the title on its card and the remark beside it."""

    key: str
    title: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One field's place: the least width it is usable at in pixels, whether it begins a line, whether it hides behind "more"."""

    field: Described
    least: int
    starts: bool
    rare: bool

    @property
    def path(self) -> str:
        """The field's path."""
        return self.field.path

    @property
    def label(self) -> str:
        """What stands over the field: the two policies have the same fields, so the second one says that it is."""
        words = self.field.about.label
        return f"2nd {words[0].lower()}{words[1:]}" if self.path.startswith("visit.secondary.") else words


SECTIONS = (
    SectionPlan(
        key="identity", title=str(QT_TRANSLATE_NOOP("Intake", "Identity")), remark=str(QT_TRANSLATE_NOOP("Intake", "as on the photo ID"))
    ),
    SectionPlan(key="contact", title=str(QT_TRANSLATE_NOOP("Intake", "Contact"))),
    SectionPlan(key="visit", title=str(QT_TRANSLATE_NOOP("Intake", "Visit"))),
    SectionPlan(key="coverage", title=str(QT_TRANSLATE_NOOP("Intake", "Coverage"))),
    SectionPlan(
        key="safety",
        title=str(QT_TRANSLATE_NOOP("Intake", "Safety history")),
        remark=str(QT_TRANSLATE_NOOP("Intake", "before anyone touches the neck")),
    ),
    SectionPlan(key="checklist", title=str(QT_TRANSLATE_NOOP("Intake", "Checklist"))),
    SectionPlan(key="drawing", title=str(QT_TRANSLATE_NOOP("Intake", "Pain drawing"))),
    SectionPlan(key="notices", title=str(QT_TRANSLATE_NOOP("Intake", "Notices"))),
)

SHORT_NAMES = {"safety": str(QT_TRANSLATE_NOOP("Intake", "Safety"))}
"""Names for the jump bar where the card's title is too long."""

_BY_KIND = {
    Kind.NAME: 150,
    Kind.TEXT: 150,
    Kind.LONG: 300,
    Kind.DATE: 130,
    Kind.TIME: 96,
    Kind.PHONE: 140,
    Kind.EMAIL: 190,
    Kind.ZIP: 86,
    Kind.STATE: 58,
    Kind.IDENTIFIER: 120,
    Kind.CHOICE: 150,
}
_SPECIAL_WIDTHS = {
    "patient.legal_last": 132,
    "patient.legal_first": 132,
    "patient.dob": 138,
    "patient.phone": 120,
    "visit.appointment_time": 112,
    "patient.suffix": 70,
    "patient.pronouns": 100,
    "patient.line1": 220,
    "patient.line2": 90,
    "patient.city": 130,
    "visit.location": 150,
}
_STARTS = frozenset(
    {
        "patient.line1", "patient.language", "patient.emergency_name", "patient.guardian_name", "visit.reason",
        "visit.primary.payer", "visit.secondary.payer", "visit.claim.accident_date", "visit.claim.employer",
        "visit.claim.role", "visit.safety.blood_thinner", "visit.notices.consent_treatment",
    }
)  # fmt: skip
_RARE = frozenset(
    {
        "patient.legal_middle", "patient.suffix", "patient.preferred_name", "patient.former_name", "patient.pronouns",
        "patient.gender_identity", "patient.phone2", "patient.email_ok", "patient.accessibility_needs", "visit.primary_care",
        "visit.network_disclosed", "visit.primary.plan_phone", "visit.primary.subscriber", "visit.primary.subscriber_name",
        "visit.primary.subscriber_dob", "visit.safety.occupation", "visit.safety.pharmacy", "visit.safety.pharmacy_phone",
        "visit.notices.privacy_version", "visit.notices.consent_version", "visit.notices.consent_signer",
    }
)  # fmt: skip
_RARE_PARTS = ("visit.secondary.",)
_LETTER_WIDTH = 7
_SEGMENT_PADDING = 16
_STATE_SEGMENT = 46


def has_segments(field: Described) -> bool:
    """Tell whether a field's answers stand side by side as buttons."""
    return field.about.kind is Kind.CHOICE and 0 < len(field.about.choices) <= MOST_SEGMENTS


@cache
def places(section: str) -> tuple[Place, ...]:
    """Return the fields of a section in the order they are asked, the rare ones last."""
    found = [_place(field) for field in all_fields() if field.about.section == section]
    return tuple(sorted(found, key=lambda place: place.rare))


def section_of(path: str) -> str:
    """Return the section a field, an answer or the drawing stands in."""
    if path.startswith("answers."):
        return "checklist"
    if path.startswith("pain_drawing"):
        return "drawing"
    return next((field.about.section for field in all_fields() if field.path == path), SECTIONS[0].key)


def _place(field: Described) -> Place:
    rare = field.path in _RARE or field.path.startswith(_RARE_PARTS)
    return Place(field=field, least=_least(field), starts=field.path in _STARTS, rare=rare)


def _least(field: Described) -> int:
    if has_segments(field):
        return max(sum(segment_width(choice.label) for choice in field.about.choices), len(field.about.label) * 6)
    return _SPECIAL_WIDTHS.get(field.path, _BY_KIND[field.about.kind])


def segment_width(label: str) -> int:
    """Return about how wide a button with this label is."""
    return max(_STATE_SEGMENT, len(label) * _LETTER_WIDTH + _SEGMENT_PADDING)
