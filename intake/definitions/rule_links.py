"""Rules that name other rules: each is given the other's condition, and those that cannot be are refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from intake.domain.conditions import Condition, RuleHolds, any_of, linked
from intake.domain.prompts import Refusal, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRule:
    """A rule as read, and the line of the file it begins at."""

    rule: Rule
    line: int

    def named(self) -> tuple[str, ...]:
        """Return the rules that its conditions name."""
        leaves = (leaf for _, condition in self.rule.levels for leaf in condition.leaves())
        return tuple(dict.fromkeys(leaf.rule_id for leaf in leaves if isinstance(leaf, RuleHolds)))


def link(read: Mapping[str, ReadRule], refused: Collection[str]) -> tuple[dict[str, Rule], list[Refusal]]:
    """Return the rules by id, each linked to those it names, and a refusal for each that cannot be.

    ``refused`` are the ids of rules that were refused before; a rule that names one of them is refused as well.
    """
    done: dict[str, Rule] = {}
    conditions: dict[str, Condition] = {}
    waiting = dict(read)
    while ready := [rule_id for rule_id, each in waiting.items() if all(name in conditions for name in each.named())]:
        for rule_id in ready:
            rule = waiting.pop(rule_id).rule
            levels = tuple((level, linked(condition, conditions)) for level, condition in rule.levels)
            done[rule_id] = replace(rule, levels=levels)
            conditions[rule_id] = any_of(*(condition for _, condition in levels))
    refusals = [Refusal(name=rule_id, line=each.line, reason=_reason(rule_id, waiting, done, refused)) for rule_id, each in waiting.items()]
    return {rule_id: done[rule_id] for rule_id in read if rule_id in done}, refusals


def _reason(rule_id: str, waiting: Mapping[str, ReadRule], done: Collection[str], refused: Collection[str]) -> str:
    """Return why a rule could not be linked."""
    reached = _reached(rule_id, waiting)
    if rule_id in reached:
        circle = [name for name in waiting if name in reached and name != rule_id and rule_id in _reached(name, waiting)]
        return "it looks at itself" + (f" through {', '.join(circle)}" if circle else "")
    name = next(name for name in waiting[rule_id].named() if name not in done)
    return f"it looks at {name}, which was refused" if name in waiting or name in refused else f"there is no rule {name}"


def _reached(start: str, waiting: Mapping[str, ReadRule]) -> set[str]:
    """Return the rules that a rule looks at, and those these look at, as far as they could not be linked."""
    reached: set[str] = set()
    ahead = list(waiting[start].named())
    while ahead:
        name = ahead.pop()
        if name in waiting and name not in reached:
            reached.add(name)
            ahead += waiting[name].named()
    return reached
