"""Whatever was done in whatever order, both lists are what the tables say."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from intake.actions.acknowledging import acknowledge
from intake.actions.calls import answer_call, call_clinician, open_calls
from intake.actions.charts import open_chart
from intake.actions.correcting import correct
from intake.actions.drafts import Draft, keep_draft
from intake.actions.patients import edit_patient
from intake.actions.reviewing import MOST_COUNTED, awaiting, awaiting_count, next_to_review, signed
from intake.actions.visits import change_status
from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import IntakeError
from intake.storage.store import Store
from tests.factories import NOW
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import NOW_ANSWERS, REVIEW_ANSWERS, TODAY_ANSWERS, arrive

PLACES = ("loc.edison", "loc.union")
STEPS = 90
RANK = {"now": 1, "today": 2, "review": 3}
SAID: tuple[dict[str, Answer], ...] = (
    {},
    NOW_ANSWERS,
    TODAY_ANSWERS,
    REVIEW_ANSWERS,
    NOW_ANSWERS | REVIEW_ANSWERS,
    {"safety.first_ever": "yes"},
)


def naive(store: Store, location: str | None) -> list[tuple[int, str | None, dict[str, int]]]:
    """Return what awaits review, in its order, from the plain tables: visit, since when it is called to, prompts by level."""
    read = store._connection.execute
    reviewed = {row[0] for row in read("SELECT visit_id FROM review")}
    worded = {row[0] for row in read("SELECT prompt_id FROM acknowledgement")}
    called = {row[0]: row[1] for row in read("SELECT visit_id, at FROM call WHERE answered_at IS NULL")}
    levels: dict[int, dict[str, int]] = {}
    for prompt_id, visit_id, level in read("SELECT id, visit_id, level FROM prompt").fetchall():
        if prompt_id not in worded:
            of_visit = levels.setdefault(visit_id, {})
            of_visit[level] = of_visit.get(level, 0) + 1
    found = []
    for visit_id, place, status, arrived in read("SELECT id, location, status, arrived_at FROM visit").fetchall():
        if visit_id in reviewed or location not in (None, place):
            continue
        rank = 0 if visit_id in called else min((RANK[level] for level in levels.get(visit_id, {})), default=4)
        found.append(((status == "left" and rank > 0, rank, arrived, visit_id), visit_id))
    return [(visit_id, called.get(visit_id), levels.get(visit_id, {})) for _, visit_id in sorted(found)]


class Practice:
    """People who do one thing after another, chosen by chance; what is refused is refused."""

    def __init__(self, store: Store, definitions: Definitions, desk: Actor, clinicians: tuple[Actor, ...], seed: int) -> None:
        """Begin with nobody there."""
        self.store, self.definitions, self.desk, self.clinicians = store, definitions, desk, clinicians
        self.rng = random.Random(seed)
        self.visits: list[int] = []
        self.draft: int | None = None
        self.now = NOW
        self.refused = 0

    def step(self) -> str:
        """Do one thing and return its name."""
        self.now += timedelta(seconds=self.rng.randint(0, 50))
        deeds: list[Callable[[], object]] = [
            self._arrive,
            self._call,
            self._answer,
            self._word,
            self._correct,
            self._leave,
            self._age,
            self._sign,
        ]
        deed = self.rng.choices(deeds, weights=(5, 3, 1, 4, 3, 2, 1, 2))[0] if self.visits else self._arrive
        try:
            deed()
        except IntakeError:
            self.refused += 1
        return deed.__name__.strip("_")

    def _arrive(self) -> None:
        said = dict(self.rng.choice(SAID))
        place, draft, self.draft = self.rng.choice(PLACES), self.draft, None
        self.visits.append(arrive(self.store, self.desk, self.definitions, said, now=self.now, location=place, draft_id=draft))

    def _call(self) -> None:
        title = "Sample, Ana"
        if self.draft is None and self.rng.random() < 0.3:
            self.draft = keep_draft(self.store, self.desk, Draft(content={}, caret={}), now=self.now)
            call_clinician(self.store, self.desk, draft_id=self.draft, location=PLACES[0], title=title, now=self.now)
        else:
            call_clinician(self.store, self.desk, visit_id=self.rng.choice(self.visits), location=PLACES[0], title=title, now=self.now)

    def _answer(self) -> None:
        calls = open_calls(self.store, self.desk, location=None, now=self.now)
        if calls:
            answer_call(self.store, self.rng.choice(self.clinicians), self.rng.choice(calls).id, now=self.now)

    def _word(self) -> None:
        visit_id, clinician = self.rng.choice(self.visits), self.rng.choice(self.clinicians)
        chart = open_chart(self.store, clinician, visit_id, definitions=self.definitions, now=self.now)
        if chart.prompts:
            prompt = self.rng.choice(chart.prompts)
            acknowledge(self.store, clinician, prompt.id, words="Seen", definitions=self.definitions, now=self.now)

    def _correct(self) -> None:
        key = self.rng.choice(("safety.chest", "safety.dexterity", "safety.night_pain"))
        correct(
            self.store, self.clinicians[0], self.rng.choice(self.visits), path=f"answers.{key}",
            value=self.rng.choice(("yes", "no", "unsure", None)), reason="Asked again", definitions=self.definitions, now=self.now,
        )  # fmt: skip

    def _leave(self) -> None:
        change_status(self.store, self.desk, self.rng.choice(self.visits), self.rng.choice(list(Status)), now=self.now)

    def _age(self) -> None:
        record = self.store.visits.get(self.rng.choice(self.visits), self.definitions)
        assert record is not None
        kept = record.patient
        born = dataclasses.replace(kept.patient, dob=date(1940, 1, 1) + timedelta(days=self.rng.randint(0, 9000)))
        edit_patient(
            self.store, self.desk, patient_id=kept.id, version=kept.version, patient=born, definitions=self.definitions, now=self.now
        )

    def _sign(self) -> None:
        sign(self.store, self.rng.choice(self.clinicians), self.rng.choice(self.visits), self.definitions, now=self.now)


def assert_lists_equal_the_store(store: Store, clinician: Actor, location: str | None) -> None:
    """Compare both lists, the count and the walk with the plain tables."""
    expected = naive(store, location)
    lines = awaiting(store, clinician, location=location, now=NOW)
    told = [
        (
            line.visit_id,
            line.called_at.isoformat(timespec="milliseconds") if line.called_at else None,
            {level.value: count for level, count in line.levels.items()},
        )
        for line in lines
    ]
    assert told == expected
    assert awaiting_count(store, clinician, location=location) == min(len(expected), MOST_COUNTED)
    free = [line.visit_id for line in lines if line.held_by in (None, clinician.staff.name)]
    assert next_to_review(store, clinician, location=location, after=None) == next(iter(free), None)
    rows = store._connection.execute("SELECT visit_id, location, at FROM review").fetchall()
    done = sorted(((at, visit_id) for visit_id, place, at in rows if location in (None, place)), reverse=True)
    assert [line.visit_id for line in signed(store, clinician, location=location, now=NOW)] == [visit_id for _, visit_id in done]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_lists_equal_the_tables_after_any_actions(
    store: Store, desk: Actor, clinician: Actor, other: Actor, definitions: Definitions, seed: int
) -> None:
    """Order and content are those of a plain recomputation, at one clinic and at all."""
    practice = Practice(store, definitions, desk, (clinician, other), seed)
    done = set()
    for _ in range(STEPS):
        done.add(practice.step())
        for location in (None, PLACES[0]):
            assert_lists_equal_the_store(store, clinician, location)
    assert done == {"arrive", "call", "answer", "word", "correct", "leave", "age", "sign"}
    assert 0 < practice.refused < STEPS / 2
    assert signed(store, clinician, location=None, now=NOW)
