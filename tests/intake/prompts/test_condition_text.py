"""The language of conditions: what each form means, and that a mistake is named where it stands."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake.definitions.condition_text import DEEPEST, LONGEST, Fault, read_condition
from intake.domain.answers import Answer
from intake.domain.conditions import Condition, RuleHolds, linked

FACTS: dict[str, Answer] = {"a": "yes", "b": "no", "c": "unsure", "many": ("x", "y"), "age": 65, "weight": True}
MEANINGS = (
    ("a is yes", True),
    ("b is yes", False),
    ("missing is no", False),
    ("b is yes|no", True),
    ("c is unsure", True),
    ("many has any of x", True),
    ("many has any of z y", True),
    ("many has any of z", False),
    ("many is x", False),
    ("a has any of yes", False),
    ("age >= 65", True),
    ("age > 65", False),
    ("age <= 65", True),
    ("age < 65", False),
    ("age = 65", True),
    ("a >= 1", False),
    ("weight >= 1", False),
    ("missing < 20", False),
    ("a is yes and b is yes", False),
    ("a is yes or b is yes", True),
    ("a is yes or a is yes and b is yes", True),
    ("(a is yes or a is yes) and b is yes", False),
    ("b is yes and b is yes or a is yes", True),
    ("at least 2 of (a is yes; b is yes; many has any of x)", True),
    ("at least 2 of (a is yes; b is yes; many has any of z)", False),
    ("at least 1 of (b is yes or a is yes)", True),
    ("rule RF-X-1", False),
    ("\n  a is yes\n  and many has any of z y\n", True),
    ("many has any of z or a is yes", True),
    ("many has any of z y and b is yes", False),
)
FAULTS = (
    ("", 1, "expected the key of a question"),
    ("a", 2, "expected is, has any of, or a comparison"),
    ("a is", 5, "expected an answer"),
    ("a is and", 6, "expected an answer"),
    ("a is yes b is no", 10, "expected and, or, or the end"),
    ("a is yes and", 13, "expected the key of a question"),
    ("a has x", 7, "expected any"),
    ("a has any x", 11, "expected of"),
    ("a has any of", 13, "expected an answer"),
    ("age >= old", 8, "expected a whole number"),
    ("age >= 65.5", 8, "expected a whole number"),
    ("(a is yes", 10, "expected )"),
    ("a is yes)", 9, "expected and, or, or the end"),
    ("at most 2 of (a is yes)", 4, "expected least"),
    ("at least two of (a is yes)", 10, "expected a whole number"),
    ("at least 3 of (a is yes; b is yes)", 10, "expected a number from 1 to 2, as many as conditions follow"),
    ("at least 0 of (a is yes)", 10, "expected a number from 1 to 1, as many as conditions follow"),
    ("rule", 5, "expected the name of a rule"),
    ("a is yes & b is yes", 10, "this character has no meaning here"),
    ("a is yes and ключ is yes", 14, "this character has no meaning here"),
    ("(" * (DEEPEST + 1) + "a is yes", DEEPEST + 2, f"more than {DEEPEST} parentheses inside each other"),
    ("a is yes or " * LONGEST, LONGEST + 1, f"a condition has at most {LONGEST} characters"),
)
PIECES = (
    "a",
    "b",
    "age",
    "yes",
    "is",
    "has",
    "any",
    "of",
    "and",
    "or",
    "at",
    "least",
    "rule",
    "2",
    "(",
    ")",
    ";",
    "|",
    ">=",
    "<",
    "é",
    "\n",
)


def read(text: str) -> Condition:
    """Return the condition of a text that is one."""
    condition = read_condition(text)
    assert isinstance(condition, Condition), condition
    return condition


@pytest.mark.parametrize(("text", "holds"), MEANINGS)
def test_a_condition_means_what_it_says(text: str, holds: bool) -> None:  # noqa: FBT001 - a column of the table
    """What was not asked makes nothing hold, and an answer of another kind neither."""
    assert read(text).holds(FACTS) is holds


@pytest.mark.parametrize(("text", "position", "reason"), FAULTS, ids=[text[:30] for text, _, _ in FAULTS])
def test_a_mistake_is_named_with_its_place(text: str, position: int, reason: str) -> None:
    """Whoever writes a rule is told where to look."""
    assert read_condition(text) == Fault(position=position, reason=reason)


@pytest.mark.parametrize("text", ["c is yes", "many2 has any of x", "a is yes and c is yes", "at least 2 of (a is yes; c is yes)"])
def test_unsure_counts_only_where_it_is_let_count(text: str) -> None:
    """An answer "unsure" is no yes, unless one asks what would hold if it were."""
    facts: dict[str, Answer] = {**FACTS, "many2": ("unsure",)}
    assert not read(text).holds(facts)
    assert read(text).holds(facts, unsure_counts=True)


def test_the_keys_that_make_it_hold_are_told_once_and_in_order() -> None:
    """A clinician sees the answers that raised a prompt, not all that were asked about."""
    condition = read("b is yes or many has any of x and a is yes or (a is yes and age > 60)")
    assert condition.because(FACTS) == ("many", "a", "age")
    assert condition.keys() == {"a", "b", "many", "age"}


def test_a_rule_stands_for_its_condition_once_linked() -> None:
    """Before, it holds for nobody and looks at nothing."""
    condition = read("at least 2 of (b is no; (rule RF-X-1 or a is no))")
    assert not condition.holds(FACTS)
    whole = linked(condition, {"RF-X-1": read("a is yes")})
    assert whole.because(FACTS) == ("b", "a")
    assert whole.keys() == {"a", "b"}
    assert [leaf.rule_id for leaf in whole.leaves() if isinstance(leaf, RuleHolds)] == ["RF-X-1"]


@given(text=st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)))
@example(text="9" * 5000 + " is 9")
@example(text="a >= " + "9" * 3990)
def test_any_text_is_a_condition_or_a_fault(text: str) -> None:
    """Nothing that can be typed into the file stops the program; a fault stands within the text or right behind it."""
    condition = read_condition(text)
    if isinstance(condition, Fault):
        assert 1 <= condition.position <= len(text) + 1
        assert condition.reason
    else:
        assert condition.holds(FACTS) in {True, False}
        assert set(condition.because(FACTS, unsure_counts=True)) <= condition.keys()
