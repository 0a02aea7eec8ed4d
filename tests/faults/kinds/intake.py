"""Saving intakes, one after another, each of an invented person whom its number tells."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from intake.actions.intakes import SaveRequest, save_intake
from intake.actions.training_people import answers_of
from intake.definitions.bundle import Definitions
from intake.domain.records import Intake
from intake.storage.store import Store
from tests.factories import a_colleague, a_patient, a_visit, an_admin, an_intake
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, clock, lost, not_whole, opened, the_actor

LONG_AGO = date(2020, 2, 3)
"""The day of all that is answered with a day, so that no clock makes it one to come."""
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "se", "ti", "vo", "zu")


def newcomer(definitions: Definitions, number: int) -> Intake:
    """Return the intake of the person with this number, like nobody before."""
    chance = random.Random(number)
    name = "".join(chance.choices(SYLLABLES, k=5)).title()
    patient = a_patient(
        legal_last=name,
        legal_first="".join(chance.choices(SYLLABLES, k=3)).title(),
        dob=date(1930, 1, 1) + timedelta(days=chance.randrange(29_000)),
        phone=f"+1732555{100 + number % 100:04d}",
        email=f"{name.lower()}@example.com",
        line1=f"{number} Example Street",
    )
    usual = a_visit()
    visit = replace(
        usual, reason=f"Person {number}", network_disclosed=LONG_AGO, primary=replace(usual.primary, member_id=f"EX{number:06d}")
    )
    answers = answers_of(definitions.checklist, chance, asked=1.0, on=LONG_AGO)
    return replace(an_intake(definitions, patient=patient, visit=visit), answers=answers)


def prepare(data: Path, _definitions: Definitions) -> None:
    """Make a practice with a receptionist."""
    with opened(data) as store:
        a_colleague(store, an_admin(store))


def act(data: Path, definitions: Definitions, say: Say) -> None:
    """Save the next person, and the next."""
    with opened(data) as store:
        desk = the_actor(store, "dana")
        first = len(saved(store, definitions)) + 1
        say(READY)
        for number in itertools.count(first):
            say(f"{BEGUN}{number}")
            save_intake(store, desk, SaveRequest(intake=newcomer(definitions, number)), definitions=definitions, now=clock())
            say(f"{DONE}{number}")


def saved(store: Store, definitions: Definitions) -> dict[int, Intake]:
    """Return every visit as it is kept, as the intake it came from, by its id."""
    records = (store.visits.get(visit_id, definitions) for visit_id in itertools.count(1))
    kept = itertools.takewhile(lambda record: record is not None, records)
    return {
        record.id: Intake(patient=record.patient.patient, visit=record.visit, answers=record.answers, marks=record.marks)
        for record in kept
        if record is not None
    }


def wrong(data: Path, definitions: Definitions, said: Said) -> list[str]:
    """Everyone acknowledged is there, whole and once; of the one who was begun all is there or nothing."""
    with opened(data) as store:
        kept = saved(store, definitions)
        numbers = [(intake.visit.reason or "").removeprefix("Person ") for intake in kept.values()]
        halves = [number for number, intake in zip(numbers, kept.values(), strict=True) if intake != newcomer(definitions, int(number))]
        rows = {
            what: store._connection.execute(query).fetchone()
            for what, query in (
                ("visits", "SELECT count(*) FROM visit"),
                ("patients", "SELECT count(*) FROM patient"),
                ("entries", "SELECT count(*) FROM audit WHERE action = 'save_intake'"),
            )
        }
        uneven = [f"{what}: {count}, not {len(kept)}" for what, count in rows.items() if count != (len(kept),)]
        unasked = [number for number in numbers if number not in said.begun]
        return [
            *not_whole(store),
            *lost(said.done, numbers),
            *(f"half a record: {number}" for number in halves),
            *(f"nobody saved: {number}" for number in unasked),
            *uneven,
        ]


INTAKE = Scenario(name="intake", prepare=prepare, act=act, wrong=wrong, window_ms=250)
