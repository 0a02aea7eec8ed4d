"""A whole intake as typed: what is understood, what is asked for, what has to agree."""

from __future__ import annotations

import copy
import time
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.definitions.bundle import Definitions
from intake.domain.coverage import Coverage
from intake.entry.applying import applies, fields_by_path
from intake.entry.reading import Reading, get, put, read_field, read_intake
from intake.example import EXAMPLE

TODAY = date(2026, 11, 22)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
PLACES = [*fields_by_path(), "patient", "visit", "visit.primary", "visit.claim", "answers", "answers.sx.twitching", "pain_drawing", "more"]


def changed(**values: Any) -> dict[str, Any]:
    """Return the example with values put at paths, a path's points written as two underscores."""
    raw = copy.deepcopy(EXAMPLE)
    for path, value in values.items():
        put(raw, path.replace("__", "."), value)
    return raw


def codes(reading: Reading, path: str) -> set[tuple[str, str]]:
    """Return codes and levels of the problems of one field."""
    return {(problem.code, problem.level) for problem in reading.problems if problem.field == path}


@pytest.fixture
def read(definitions: Definitions) -> Any:
    """Return a reader of raw intakes for today."""
    return lambda raw: read_intake(raw, definitions=definitions, on=TODAY)


def test_the_example_is_complete_and_has_no_problem(read: Any) -> None:
    """What the program hands out as a pattern is right in every field."""
    assert read(EXAMPLE).problems == ()


def test_the_example_is_understood(read: Any) -> None:
    """Values are of the domain: dates, codes, E.164."""
    intake = read(EXAMPLE).intake
    assert (intake.patient.dob, intake.patient.phone) == (date(1985, 3, 4), "+17325550148")
    assert intake.visit.claim.adjuster_phone == "+12015550123"
    assert intake.answers["sx.pain.pattern"] == ("constant", "throbbing")
    assert len(intake.marks) == 3


def test_nothing_typed_asks_for_everything_that_is_needed_at_once(read: Any) -> None:
    """All problems are told together, not one by one."""
    missing = {problem.field for problem in read({}).errors() if problem.code == "required"}
    assert {"patient.legal_last", "patient.dob", "patient.phone", "visit.location", "visit.reason", "visit.safety.allergies"} <= missing
    assert "patient.guardian_name" not in missing


@given(st.sampled_from(PLACES), JSON)
def test_anything_at_any_place_is_read_without_an_error(definitions: Definitions, path: str, value: object) -> None:
    """A file may hold whatever it likes: it is told, never raised."""
    raw = copy.deepcopy(EXAMPLE)
    put(raw, path, value)
    read_intake(raw, definitions=definitions, on=TODAY)


@given(st.dictionaries(st.sampled_from(["patient", "visit", "answers", "pain_drawing", "x"]), JSON))
def test_any_document_is_read_without_an_error(definitions: Definitions, raw: dict[str, object]) -> None:
    """The same for the document as a whole."""
    read_intake(raw, definitions=definitions, on=TODAY)


@pytest.mark.parametrize(
    ("typed", "code", "level"),
    [("2027-01-01", "date_in_future", "error"), ("2/30/1985", "not_a_date", "error"), ("3/4/1850", "dob_too_early", "error"),
     ("1/1/1905", "age_over_120", "error"), ("1/1/1912", "age_over_110", "warning"), ("11/22/2022", "age_under_5", "warning")],
)  # fmt: skip
def test_an_impossible_birth_date_is_an_error_and_a_rare_one_a_warning(read: Any, typed: str, code: str, level: str) -> None:
    """Slips of the year are caught before a chart is made."""
    assert (code, level) in codes(read(changed(patient__dob=typed)), "patient.dob")


def test_two_digits_of_a_birth_year_are_shown_with_the_age(definitions: Definitions) -> None:
    """The age beside it tells whether the century is right."""
    assert read_field("patient.dob", "3485", raw={}, definitions=definitions, on=TODAY).understood == "Mar 4, 1985 · 41 years"
    assert read_field("patient.dob", "112126", raw={}, definitions=definitions, on=TODAY).understood == "Nov 21, 2026 · 0 months"


