"""How many of the people who come back are found, and how many strangers are taken for them."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.intake.matching.people import Cabinet, Person, population, same_written_again

KEPT = population(4_000, seed=11)
CABINET = Cabinet(KEPT)
WEAK = {"another last name, same first", "one digit of the birth date off"}
"""What is shown and needs no answer: too many different people are this alike."""


def recall(seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return, by what differs, the share of people who are found at all and of those who must be answered."""
    rng = random.Random(seed)
    found: Counter[str] = Counter()
    strong: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for person in rng.sample(KEPT, 300):
        for what, typed in same_written_again(person, rng).items():
            hits = [match for match in CABINET.matches(typed) if match.kept.patient_id == person.id]
            tried[what] += 1
            found[what] += bool(hits)
            strong[what] += any(match.strong for match in hits)
    return {what: found[what] / tried[what] for what in tried}, {what: strong[what] / tried[what] for what in tried}


FOUND, STRONG = recall(seed=12)


@pytest.mark.parametrize("what", sorted(FOUND))
def test_people_who_come_back_are_found(what: str) -> None:
    """At least 98 of 100, whatever was written differently."""
    assert FOUND[what] >= 0.98


@pytest.mark.parametrize("what", sorted(set(STRONG) - WEAK))
def test_people_who_come_back_must_be_answered(what: str) -> None:
    """At least 98 of 100 are asked about before a second chart is made."""
    assert STRONG[what] >= 0.98


@pytest.mark.parametrize("what", sorted(WEAK))
def test_a_likeness_that_many_share_is_shown_and_not_asked(what: str) -> None:
    """A question too many is soon answered without reading."""
    assert STRONG[what] <= 0.05


def strangers(seed: int) -> list[Person]:
    """Return people who are not kept, with the same few names."""
    return [person for person in population(1_000, seed=seed) if person.dob not in {kept.dob for kept in KEPT}]


def test_different_people_with_common_names_are_hardly_ever_asked_about() -> None:
    """Fewer than 1 in 100 strangers is a strong match of anyone."""
    people = [Person(id=0, last=one.last, first=one.first, dob=one.dob, phone=None, member=None) for one in strangers(13)]
    asked = sum(any(match.strong for match in CABINET.matches(person)) for person in people)
    assert asked / len(people) < 0.01


def test_a_stranger_is_shown_few_people() -> None:
    """On average fewer than one: the panel stays worth reading."""
    people = strangers(14)
    shown = sum(len(CABINET.matches(Person(id=0, last=one.last, first=one.first, dob=one.dob, phone=None, member=None))) for one in people)
    assert shown / len(people) < 1
