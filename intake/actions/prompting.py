"""The prompts of a visit: raised anew from what is recorded now, and whether each that was ever raised still holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.corrections import answers_as_corrected, visit_as_corrected
from intake.domain.patients import Patient
from intake.domain.prompting import facts_of, findings
from intake.domain.prompts import ORDER, Facts, Finding, Level, Prompt
from intake.domain.records import Intake, VisitRecord
from intake.domain.reviews import Corrected
from intake.storage.store import Store

Found = Mapping[str, tuple[Finding, ...]]
"""What rules found at a visit, by the version of the rules."""
_NOTHING: Final[Found] = {}
_JUDGED: Final = ("prompts", "every_visit_judged_with")
_AT_ONCE: Final = 20


def recompute(store: Store, visit_id: int, definitions: Definitions, now: datetime) -> None:
    """Raise what an unsigned visit gives rise to as it stands, inside the caller's transaction; nothing is ever taken away."""
    record = store.visits.get(visit_id, definitions)
    if record is None:
        raise LookupError
    recompute_record(store, record, definitions, now)


def recompute_record(store: Store, record: VisitRecord, definitions: Definitions, now: datetime) -> Found:
    """Do so for a visit that was read already, and return what its rules found; a signed one is left alone."""
    if not store.awaiting.has(record.id):
        return {}
    facts = facts_as_corrected(record, store.corrections.answers_of(record.id))
    return {definitions.prompts.version: raise_prompts(store, record.id, facts, definitions, now)}


def catch_up(store: Store, definitions: Definitions, *, after: int, now: datetime) -> int | None:
    """Raise the prompts of the next unsigned visits that were kept before these rules, a few at a time.

    Begin with ``after`` 0 and go on with what is returned, until it is None: then every visit that awaits review stands in the list
    where these rules put it, whoever opened its chart or not.
    """
    version = definitions.prompts.version
    with store.reading():
        done = store.settings.get(*_JUDGED) == version or not definitions.prompts.rules
        visits = () if done else store.awaiting.after(after, limit=_AT_ONCE)
    if done:
        return None
    with store.transaction(lasting=False):
        for visit_id in visits:
            recompute(store, visit_id, definitions, now)
        if len(visits) < _AT_ONCE:
            store.settings.put(*_JUDGED, version)
    return visits[-1] if len(visits) == _AT_ONCE else None


def recompute_patient(store: Store, patient_id: int, definitions: Definitions, now: datetime) -> None:
    """Do so for each unsigned visit of a patient, whose age or sex may be another one now."""
    for visit_id in store.awaiting.of_patient(patient_id):
        recompute(store, visit_id, definitions, now)


def raise_first(store: Store, visit_id: int, intake: Intake, day: date, *, definitions: Definitions, now: datetime) -> None:
    """Raise the prompts of a visit that is being saved, inside the caller's transaction, without reading it back."""
    facts = facts_of(intake.patient, intake.visit, intake.answers, day)
    found = findings(definitions.prompts, facts)
    if found:
        store.prompts.add(visit_id, found, facts, version=definitions.prompts.version, at=now)
        store.awaiting.set_urgency(visit_id)


def raise_prompts(store: Store, visit_id: int, facts: Facts, definitions: Definitions, now: datetime) -> tuple[Finding, ...]:
    """Keep what these facts raise and was not raised at this visit before, and put the visit where it belongs in the list.

    A rule that was raised before is raised again when an answer makes it hold that nobody has seen with it yet.
    """
    found = findings(definitions.prompts, facts)
    known = store.prompts.raised(visit_id) if found else set()
    new = [each for each in found if any((each.rule_id, each.level, key, facts[key]) not in known for key in each.keys)]
    if new:
        store.prompts.add(visit_id, new, facts, version=definitions.prompts.version, at=now)
        store.awaiting.set_urgency(visit_id)
    return found


def facts_as_corrected(record: VisitRecord, corrections: Iterable[Corrected], *, patient: Patient | None = None) -> Facts:
    """Return the facts of a visit with its corrections; ``patient`` is as signed, else the record as it stands."""
    made = tuple(corrections)
    answers = answers_as_corrected(record.answers, made)
    return facts_of(patient or record.patient.patient, visit_as_corrected(record.visit, made), answers, record.visit_day)


def prompts_of(
    store: Store, visit_id: int, facts: Callable[[], Facts], definitions: Definitions, *, found: Found = _NOTHING
) -> tuple[Prompt, ...]:
    """Return a visit's prompts, the most pressing first; each holds while its own version of the rules raises it at its level or above.

    One whose rules are not there any more holds: nothing is ever dismissed for want of a file. ``found`` is what is known already.
    """
    kept = store.prompts.of_visit(visit_id)
    versions = {prompt.rules_version for prompt in kept} & set(definitions.rule_sets)
    held = {version: _raised(found.get(version) or findings(definitions.rule_sets[version], facts())) for version in versions}
    return tuple(dataclasses.replace(prompt, holds=_holds(prompt, held, definitions)) for prompt in kept)


def _raised(found: Iterable[Finding]) -> set[tuple[str, Level]]:
    """Return each rule with the level it is found at and those below."""
    return {(finding.rule_id, level) for finding in found for level in ORDER[ORDER.index(finding.level) :]}


def _holds(prompt: Prompt, held: Mapping[str, set[tuple[str, Level]]], definitions: Definitions) -> bool:
    rules = definitions.rule_sets.get(prompt.rules_version)
    if rules is None or all(rule.id != prompt.rule_id for rule in rules.rules):
        return True
    return (prompt.rule_id, prompt.level) in held[prompt.rules_version]
