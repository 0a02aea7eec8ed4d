"""A letter put together: what the record fills, what is asked, what stands only with consent or for its purpose."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

import pytest

from intake.domain.letters import Letter
from intake.domain.reviews import Correction
from intake.entry.letter_facts import from_record
from intake.entry.letters import asked, body_of, compose, missing, read_typed
from tests.factories import a_patient
from tests.intake.letters.papers import ABSENCE, DUTY, REFERRAL, a_letter, a_request, facts_of, kind_of, template_of

LETTERS = ("work_note", "referral_letter", "insurer_notice", "work_status")
TYPED = {"work_note": ABSENCE, "referral_letter": REFERRAL, "insurer_notice": {}, "work_status": DUTY}
ON = date(2026, 11, 22)


def words(key: str, letter: Letter, purpose: str = "") -> str:
    """Return the whole text of a letter."""
    return body_of(compose(template_of(key), letter, purpose=purpose or kind_of(key).purpose))


def still(key: str, letter: Letter, purpose: str = "") -> tuple[str, ...]:
    """Return what a letter asks for."""
    return missing(template_of(key), letter.values, purpose=purpose or kind_of(key).purpose, body=letter.body)


def test_a_work_note_without_consents_is_complete_and_says_only_that_the_person_was_seen() -> None:
    """Nothing was agreed to, so nothing else is told: no time, no reason, no birth date."""
    letter = a_letter("work_note")
    assert still("work_note", letter) == ()
    first, last = body_of(compose(template_of("work_note"), letter, purpose="to_patient")).split("\n\n")
    assert first == "We confirm that Ana Sample was seen at Redefine Healthcare, Edison, on Nov 22, 2026."
    assert last.startswith("This note tells only what the patient agreed to share.")
    assert compose(template_of("work_note"), letter, purpose="to_patient").about == ("Patient: Ana Sample",)


@pytest.mark.parametrize("answer", ["", "no"])
def test_what_the_patient_did_not_agree_to_is_neither_said_nor_asked(answer: str) -> None:
    """Not even when it was typed before the patient said no."""
    letter = a_letter("work_note", typed={**ABSENCE, "consent_absence": answer, "consent_reason": answer, "reason": "Neck pain"})
    text = words("work_note", letter)
    assert ("Nov 26" in text, "Neck pain" in text) == (False, False)
    keys = {each.key for each in asked(template_of("work_note"), letter.values, purpose="to_patient")}
    assert keys.isdisjoint({"off_from", "back_on", "reason"})
    assert {"consent_absence", "consent_reason"} <= keys


def test_with_consent_the_paragraph_stands_and_what_it_lacks_is_asked_for() -> None:
    """A gap names itself, so that nobody hands it out unseen."""
    letter = a_letter("work_note", typed={"consent_absence": "yes", "off_from": "2026-11-22"})
    assert still("work_note", letter) == ("back_on",)
    assert "from Nov 22, 2026. The return is planned for [Back on]." in words("work_note", letter)


def test_the_spanish_letter_says_the_same_in_spanish() -> None:
    """Dates too."""
    text = words("work_note", a_letter("work_note", typed=ABSENCE, language="es"))
    assert "Confirmamos que Ana Sample acudió a una visita en Redefine Healthcare, Edison, el 22 de noviembre de 2026." in text
    assert "El regreso está previsto para el 26 de noviembre de 2026." in text


@pytest.mark.parametrize("key", LETTERS)
def test_every_letter_can_be_completed_and_then_has_no_gap(key: str) -> None:
    """What is asked is all that it needs."""
    letter = a_letter(key, facts_of(key, reviewed=True), typed=TYPED[key])
    assert still(key, letter) == ()
    assert "[" not in words(key, letter)
    assert "{" not in words(key, letter)


def test_the_record_fills_the_insurers_notice() -> None:
    """Nobody types twice what the desk recorded."""
    text = words("insurer_notice", a_letter("insurer_notice"))
    for told in (
        "Treatment began on Nov 22, 2026",
        "Ana Sample, 12 Example Street, Apt 3, Edison, NJ 08837",
        "Nov 15, 2026",
        "N.J.S.A. 39:6A-5",
    ):
        assert told in text
    composed = compose(template_of("insurer_notice"), a_letter("insurer_notice"), purpose="payment")
    assert composed.about == ("Patient: Ana Sample, born Mar 4, 1985", "Policy PA 100 200", "Claim CL-300-400", "Attention: Avery Example")
    assert composed.recipient == "Example Auto Insurance"


def test_treatment_began_on_the_first_visit_after_the_accident() -> None:
    """The 21 days run from it."""
    facts = dataclasses.replace(facts_of("insurer_notice"), treated_on=date(2026, 11, 17))
    assert "Treatment began on Nov 17, 2026" in words("insurer_notice", a_letter("insurer_notice", facts))


def test_codes_are_those_of_the_signed_review_and_of_no_other() -> None:
    """A visit that is not signed has none."""
    assert "Codes" not in words("referral_letter", a_letter("referral_letter", typed=REFERRAL))
    signed = a_letter("referral_letter", facts_of("referral_letter", reviewed=True), typed=REFERRAL)
    assert "M62.838 Other muscle spasm; M54.2 Cervicalgia" in words("referral_letter", signed)


@pytest.mark.parametrize(("purpose", "told"), [("treatment", True), ("to_patient", True), ("authorization", True), ("legal", False)])
def test_health_is_told_only_for_what_the_template_was_made_for(purpose: str, told: bool) -> None:  # noqa: FBT001 - a case
    """A referral that is asked for by a court says neither codes nor medicine."""
    letter = a_letter("referral_letter", facts_of("referral_letter", reviewed=True), typed=REFERRAL)
    text = words("referral_letter", letter, purpose)
    assert [each in text for each in ("M62.838", "Ibuprofen", "Stiff neck", "Numb fingers")] == [told] * 4
    assert ("reason" in {each.key for each in asked(template_of("referral_letter"), {}, purpose=purpose)}) == told


def test_words_that_say_there_is_nothing_are_not_put_into_a_letter() -> None:
    """No letter is sent to "none", and nobody is called at "declined"."""
    patient = a_patient(phone="declined", line1="none", line2=None, city=None, state=None, zip_code=None)
    values = from_record(template_of("referral_letter"), facts_of("referral_letter", patient))
    assert ("phone" in values, values["allergies"]) == (False, "None known")
    assert "patient_address" not in from_record(template_of("insurer_notice"), facts_of("insurer_notice", patient))


def test_a_safety_answer_that_a_clinician_put_right_is_told_as_put_right() -> None:
    """The letter says what is known, not what was typed first."""
    fixed = Correction(
        path="visit.safety.allergies", before="none", after="Penicillin", reason="Said so", by="Dr. Nora Example",
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )  # fmt: skip
    facts = dataclasses.replace(facts_of("referral_letter"), corrections=(fixed,))
    assert from_record(template_of("referral_letter"), facts)["allergies"] == "Penicillin"


def test_what_is_typed_stands_over_the_record_and_an_empty_text_gives_it_back() -> None:
    """Typing never loses what the record says."""
    letter = a_letter("work_note", typed={"clinic": "Edison, second floor", "patient_name": ""})
    assert "Ana Sample was seen at Redefine Healthcare, Edison, second floor, on" in words("work_note", letter)


def test_a_body_of_ones_own_needs_words_no_gap_and_in_a_work_note_the_patients_agreement() -> None:
    """It is the only way to say more than the template's consents allow."""
    own = a_letter("work_note", body="She may come late on Monday.")
    assert still("work_note", own) == ("consent_words",)
    agreed = {"consent_words": "yes"}
    assert still("work_note", dataclasses.replace(own, typed=agreed)) == ()
    assert still("work_note", a_letter("work_note", body=" \n ", typed=agreed)) == ("body",)
    assert still("work_note", a_letter("work_note", body="Back on [Back on].", typed=agreed)) == ("body",)
    assert still("referral_letter", a_letter("referral_letter", body="Please see her.")) == ()


