"""The prompts of a chart in words, and what is said of the rules themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from intake.definitions.bundle import Definitions
from intake.domain.checklist import Checklist
from intake.domain.prompting import empty_words, label_of, not_asked, unsure, unsure_words
from intake.domain.prompts import ORDER, Facts, Prompt, Rule, RuleSet
from intake.domain.reviews import Chart
from ui.pages.chart.glance_prompt_row import PromptWords
from ui.pages.chart.glance_words import checked_words, checklist_of, fact_words, instant_words

if TYPE_CHECKING:
    from datetime import date

_LISTED = "Listed in:"


def prompt_words(chart: Chart, definitions: Definitions, zone: ZoneInfo) -> tuple[PromptWords, ...]:
    """Return the prompts of a chart: those without a word first, each part with the most pressing first."""
    checklist = checklist_of(chart.visit, definitions)
    ordered = sorted(chart.prompts, key=lambda each: (each.acknowledgement is not None, ORDER.index(each.level)))
    return tuple(_words(each, checklist, definitions.rule_sets, zone=zone, on=chart.visit.visit_day) for each in ordered)


def open_words(chart: Chart, facts: Facts, definitions: Definitions) -> tuple[str, ...]:
    """Return the sentences under the prompts: of nothing found, of what was not asked, and of what the patient was unsure of."""
    checklist = checklist_of(chart.visit, definitions)
    missing = not_asked(definitions.prompts, facts, checklist)
    doubted = unsure(definitions.prompts, facts)
    first = empty_words(len(missing))
    if chart.prompts:
        first = first.rpartition(". ")[2]
    found = [_with_names(first, missing, checklist), _with_names(unsure_words(len(doubted)), doubted, checklist)]
    return tuple(text for text in found if text)


def announced(rules: RuleSet) -> str:
    """Return what has to be said on every chart about the rules, empty when all of them were loaded and approved."""
    told = []
    if rules.refused and not rules.rules:
        told.append("Prompts are unavailable: no rule could be loaded, and no answer is brought to your attention here.")
    elif rules.refused:
        count = len(rules.refused)
        told.append("1 rule could not be loaded and asks nothing:" if count == 1 else f"{count} rules could not be loaded and ask nothing:")
    told += [f"{each.name}{f', line {each.line}' if each.line else ''}: {each.reason}." for each in rules.refused]
    if not rules.approved:
        told.append(f"The practice has not approved these rules yet ({rules.version}).")
    return " ".join(told)


def _words(prompt: Prompt, checklist: Checklist, rule_sets: Mapping[str, RuleSet], *, zone: ZoneInfo, on: date) -> PromptWords:
    rule = _rule(prompt, rule_sets)
    sentence = rule.sentence(unsure=prompt.unsure) if rule else f"Rule {prompt.rule_id} of {prompt.rules_version}. For clinician judgement."
    reported, between, listed = sentence.partition(_LISTED)
    answers = " · ".join(fact_words(key, answer, checklist) for key, answer in prompt.answers.items())
    doubt = " Only the answer unsure raises it." if prompt.unsure else ""
    done = ""
    if prompt.acknowledgement is not None:
        at = instant_words(prompt.acknowledgement.at, zone, on)
        done = f"✓ Acknowledged {at} by {prompt.acknowledgement.by}: {prompt.acknowledgement.words}"
    return PromptWords(
        id=prompt.id,
        level=prompt.level,
        reported=reported.strip(),
        listed=f"{between}{listed}",
        answers=f"Answered: {answers}.{doubt}" if answers else doubt.strip(),
        basis=_basis(rule, prompt) if rule else "The rule is not in the files of this program any more.",
        checked=checked_words(rule.checked) if rule else "",
        since="" if prompt.holds else "✎ The answer was corrected since; the rule would not bring it up now.",
        done=done,
    )


def _rule(prompt: Prompt, rule_sets: Mapping[str, RuleSet]) -> Rule | None:
    rules = rule_sets.get(prompt.rules_version)
    return next((rule for rule in rules.rules if rule.id == prompt.rule_id), None) if rules else None


def _basis(rule: Rule, prompt: Prompt) -> str:
    basis = rule.basis.rstrip(".")
    return f"Rule {rule.id} ({prompt.rules_version}): {basis}."


def _with_names(sentence: str, keys: tuple[str, ...], checklist: Checklist) -> str:
    names = ", ".join(label_of(key, checklist) for key in keys)
    return f"{sentence.rstrip('.')}: {names}." if names else sentence
