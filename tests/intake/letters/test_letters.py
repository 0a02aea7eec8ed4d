"""Letters in the store: kept at every change, the request follows, a clinician signs, and then nothing changes any more."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.handing_over import hand_over
from intake.actions.issuing import keep_document
from intake.actions.letters import open_letter
from intake.actions.patients import edit_patient, open_patient
from intake.actions.print_runs import begin_run
from intake.actions.requests import change_request, request_of, steps_of, withdraw
from intake.definitions.bundle import Definitions
from intake.domain.documents import Made
from intake.domain.requests import Handover, Request, RequestState
from intake.domain.staff import Actor
from intake.errors import ConflictError, DeniedError, IntakeError, InvalidInputError
from intake.storage.check import examine
from intake.storage.store import Store
from tests.factories import a_patient, a_store, a_visit
from tests.intake.letters.office import LATER, Office
from tests.intake.letters.papers import ABSENCE, AUTO, REFERRAL


@pytest.fixture
def office(store: Store, desk: Actor, definitions: Definitions) -> Office:
    """Return the practice."""
    return Office(store, desk, definitions)


@pytest.fixture
def room(store: Store, clinician: Actor, definitions: Definitions) -> Office:
    """Return the practice at a clinician's own desk, where letters are written that tell of a review."""
    return Office(store, clinician, definitions)


def test_a_request_follows_what_its_letter_asks_for(room: Office) -> None:
    """Incomplete is requested; complete waits for its signature, and goes back when something is taken out."""
    request = room.ask("referral_letter")
    assert request.state is RequestState.REQUESTED
    assert room.open(request).missing == ("reason",)
    assert room.keep(request, REFERRAL).missing == ()
    assert room.state(request) is RequestState.WAITING
    assert room.keep(request, {}).missing == ("reason",)
    assert room.state(request) is RequestState.REQUESTED
    assert [step.what for step in steps_of(room.store, room.desk, request.id)] == ["requested", "waiting", "requested"]


def test_a_work_note_waits_for_its_signature_at_once(office: Office) -> None:
    """The record fills all that it needs."""
    assert office.ask("work_note").state is RequestState.WAITING


def test_a_notice_that_nobody_signs_is_ready_when_nothing_is_missing(office: Office) -> None:
    """And is not ready while the insurer is unknown."""
    known = office.ask("insurer_notice", visit=a_visit(visit_type="auto", claim=AUTO))
    assert known.state is RequestState.READY
    bare = type(AUTO)(accident_date=AUTO.accident_date)
    unknown = office.ask("insurer_notice", visit=a_visit(visit_type="auto", claim=bare))
    assert unknown.state is RequestState.REQUESTED
    assert office.open(unknown).missing == ("insurer", "policy_number")
    office.keep(unknown, {"insurer": "Example Auto", "policy_number": "not known yet"})
    assert office.state(unknown) is RequestState.READY


def test_every_keep_is_on_disk_when_it_returns(office: Office, tmp_path: Path) -> None:
    """Another program reads it at once, and nothing of it is lost when this one ends."""
    request = office.ask("work_note")
    kept = office.keep(request, ABSENCE, body="She may come late.\n")
    second = a_store(tmp_path / "data")
    try:
        again = open_letter(second, office.desk, request.id, definitions=office.definitions, now=LATER)
    finally:
        second.close()
    assert (again.typed, again.body, again.version) == (ABSENCE, "She may come late.\n", kept.version)


def test_an_edited_body_is_kept_and_can_be_given_back_to_the_template(office: Office) -> None:
    """The fields were never forgotten."""
    request = office.ask("work_note")
    office.keep(request, {**ABSENCE, "consent_words": "yes"}, body="Own words.")
    assert office.words(request) == "Own words."
    office.keep(request, ABSENCE, body=None)
    assert "Nov 26, 2026" in office.words(request)


def test_the_version_rises_with_changes_only(office: Office) -> None:
    """Keeping the same again changes nothing that was printed."""
    request = office.ask("work_note")
    assert office.open(request).version == 0
    assert [office.keep(request, typed).version for typed in (ABSENCE, ABSENCE, {})] == [1, 1, 2]


def test_two_desks_never_overwrite_each_other_unseen(office: Office) -> None:
    """Who looked at an older one is told."""
    request = office.ask("work_note")
    office.keep(request, ABSENCE, version=0)
    with pytest.raises(ConflictError, match="letter_changed"):
        office.keep(request, {}, version=0)
    assert office.open(request).typed == ABSENCE


