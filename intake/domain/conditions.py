"""The condition of a rule: a small language that always gives yes or no, whatever was answered.

    safety.trauma.recent is yes and (safety.trauma.mechanism has any of axial_load rollover or age >= 65)
    at least 2 of (attack.dizziness is yes; safety.nausea is yes; rule RF-VAS-3)

What was not asked has no fact, and no condition holds because of it. There is no "not": an answer more can never take a prompt away.
"""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from intake.domain.answers import UNSURE, Answer

Op = Literal["<", "<=", "=", ">=", ">"]
_COMPARING: Final = {"<": operator.lt, "<=": operator.le, "=": operator.eq, ">=": operator.ge, ">": operator.gt}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(ABC):
    """A node of a condition."""

    @abstractmethod
    def because(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> tuple[str, ...]:
        """Return the keys of the answers that make it hold, as they stand in the condition; empty when it does not hold.

        With ``unsure_counts`` an answer "unsure" counts as the one asked for.
        """

    def holds(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> bool:
        """Tell whether it holds; never raises, whatever the facts are."""
        return bool(self.because(facts, unsure_counts=unsure_counts))

    def parts(self) -> tuple[Condition, ...]:
        """Return the conditions this one is made of, none when it asks a fact itself."""
        return ()

    def leaves(self) -> Iterator[Condition]:
        """Yield every condition in it that asks a fact or another rule, in order."""
        if not self.parts():
            yield self
        for part in self.parts():
            yield from part.leaves()

    def keys(self) -> frozenset[str]:
        """Return the keys of every fact it looks at, those of the rules it names too."""
        return frozenset().union(*(part.keys() for part in self.parts()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Is(Condition):
    """The answer is one of the values."""

    key: str
    values: tuple[str, ...]

    def because(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> tuple[str, ...]:
        """Return the key if the answer is one of the values."""
        answer = facts.get(self.key)
        return (self.key,) if answer in self.values or (unsure_counts and answer == UNSURE) else ()

    def keys(self) -> frozenset[str]:
        """Return the key."""
        return frozenset({self.key})


@dataclass(frozen=True, slots=True, kw_only=True)
class Has(Condition):
    """At least one of the values is among the answers of a question that takes several."""

    key: str
    values: tuple[str, ...]

    def because(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> tuple[str, ...]:
        """Return the key if one of the values was picked."""
        picked = facts.get(self.key)
        wanted = (*self.values, UNSURE) if unsure_counts else self.values
        return (self.key,) if isinstance(picked, tuple) and any(value in picked for value in wanted) else ()

    def keys(self) -> frozenset[str]:
        """Return the key."""
        return frozenset({self.key})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Condition):
    """The answer is a whole number that compares so with ``number``."""

    key: str
    op: Op
    number: int

    def because(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> tuple[str, ...]:  # noqa: ARG002 - a number is sure
        """Return the key if the number compares as asked."""
        answer = facts.get(self.key)
        compares = isinstance(answer, int) and not isinstance(answer, bool) and _COMPARING[self.op](answer, self.number)
        return (self.key,) if compares else ()

    def keys(self) -> frozenset[str]:
        """Return the key."""
        return frozenset({self.key})


@dataclass(frozen=True, slots=True, kw_only=True)
class All(Condition):
    """Each of the conditions holds."""

    of: tuple[Condition, ...]

    def because(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> tuple[str, ...]:
        """Return the keys of all parts if each of them holds."""
        found: list[tuple[str, ...]] = []
        for part in self.of:
            if not (keys := part.because(facts, unsure_counts=unsure_counts)):
                return ()
            found.append(keys)
        return _together(found)

    def parts(self) -> tuple[Condition, ...]:
        """Return the conditions that have to hold."""
        return self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeast(Condition):
    """At least ``count`` of the conditions hold; ``count`` is 1 or more."""

    count: int
    of: tuple[Condition, ...]

    def because(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> tuple[str, ...]:
        """Return the keys of the parts that hold if they are enough."""
        found = [keys for part in self.of if (keys := part.because(facts, unsure_counts=unsure_counts))]
        return _together(found) if len(found) >= self.count else ()

    def parts(self) -> tuple[Condition, ...]:
        """Return the conditions that are counted."""
        return self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleHolds(Condition):
    """Another rule holds at any level. ``stands_for`` is that rule's condition, None until the rules have been linked."""

    rule_id: str
    stands_for: Condition | None = None

    def because(self, facts: Mapping[str, Answer], *, unsure_counts: bool = False) -> tuple[str, ...]:
        """Return the keys that make the other rule hold."""
        return self.stands_for.because(facts, unsure_counts=unsure_counts) if self.stands_for else ()

    def keys(self) -> frozenset[str]:
        """Return the keys that the other rule looks at."""
        return self.stands_for.keys() if self.stands_for else frozenset()


def any_of(*conditions: Condition) -> Condition:
    """Return the condition that one of these holds; a single one is returned as it is."""
    return conditions[0] if len(conditions) == 1 else AtLeast(count=1, of=conditions)


def linked(condition: Condition, rules: Mapping[str, Condition]) -> Condition:
    """Return the same condition with each rule it names standing for that rule's own condition; KeyError for a rule that is not there."""
    match condition:
        case RuleHolds(rule_id=rule_id):
            return RuleHolds(rule_id=rule_id, stands_for=rules[rule_id])
        case All(of=parts):
            return All(of=tuple(linked(part, rules) for part in parts))
        case AtLeast(count=count, of=parts):
            return AtLeast(count=count, of=tuple(linked(part, rules) for part in parts))
        case _:
            return condition


def _together(found: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for keys in found for key in keys))
