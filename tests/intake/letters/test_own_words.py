"""Words of one's own: the patient's consent is to the text that was read, and to no other."""

from __future__ import annotations

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.requests import Request
from intake.domain.staff import Actor
from intake.errors import InvalidInputError
from intake.storage.store import Store
from tests.intake.letters.office import Office
from tests.intake.letters.papers import REFERRAL

AGREED = {"consent_words": "yes"}
READ = "She was here."


@pytest.fixture
def office(store: Store, desk: Actor, definitions: Definitions) -> Office:
    """Return the practice."""
    return Office(store, desk, definitions)


@pytest.fixture
def note(office: Office) -> Request:
    """Return a work note in words of its own that the patient read."""
    request = office.ask("work_note")
    assert office.keep(request, {}, body=READ).missing == ("consent_words",)
    assert office.keep(request, AGREED, body=READ).missing == ()
    return request


def test_a_consent_falls_with_another_text(office: Office, note: Request, clinician: Actor) -> None:
    """Whatever still stands on the screen that wrote it."""
    changed = office.keep(note, AGREED, body="She has a bad neck.")
    assert (dict(changed.typed), changed.missing) == ({}, ("consent_words",))
    with pytest.raises(InvalidInputError):
        office.sign(note, clinician)
    assert office.keep(note, AGREED, body="She has a bad neck and back.").missing == ("consent_words",)
    assert office.keep(note, AGREED, body="She has a bad neck and back.").missing == ()


def test_a_consent_stays_while_the_text_does(office: Office, note: Request) -> None:
    """What was read is what leaves."""
    assert office.keep(note, {**AGREED, "consent_time": "no"}, body=READ).missing == ()


def test_a_consent_does_not_wait_for_a_text_to_come(office: Office, note: Request) -> None:
    """Given back to the template, nothing is left to agree to; and a consent from before the text is none."""
    assert dict(office.keep(note, AGREED, body=None).typed) == {}
    assert office.keep(note, {}, body=READ).missing == ("consent_words",)
    early = office.ask("work_note")
    office.keep(early, AGREED)
    assert office.keep(early, AGREED, body=READ).missing == ("consent_words",)


@pytest.mark.parametrize("key", ["clinic", "practice", "patient_name", "visit_day"])
def test_what_is_typed_over_the_record_where_no_consent_is_asked_needs_one(office: Office, clinician: Actor, key: str) -> None:
    """Free words where the record tells that somebody was here are words of one's own."""
    request = office.ask("work_note")
    typed = {key: "11/1/2026" if key == "visit_day" else "Edison, for a bad neck"}
    assert office.keep(request, typed).missing == ("consent_words",)
    with pytest.raises(InvalidInputError):
        office.sign(request, clinician)
    assert office.keep(request, {**typed, **AGREED}).missing == ()
    assert office.keep(request, {key: "11/2/2026" if key == "visit_day" else "Edison, for her back", **AGREED}).missing == (
        "consent_words",
    )


def test_the_records_own_words_typed_again_need_no_consent(office: Office) -> None:
    """They say nothing else."""
    request = office.ask("work_note")
    assert office.keep(request, {"clinic": office.open(request).from_record["clinic"]}).missing == ()


def test_a_letter_with_a_basis_of_its_own_asks_no_consent(store: Store, clinician: Actor, definitions: Definitions) -> None:
    """A referral is for treatment."""
    room = Office(store, clinician, definitions)
    assert room.keep(room.ask("referral_letter"), {**REFERRAL, "clinic": "Our place"}, body="Dear all.").missing == ()
