"""Which rules hold for a visit, what they were asked of, and the words for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from intake.domain.answers import UNSURE, Answer
from intake.domain.checklist import Checklist
from intake.domain.corrections import visit_as_corrected
from intake.domain.fields import Described, Kind
from intake.domain.patients import Patient, age_on
from intake.domain.prompts import ORDER, Facts, Finding, Level, Rule, RuleSet
from intake.domain.records import Answers
from intake.domain.reviews import Chart
from intake.domain.visits import Visit, all_fields

AGE: Final = "age"


def choice_fields() -> dict[str, Described]:
    """Return every field of the record that a rule may ask, by path: those with a fixed set of answers."""
    return {entry.path: entry for entry in all_fields() if entry.about.kind is Kind.CHOICE}


_FIELDS: Final = choice_fields()
_WALKS: Final = tuple((path, tuple(path.split("."))) for path in _FIELDS)


def facts_of(patient: Patient, visit: Visit, answers: Answers, day: date) -> Facts:
    """Return what conditions are asked of: the answers, the choice fields by path, and the age in years on ``day``.

    What was not asked is absent; so is the age when there is no date of birth, or one after ``day``.
    """
    facts: dict[str, Answer] = {key: answer for key, answer in answers.items() if answer not in (None, "", ())}
    parts = {"patient": patient, "visit": visit}
    for path, (first, *names) in _WALKS:
        value: object = parts[first]
        for name in names:
            value = getattr(value, name)
        if isinstance(value, str) and value:
            facts[path] = value
    if patient.dob is not None and patient.dob <= day:
        facts[AGE] = age_on(patient.dob, day)
    return facts


def facts_of_chart(chart: Chart) -> Facts:
    """Return the facts of a visit as a clinician sees it: answers and safety history as corrected, the patient as signed."""
    visit = visit_as_corrected(chart.visit.visit, chart.corrections)
    return facts_of(chart.patient, visit, chart.answers, chart.visit.visit_day)


def findings(rules: RuleSet, facts: Facts) -> tuple[Finding, ...]:
    """Return the rules that hold, in their order, each at its most pressing level.

    A condition of level NOW that holds only when "unsure" counts as the answer asked for gives TODAY; ``unsure`` is true if nothing
    else makes the rule hold at TODAY. At the other levels an answer "unsure" raises nothing, it is counted by ``unsure``.
    """
    some_unsure = any(_is_unsure(answer) for answer in facts.values())
    return tuple(found for rule in rules.rules if (found := _finding(rule, facts, some_unsure=some_unsure)))


def _finding(rule: Rule, facts: Facts, *, some_unsure: bool) -> Finding | None:
    """Return what one rule finds, None when it does not hold at any level; nothing can be unsure unless ``some_unsure``."""
    sure = next(((level, keys) for level, condition in rule.levels if (keys := condition.because(facts))), None)
    if sure is not None and sure[0] is Level.NOW:
        return Finding(rule_id=rule.id, level=Level.NOW, keys=sure[1], unsure=False)
    level, condition = rule.levels[0]
    perhaps = condition.because(facts, unsure_counts=True) if some_unsure and level is Level.NOW else ()
    if perhaps:
        together = tuple(dict.fromkeys((*(sure[1] if sure else ()), *perhaps)))
        return Finding(rule_id=rule.id, level=Level.TODAY, keys=together, unsure=sure is None or sure[0] is not Level.TODAY)
    return Finding(rule_id=rule.id, level=sure[0], keys=sure[1], unsure=False) if sure else None


def keys_of(rules: RuleSet) -> frozenset[str]:
    """Return the keys of every fact that the rules look at."""
    return frozenset().union(*(condition.keys() for rule in rules.rules for _, condition in rule.levels))


def not_asked(rules: RuleSet, facts: Facts, checklist: Checklist) -> tuple[str, ...]:
    """Return what the rules look at, is to be asked given the answers so far, and has no answer.

    Keys of the checklist in its order (a question too of which the rules look at a detail), paths of fields
    (``visit.safety.device``), then what this version of the checklist does not ask at all: a visit of an older version never looks
    as if everything had been asked. ``label_of`` names them.
    """
    wanted = keys_of(rules) - {AGE}
    wanted |= {key for question in checklist.questions() if question.key in wanted for key in _above(question.key, checklist)}
    here = [question.key for question in checklist.open_questions(facts)]
    fields = [path for path, entry in _FIELDS.items() if _applies(entry, facts)]
    elsewhere = sorted(wanted - _FIELDS.keys() - {question.key for question in checklist.questions()})
    return tuple(key for key in (*here, *fields, *elsewhere) if key in wanted and key not in facts)


def unsure(rules: RuleSet, facts: Facts) -> tuple[str, ...]:
    """Return the keys that the rules look at and the patient was unsure of, in the order of the facts."""
    wanted = keys_of(rules)
    return tuple(key for key, answer in facts.items() if key in wanted and _is_unsure(answer))


def empty_words(count: int) -> str:
    """Return what stands where no rule holds; ``count`` is how many items of ``not_asked`` there are."""
    items = "1 item was" if count == 1 else f"{count} items were"
    return f"None of the answers recorded matches a configured prompt. This is not a clinical assessment. {items} not asked."


def unsure_words(count: int) -> str:
    """Return the sentence that counts what the patient was unsure of, empty when there is nothing."""
    if count == 0:
        return ""
    return "1 item was answered unsure." if count == 1 else f"{count} items were answered unsure."


def desk_level(found: Collection[Finding]) -> Level | None:
    """Return the most pressing level among the findings, None when there is none."""
    return min((each.level for each in found), key=ORDER.index, default=None)


def label_of(key: str, checklist: Checklist) -> str:
    """Return the short English label of a fact: of a question, of a field by its path, or of the age."""
    if key == AGE:
        return "Age"
    if key in _FIELDS:
        return _FIELDS[key].about.label
    try:
        return checklist.question(key).short.en
    except KeyError:
        return key


def _above(key: str, checklist: Checklist) -> Iterator[str]:
    """Yield the question that a detail stands under, and the one above that."""
    parent = checklist.question(key).parent
    while parent is not None:
        yield parent
        parent = checklist.question(parent).parent


def _applies(entry: Described, facts: Mapping[str, Answer]) -> bool:
    """Tell whether a field is to be asked: it always is, or the field it depends on has such an answer."""
    if entry.about.when is None:
        return True
    path, values = entry.about.when
    return facts.get(path) in values


def _is_unsure(answer: Answer) -> bool:
    return UNSURE in answer if isinstance(answer, tuple) else answer == UNSURE