def test_a_field_is_understood_in_words(definitions: Definitions) -> None:
    """What will be kept is shown as people say it."""
    typed = {"patient.phone": "7325550148", "patient.email": "declined", "visit.location": "old bridge", "visit.appointment_time": "215"}
    shown = {path: read_field(path, text, raw={}, definitions=definitions, on=TODAY).understood for path, text in typed.items()}
    assert shown == {
        "patient.phone": "(732) 555-0148",
        "patient.email": "Declined",
        "visit.location": "Old Bridge",
        "visit.appointment_time": "2:15 PM",
    }


@pytest.mark.parametrize(("typed", "code"), [("loc.nowhere", "unknown_location"), ("'; DROP TABLE visit", "unknown_location")])
def test_an_unknown_clinic_is_told(read: Any, typed: str, code: str) -> None:
    """A visit is never put in a clinic that was not meant."""
    assert (code, "error") in codes(read(changed(visit__location=typed)), "visit.location")


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [("patient.shoe_size", "9", "unknown_field"), ("visit.claim.color", "red", "unknown_field"), ("visit.primary.x", "", "unknown_field"),
     ("patient.zip_code", 7083, "not_a_text"), ("patient.dob", True, "not_a_text"), ("visit.claim", "none", "not_a_group"),
     ("answers.sx.unheard_of", "yes", "unknown_answer_key"), ("answers.sx.pain.nprs_now", 11, "not_a_rating"),
     ("answers.sx.pain.nprs_now", -1, "not_a_rating"), ("answers.sx.pain.nprs_now", "12", "not_a_rating"),
     ("answers.sx.pain.nprs_now", 7.5, "not_a_rating"), ("answers.sx.twitching", "maybe", "not_a_choice"),
     ("answers.sx.twitching", True, "not_a_choice"), ("answers.sx.pain.pattern", ["constant", "constant"], "not_a_choice"),
     ("answers.sx.pain.pattern", [["constant"]], "not_a_choice"), ("answers.cause.other_text", "a\0b", "control_characters"),
     ("answers.cause.other_text", "x" * 2001, "text_too_long"), ("answers.sx.onset.date", "soon", "not_a_partial_date"),
     ("answers.sx.onset.date", "2027", "onset_in_future"), ("answers.sx.onset.date", "1980", "onset_before_birth"),
     ("visit.claim.accident_date", "1980-01-01", "date_before_birth"), ("visit.claim.accident_date", "12/25/2026", "date_in_future")],
)  # fmt: skip
def test_what_cannot_be_kept_is_an_error_of_its_field(read: Any, path: str, value: object, code: str) -> None:
    """Nothing is dropped in silence."""
    raw = copy.deepcopy(EXAMPLE)
    put(raw, path, value)
    assert (code, "error") in codes(read(raw), path)


@pytest.mark.parametrize(
    ("marks", "field", "code"),
    [("front", "pain_drawing", "not_a_list"), (["neck"], "pain_drawing.0", "not_a_mark"),
     ([{"region": "tail", "kind": "aching"}], "pain_drawing.0", "unknown_region"),
     ([{"region": "neck.back.left", "kind": "odd"}], "pain_drawing.0", "unknown_pain_kind"),
     ([{"region": "neck.back.left", "kind": "aching"}] * 2, "pain_drawing.1", "duplicate_mark"),
     ([{"region": 1, "kind": []}], "pain_drawing.0", "not_a_mark"), ([{}] * 1001, "pain_drawing", "too_many_marks")],
)  # fmt: skip
def test_a_wrong_mark_is_told_by_its_place(read: Any, marks: object, field: str, code: str) -> None:
    """A mark that is not on the figure is not on the paper either."""
    assert (code, "error") in codes(read(changed(pain_drawing=marks)), field)


def test_null_an_empty_text_and_absence_all_mean_not_asked(read: Any) -> None:
    """Three ways to say nothing."""
    for nothing in (None, "", "  "):
        assert read(changed(patient__email=nothing)).intake.patient.email is None


