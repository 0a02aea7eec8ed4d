"""The prompts of a visit on paper: what the patient reported, where that is listed, and what a clinician did about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

from intake.definitions.prompt_rules import PENDING
from intake.documents import style
from intake.documents.blocks import flowing, heading, kept_together, space
from intake.documents.facts import fact_label, fact_words
from intake.documents.paper import Block
from intake.documents.statements import chip, lowered, quiet, quoted, statement
from intake.documents.words import moment_words
from intake.domain.checklist import Checklist
from intake.domain.prompts import ORDER, Level, Prompt, Rule, RuleSet
from intake.entry.dates import show_date

SIGNS = {Level.NOW: "NOW", Level.TODAY: "TODAY", Level.REVIEW: "REVIEW"}
COMPARED = {
    "V": "source compared with its text",
    "V2": "source compared with a secondary text",
    "R": "source not compared with its text yet",
}
NOT_APPROVED = "This practice has not approved the configured prompts yet. They stand here as they are shipped."


def prompt_blocks(
    prompts: Sequence[Prompt], *, rule_sets: Sequence[RuleSet], checklist: Checklist, zone: ZoneInfo, empty: str
) -> Iterator[Block]:
    """Yield every prompt, the most pressing first, each with its source and acknowledgement; ``empty`` is said when there is none.

    ``rule_sets`` are the versions at hand, the current one first.
    """
    open_ones = sum(prompt.acknowledgement is None for prompt in prompts)
    yield heading("Prompts for the clinician", f"{len(prompts)} raised · {open_ones} not acknowledged" if prompts else "none raised")
    if rule_sets[0].refused or not rule_sets[0].approved:
        yield from _unavailable(rule_sets[0])
    if not prompts:
        yield from flowing(empty, style.BODY)
    by_version = {rules.version: rules for rules in reversed(rule_sets)}
    for prompt in sorted(prompts, key=lambda each: (ORDER.index(each.level), each.id)):
        yield from kept_together(_prompt(prompt, by_version, checklist, zone))
    yield space(4)


def _unavailable(rules: RuleSet) -> Iterator[Block]:
    """Yield what a reader must know of rules that did not load, or that nobody approved."""
    for refusal in rules.refused:
        place = f" (line {refusal.line})" if refusal.line else ""
        yield from statement("Unavailable", f"Prompts unavailable: {refusal.name}{place} was not loaded: {refusal.reason}.")
    if not rules.approved:
        yield from statement("Not approved", NOT_APPROVED)
    yield space(3)


def _prompt(prompt: Prompt, by_version: Mapping[str, RuleSet], checklist: Checklist, zone: ZoneInfo) -> Iterator[Block]:
    yield chip(SIGNS[prompt.level], filled=prompt.level is Level.NOW)
    rule = _rule(prompt, by_version)
    said = rule.sentence(unsure=prompt.unsure) if rule else f"The text of rule {prompt.rule_id} is not among this program's files."
    yield from statement("", said)
    answers = "; ".join(f"{fact_label(key, checklist)}: {fact_words(key, answer, checklist)}" for key, answer in prompt.answers.items())
    if answers:
        yield from quiet("Answers", f"{answers}.")
    yield from quiet("Rule", _about(prompt, rule))
    if prompt.unsure:
        yield from quiet("Unsure", "Raised by an answer of unsure: it is brought to attention as if it were yes, one level lower.")
    if not prompt.holds:
        yield from quiet("Corrected", "The answers were corrected since and do not match the rule any more. The prompt stays on record.")
    done = prompt.acknowledgement
    if done is None:
        yield from statement("Not seen yet", "Not acknowledged by a clinician.")
    else:
        yield from statement("Done", f"{quoted(done.words)} · acknowledged by {done.by}, {moment_words(done.at.astimezone(zone))}")
    yield space(6)


def _rule(prompt: Prompt, by_version: Mapping[str, RuleSet]) -> Rule | None:
    """Return the rule in the version the prompt was raised with, None when that version is not at hand."""
    try:
        return by_version[prompt.rules_version].rule(prompt.rule_id)
    except KeyError:
        return None


def _about(prompt: Prompt, rule: Rule | None) -> str:
    parts = [f"{prompt.rule_id} of {prompt.rules_version}"]
    if rule is not None:
        pending = rule.approved_by.lower() in ("", PENDING)
        approved = "not approved by this practice yet" if pending else f"approved by {rule.approved_by}"
        parts += [
            lowered(rule.basis).removesuffix("."),
            f"{COMPARED.get(rule.checked, rule.checked)}, {show_date(rule.verified_on)}",
            approved,
        ]
    return " · ".join(part for part in parts if part)
