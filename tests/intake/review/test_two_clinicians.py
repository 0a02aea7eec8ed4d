"""Three people at one chart, taking it from each other at any moment: no word is lost, and one of them signs."""

from __future__ import annotations

import random
from typing import Any

import pytest

from intake.actions.acknowledging import acknowledge
from intake.actions.charts import leave_chart, open_chart, take_chart
from intake.actions.notes import keep_note
from intake.actions.signing import sign_review
from intake.definitions.bundle import Definitions
from intake.domain.reviews import Chart
from intake.domain.staff import Actor, Role
from intake.errors import ConflictError
from intake.storage.store import Store
from tests.factories import PASSWORD, a_colleague
from tests.intake.review.charting import LATER, NOTE, make_ready, write

STEPS = 40


class Screen:
    """A clinician's window: it writes while it may, and stops when it is told that somebody else has the chart."""

    def __init__(self, store: Store, actor: Actor, visit_id: int, definitions: Definitions) -> None:
        """Show nothing yet."""
        self.store, self.actor, self.visit_id, self.definitions = store, actor, visit_id, definitions
        self.raw: dict[str, Any] = {}
        self.writes = False

    def show(self, chart: Chart) -> None:
        """Show a chart; it may be written by who has it."""
        self.raw = dict(chart.draft)
        self.writes = chart.hold is not None and chart.hold.staff_id == self.actor.staff.id

    def open(self) -> None:
        """Open the chart."""
        self.show(open_chart(self.store, self.actor, self.visit_id, definitions=self.definitions, now=LATER))

    def take(self) -> None:
        """Take it from whoever has it."""
        self.show(take_chart(self.store, self.actor, self.visit_id, reason="Mine", definitions=self.definitions, now=LATER))

    def leave(self) -> None:
        """Go back to the list."""
        leave_chart(self.store, self.actor, self.visit_id, now=LATER)
        self.raw, self.writes = {}, False

    def type(self, word: str) -> None:
        """Type one word at the end of a part."""
        part = random.Random(word).choice(["history", "examination", "impression", "plan_text"])
        self.raw = {**self.raw, part: f"{self.raw.get(part, '')} {word}".strip()}
        try:
            keep_note(self.store, self.actor, self.visit_id, content=self.raw, caret={}, now=LATER)
        except ConflictError as error:
            assert error.code == "chart_taken"  # noqa: PT017 - a window meets it and goes on
            self.writes = False


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_no_word_is_lost_whoever_takes_the_chart_from_whom(
    store: Store, admin: Actor, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions, seed: int
) -> None:
    """After every step each word ever typed is in somebody's draft; after the signature, in the note or in a draft."""
    third = a_colleague(store, admin, role=Role.CLINICIAN, login="sam")
    screens = [Screen(store, actor, visit_id, definitions) for actor in (clinician, other, third)]
    rng = random.Random(seed)
    typed: list[str] = []
    for step in range(STEPS):
        screen = rng.choice(screens)
        if screen.writes and rng.random() < 0.7:
            typed.append(f"word{step}of{screen.actor.staff.login}")
            screen.type(typed[-1])
        else:
            rng.choice([screen.open, screen.take, screen.leave])()
        assert lost(store, typed) == []
    assert len(typed) > STEPS / 5
    last = screens[0]
    last.take()
    keep_note(store, last.actor, visit_id, content={**NOTE, **last.raw}, caret={}, now=LATER)
    for prompt in open_chart(store, last.actor, visit_id, definitions=definitions, now=LATER).prompts:
        acknowledge(store, last.actor, prompt.id, words="Seen", definitions=definitions, now=LATER)
    chart = sign_review(store, last.actor, visit_id, password=PASSWORD, definitions=definitions, now=LATER)
    assert lost(store, typed, str(chart.signature)) == []


def lost(store: Store, typed: list[str], signed: str = "") -> list[str]:
    """Return the words that are nowhere."""
    drafts = [store.notes.get(*row) for row in store._connection.execute("SELECT visit_id, staff_id FROM note_draft").fetchall()]
    kept = signed + "".join(str(each.content) for each in drafts if each is not None)
    return [word for word in typed if word not in kept]


def test_nothing_is_signed_that_this_desk_may_not_show(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """A clinician who went on typing at another desk signs there, or opens the chart here again."""
    make_ready(store, clinician, visit_id, definitions)
    elsewhere = Actor(staff=clinician.staff, workstation="desk-9")
    open_chart(store, elsewhere, visit_id, definitions=definitions, now=LATER)
    write(store, elsewhere, visit_id, history="Typed at the other desk.")
    with pytest.raises(ConflictError) as caught:
        sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=LATER)
    assert caught.value.code == "chart_taken"
    chart = open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    assert chart.draft["history"] == "Typed at the other desk."
    signed = sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=LATER)
    assert signed.signature is not None
