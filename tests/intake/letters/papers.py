"""Letters as a desk leaves them, complete or not, signed or not; and the same as PDF."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from intake.documents.letter import letter_paper
from intake.domain.coverage import Claim
from intake.domain.document_kinds import DocumentKind
from intake.domain.letters import Letter, LetterSignature, Template
from intake.domain.numbers import document_number
from intake.domain.patients import Patient
from intake.domain.records import PatientRecord, VisitRecord
from intake.domain.requests import Request, RequestState
from intake.entry.letter_facts import Facts, Reviewed
from intake.entry.letters import compose, from_record
from tests.factories import NOW, a_patient, a_visit
from tests.intake.documents.samples import a_record, definitions

PRINTED_AT = datetime(2026, 11, 22, 15, 45, tzinfo=UTC)
SIGNATURE = LetterSignature(by="Dr. Nora Example", role="clinician", at=PRINTED_AT, fingerprint="3f9a17c288d04b1e" * 4)
ABSENCE = {"consent_absence": "yes", "off_from": "2026-11-22", "back_on": "2026-11-26"}
REFERRAL = {"reason": "Numb fingers on the left since October.", "question": "Please examine and advise."}
DUTY = {"status": "limited", "from_day": "2026-11-23", "limits": "No lifting over 10 pounds, no work overhead."}
AUTO = Claim(
    accident_date=date(2026, 11, 15),
    insurer="Example Auto Insurance",
    policy_number="PA 100 200",
    claim_number="CL-300-400",
    adjuster_name="Avery Example",
    policy_holder="Ana Sample",
)
WORK = Claim(
    accident_date=date(2026, 11, 16),
    employer="Example Warehouse LLC",
    carrier="Example Mutual",
    claim_number="WC-500",
    adjuster_name="Avery Example",
    authorization_number="AU-77",
    body_part="Neck, left shoulder",
)
CLAIMS = {"insurer_notice": ("auto", AUTO), "work_status": ("work", WORK)}


def kind_of(key: str) -> DocumentKind:
    """Return a kind of document that ships with the program."""
    return definitions().document_kinds.kind(key)


def template_of(key: str) -> Template:
    """Return the template of a kind."""
    return definitions().templates[kind_of(key).template]


def a_case(key: str, patient: Patient | None = None) -> VisitRecord:
    """Return the visit that a kind of letter is usually asked for."""
    visit_type, claim = CLAIMS.get(key, ("none", Claim()))
    person = PatientRecord(id=42, number="RD-004217-6", version=1, patient=patient or a_patient())
    return a_record(visit=a_visit(visit_type=visit_type, claim=claim), patient=person.patient)


def facts_of(key: str, patient: Patient | None = None, *, reviewed: bool = False) -> Facts:
    """Return the record behind a letter; the review of the visit is signed with two codes, or it is not."""
    known = definitions()
    review = Reviewed(by="Dr. Nora Example", at=NOW, codes=("M62.838", "M54.2"), released=known.codes) if reviewed else None
    return Facts(record=a_case(key, patient), practice=known.practice, reviewed=review)


def a_letter(key: str, facts: Facts | None = None, **fields: Any) -> Letter:
    """Return a letter of a kind over the usual record; keywords replace its fields."""
    template = template_of(key)
    values = from_record(template, facts or facts_of(key))
    usual: dict[str, Any] = {"typed": {}, "body": None, "version": 1, "missing": (), "language": "en"}
    return Letter(request_id=7, template=template.key, from_record=values, **{**usual, **fields})


def a_request(key: str, **fields: Any) -> Request:
    """Return a request for a kind of letter."""
    kind = kind_of(key)
    usual: dict[str, Any] = {
        "id": 7, "number": document_number(7), "patient_id": 42, "visit_id": 12, "kind": key, "location": "loc.edison",
        "asked_by": "patient", "leaves_by": kind.leaves_by, "recipient": "", "address": "", "purpose": kind.purpose, "language": "en",
        "state": RequestState.REQUESTED, "opened_at": NOW, "opened_by": "Dana Desk", "due_at": NOW, "clinician": None,
        "printed_at": None, "delivered_at": None,
    }  # fmt: skip
    return Request(**{**usual, **fields})


def paper(key: str, letter: Letter | None = None, *, training: bool = False, **request: Any) -> bytes:
    """Return a letter as PDF."""
    asked = a_request(key, **request)
    written = letter or a_letter(key)
    return letter_paper(
        compose(template_of(key), written, purpose=asked.purpose, recipient=asked.recipient, address=asked.address),
        written,
        kind=kind_of(key),
        request=asked,
        practice=definitions().practice,
        location=definitions().practice.location(asked.location),
        training=training,
        printed_at=PRINTED_AT,
    )
