"""Reading a note as it was typed: what is kept, what is refused, and by which name."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.definitions.bundle import load_definitions
from intake.domain.reviews import Activity, Note
from intake.entry.notes import NoteReading, missing_parts, read_note
from intake.errors import Problem
from intake.wording import SENTENCES, label_of, text_of

DEFINITIONS = load_definitions()
IN_FORCE = date(2026, 9, 30)
WHOLE: dict[str, Any] = {
    "history": "Began on Monday after painting a ceiling.",
    "examination": "Upper trapezius left: spasm.",
    "findings": {"neuro.gait": "Steady", "rom.rotation_left": "45", "neuro.hoffmann": "none", "vitals.pulse": ""},
    "causes": ["myofascial", "overexertion"],
    "impression": "Myofascial neck pain, left.",
    "codes": ["m79.12", "R293", "M79.12"],
    "plan": {"massage": "twice a week", "heat": ""},
    "plan_text": "See again in two weeks.",
    "totals": {"ndi": "14", "bournemouth": 33, "copenhagen": ""},
    "activities": [{"name": "Backing the car out", "score": "4"}, {"name": "Sleeping", "score": ""}, {"name": "", "score": ""}],
    "addendum": "not part of the note",
    "addendum_reason": "nor this",
}


def read(raw: dict[str, Any], on: date = IN_FORCE) -> NoteReading:
    """Return how a raw note is understood."""
    return read_note(raw, form=DEFINITIONS.review_form, codes=DEFINITIONS.codes, on=on)


def errors(raw: dict[str, Any]) -> list[tuple[str, str]]:
    """Return field and code of every error."""
    return [(each.field, each.code) for each in read(raw).problems if each.level == "error"]


def test_a_whole_note_is_read_in_the_order_of_the_form() -> None:
    """Labels are understood as well as codes; what is empty is not there; codes stay in the order picked."""
    reading = read(WHOLE)
    assert reading.problems == ()
    assert reading.note == Note(
        history="Began on Monday after painting a ceiling.",
        examination="Upper trapezius left: spasm.",
        findings={"rom.rotation_left": "45", "neuro.hoffmann": "none", "neuro.gait": "steady"},
        causes=("overexertion", "myofascial"),
        impression="Myofascial neck pain, left.",
        codes=("M79.12", "R29.3"),
        plan={"heat": "", "massage": "twice a week"},
        plan_text="See again in two weeks.",
        totals={"ndi": 14, "bournemouth": 33},
        activities=(Activity(name="Backing the car out", score=4), Activity(name="Sleeping", score=None)),
    )
    assert list(reading.note.findings) == ["rom.rotation_left", "neuro.hoffmann", "neuro.gait"]
    assert list(reading.note.plan) == ["heat", "massage"]


def test_an_empty_note_has_no_problem_and_nothing_in_it() -> None:
    """A chart that was only opened."""
    assert read({}) == NoteReading(note=Note(), problems=())
    assert missing_parts(Note()) == ("examination", "impression", "plan")


def test_what_was_typed_beside_the_note_is_no_part_of_it() -> None:
    """Words on a prompt or a correction that were not sent are neither read nor a fault."""
    assert read({"acknowledging": {"7": "Eyes exam"}, "correcting": {"answers.sx.knot": "Meant"}}) == read({})


def test_a_text_of_forty_thousand_characters_in_every_script_is_kept() -> None:
    """One more is refused by the name of its field."""
    text = ("Ночью болит 頸 العنق עורף गर्दन 😀 é\n" * 1300)[:39_999] + "."
    note = read({"history": text, "plan_text": text}).note
    assert note.history == unicodedata.normalize("NFC", text)
    assert note.plan_text == note.history
    assert errors({"history": "a" * 40_001}) == [("note.history", "text_too_long")]


def test_letters_are_kept_composed_and_line_ends_plain() -> None:
    """The same text is the same characters, whoever typed it."""
    assert read({"history": "  Jose\u0301\r\nsaid so\u2028twice  "}).note.history == "José\nsaid so\ntwice"


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b[31m", "\u202e", "\ud800"])
def test_characters_that_control_are_refused(sign: str) -> None:
    """They would turn a line, a terminal or a file."""
    raw = {"impression": f"a{sign}b", "findings": {"neuro.details": f"a{sign}b"}, "plan": {"heat": f"a{sign}b"}}
    expected = ["note.impression", "note.findings.neuro.details", "note.plan.heat"]
    assert errors(raw) == [(field, "control_characters") for field in expected]


def test_a_code_that_is_not_on_the_list_is_a_problem_and_not_in_the_note() -> None:
    """Nothing is guessed."""
    reading = read({"codes": ["Z99.9", "M54.2", 7, None, "M54"]})
    assert reading.note.codes == ("M54.2", "M54")
    assert [each.field for each in reading.problems if each.code == "code_not_in_list"] == [
        "note.codes.Z99.9",
        "note.codes.7",
        "note.codes.None",
    ]


def test_what_is_warned_about_codes_is_a_warning_of_the_note() -> None:
    """It lets the note pass, and is told."""
    reading = read({"codes": ["M54.2", "M50.22"]}, on=date(2026, 11, 22))
    assert [(each.field, each.code, each.level) for each in reading.problems] == [
        ("note.codes.M50.22", "not_billable", "warning"),
        ("note.codes.M54.2", "excludes", "warning"),
        ("note.codes", "other_release", "warning"),
    ]


@pytest.mark.parametrize(
    ("raw", "field", "code"),
    [
        ({"surprise": 1}, "note.surprise", "unknown_note_part"),
        ({"history": 7}, "note.history", "not_a_text"),
        ({"findings": ["rom.flexion"]}, "note.findings", "not_a_group"),
        ({"findings": {"rom.nowhere": "x"}}, "note.findings.rom.nowhere", "unknown_note_part"),
        ({"findings": {"neuro.gait": "floating"}}, "note.findings.neuro.gait", "not_a_choice"),
        ({"findings": {"neuro.gait": True}}, "note.findings.neuro.gait", "not_a_text"),
        ({"causes": "disc"}, "note.causes", "not_a_list"),
        ({"causes": ["moonlight"]}, "note.causes.moonlight", "unknown_note_part"),
        ({"causes": [["disc"]]}, "note.causes.['disc']", "unknown_note_part"),
        ({"codes": {"M54.2": 1}}, "note.codes", "not_a_list"),
        ({"plan": {"leeches": "three"}}, "note.plan.leeches", "unknown_note_part"),
        ({"plan": {"heat": 20}}, "note.plan.heat", "not_a_text"),
        ({"totals": {"ndi": "51"}}, "note.totals.ndi", "not_a_number"),
        ({"totals": {"ndi": "28%"}}, "note.totals.ndi", "not_a_number"),
        ({"totals": {"ndi": "14.5"}}, "note.totals.ndi", "not_a_number"),
        ({"totals": {"ndi": -1}}, "note.totals.ndi", "not_a_number"),
        ({"totals": {"ndi": True}}, "note.totals.ndi", "not_a_text"),
        ({"totals": {"ndi": "9" * 5000}}, "note.totals.ndi", "not_a_number"),
        ({"totals": {"bournemouth": "71"}}, "note.totals.bournemouth", "not_a_number"),
        ({"totals": {"copenhagen": "31"}}, "note.totals.copenhagen", "not_a_number"),
        ({"totals": {"peg": "6"}}, "note.totals.peg", "unknown_note_part"),
        ({"activities": [{"name": "Driving", "score": "11"}]}, "note.activities.0.score", "not_a_rating"),
        ({"activities": [{"name": "", "score": "3"}]}, "note.activities.0.name", "activity_without_name"),
        ({"activities": [{"name": "x" * 301}]}, "note.activities.0.name", "text_too_long"),
        ({"activities": ["Driving"]}, "note.activities.0", "not_a_group"),
        ({"activities": [{"name": "Driving", "hidden": 1}]}, "note.activities.0.hidden", "unknown_note_part"),
        ({"activities": [{"name": str(number)} for number in range(6)]}, "note.activities", "too_many_activities"),
    ],
)
def test_what_cannot_be_kept_is_named(raw: dict[str, Any], field: str, code: str) -> None:
    """Field by field, and each with words for people."""
    assert errors(raw) == [(field, code)]
    assert text_of(Problem(field=field, code=code)) == SENTENCES[code]


def test_a_prescription_without_words_is_a_warning() -> None:
    """It says nothing that a pharmacy could read."""
    assert read({"plan": {"prescription": " "}}).problems == (
        Problem(field="note.plan.prescription", code="prescription_without_words", level="warning"),
    )
    assert read({"plan": {"prescription": "Ibuprofen 400 mg, one every 8 hours with food, 15 tablets, no refills"}}).problems == ()


def test_a_treatment_that_was_taken_back_is_not_in_the_plan() -> None:
    """None means not picked, an empty text picked without words."""
    assert read({"plan": {"heat": None, "ice": ""}}).note.plan == {"ice": ""}


@pytest.mark.parametrize(
    ("raw", "missing"),
    [
        ({"examination": "x"}, ("impression", "plan")),
        ({"findings": {"neuro.gait": "steady"}}, ("impression", "plan")),
        ({"findings": {"neuro.gait": "not_examined"}}, ("examination", "impression", "plan")),
        ({"impression": "x"}, ("examination", "plan")),
        ({"causes": ["unknown"]}, ("examination", "plan")),
        ({"codes": ["M54.2"]}, ("examination", "plan")),
        ({"plan": {"heat": ""}}, ("examination", "impression")),
        ({"plan_text": "x"}, ("examination", "impression")),
        ({"history": "x", "totals": {"ndi": "3"}}, ("examination", "impression", "plan")),
        (WHOLE, ()),
    ],
)
def test_the_parts_that_a_signature_needs_are_named(raw: dict[str, Any], missing: tuple[str, ...]) -> None:
    """Anything written into a part is enough; what was left out of the examination is none."""
    assert missing_parts(read(raw).note) == missing


def test_every_place_of_a_note_is_called_by_its_label() -> None:
    """Nobody is shown a path."""
    told = {path: label_of(f"note.{path}", DEFINITIONS) for path in ("findings.neuro.gait", "plan.heat", "totals.ndi", "causes.disc")}
    assert list(told.values()) == ["Gait", "Heat", "Neck Disability Index", "Herniated disc"]
    assert label_of("note.codes.M54.2", DEFINITIONS) == "Code M54.2"
    assert label_of("note.activities.0.score", DEFINITIONS) == "Activity 1"
    assert label_of("note.history", DEFINITIONS) == "History"
    assert label_of("note.findings.unheard_of", DEFINITIONS) == "unheard_of"


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*WHOLE, "other"]), json_like, max_size=8))
def test_whatever_a_draft_holds_is_read_and_never_raises(raw: dict[str, Any]) -> None:
    """A draft is what was typed, half or wrong; every code of a problem has its sentence."""
    reading = read(raw)
    assert {each.code for each in reading.problems} <= set(SENTENCES)
    assert read({"history": reading.note.history}).note.history == reading.note.history
