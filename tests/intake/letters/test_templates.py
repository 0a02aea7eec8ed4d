"""Templates: an unknown field, a vain one, or more than the patient agreed to is refused, named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.letters import OPEN_SOURCES, FieldKind
from intake.errors import ResourceError
from intake.paths import RESOURCES

WORK, REFERRAL = "letters/work_note.toml", "letters/referral_letter.toml"
BROKEN = {
    "a paragraph names an unknown field": (WORK, "from {arrived} to", "from {arival} to", "{arival}", "there is no field arival"),
    "a field is filled from nowhere": (WORK, '"visit.arrived"', '"visit.arival"', '"visit.arival"', "nothing that the record fills"),
    "a plan is sent by itself": (WORK, '"visit.arrived"', '"review.plan"', '"review.plan"', "nothing that the record fills"),
    "a text is filled with a date": (WORK, '"visit.arrived"', '"patient.dob"', '"patient.dob"', "cannot fill"),
    "a field is of an unknown kind": (WORK, 'kind = "consent"', 'kind = "maybe"', 'key = "consent_time"', "expected one of"),
    "a consent is none": (WORK, 'consent = "consent_time"', 'consent = "arrived"', 'consent = "arrived"', "no field of the kind consent"),
    "the Spanish has other fields": (WORK, "hasta las {left}", "hasta el final", "La visita duró", "same fields"),
    "a brace stands alone": (WORK, "to {left}.", "to {left.", "The visit lasted", "brace"),
    "a field stands nowhere": (WORK, " to {left}.", ".", None, "same fields"),
    "more than the patient agreed to": (WORK, 'consent = "consent_time"\n', "", "The visit lasted", "with a consent only"),
    "own words without a consent": (WORK, 'own_words = "consent_words"\n', "", "version", "own_words"),
    "a consent that is required": (WORK, 'kind = "consent"', 'kind = "consent"\nrequired = true', 'key = "consent_time"', "never required"),
    "a field twice": (WORK, 'key = "left"', 'key = "arrived"', 'key = "arrived"', "given twice"),
    "a basis that is no purpose": (REFERRAL, 'basis = ["treatment"]', 'basis = ["habit"]', None, "expected one of"),
    "a version of another template": (WORK, '"work_note-1"', '"letter-1"', "version", "a version looks like"),
    "a field in the title": (WORK, 'title = { en = "', 'title = { en = "{reasonn} ', "title = ", "in a paragraph only"),
    "a field in the salutation": (WORK, 'salutation = { en = "', 'salutation = { en = "{reasonn} ', "salutation = ", "in a paragraph only"),
    "a field in a label": (REFERRAL, 'label = { en = "Born" }', 'label = { en = "Born {when}" }', "Born {when}", "in a paragraph only"),
    "a consent nobody reads": (WORK, 'consent = "consent_time"', 'consnet = "consent_time"', "consnet", "consnet is not known here"),
    "a need nobody reads": (REFERRAL, "required = true\nclinical", "requird = true\nclinical", "requird", "requird is not known here"),
    "a word of the letter nobody reads": (REFERRAL, "basis =", "base =", "base =", "base is not known here"),
    "a language nobody reads": (REFERRAL, "title = { en =", 'title = { de = "Brief", en =', "title = ", "de is not known here"),
    "a question whose answer is said nowhere": (
        REFERRAL, 'What we ask of you: {question}"', 'What we ask of you"', 'key = "question"', "stands nowhere",
    ),
}  # fmt: skip


def changed(folder: Path, name: str, old: str, new: str) -> str:
    """Put a template with another text in place of the shipped one, and return its text."""
    text = (RESOURCES / name).read_text(encoding="utf-8")
    assert old in text
    (folder / "letters").mkdir(parents=True)
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.replace(old, new, 1)


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_template_is_refused_with_file_line_and_reason(tmp_path: Path, case: str) -> None:
    """Before anybody prints it."""
    name, old, new, near, reason = BROKEN[case]
    text = changed(tmp_path, name, old, new)
    with pytest.raises(ResourceError) as refused:
        load_definitions(overrides=tmp_path)
    facts = refused.value.facts
    assert (facts["name"], reason in str(facts["reason"])) == (name, True), facts
    if near is not None:
        assert facts["line"] == text.count("\n", 0, text.index(near)) + 1


def test_without_any_consent_a_work_note_says_that_the_person_was_here_that_day_and_no_more(definitions: Definitions) -> None:
    """Minimum necessary, 45 CFR 164.502(b)."""
    note = definitions.templates["work_note"]
    told = {note.field(key).source for part in (*note.about, *note.parts) if not part.consent for key in part.keys}
    assert told <= OPEN_SOURCES
    assert told == {"patient.name", "practice.name", "clinic.name", "visit.day"}


def test_the_notice_to_the_insurer_tells_nothing_of_the_patients_health(definitions: Definitions) -> None:
    """Who, where, when, and under which policy."""
    sources = {each.source for each in definitions.templates["insurer_notice"].fields}
    assert not {source for source in sources if source.startswith(("visit.safety", "review.codes", "visit.reason", "visit.claim.body"))}


def test_what_a_patient_can_do_at_work_is_never_filled_in_from_the_desk(definitions: Definitions) -> None:
    """It is the clinician's to say."""
    status = definitions.templates["work_status"]
    assert [status.field(key).source for key in ("status", "limits", "from_day")] == ["", "", ""]
    assert status.field("status").kind is FieldKind.CHOICE


def test_a_practices_own_template_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    """And its own wording is what is said."""
    changed(tmp_path, WORK, "We confirm that", "It is true that")
    own = load_definitions(overrides=tmp_path).templates["work_note"]
    assert own.parts[0].text.en.startswith("It is true that {patient_name}")