def test_typed_answers_are_taken_as_typed(read: Any) -> None:
    """The form hands over texts, a file numbers and lists."""
    raw = copy.deepcopy(EXAMPLE)
    typed = {"sx.twitching": "Y", "sx.pain.nprs_now": " 7 ", "sx.onset.date": "10/2026", "sx.pain.pattern": "constant"}
    raw["answers"] = {**raw["answers"], **typed}
    answers = read(raw).intake.answers
    assert (answers["sx.twitching"], answers["sx.pain.nprs_now"]) == ("yes", 7)
    assert (answers["sx.onset.date"], answers["sx.pain.pattern"]) == ("2026-10", ("constant",))


def test_the_month_of_birth_is_no_onset_before_birth(read: Any) -> None:
    """A date known by its year alone is not compared by its first day."""
    raw = changed(patient__dob="2026-03-04", visit__claim__accident_date=None)
    put(raw, "answers.sx.onset.date", "2026")
    assert codes(read(raw), "answers.sx.onset.date") == set()


@pytest.mark.parametrize("word", ["none", "declined"])
def test_nobody_has_to_make_up_a_contact_an_address_or_a_phone(read: Any, word: str) -> None:
    """No phone, no fixed address and nobody to call are answers."""
    raw = changed(patient__phone=word, patient__line1=word, patient__emergency_name=word)
    for path in ("zip_code", "city", "state", "emergency_phone", "emergency_relationship"):
        put(raw, f"patient.{path}", None)
    assert read(raw).problems == ()
    assert read(raw).intake.patient.phone == word


def test_an_address_abroad_needs_no_state(read: Any) -> None:
    """Not every patient lives in the country."""
    assert read(changed(patient__zip_code="abroad", patient__state=None, patient__city="Toronto")).problems == ()


def test_a_single_name_is_asked_about_and_taken(read: Any) -> None:
    """Some people have one name."""
    reading = read(changed(patient__legal_first=None))
    assert (codes(reading, "patient.legal_first"), reading.errors()) == ({("single_name", "warning")}, ())


def test_a_minor_needs_a_responsible_adult_and_no_advance_directive(read: Any) -> None:
    """Age is that of the visit's day: the day before turning 18 is a minor's."""
    minor, adult = (read(changed(patient__dob=dob, visit__notices__advance_directive=None)) for dob in ("2008-11-23", "2008-11-22"))
    assert ("required", "error") in codes(minor, "patient.guardian_name")
    assert codes(minor, "visit.notices.advance_directive") == set()
    assert codes(adult, "patient.guardian_name") == set()
    assert ("required", "error") in codes(adult, "visit.notices.advance_directive")


def test_someone_born_on_29_february_is_a_minor_until_february_ends(definitions: Definitions) -> None:
    """17 on 28 February, 18 on 1 March."""
    guardian, raw = fields_by_path()["patient.guardian_name"], {"patient": {"dob": "2/29/2008"}}
    assert [applies(guardian, raw, day) for day in (date(2026, 2, 28), date(2026, 3, 1))] == [True, False]


def test_billing_never_holds_up_a_visit(read: Any) -> None:
    """What only the insurer asks is a warning."""
    raw = changed(visit__primary=None, visit__claim=None)
    found = read(raw)
    assert found.errors() == ()
    assert ("missing_member_id", "warning") in codes(found, "visit.primary.member_id")
    assert ("missing_payer", "warning") in codes(found, "visit.primary.payer")
    assert ("required", "warning") in codes(found, "visit.claim.accident_date")


def test_an_old_accident_is_asked_about(read: Any) -> None:
    """Two years ago is late for a claim, or a slip of the year."""
    assert ("accident_long_ago", "warning") in codes(read(changed(visit__claim__accident_date="2024-11-22")), "visit.claim.accident_date")
    assert codes(read(changed(visit__claim__accident_date="2024-11-23")), "visit.claim.accident_date") == set()


