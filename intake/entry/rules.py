"""What must be there, what is filled in, and what must agree with what, once every field is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.fields import Described
from intake.domain.visits import all_fields
from intake.entry.applying import applies, condition
from intake.entry.showing import DOB
from intake.entry.zips import propose
from intake.errors import Level, Problem

Values = dict[str, str | date]
"""Values as kept by path; what was not asked has no entry."""

DECLINED: Final = ("none", "declined")
ADDRESS: Final = ("patient.zip_code", "patient.city", "patient.state")
EMERGENCY: Final = ("patient.emergency_phone", "patient.emergency_relationship")
NEEDLESS: Final = {
    "patient.phone": ("patient.phone_type", "patient.phone_text_ok", "patient.phone_message_ok"),
    "patient.line1": ("patient.line2", *ADDRESS),
    "patient.emergency_name": EMERGENCY,
}
"""What nobody asks any more once the field named first is "none" or "declined"."""
POLICIES: Final = ("visit.primary", "visit.secondary")
_PAYMENT: Final = "visit.payment"
_NOT_BEFORE_BIRTH: Final = (
    "visit.claim.accident_date",
    "visit.claim.first_treatment",
    "visit.claim.reported_on",
    "visit.claim.authorization_date",
    "visit.network_disclosed",
)
_ONSET: Final = "sx.onset.date"


def fill_in(values: Values, definitions: Definitions) -> None:
    """Add what follows from the rest: the subscriber is the patient unless said otherwise, papers are of today's version."""
    for part in POLICIES:
        begun = any(path.startswith(f"{part}.") for path in values)
        if begun or (part == POLICIES[0] and values.get(_PAYMENT) == "insured"):
            values.setdefault(f"{part}.subscriber", "self")
    if "visit.notices.privacy" in values:
        values.setdefault("visit.notices.privacy_version", definitions.practice.privacy_version)
    if any(path.startswith("visit.notices.consent_") for path in values):
        values.setdefault("visit.notices.consent_version", definitions.practice.consent_version)


def leave_out(values: Values, raw: Mapping[str, object], on: date) -> list[Problem]:
    """Take away what another answer rules out (which opioid, without opioids) and tell it, never in silence."""
    ruled_out = [field.path for field in all_fields() if field.path in values and condition(field) and not applies(field, raw, on)]
    for path in ruled_out:
        del values[path]
    return [Problem(field=path, code="left_out", level="warning") for path in ruled_out]


def missing(values: Values, told: set[str], raw: Mapping[str, object], on: date) -> Iterator[Problem]:
    """Yield what has to be asked and was not; ``told`` are the fields that already have a problem."""
    for field in all_fields():
        wanted = field.about.need == "required" and field.path not in values and field.path not in told
        if wanted and applies(field, raw, on) and not excused(field.path, values):
            yield Problem(field=field.path, code="required", level=_level(field))
    if "patient.legal_last" in values and "patient.legal_first" not in values and "patient.legal_first" not in told:
        yield Problem(field="patient.legal_first", code="single_name", level="warning")
    if values.get(_PAYMENT) == "insured":
        for name, code in (("payer", "missing_payer"), ("member_id", "missing_member_id")):
            if (path := f"{POLICIES[0]}.{name}") not in values and path not in told:
                yield Problem(field=path, code=code, level="warning")


def disagreements(values: Values, answers: Mapping[str, object]) -> Iterator[Problem]:
    """Yield what cannot be true together, or seldom is."""
    zip_code, state = values.get("patient.zip_code"), values.get("patient.state")
    place = propose(zip_code) if isinstance(zip_code, str) else None
    if place is not None and state is not None and place[1] != state:
        yield Problem(field="patient.zip_code", code="zip_state_mismatch", level="warning")
    dob = values.get(DOB)
    if not isinstance(dob, date):
        return
    for path in _NOT_BEFORE_BIRTH:
        day = values.get(path)
        if isinstance(day, date) and day < dob:
            yield Problem(field=path, code="date_before_birth")
    onset = answers.get(_ONSET)
    if isinstance(onset, str) and onset < dob.isoformat()[: len(onset)]:
        yield Problem(field=f"answers.{_ONSET}", code="onset_before_birth")


def excused(path: str, values: Mapping[str, str | date | None]) -> bool:
    """Tell whether another answer makes a required field needless: nobody has to make up an address or a contact."""
    if path in ADDRESS:
        abroad = values.get("patient.zip_code") == "abroad" and path != "patient.city"
        return abroad or values.get("patient.line1") in DECLINED
    return path in EMERGENCY and values.get("patient.emergency_name") in DECLINED


def _level(field: Described) -> Level:
    """Return how much a missing field matters: what only billing needs never holds up a visit."""
    return "warning" if field.about.section == "coverage" and field.path != _PAYMENT else "error"