def test_a_body_of_ones_own_is_said_as_it_was_written() -> None:
    """Empty lines part its paragraphs, line ends stay."""
    composed = compose(template_of("referral_letter"), a_letter("referral_letter", body="One.\nTwo.\n\n\nThree.\n"), purpose="treatment")
    assert composed.paragraphs == ("One.\nTwo.", "Three.")


def test_typed_dates_are_kept_in_iso_and_what_is_no_date_is_kept_and_asked_for() -> None:
    """Nothing that was typed is thrown away."""
    kept, problems = read_typed(template_of("work_note"), {"off_from": "11/23/26", "back_on": "soon", "left": " 11:10  AM "}, on=ON)
    assert (kept, problems) == ({"off_from": "2026-11-23", "back_on": "soon", "left": "11:10 AM"}, ())
    assert still("work_note", a_letter("work_note", typed={**kept, "consent_absence": "yes"})) == ("back_on",)


def test_an_optional_date_that_is_none_is_asked_for_too() -> None:
    """It would stand in the letter as a gap."""
    typed = {"consent_limits": "yes", "limits": "No lifting.", "limits_until": "some day"}
    assert still("work_note", a_letter("work_note", typed=typed)) == ("limits_until",)


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("nothing", "x", "unknown_field"),
        ("consent_time", "perhaps", "not_a_choice"),
        ("left", "x" * 301, "too_long"),
        ("limits", "x" * 40_001, "text_too_long"),
        ("left", "a\x07b", "control_characters"),
    ],
)
def test_what_cannot_be_kept_is_named_by_its_field(key: str, text: str, code: str) -> None:
    """One problem each."""
    _, problems = read_typed(template_of("work_note"), {key: text}, on=ON)
    assert [(each.field, each.code) for each in problems] == [(f"letter.{key}", code)]


def test_a_work_status_is_one_of_three() -> None:
    """And is said in words."""
    assert still("work_status", a_letter("work_status")) == ("status", "from_day")
    assert "Work status from Nov 23, 2026: limited duty." in words("work_status", a_letter("work_status", typed=DUTY))
    _, problems = read_typed(template_of("work_status"), {"status": "fine"}, on=ON)
    assert [each.code for each in problems] == ["not_a_choice"]
    assert a_request("work_status").purpose == "workers_comp"
