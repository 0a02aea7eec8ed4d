"""Where a letter goes: what is signed goes where it was signed to go, and what was printed for somebody else is printed anew."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from intake.actions.issuing import keep_document
from intake.actions.material import material_of
from intake.actions.requests import change_request, renew, request_line
from intake.definitions.bundle import Definitions
from intake.documents.making import make
from intake.domain.requests import Request, RequestState
from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.storage.store import Store
from tests.factories import a_visit
from tests.intake.letters.office import LATER, Office
from tests.intake.letters.papers import AUTO


@pytest.fixture
def office(store: Store, desk: Actor, definitions: Definitions) -> Office:
    """Return the practice."""
    return Office(store, desk, definitions)


def change(office: Office, request: Request, **other: str) -> Request:
    """Change how a letter leaves."""
    usual = {name: getattr(request, name) for name in ("leaves_by", "recipient", "address", "purpose", "language")}
    return change_request(office.store, office.desk, request.id, definitions=office.definitions, now=LATER, **{**usual, **other})


def printed(office: Office, request: Request) -> str:
    """Save the letter as a file, and return its words."""
    material = material_of(office.store, office.desk, request.id, definitions=office.definitions, now=LATER)
    made = make(material, office.definitions, training=False, printed_at=LATER)
    with office.store.transaction():
        keep_document(
            office.store, office.desk, made, kind=request.kind, patient_id=request.patient_id, visit_id=request.visit_id,
            request_id=request.id, how="file", target="file", now=LATER,
        )  # fmt: skip
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made.content)).pages)


OTHER: dict[str, dict[str, Any]] = {
    "recipient": {"recipient": "Somebody Else"},
    "address": {"address": "9 Other Street, Newark, NJ 07102"},
    "purpose": {"purpose": "legal"},
    "language": {"language": "es"},
}


@pytest.mark.parametrize("what", OTHER)
def test_a_signed_letter_goes_where_it_was_signed_to_go(office: Office, clinician: Actor, what: str) -> None:
    """How it gets there may still change."""
    request = office.ask("work_note", recipient="Example Employer", address="1 Example Road, Edison, NJ 08817")
    office.sign(request, clinician)
    with pytest.raises(IntakeError, match="letter_signed"):
        change(office, request, **OTHER[what])
    assert change(office, request, leaves_by="mail").leaves_by == "mail"


def test_where_a_letter_goes_is_part_of_what_is_signed(office: Office, clinician: Actor) -> None:
    """And of the words that are sealed: they are what stands on paper."""
    request = office.ask("work_note", recipient="Example Employer", address="1 Example Road, Edison, NJ 08817")
    letter = office.sign(request, clinician)
    assert letter.sealed is not None
    assert (letter.sealed.recipient, letter.sealed.address) == ("Example Employer", "1 Example Road, Edison, NJ 08817")
    kept = office.store.letters.signature(request.id)
    assert kept is not None
    content = json.loads(kept.content)
    assert (content["recipient"], content["address"]) == ("Example Employer", "1 Example Road, Edison, NJ 08817")
    office.store._connection.execute("UPDATE request SET recipient = 'Somebody Else' WHERE id = ?", (request.id,))
    assert list(office.store.letters.altered()) == [request.id]
    assert "Example Employer" in printed(office, request)


@pytest.mark.parametrize("what", ["recipient", "address", "purpose"])
def test_a_printed_letter_that_goes_elsewhere_now_is_printed_anew(office: Office, what: str) -> None:
    """It counts as changed since it was printed until it was."""
    claim = a_visit(visit_type="auto", claim=AUTO)
    request = office.ask("insurer_notice", visit=claim, recipient="Example Auto Insurance", address="1 Example Road, Edison, NJ 08817")
    printed(office, request)
    assert not request_line(office.store, office.desk, request.id).changed
    changed = change(office, request, **OTHER[what])
    assert request_line(office.store, office.desk, request.id).changed
    renew(office.store, office.desk, request.id, now=LATER)
    words = printed(office, changed)
    assert ("Somebody Else" in words) == (what == "recipient")
    line = request_line(office.store, office.desk, request.id)
    assert (line.state, line.changed) == (RequestState.PRINTED, False)
