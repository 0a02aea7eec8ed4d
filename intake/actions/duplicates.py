"""Possible duplicates: who of the kept patients may be the person being typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake.domain.patients import Patient
from intake.domain.staff import Actor, Task
from intake.errors import InvalidInputError, Problem
from intake.matching.keys import probe_keys
from intake.matching.score import Candidate, Match, compare
from intake.storage.store import Store

MAX_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer "a different person" to one strong match, and why."""

    patient_id: int
    reason: str


def possible_duplicates(
    store: Store, actor: Actor, patient: Patient, member_ids: Iterable[str], *, excluding: int | None = None
) -> tuple[Match, ...]:
    """Return the kept patients who may be this one, the likeliest first, at most eight; ``excluding`` is a patient's own id."""
    actor.must(Task.SEE_PATIENTS)
    with store.reading():
        return _with_last_visit(store, matches(store, patient, member_ids, excluding=excluding)[:MAX_SHOWN])


def matches(store: Store, patient: Patient, member_ids: Iterable[str], *, excluding: int | None = None) -> tuple[Match, ...]:
    """Return every match of a patient among those kept, the likeliest first."""
    given = tuple(member_ids)
    typed = Candidate(
        patient_id=excluding or 0,
        number="",
        legal_last=patient.legal_last,
        legal_first=patient.legal_first,
        former_name=patient.former_name,
        preferred_name=patient.preferred_name,
        dob=patient.dob,
        phones=tuple(phone for phone in (patient.phone, patient.phone2) if phone),
        member_ids=given,
    )
    found = [compare(typed, kept) for kept in store.matches.candidates(probe_keys(patient, given), excluding=excluding)]
    return tuple(sorted((match for match in found if match is not None), key=_likeliest))


def refuse_unanswered(
    store: Store,
    patient: Patient,
    member_ids: Iterable[str],
    decisions: Iterable[Decision],
    *,
    excluding: int | None = None,
    known: Iterable[int] = (),
) -> None:
    """Raise InvalidInputError ``strong_match_unanswered`` while a strong match has no answer with a reason.

    ``known`` are the patients that matched strongly before an edit: they were answered then.
    """
    answered = {decision.patient_id for decision in decisions if decision.reason.strip()} | set(known)
    strong = strong_ids(store, patient, member_ids, excluding=excluding)
    if strong - answered:
        raise InvalidInputError((Problem(field="matches", code="strong_match_unanswered"),))


def strong_ids(store: Store, patient: Patient, member_ids: Iterable[str], *, excluding: int | None = None) -> set[int]:
    """Return the patients who match so strongly that a person must say whether it is the same one."""
    return {match.kept.patient_id for match in matches(store, patient, member_ids, excluding=excluding) if match.strong}


def _with_last_visit(store: Store, shown: tuple[Match, ...]) -> tuple[Match, ...]:
    """Add where and when each was last here, which helps a person to tell who it is."""
    last = store.matches.last_visits([match.kept.patient_id for match in shown]) if shown else {}
    nowhere = (None, None)
    return tuple(
        replace(match, kept=replace(match.kept, last_here=day, last_location=location))
        for match in shown
        for day, location in (last.get(match.kept.patient_id, nowhere),)
    )


def _likeliest(match: Match) -> tuple[bool, int, int]:
    return not match.strong, -len(match.reasons), match.kept.patient_id
