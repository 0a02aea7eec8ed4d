"""Finding a code by what is typed, and what is said about those picked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.definitions.bundle import Definitions
from intake.domain.codes import CodeWarning
from intake.entry.notes import code_warnings, search_codes

IN_FORCE = date(2026, 9, 30)


def found(definitions: Definitions, text: str) -> list[str]:
    """Return the codes that a text finds."""
    return [code.code for code in search_codes(definitions.codes, text)]


def warned(definitions: Definitions, *picked: str, on: date = IN_FORCE) -> list[tuple[str, str, str]]:
    """Return the warnings about codes picked on a day."""
    return [(each.code, each.about, each.other) for each in code_warnings(definitions.codes, picked, on)]


@pytest.mark.parametrize("text", ["M54.2", "m54.2", "m542", "M542", " m54.2 ", "ｍ５４.２"])
def test_a_code_is_found_with_or_without_its_point(definitions: Definitions, text: str) -> None:
    """As it is on paper, or as it is typed in a hurry."""
    assert found(definitions, text)[0] == "M54.2"


@pytest.mark.parametrize("text", ["cervicalgia", "CERVIC", "neck pain", "pain neck", "cervicalg neck", "m54 cervicalgia"])
def test_words_are_found_in_any_order_by_their_beginnings(definitions: Definitions, text: str) -> None:
    """Of the title, or of what the practice calls it."""
    assert "M54.2" in found(definitions, text)


def test_every_word_has_to_fit(definitions: Definitions) -> None:
    """One more word finds fewer codes, a wrong one none."""
    assert {"M50.121", "M50.122", "M54.12"} <= set(found(definitions, "radiculopathy cerv")) | set(found(definitions, "radic c5"))
    assert found(definitions, "disc c5-c6 radiculopathy") == ["M50.122"]
    assert found(definitions, "cervicalgia nonsense") == []
    assert found(definitions, "ervicalgia") == []


def test_a_code_that_is_typed_in_full_comes_first_and_headings_come_last(definitions: Definitions) -> None:
    """Enter never picks what cannot be billed while something can be."""
    assert found(definitions, "M50.22") == ["M50.220", "M50.221", "M50.222", "M50.223", "M50.22"]
    assert found(definitions, "G89.2")[0] == "G89.21"
    assert found(definitions, "M47.1")[-1] == "M47.1"


def test_words_that_patients_use_find_the_code(definitions: Definitions) -> None:
    """Out of the official inclusion terms and the practice's own words."""
    assert found(definitions, "whiplash")[0] == "S13.4XXA"
    assert found(definitions, "double vision") == ["H53.2"]
    assert found(definitions, "text neck")[0] == "M54.2"
    assert "M47.812" in found(definitions, "facet")


def test_nothing_typed_finds_nothing_and_the_list_is_short(definitions: Definitions) -> None:
    """No code is offered before somebody asks for it."""
    assert [found(definitions, text) for text in ("", "  ", ".", "-- ,")] == [[], [], [], []]
    assert len(search_codes(definitions.codes, "m", 5)) == 5


@given(st.text(max_size=300))
def test_no_text_breaks_the_search(definitions: Definitions, text: str) -> None:
    """Whatever a keyboard or a paste brings."""
    assert len(search_codes(definitions.codes, text)) <= 12


def test_a_heading_is_warned_about(definitions: Definitions) -> None:
    """It cannot be billed."""
    assert warned(definitions, "M50.22") == [("not_billable", "M50.22", "")]


@pytest.mark.parametrize(
    ("one", "two"),
    [("M54.2", "M50.20"), ("M43.6", "G24.3"), ("M54.12", "M50.122"), ("M54.12", "M47.22"), ("M62.838", "R25.2"), ("G44.86", "R51.9")],
)
def test_a_pair_that_excludes_each_other_is_warned_about_in_either_order(definitions: Definitions, one: str, two: str) -> None:
    """Whichever of the two carries the note."""
    assert warned(definitions, one, two) == [("excludes", one, two)]
    assert warned(definitions, two, one) == [("excludes", two, one)]


def test_codes_that_go_together_are_not_warned_about(definitions: Definitions) -> None:
    """A warning too many teaches not to read them."""
    assert warned(definitions, "M54.2", "R29.3", "M62.838", "G89.29", "Z79.01") == []
    assert warned(definitions, "M54.2", "S13.4XXS") == []
    assert warned(definitions, "M54.2", "M54.2") == []
    assert warned(definitions) == []


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 3, 31), True),
        (date(2026, 4, 1), False),
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 11, 22), True),
    ],
)
def test_a_visit_outside_the_days_of_the_release_is_told_once(definitions: Definitions, on: date, told: bool) -> None:  # noqa: FBT001
    """The set of fiscal year 2027 began on October 1, 2026."""
    expected = [CodeWarning(code="other_release", about="2026-04-01")] if told else []
    assert list(code_warnings(definitions.codes, ["M54.2", "R29.3"], on)) == expected
    assert code_warnings(definitions.codes, [], on) == ()
