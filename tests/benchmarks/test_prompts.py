"""All rules over one visit: under a millisecond, and within ten times bare look-ups of the same facts."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer, Kind
from intake.domain.conditions import Condition
from intake.domain.patients import Patient
from intake.domain.prompting import facts_of, findings, not_asked, unsure
from intake.domain.prompts import Facts
from intake.domain.visits import Safety, Visit
from tests.benchmarks.conftest import Tell, figures

ROUNDS = 400
MOST_MS = 1.0
MOST_TIMES_THE_FLOOR = 10.0
DAY = date(2026, 11, 22)


def timed(work: Callable[[], object]) -> list[float]:
    """Return how long each of many rounds took, in milliseconds."""
    times_ms = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times_ms.append((time.perf_counter() - began) * 1000)
    return times_ms


def bare(facts: Facts, key: str) -> bool:
    """Ask one fact, in the one call that it takes at least."""
    return facts.get(key) == "yes"


def asked_facts(condition: Condition) -> list[str]:
    """Return the keys that a condition asks, as often as it asks them."""
    return [key for leaf in condition.leaves() for key in sorted(leaf.keys())]


def test_the_rules_over_one_visit(definitions: Definitions, tell: Tell) -> None:
    """Of a visit of which nothing holds every condition is asked to its end; of one that is all unsure, what is for now twice."""
    states = [question.key for question in definitions.checklist.questions() if question.kind is Kind.STATE]
    answers: dict[str, Answer] = dict.fromkeys(states, "no")
    patient, visit = Patient(dob=date(1985, 5, 5), sex="female"), Visit(visit_type="auto", safety=Safety(blood_thinner="no"))
    rules = definitions.prompts
    facts = facts_of(patient, visit, answers, DAY)
    keys = [key for rule in rules.rules for _, condition in rule.levels for key in asked_facts(condition)]
    floor = timed(lambda: [bare(facts, key) for key in keys])
    whole = timed(lambda: findings(rules, facts_of(patient, visit, answers, DAY)))
    doubt = timed(lambda: findings(rules, facts_of(patient, visit, dict.fromkeys(states, "unsure"), DAY)))
    chart = timed(lambda: (not_asked(rules, facts, definitions.checklist), unsure(rules, facts)))
    times = statistics.median(whole) / statistics.median(floor)
    tell(f"rules over one visit: {figures(whole)}; {len(keys)} bare look-ups: {figures(floor)}; {times:.1f} times the floor")
    tell(f"rules over a visit that is all unsure: {figures(doubt)}")
    tell(f"what was not asked, and unsure: {figures(chart)}")
    assert findings(rules, facts) == ()
    assert max(statistics.median(each) for each in (whole, doubt, chart)) < MOST_MS
    assert times < MOST_TIMES_THE_FLOOR
