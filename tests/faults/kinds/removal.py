"""Removing one old record after another, step by step: proposed, copied, consented to twice, gone, its words forgotten."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from intake.actions.retention import consent, forget_words, propose, remove
from intake.actions.training_people import answers_of
from intake.definitions.bundle import Definitions
from intake.domain.records import Intake
from intake.domain.retention import Removal
from intake.domain.staff import Role
from intake.storage.store import Store
from tests.factories import PASSWORD, a_colleague, an_admin, save
from tests.faults.kinds.intake import newcomer
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, clock, lost, not_whole, opened, the_actor
from tests.intake.retention.scene import LONG_AGO, left_of, written

OLD = 4
"""Records that are due; one of today comes after them, for the last number stays."""
BEGUN_UPON = 3
"""So many are proposed and copied already, for that takes the longest; all else is done to them, and everything to the last one."""
STEPS = ("propose", "copy", "alex", "casey", "remove")


def prepare(data: Path, definitions: Definitions) -> None:
    """Make a practice with old records and a young one, and remember how many rows each has."""
    with opened(data) as store:
        admin = an_admin(store)
        a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
        for number in range(1, OLD + 1):
            save(store, admin, definitions, intake=_of_long_ago(definitions, number), now=LONG_AGO)
        save(store, admin, definitions, intake=newcomer(definitions, OLD + 1), now=clock())
        for number, step in itertools.product(range(1, BEGUN_UPON + 1), STEPS[:2]):
            _does(store, number, step, definitions, data.parent / "copies")()
        rows = {number: left_of(store, number) for number in range(1, OLD + 2)}
    _rows(data).write_text(json.dumps(rows), encoding="utf-8")


def act(data: Path, definitions: Definitions, say: Say) -> None:
    """Do what is left to do, record by record and step by step."""
    with opened(data) as store:
        say(READY)
        for patient_id in range(1, OLD + 1):
            done = _steps(store, patient_id)
            for step in STEPS:
                if step not in done:
                    say(f"{BEGUN}{step} {patient_id}")
                    _does(store, patient_id, step, definitions, data.parent / "copies")()
                    say(f"{DONE}{step} {patient_id}")
        while forget_words(store, the_actor(store, "alex")):
            pass


def wrong(data: Path, _definitions: Definitions, said: Said) -> list[str]:
    """Each step that was acknowledged is there; a record is there with every row or gone with every row, and the young one is untouched."""
    before = {int(number): rows for number, rows in json.loads(_rows(data).read_text(encoding="utf-8")).items()}
    beforehand = [f"{step} {number}" for number in range(1, BEGUN_UPON + 1) for step in STEPS[:2]]
    with opened(data) as store:
        steps = {patient_id: _steps(store, patient_id) for patient_id in before}
        there = [f"{step} {patient_id}" for patient_id, done in steps.items() for step in done]
        return [
            *not_whole(store),
            *lost(said.done, there),
            *(f"nobody asked for: {each}" for each in there if each not in (*said.begun, *beforehand)),
            *(
                f"half removed: {patient_id}"
                for patient_id, rows in before.items()
                if left_of(store, patient_id) != ({} if "remove" in steps[patient_id] else rows)
            ),
        ]


def _of_long_ago(definitions: Definitions, number: int) -> Intake:
    """Return an intake none of whose days is later than its own."""
    intake, on = newcomer(definitions, number), LONG_AGO.date()
    answers = answers_of(definitions.checklist, random.Random(number), asked=1.0, on=on)
    return replace(intake, visit=replace(intake.visit, network_disclosed=on), answers=answers)


def _does(store: Store, patient_id: int, step: str, definitions: Definitions, folder: Path) -> Callable[[], object]:
    alex, removal = the_actor(store, "alex"), store.removals.of_patient(patient_id)
    if removal is None:
        return partial(propose, store, alex, patient_id, definitions=definitions, now=clock())
    if step == "copy":
        folder.mkdir(exist_ok=True)
        return partial(written, store, removal.id, definitions, folder)
    if step == "remove":
        return partial(remove, store, alex, removal.id, definitions=definitions, now=clock())
    return partial(consent, store, alex, removal.id, login=step, password=PASSWORD, now=clock())


def _steps(store: Store, patient_id: int) -> list[str]:
    """Return the steps that were done for a record, by what the store has of them."""
    removal = store.removals.of_patient(patient_id)
    return [] if removal is None else [step for step in STEPS if _is_done(store, removal, step)]


def _is_done(store: Store, removal: Removal, step: str) -> bool:
    logins = [store.staff.by_id(given.staff_id).login for given in removal.consents]
    return {"propose": True, "copy": removal.copy is not None, "remove": removal.ended is not None}.get(step, step in logins)


def _rows(data: Path) -> Path:
    return data.parent / "rows.json"


REMOVAL = Scenario(name="removal", prepare=prepare, act=act, wrong=wrong, window_ms=400, lives=3)
