"""Signed and unsigned lists always equal the store, whatever happens in whatever order."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import pytest

from intake.actions.calls import answer_call, call_clinician, open_calls
from intake.actions.charts import leave_chart, open_chart, take_chart
from intake.actions.correcting import correct
from intake.actions.notes import keep_note
from intake.actions.reviewing import awaiting, awaiting_count, signed
from intake.actions.signing import add_addendum
from intake.actions.visits import change_status, today, undo_status
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import IntakeError
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, TODAY, a_visit, an_intake, save
from tests.intake.review.charting import make_ready, sign

STEPS: Final = 60
PLACES: Final = ("loc.edison", "loc.union")
REFUSED: Final = {"visit_signed", "chart_taken", "not_signed_yet", "nothing_to_undo", "nothing_changed", "invalid_input"}
"""What may be refused on a walk; nothing else may happen."""


class Walk:
    """People who do what they please at two clinics."""

    def __init__(self, store: Store, people: tuple[Actor, Actor, Actor], definitions: Definitions, seed: int) -> None:
        """Begin with two visits."""
        self.store = store
        self.desk, *self.clinicians = people
        self.definitions = definitions
        self.rng = random.Random(seed)
        self.visits: list[int] = []
        self.signed: set[int] = set()
        self.now = NOW
        self.arrive()
        self.arrive()

    def arrive(self) -> None:
        """Save a visit of the same patient, at either clinic, now and then with an answer that raises prompts."""
        visit = a_visit(location=self.rng.choice(PLACES))
        intake = an_intake(self.definitions, visit=visit, seed=self.rng.randint(1, 5))
        known = {"patient_id": 1, "patient_version": 1} if self.visits else {}
        self.visits.append(save(self.store, self.desk, self.definitions, intake=intake, now=self.now, **known).visit_id)

    def sign(self, actor: Actor, visit_id: int) -> None:
        """Do all that a signature needs, and sign."""
        sign(self.store, actor, visit_id, self.definitions, now=self.now)
        self.signed.add(visit_id)

    def correct(self, actor: Actor, visit_id: int) -> None:
        """Put an answer right that raises or no longer raises prompts."""
        value = self.rng.choice(["yes", "no", "unsure"])
        words = {"path": "answers.safety.walking", "value": value, "reason": "Asked again"}
        correct(self.store, actor, visit_id, **words, definitions=self.definitions, now=self.now)

    def call(self, visit_id: int) -> None:
        """Call a clinician."""
        call_clinician(self.store, self.desk, visit_id=visit_id, location=PLACES[0], title="Please come", now=self.now)

    def answer(self, actor: Actor) -> None:
        """Answer every call."""
        for call in open_calls(self.store, actor, location=None):
            answer_call(self.store, actor, call.id, now=self.now)

    def step(self) -> None:
        """Let one of them do one thing."""
        self.now += timedelta(seconds=self.rng.randint(1, 90))
        actor, visit_id = self.rng.choice(self.clinicians), self.rng.choice(self.visits)
        store, definitions, now = self.store, self.definitions, self.now
        words = {"text": "More", "reason": "Later", "password": PASSWORD}
        doings: list[Callable[[], object]] = [
            self.arrive,
            lambda: self.sign(actor, visit_id),
            lambda: make_ready(store, actor, visit_id, definitions, now=now),
            lambda: open_chart(store, actor, visit_id, definitions=definitions, now=now),
            lambda: take_chart(store, actor, visit_id, reason="Mine", definitions=definitions, now=now),
            lambda: leave_chart(store, actor, visit_id, now=now),
            lambda: keep_note(store, actor, visit_id, content={"history": "x"}, caret={}, now=now),
            lambda: change_status(store, self.desk, visit_id, self.rng.choice(list(Status)), now=now),
            lambda: undo_status(store, self.desk, visit_id, now=now),
            lambda: self.correct(actor, visit_id),
            lambda: self.call(visit_id),
            lambda: self.answer(actor),
            lambda: add_addendum(store, actor, visit_id, **words, definitions=definitions, now=now),
        ]
        try:
            self.rng.choice(doings)()
        except IntakeError as error:
            if error.code not in REFUSED:
                raise


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_visit_is_in_one_list_and_in_the_right_one(
    store: Store, desk: Actor, clinician: Actor, other: Actor, definitions: Definitions, seed: int
) -> None:
    """After every step: all clinics together, each clinic alone, the counts, and the board's word on who signed."""
    walk = Walk(store, (desk, clinician, other), definitions, seed)
    places = dict(store._connection.execute("SELECT id, location FROM visit"))
    for _ in range(STEPS):
        walk.step()
        places = dict(store._connection.execute("SELECT id, location FROM visit"))
        for location in (None, *PLACES):
            here = {visit for visit, place in places.items() if location in (None, place)}
            waiting = [line.visit_id for line in awaiting(store, clinician, location=location, now=walk.now)]
            done = [line.visit_id for line in signed(store, clinician, location=location)]
            assert (sorted(waiting), sorted(done)) == (sorted(here - walk.signed), sorted(here & walk.signed))
            assert awaiting_count(store, clinician, location=location) == len(waiting)
        check_board(store, desk, walk.signed, walk.now)
    assert walk.signed
    assert len(walk.signed) < len(walk.visits)


def check_board(store: Store, desk: Actor, signed_ids: set[int], now: datetime) -> None:
    """Compare what Today says of signatures with what was signed."""
    lines = today(store, desk, location=None, day=TODAY, now=now)
    assert {line.visit_id for line in lines if line.signed_by} == signed_ids
