"""Two people compared, reason by reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.patients import Patient
from intake.matching.keys import match_keys, probe_keys
from intake.matching.score import Candidate, compare
from intake.matching.search_text import fold

DOB = date(1985, 3, 4)
NAMES = st.none() | st.text(max_size=20)


def person(last: str | None = "Rivera", first: str | None = "Ana", **more: Any) -> Candidate:
    """Return someone born on the same day unless told."""
    return Candidate(**{"patient_id": 1, "number": "", "legal_last": last, "legal_first": first, "dob": DOB, **more})


def why(typed: Candidate, kept: Candidate) -> tuple[list[str], bool] | None:
    """Return reasons and strength of a match."""
    match = compare(typed, kept)
    return ([reason.code for reason in match.reasons], match.strong) if match else None


@pytest.mark.parametrize(
    ("typed", "kept", "reasons"),
    [
        (person(), person(), ["same_name", "same_dob"]),
        (person(" RIVERA ", "ana"), person(), ["same_name", "same_dob"]),
        (person("O'Brien"), person("OBrien"), ["same_name", "same_dob"]),
        (person("Núñez"), person("Nunez"), ["diacritics", "same_first_name", "same_dob"]),
        (person("Ana", "Rivera"), person(), ["name_order_swapped", "same_dob"]),
        (person("Rivera-Soto"), person("Soto"), ["name_part_matches", "same_first_name", "same_dob"]),
        (person("de la Cruz"), person("Cruz"), ["name_part_matches", "same_first_name", "same_dob"]),
        (person(first="Bob"), person(first="Robert"), ["same_last_name", "nickname", "same_dob"]),
        (person("Smyth", "Ana"), person("Smith", "Ana"), ["letters_off", "same_first_name", "same_dob"]),
        (person("Li"), person("Lee"), ["sounds_alike", "same_first_name", "same_dob"]),
        (person("Catherwood"), person("Katherwod"), ["letters_off", "same_first_name", "same_dob"]),
        (person("Phaedrus"), person("Fedris"), ["sounds_alike", "same_first_name", "same_dob"]),
        (person("Soto"), person("Rivera", former_name="Soto"), ["former_name", "same_first_name", "same_dob"]),
        (person(first="Zed"), person(first="Robert", preferred_name="Zed"), ["same_last_name", "preferred_name", "same_dob"]),
        (person(first="Ana María"), person(first="Ana"), ["same_last_name", "name_part_matches", "same_dob"]),
        (person(dob=date(1985, 4, 3)), person(), ["same_name", "day_month_swapped"]),
        (person(dob=date(1985, 3, 5)), person(), ["same_name", "one_digit_off"]),
        (person(dob=None), person(), ["same_name"]),
        (person("Sukarno", None), person("Sukarno", None), ["same_name", "same_dob"]),
        (person("王", "小明"), person("王", "小明"), ["same_name", "same_dob"]),
    ],
)
def test_each_likeness_is_named(typed: Candidate, kept: Candidate, reasons: list[str]) -> None:
    """The panel says why."""
    found = why(typed, kept)
    assert found is not None
    assert found[0] == reasons


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (person(dob=date(1960, 1, 1)), person()),
        (person("Other", "Person"), person()),
        (person("Rivera", "Zoe", dob=None), person()),
        (person("Other", "Ana", dob=date(1985, 4, 3)), person()),
        (person(phones=("none",)), person("Other", "Person", phones=("none",))),
        (person(member_ids=("1",)), person("Other", "Person", member_ids=("1",))),
        (person("", ""), person("", "")),
        (person(None, None), person(None, None)),
        (person("---", "'"), person("...", "-")),
    ],
    ids=["same name, other birth date", "same birth date alone", "family name alone", "too little", "no phone", "member id of one sign",
         "empty names", "no names", "names of signs only"],
)  # fmt: skip
def test_too_little_is_no_match(typed: Candidate, kept: Candidate) -> None:
    """Many people share a name, a day or the answer "no phone"."""
    assert compare(typed, kept) is None


PHONE = ("+17325550148",)


@pytest.mark.parametrize(
    ("typed", "kept", "strong"),
    [
        (person(), person(), True),
        (person(dob=date(1985, 4, 3)), person(), True),
        (person(dob=date(1985, 3, 5)), person(), False),
        (person(dob=date(1985, 3, 5), phones=PHONE), person(phones=("+17325550148;ext=9",)), True),
        (person("Other", phones=PHONE), person(phones=PHONE), True),
        (person("Other", "Twin", phones=PHONE), person(phones=PHONE), True),
        (person(dob=date(1950, 1, 1), phones=PHONE), person(phones=PHONE), False),
        (person("Other", "Child", dob=date(2015, 1, 1), phones=PHONE), person(phones=PHONE), False),
        (person("Other", "Child", member_ids=("w-123 45",)), person(member_ids=("W12345",)), True),
        (person(first="A"), person(), False),
        (person("Other"), person(), False),
    ],
    ids=["same", "day and month swapped", "one digit off", "one digit off and phone", "married, same phone", "twins", "father and son",
         "mother and child", "same member id and birth date", "first name not finished", "first name and birth date"],
)  # fmt: skip
def test_only_what_can_hardly_be_chance_must_be_answered(typed: Candidate, kept: Candidate, strong: bool) -> None:  # noqa: FBT001 - a column of the table
    """Strong stops a save, so it is not said lightly."""
    found = why(typed, kept)
    assert found is not None
    assert found[1] is strong


@given(NAMES, NAMES, NAMES, NAMES)
def test_any_two_people_can_be_compared_and_the_order_does_not_matter(
    last: str | None, first: str | None, last2: str | None, first2: str | None
) -> None:
    """Total, and as strong from either side."""
    one, other = person(last, first), person(last2, first2)
    there, back = compare(one, other), compare(other, one)
    assert (there is None) == (back is None)
    assert there is None or back is None or there.strong == back.strong


@given(NAMES.filter(bool), st.text(min_size=1, max_size=20), st.dates(date(1900, 1, 1), date(2026, 11, 22)))
def test_a_patient_typed_again_is_always_looked_up(last: str, first: str, dob: date) -> None:
    """The keys of a patient are among those of the same patient typed again, with spaces and case as may be."""
    kept = Patient(legal_last=last, legal_first=first, dob=dob, phone="+17325550148")
    typed = replace(kept, legal_last=f" {last} ", phone=None)
    assert match_keys(kept, []) & set(probe_keys(typed, []))


def test_zip_and_phone_never_hide_a_match() -> None:
    """A patient who moved and has a new phone is still looked up and found."""
    kept = Patient(legal_last="Rivera", legal_first="Ana", dob=DOB, phone="+17325550148", zip_code="08837", state="NJ", sex="female")
    typed = replace(kept, phone="none", zip_code="10001", state="NY", sex="unknown")
    assert match_keys(kept, []) & set(probe_keys(typed, []))
    assert not any("08837" in key for key in match_keys(kept, []))


def test_last_name_and_birth_date_alone_are_enough_to_look_up() -> None:
    """From the second identity field on."""
    kept = Patient(legal_last="Rivera", legal_first="Ana", dob=DOB)
    assert match_keys(kept, []) & set(probe_keys(Patient(legal_last="Rivera", dob=DOB), []))
    assert probe_keys(Patient(legal_last="Rivera"), []) == ()


def test_a_patient_has_few_keys_and_a_look_up_is_bounded() -> None:
    """At a million patients every key is a row, and every look-up a read."""
    plain = Patient(legal_last="Kowalski", legal_first="Priya", dob=DOB, phone="+17325550148")
    assert len(match_keys(plain, ["W12345"])) <= 6
    long = Patient(legal_last=" ".join(f"Name{at}" for at in range(60)), legal_first="Ana", former_name="A B C D", dob=DOB)
    assert len(match_keys(long, [])) <= 40
    assert len(probe_keys(long, [])) <= 800


@given(st.text(max_size=40))
def test_folding_comes_to_rest_at_once(text: str) -> None:
    """What is folded folds to itself, so that index and search agree."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [("  Smith ", "smith"), ("O'Néill-Smith", "oneill smith"), ("D’Angelo", "dangelo"), ("Łódź Ærø", "lodz aero"), ("ẞtraße", "sstrasse"),
     ("Nguyễn", "nguyen"), ("مُحَمَّد", "محمد"), ("ＡＢＣ", "abc"), ("J.R.", "jr"), ("ਸਿੰਘ", "ਸਿੰਘ"), ("🙂", ""), ("", "")],
)  # fmt: skip
def test_case_marks_and_punctuation_do_not_matter(text: str, folded: str) -> None:
    """Two ways to write a name are one to the search, and vowels that are letters stay."""
    assert fold(text) == folded
