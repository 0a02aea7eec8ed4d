"""Prompts: answers brought to a clinician's attention, each by a rule with its source. Never a finding of the software's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from intake.domain.answers import Answer
from intake.domain.conditions import Condition

Facts = Mapping[str, Answer]
"""What conditions are asked of: answers by key, ``age`` in years on the visit's day, and choice fields by path."""


class Level(StrEnum):
    """How soon a clinician has to see it."""

    NOW = "now"
    TODAY = "today"
    REVIEW = "review"


ORDER: Final = (Level.NOW, Level.TODAY, Level.REVIEW)
"""The levels, the most pressing first."""

DESK_TITLES: Final[Mapping[Level, str]] = MappingProxyType(
    {
        Level.NOW: "Stop and tell a clinician now.",
        Level.TODAY: "A clinician must review this checklist before the patient leaves.",
        Level.REVIEW: "Marked for clinician review.",
    }
)
"""What staff without a clinical role are told at each level. A practice adds sentences after it, it does not change it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: the conditions of its levels, the most pressing first, and what a clinician is told.

    ``reported`` follows the words "Patient reports"; ``basis`` says the condition in words. ``checked`` is how well the source
    was compared with this rule: ``V`` with its text, ``V2`` with a secondary text, ``R`` not yet.
    """

    id: str
    levels: tuple[tuple[Level, Condition], ...]
    reported: str
    basis: str
    source: str
    checked: str
    verified_on: date
    approved_by: str

    def sentence(self, *, unsure: bool = False) -> str:
        """Return what a clinician reads, in the one form that every prompt has; ``unsure`` as the finding or prompt says."""
        reports = "reports being unsure of" if unsure else "reports"
        return f"Patient {reports} {self.reported}. Listed in: {self.source}. For clinician judgement."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that holds: at which level, and for which keys. ``unsure`` when only an answer "unsure" makes it hold."""

    rule_id: str
    level: Level
    keys: tuple[str, ...]
    unsure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A rule, or the whole file, that was not loaded: its name, the line in the file (0: the file itself) and the reason."""

    name: str
    line: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWords:
    """What staff without a clinical role are told at each level; ``later`` are the practice's own sentences after it."""

    title: str
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """One version of the rules. ``refused`` is announced on every chart; so is that ``approved`` is false."""

    version: str
    rules: tuple[Rule, ...]
    refused: tuple[Refusal, ...]
    desk: Mapping[Level, DeskWords]
    approved: bool

    def rule(self, rule_id: str) -> Rule:
        """Return the rule with this id; KeyError if this version has none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """A clinician's word on what was done about a prompt."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt as kept with a visit. It stays when the answer is corrected: ``holds`` is then false.

    ``answers`` are those that raised it, as they stood; ``rules_version`` is the rule set it was raised with.
    """

    id: int
    rule_id: str
    level: Level
    rules_version: str
    answers: Mapping[str, Answer]
    unsure: bool
    raised_at: datetime
    holds: bool
    acknowledgement: Acknowledgement | None
