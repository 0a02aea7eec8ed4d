"""A visit that awaits review, and clinicians at its chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

from intake.actions.intakes import SaveRequest, save_intake
from intake.domain.answers import Answer
from intake.domain.coverage import Coverage
from intake.domain.records import Intake
from intake.domain.staff import Role
from tests.factories import a_patient, a_visit
from tests.ui.chart.scribe import Scribe
from tests.ui.conftest import Bench, colleague

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.desk import Desk


@pytest.fixture
def arrived(bench: Bench) -> Callable[..., int]:
    """Save a visit in which every state question was answered "no", but for those named, and return its id."""

    def save(*, last: str = "Sample", **answers: Answer) -> int:
        desk = bench.desk
        given: dict[str, Answer] = {each.key: "no" for each in desk.definitions.checklist.main_questions() if each.kind.value == "state"}
        given |= {key.replace("__", "."): answer for key, answer in answers.items()}
        patient = a_patient() if last == "Sample" else a_patient(legal_last=last, dob=date(1970, 1, 9), phone="+17325550177", email=None)
        coverage = Coverage(payer="Example Health Plan", member_id=f"EX-{last}", subscriber="self")
        request = SaveRequest(intake=Intake(patient=patient, visit=a_visit(primary=coverage), answers=given))
        return bench.ask(lambda store: save_intake(store, desk.actor, request, definitions=desk.definitions, now=desk.now())).visit_id

    return save


@pytest.fixture
def scribe(clinician: Desk, bench: Bench, arrived: Callable[..., int], qtbot: QtBot) -> Scribe:
    """Casey Example at the chart of a visit without prompts."""
    return Scribe(clinician, bench, arrived(), qtbot)


@pytest.fixture
def second(scribe: Scribe, desk: Desk, bench: Bench, qtbot: QtBot) -> Scribe:
    """Robin Example at another desk, at the same chart."""
    other = colleague(desk, bench, login="robin", role=Role.CLINICIAN, workstation="desk-4")
    return Scribe(other, bench, scribe.visit_id, qtbot)