def test_what_another_answer_rules_out_is_left_out_and_told(read: Any) -> None:
    """A name of an opioid without opioids would be read as one."""
    reading = read(changed(visit__safety__opioid_name="Example opioid", patient__guardian_name="Luis"))
    assert reading.intake.visit.safety.opioid_name is None
    assert codes(reading, "visit.safety.opioid_name") == {("left_out", "warning")}
    assert codes(reading, "patient.guardian_name") == {("left_out", "warning")}


def test_the_subscriber_is_the_patient_and_papers_are_of_today_unless_told(read: Any, definitions: Definitions) -> None:
    """What follows by itself is not asked."""
    visit = read(EXAMPLE).intake.visit
    assert (visit.primary.subscriber, visit.secondary.subscriber) == ("self", None)
    assert visit.notices.privacy_version == definitions.practice.privacy_version
    assert visit.notices.consent_version == definitions.practice.consent_version
    assert read(changed(visit__notices=None)).intake.visit.notices.privacy_version is None
    assert read(changed(visit__notices__privacy_version="0")).intake.visit.notices.privacy_version == "0"


def test_a_zip_of_another_state_is_a_warning_and_nothing_is_changed(read: Any, definitions: Definitions) -> None:
    """The table is not wiser than the patient."""
    reading = read(changed(patient__state="NY"))
    assert codes(reading, "patient.zip_code") == {("zip_state_mismatch", "warning")}
    assert reading.intake.patient.state == "NY"
    field = read_field("patient.state", "NY", raw=EXAMPLE, definitions=definitions, on=TODAY)
    assert [problem.code for problem in field.problems] == ["zip_state_mismatch"]


def test_a_path_that_hides_in_a_key_is_unknown(read: Any) -> None:
    """A key with a point of its own reaches no field."""
    raw = copy.deepcopy(EXAMPLE)
    raw["visit"]["claim.insurer"] = "Hidden"
    assert ("unknown_field", "error") in codes(read(raw), "visit.claim.insurer")


def test_a_name_out_of_a_file_cannot_turn_a_terminal(read: Any) -> None:
    """The name of an unknown field is shown without what steers a screen, and short."""
    field = read({**EXAMPLE, "\x1b[2J" + "x" * 500: 1}).problems[-1].field
    assert "\x1b" not in field
    assert len(field) <= 80


def test_problems_come_in_the_order_of_the_form(read: Any) -> None:
    """A person goes through them from the top."""
    fields = [problem.field for problem in read(changed(visit__reason=None, patient__dob=None, patient__legal_last=None)).problems]
    assert fields == ["patient.legal_last", "patient.dob", "visit.reason"]


def test_values_are_put_and_found_by_path() -> None:
    """The keys of answers have points of their own."""
    raw: dict[str, Any] = {}
    put(raw, "answers.sx.pain.pattern", ["constant"])
    put(raw, "visit.safety.allergies", "none")
    assert raw == {"answers": {"sx.pain.pattern": ["constant"]}, "visit": {"safety": {"allergies": "none"}}}
    put(raw, "answers.sx.pain.pattern", None)
    assert (get(raw, "answers.sx.pain.pattern"), get(raw, "visit.safety.allergies"), get(raw, "visit.x.y")) == (None, "none", None)


@pytest.mark.parametrize(("path", "text"), [("patient.dob", "3/4/85"), ("patient.phone", "(732) 555-0148"), ("patient.zip_code", "08837")])
def test_reading_a_field_takes_less_than_a_millisecond(definitions: Definitions, path: str, text: str) -> None:
    """Leaving a field is never felt; the best of five rounds, for the machine has other work too."""
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for _ in range(50):
            read_field(path, text, raw=EXAMPLE, definitions=definitions, on=TODAY)
        rounds.append((time.perf_counter() - start) / 50)
    assert min(rounds) < 0.001


def test_a_policy_typed_before_the_patient_paid_is_left_out_and_told(read: Any) -> None:
    """The form no longer shows it, so that it must not be kept or printed either."""
    reading = read(changed(visit__payment="self_pay"))
    assert reading.intake.visit.primary == Coverage()
    assert codes(reading, "visit.primary.payer") == {("left_out", "warning")}
