"""The canonical form and what is computed over it; two notes put together."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.canonical import canonical, fingerprint, short
from intake.domain.note_merging import is_typed, together
from intake.domain.reviews import Activity, Note
from intake.domain.signed import note_content, note_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcdef"), inner, max_size=3),
    max_leaves=12,
)
WORDS = st.text("ab \n", max_size=6)
RAW = st.fixed_dictionaries(
    {},
    optional={
        "history": WORDS,
        "examination": WORDS,
        "findings": st.dictionaries(st.sampled_from("xyz"), WORDS, max_size=3),
        "plan": st.dictionaries(st.sampled_from(["heat", "ice"]), WORDS, max_size=2),
        "totals": st.dictionaries(st.sampled_from(["ndi"]), st.sampled_from(["", "7", "12"])),
        "codes": st.lists(st.sampled_from(["M54.2", "M62.838"]), max_size=2, unique=True),
        "activities": st.lists(st.fixed_dictionaries({"name": WORDS, "score": st.sampled_from(["", "3"])}), max_size=2),
    },
)


@given(VALUE)
def test_the_canonical_form_is_json_of_the_same_value_and_its_own_canonical_form(value: Any) -> None:
    """Writing, reading and writing again changes nothing."""
    text = canonical(value)
    assert canonical(json.loads(text)) == text
    assert unicodedata.is_normalized("NFC", text)


def test_order_spaces_composition_and_tuples_do_not_matter() -> None:
    """Equal content is equal text."""
    assert canonical({"b": (1, "e\u0301"), "a": None}) == canonical({"a": None, "b": [1, "é"]}) == '{"a":null,"b":[1,"é"]}'


@pytest.mark.parametrize("value", [float("nan"), {"é": 1, "e\u0301": 2}, "half \ud83d", {1, 2}])
def test_what_has_no_one_form_is_refused(value: object) -> None:
    """Rather than signed in one of several."""
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_a_fingerprint_is_the_sha_256_and_is_said_in_groups() -> None:
    """The known value of "abc", and its first sixteen digits."""
    known = fingerprint("abc")
    assert known == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert (short(known), short("")) == ("ba78-16bf-8f01-cfea", "")


def test_a_note_is_written_and_read_back_whole() -> None:
    """With every part, in the order of the form."""
    note = Note(
        history="a",
        examination="b",
        findings={"z": "1", "a": "2"},
        causes=("x",),
        impression="c",
        codes=("M54.2",),
        plan={"ice": "", "heat": "now"},
        plan_text="d",
        totals={"ndi": 0},
        activities=(Activity(name="Driving", score=None), Activity(name="Sleep", score=0)),
    )
    again = note_of(json.loads(canonical(note_content(note))))
    assert again == note
    assert list(again.findings) == ["z", "a"]


def words_in(part: object) -> set[str]:
    """Return every text that is typed anywhere in a raw note, without spaces at the ends."""
    if isinstance(part, dict):
        return set().union(*(words_in(value) for value in part.values()))
    if isinstance(part, list):
        return set().union(*(words_in(value) for value in part))
    return {str(part).strip()} - {""}


@given(RAW, RAW)
def test_putting_two_notes_together_loses_no_word_and_no_pick(theirs: dict[str, Any], own: dict[str, Any]) -> None:
    """Everything of both is there, and theirs is where it was."""
    merged = together(theirs, own)
    everything = json.dumps(sorted(words_in(merged)))
    for word in words_in(theirs) | words_in(own):
        assert json.dumps(word)[1:-1] in everything
    assert set(merged.get("plan", {})) == set(theirs.get("plan", {})) | set(own.get("plan", {}))
    for name, value in theirs.get("findings", {}).items():
        assert not value.strip() or merged["findings"][name] == value
    assert is_typed(merged) == (is_typed(theirs) or is_typed(own))


@given(RAW)
def test_a_note_put_together_with_itself_is_itself(raw: dict[str, Any]) -> None:
    """Taking a chart back and forth makes it no longer."""
    assert together(raw, raw) == raw
    assert together(raw, {}) == raw


def test_words_beside_two_notes_are_put_into_one_line_and_never_into_the_text() -> None:
    """What was not sent yet stays where it was typed, with the words of both."""
    theirs = {"acknowledging": {"7": "Eyes examined", "8": "Seen"}, "examination": "Band."}
    own = {"acknowledging": {"7": "Referred", "8": "See", "9": "New"}, "correcting": {"answers.sx.knot": "Meant"}}
    merged = together(theirs, own)
    assert merged["acknowledging"] == {"7": "Eyes examined; Referred", "8": "Seen", "9": "New"}
    assert merged["correcting"] == {"answers.sx.knot": "Meant"}
    assert merged["examination"] == "Band."
    assert together(merged, merged) == merged
