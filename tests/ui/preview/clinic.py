"""A visit that a clinician reviewed, for the papers of the clinician."""

from __future__ import annotations

from typing import Any

from intake.actions.acknowledging import acknowledge
from intake.actions.charts import open_chart
from intake.actions.notes import keep_note
from intake.actions.signing import sign_review
from intake.domain.reviews import Chart
from intake.storage.store import Store
from tests.ui.conftest import PASSWORD, Bench
from ui.desk import Desk

TYPED: dict[str, Any] = {
    "history": "Began on Monday after a long drive.",
    "examination": "Left upper trapezius is tight.",
    "impression": "Spasm after a long drive.",
    "causes": ["overexertion"],
    "codes": ["M62.838"],
    "plan": {"heat": "15 minutes, three times a day"},
}


def write(bench: Bench, clinician: Desk, visit_id: int, **parts: Any) -> None:
    """Type the usual note into a chart."""

    def type_note(store: Store) -> None:
        open_chart(store, clinician.actor, visit_id, definitions=clinician.definitions, now=clinician.now())
        keep_note(store, clinician.actor, visit_id, content={**TYPED, **parts}, caret={}, now=clinician.now())

    bench.ask(type_note)


def sign(bench: Bench, clinician: Desk, visit_id: int) -> Chart:
    """Say of every prompt that it was seen to, and sign."""

    def work(store: Store) -> Chart:
        known, now = clinician.definitions, clinician.now()
        chart = open_chart(store, clinician.actor, visit_id, definitions=known, now=now)
        for prompt in chart.prompts:
            if prompt.acknowledgement is None:
                acknowledge(store, clinician.actor, prompt.id, words="Seen", definitions=known, now=now)
        return sign_review(store, clinician.actor, visit_id, password=PASSWORD, definitions=known, now=now)

    return bench.ask(work)
