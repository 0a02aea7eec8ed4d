"""A clinician's review of a visit: what was written, corrected, signed and added, and the chart that shows it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from intake.domain.answers import Answer
from intake.domain.patients import Patient
from intake.domain.prompts import Level, Prompt
from intake.domain.records import VisitRecord
from intake.domain.visits import Status

Raw = Mapping[str, Any]
"""A note as typed: texts under ``history``, ``examination``, ``impression``, ``plan_text``; ``findings`` a mapping of examination
item to text; ``causes`` and ``codes`` lists; ``plan`` a mapping of plan item to its words; ``totals`` a mapping of measure to text;
``activities`` a list of ``{"name", "score"}``; ``addendum`` and ``addendum_reason`` once the note is signed. Beside the note, see
``BESIDE``: ``acknowledging`` a mapping of prompt id, as text, to words; ``correcting`` a mapping of path to reason."""
BESIDE: Final = ("acknowledging", "correcting")
"""Parts of a raw note with words that are not sent yet: kept as they are typed, and never read into a note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """An activity the patient chose, in the patient's words: 0 is unable, 10 as before. None until rated."""

    name: str
    score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the clinician writes, read and understood. Mappings keep the order of the review form."""

    history: str = ""
    examination: str = ""
    findings: Mapping[str, str] = field(default_factory=dict)
    causes: tuple[str, ...] = ()
    impression: str = ""
    codes: tuple[str, ...] = ()
    plan: Mapping[str, str] = field(default_factory=dict)
    plan_text: str = ""
    totals: Mapping[str, int] = field(default_factory=dict)
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """One answer or safety field put right by a clinician; ``path`` is ``answers.<key>`` or ``visit.safety.<name>``.

    None means not asked. What the desk recorded is never overwritten.
    """

    path: str
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction(Corrected):
    """The same with the clinician's reason, for those who read notes."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Who has a chart in hand, at which desk, since when, and why it was taken over if it was."""

    staff_id: int
    name: str
    workstation: str
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """A signed review. ``fingerprint`` is the SHA-256, in hex, of the canonical form of everything signed."""

    by: str
    role: str
    at: datetime
    fingerprint: str
    note: Note
    patient: Patient
    form_version: str
    rules_version: str
    code_release: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """What was added after the signature; ``number`` counts from 1, ``fingerprint`` covers it and all that stood before."""

    number: int
    text: str
    reason: str
    by: str
    role: str
    at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One visit as a clinician sees it. ``visit`` is as the desk recorded it, ``answers`` as corrected since.

    ``draft`` is what the person looking has typed, ``caret`` where the cursor stood; while somebody else has the chart in hand they
    are that one's, to be read. ``hold`` names who has the chart in hand.
    """

    visit: VisitRecord
    answers: Mapping[str, Answer]
    corrections: tuple[Correction, ...]
    prompts: tuple[Prompt, ...]
    draft: Raw
    caret: Raw
    hold: Hold | None
    signature: Signature | None
    addenda: tuple[Addendum, ...]

    @property
    def patient(self) -> Patient:
        """The patient as on the day of the signature; until there is one, as the record stands."""
        return self.signature.patient if self.signature else self.visit.patient.patient

    @property
    def number(self) -> str:
        """The number of the note as it stands: ``V-000012-3/N2`` once one addendum followed the signature; ``/P`` until signed."""
        return f"{self.visit.number}/N{len(self.addenda) + 1}" if self.signature else f"{self.visit.number}/P"

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the note as it stands, empty until it is signed."""
        if self.addenda:
            return self.addenda[-1].fingerprint
        return self.signature.fingerprint if self.signature else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A clinician is called to a patient by the desk. Of an intake that is still being typed there is no visit yet."""

    id: int
    visit_id: int | None
    location: str
    title: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallState:
    """What became of a call: who answered it and when, both None while nobody has."""

    answered_by: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A visit that awaits review, as one line.

    ``levels`` counts the prompts not yet acknowledged by level; ``reason`` is cut after 300 characters.
    """

    visit_id: int
    patient_id: int
    name: str
    record_number: str
    visit_number: str
    dob: date
    location: str
    visit_type: str
    reason: str
    status: Status
    arrived_at: datetime
    called_at: datetime | None
    levels: Mapping[Level, int]
    held_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """A signed visit as one line."""

    visit_id: int
    patient_id: int
    name: str
    record_number: str
    visit_number: str
    dob: date
    location: str
    signed_by: str
    signed_at: datetime
    addenda: int
