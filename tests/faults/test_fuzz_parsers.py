"""Whatever is typed, every parser gives a value or a problem: never an exception, never more than two seconds of work."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.definitions.bundle import Definitions
from tests.faults.fuzzing import bounded
from tests.faults.parsers import PARSERS

HEAVY = ("every field", "every answer", "every part of a note", "every letter")
PIECES = (
    "1985", "3/4", "-", "/", ".", "Feb 30", "today", "yes", "n", "555-0148", "+1", "ext", "08837", "NJ", "m54.2", "RD-000001-3", "25:61",
    "٣", "½", "Ⅷ", "²", "\u202e", "\u200b", "\x00", "\t", "\n", "é", "e\u0301", "ß", "İ", "김", "𝟗", "=", "'", '"', "(", "not", "and",
    "sx.pain.nprs_now", ">=", "9" * 30, "\ud800",
)  # fmt: skip
typed = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(PIECES), max_size=6).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join),
    st.sampled_from(("x", "9", "1/", "(", "\u0301", "a ")).flatmap(lambda piece: st.integers(0, 50_000).map(lambda many: piece * many)),
)


@pytest.mark.parametrize("name", [name for name in PARSERS if name not in HEAVY])
@given(text=typed)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_parser_of_one_text_takes_anything(definitions: Definitions, name: str, text: str) -> None:
    """Any script, any sign, any length."""
    with bounded():
        PARSERS[name](text, definitions)


@pytest.mark.parametrize("name", HEAVY)
@given(text=typed)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_place_that_takes_a_text_takes_anything(definitions: Definitions, name: str, text: str) -> None:
    """Every field, question, part of a note and line of a letter."""
    with bounded():
        PARSERS[name](text, definitions)