def test_what_cannot_be_kept_is_named_and_nothing_of_it_is_kept(office: Office) -> None:
    """One problem for each field, and one for the body."""
    request = office.ask("work_note")
    with pytest.raises(InvalidInputError) as refused:
        office.keep(request, {**ABSENCE, "nothing": "x"}, body="bell \x07")
    assert [problem.field for problem in refused.value.problems] == ["letter.nothing", "letter.body"]
    assert office.open(request).version == 0


def test_the_record_fills_a_letter_anew_until_it_is_signed(office: Office, clinician: Actor) -> None:
    """A name put right is put right in the letter too; what was signed stays as it was signed."""
    request = office.ask("work_note")
    rename(office, request, "Samplova")
    assert "Ana Samplova was seen" in office.words(request)
    office.sign(request, clinician)
    rename(office, request, "Other")
    assert "Ana Samplova was seen" in office.words(request)


def rename(office: Office, request: Request, last: str) -> None:
    """Change the patient's last name."""
    record = open_patient(office.store, office.desk, request.patient_id, now=LATER).record
    edit_patient(
        office.store, office.desk, patient_id=record.id, version=record.version, patient=a_patient(legal_last=last),
        definitions=office.definitions, now=LATER,
    )  # fmt: skip


def test_a_signature_makes_the_request_ready_and_locks_the_letter(office: Office, clinician: Actor) -> None:
    """By an action and past every action."""
    request = office.ask("work_note")
    office.keep(request, ABSENCE)
    signed = office.sign(request, clinician)
    assert signed.signature is not None
    assert (signed.signature.by, signed.signature.role, len(signed.signature.fingerprint)) == ("Casey Example", "clinician", 64)
    assert office.state(request) is RequestState.READY
    assert request_of(office.store, office.desk, request.id).clinician == "Casey Example"
    with pytest.raises(ConflictError, match="letter_signed"):
        office.keep(request, {})
    with pytest.raises(ConflictError, match="letter_signed"):
        office.sign(request, clinician)
    kept = office.store.letters.get(request.id)
    assert kept is not None
    with pytest.raises(IntakeError, match="append_only"), office.store.transaction():
        office.store.letters.put(kept)


def test_a_signature_is_told_with_its_fingerprint_and_never_with_words(office: Office, clinician: Actor) -> None:
    """The audit says that, by whom and over what."""
    request = office.ask("work_note")
    office.keep(request, ABSENCE)
    signed = office.sign(request, clinician)
    assert signed.signature is not None
    [told] = office.audited("sign_letter")
    assert re.fullmatch(rf"letter_signature:{request.id}=[0-9a-f]{{64}}", told.pop("sealed")[1])
    assert told == {"request": [None, request.number], "fingerprint": [None, signed.signature.fingerprint]}
    assert [len(office.audited(action)) for action in ("write_letter", "confirm_password")] == [1, 1]


def test_only_a_clinician_signs_and_only_with_the_own_password(office: Office, clinician: Actor, admin: Actor, print_desk: Actor) -> None:
    """Everybody may write a letter."""
    request = office.ask("work_note")
    for actor in (office.desk, admin, print_desk):
        office.keep(request, {}, actor=actor)
        with pytest.raises(DeniedError):
            office.sign(request, actor)
    with pytest.raises(IntakeError, match="wrong_signature"):
        office.sign(request, clinician, password="not this one")
    assert office.state(request) is RequestState.WAITING


def test_a_letter_is_not_signed_while_something_is_missing(room: Office, clinician: Actor) -> None:
    """It says what."""
    request = room.ask("referral_letter")
    with pytest.raises(InvalidInputError) as refused:
        room.sign(request, clinician)
    assert [(problem.field, problem.code) for problem in refused.value.problems] == [("letter.reason", "letter_field_missing")]
    assert room.open(request).signature is None


def test_a_letter_that_changed_since_it_was_read_is_not_signed_unseen(office: Office, clinician: Actor) -> None:
    """Nobody signs what another desk just typed."""
    request = office.ask("work_note")
    seen = office.keep(request, ABSENCE)
    office.keep(request, {})
    with pytest.raises(ConflictError, match="letter_changed"):
        office.sign(request, clinician, version=seen.version)


