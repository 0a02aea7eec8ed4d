"""How the tests of the review type, acknowledge and sign."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from intake.actions.acknowledging import acknowledge
from intake.actions.charts import open_chart
from intake.actions.notes import keep_note
from intake.actions.signing import sign_review
from intake.definitions.bundle import Definitions
from intake.domain.reviews import Chart
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD

LATER = NOW + timedelta(minutes=5)
NOTE: dict[str, Any] = {
    "history": "Stiff since Monday, began after gardening.",
    "examination": "Active rotation left 40 degrees.",
    "impression": "Neck muscle spasm.",
    "plan": {"heat": "15 minutes, three times a day"},
}


def write(store: Store, actor: Actor, visit_id: int, *, now: datetime = LATER, **parts: Any) -> None:
    """Type a note that has every part, each replaced by a keyword."""
    keep_note(store, actor, visit_id, content={**NOTE, **parts}, caret={"field": "history", "position": 3}, now=now)


def make_ready(store: Store, actor: Actor, visit_id: int, definitions: Definitions, *, now: datetime = LATER, **parts: Any) -> Chart:
    """Open a chart, say a word on every prompt and type a note that has every part."""
    chart = open_chart(store, actor, visit_id, definitions=definitions, now=now)
    for prompt in chart.prompts:
        if prompt.acknowledgement is None:
            acknowledge(store, actor, prompt.id, words="Examined at once", definitions=definitions, now=now)
    write(store, actor, visit_id, now=now, **parts)
    return open_chart(store, actor, visit_id, definitions=definitions, now=now)


def sign(store: Store, actor: Actor, visit_id: int, definitions: Definitions, *, now: datetime = LATER, **parts: Any) -> Chart:
    """Do all that a signature needs, and sign."""
    make_ready(store, actor, visit_id, definitions, now=now, **parts)
    return sign_review(store, actor, visit_id, password=PASSWORD, definitions=definitions, now=now)
