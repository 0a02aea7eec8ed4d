"""How these tests let people arrive, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from intake.actions.charts import open_chart
from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.coverage import Coverage
from intake.domain.prompts import Prompt
from intake.domain.records import Intake
from intake.domain.reviews import Chart
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW, a_patient, a_visit

LATER = NOW + timedelta(minutes=5)
ADULT = date(1985, 3, 4)
NOW_ANSWERS: dict[str, Answer] = {"safety.chest": "yes"}
TODAY_ANSWERS: dict[str, Answer] = {"safety.dexterity": "yes"}
REVIEW_ANSWERS: dict[str, Answer] = {"safety.cancer_history": "yes"}
NAMES = ("bo", "cu", "di", "fa", "ge", "hi", "jo", "ku", "la", "mi")
_SERIAL = count(1)


def quiet(definitions: Definitions) -> dict[str, Answer]:
    """Return the answers of somebody who says no to all that must be asked."""
    return {question.key: "no" for question in definitions.checklist.still_to_ask({})}


def arrive(
    store: Store,
    desk: Actor,
    definitions: Definitions,
    answers: Mapping[str, Answer] | None = None,
    *,
    now: datetime = NOW,
    location: str = "loc.edison",
    draft_id: int | None = None,
    **patient: Any,
) -> int:
    """Save the visit of somebody nobody knows yet, aged 25 to 51, and return its id."""
    serial = next(_SERIAL)
    name = "".join(NAMES[int(digit)] for digit in f"{serial:03d}")
    dob = date(1975, 1, 1) + timedelta(days=serial * 37 % 9000)
    who = {"legal_last": f"Sample-{name.title()}", "legal_first": name.title(), "dob": dob, "phone": "none", "email": "none", **patient}
    visit = a_visit(location=location, primary=Coverage(payer="Example Health Plan", subscriber="self"))
    intake = Intake(patient=a_patient(**who), visit=visit, answers={**quiet(definitions), **(answers or {})})
    return save_intake(store, desk, SaveRequest(intake=intake, draft_id=draft_id), definitions=definitions, now=now).visit_id


def chart(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> Chart:
    """Return a chart as the clinician opens it."""
    return open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)


def prompt(found: Chart, rule_id: str) -> Prompt:
    """Return the prompt of one rule."""
    return next(each for each in found.prompts if each.rule_id == rule_id)


def urgency(store: Store, visit_id: int) -> int | None:
    """Return where a visit stands in the list, None when it does not."""
    row = store._connection.execute("SELECT urgency FROM awaiting WHERE visit_id = ?", (visit_id,)).fetchone()
    return None if row is None else int(row[0])


def actions(store: Store, visit_id: int) -> list[str]:
    """Return what the audit tells of a visit, the first first."""
    return [row[0] for row in store._connection.execute("SELECT action FROM audit WHERE visit_id = ? ORDER BY seq", (visit_id,))]