def test_a_signature_is_never_older_than_what_it_signs(office: Office, clinician: Actor) -> None:
    """A clock that went back signs nothing."""
    request = office.ask("work_note")
    office.keep(request, ABSENCE)
    with pytest.raises(IntakeError, match="clock_behind"):
        office.sign(request, clinician, now=LATER - timedelta(minutes=1))


def test_a_notice_that_waits_for_nobodys_signature_takes_none(office: Office, clinician: Actor) -> None:
    """It has a line to sign on."""
    request = office.ask("insurer_notice", visit=a_visit(visit_type="auto", claim=AUTO))
    with pytest.raises(IntakeError, match="not_to_sign"):
        office.sign(request, clinician)


def test_what_was_handed_over_or_withdrawn_is_not_written_any_more(office: Office, clinician: Actor) -> None:
    """It can be looked at."""
    gone = office.ask("work_note")
    withdraw(office.store, office.desk, gone.id, reason="Asked for by mistake", now=LATER)
    with pytest.raises(IntakeError, match="request_closed"):
        office.keep(gone, ABSENCE)
    with pytest.raises(IntakeError, match="request_closed"):
        office.sign(gone, clinician)
    notice = office.ask("insurer_notice", visit=a_visit(visit_type="auto", claim=AUTO))
    delivered(office, notice)
    with pytest.raises(IntakeError, match="request_closed"):
        office.keep(notice, {"adjuster": "Someone"})
    assert office.open(notice).missing == ()


def delivered(office: Office, request: Request) -> None:
    """Print a document and hand it over."""
    with office.store.transaction():
        keep_document(
            office.store, office.desk, Made(content=b"%PDF-1.7", pages=1), kind=request.kind, patient_id=request.patient_id,
            visit_id=request.visit_id, request_id=request.id, how="file", target="file", now=LATER,
        )  # fmt: skip
    to = Handover(to="Example Auto Insurance", identity="recipient_known")
    hand_over(office.store, office.desk, request.id, to, definitions=office.definitions, now=LATER)


def test_another_purpose_takes_the_patients_health_out_of_a_referral(room: Office) -> None:
    """What was typed is kept for when it is for treatment again."""
    request = room.ask("referral_letter")
    room.keep(request, REFERRAL)
    legal = change_request(
        room.store, room.desk, request.id, leaves_by="mail", recipient="", address="", purpose="legal", language="en",
        definitions=room.definitions, now=LATER,
    )  # fmt: skip
    assert "Numb fingers" not in room.words(legal)
    assert room.open(legal).typed == REFERRAL


def test_a_document_that_is_no_letter_has_none(office: Office) -> None:
    """And one that is not there neither."""
    note = office.ask("visit_note")
    with pytest.raises(IntakeError, match="not_a_letter"):
        office.open(note)
    with pytest.raises(IntakeError, match="request_not_found"):
        open_letter(office.store, office.desk, 999_999, definitions=office.definitions, now=LATER)


def test_a_letter_is_not_written_while_it_is_with_a_printer(office: Office) -> None:
    """What comes out is what was on the screen when it was sent."""
    request = office.ask("insurer_notice", visit=a_visit(visit_type="auto", claim=AUTO))
    begin_run(office.store, office.desk, location=request.location, cover=False, definitions=office.definitions, now=LATER)
    with pytest.raises(IntakeError, match="request_printing"):
        office.keep(request, {"adjuster": "Someone"})
    assert office.open(request).version == 0


FORGED = {
    "its text": "UPDATE letter SET body = 'She may go.'",
    "its signer": "UPDATE letter_signature SET staff_name = 'Somebody Else'",
    "what was signed": "UPDATE letter_signature SET content = json_set(content, '$.purpose', 'legal')",
    "its signature taken off": "DELETE FROM letter_signature",
}


@pytest.mark.parametrize("case", FORGED)
def test_a_signed_letter_that_was_altered_past_the_program_is_found(office: Office, clinician: Actor, case: str) -> None:
    """Whoever takes the locks off first."""
    request = office.ask("work_note")
    office.keep(request, ABSENCE)
    office.sign(request, clinician)
    assert examine(office.store).altered == ()
    connection = office.store.letters._connection
    for trigger in ("letter_signed_stays", "letter_signature_never_changed", "letter_signature_never_removed"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(FORGED[case])
    assert examine(office.store).altered == (request.number,)
