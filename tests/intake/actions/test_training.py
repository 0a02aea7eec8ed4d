"""The training clinic is full, invented, and the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.actions.access import sign_in
from intake.actions.check import check_store
from intake.actions.training import PASSWORD, make_training
from intake.actions.visits import open_visit, today
from intake.definitions.bundle import Definitions
from intake.domain.prompting import desk_level, facts_of, findings
from intake.domain.prompts import Level
from intake.domain.staff import Actor, Role
from intake.domain.visits import Status
from intake.paths import Paths
from intake.storage.store import Store
from tests.factories import NOW, TODAY, signs_in


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Store:
    """Fill a training clinic."""
    return trained(tmp_path_factory.mktemp("training"), definitions)


def trained(data: Path, definitions: Definitions) -> Store:
    """Return the open store of a new training clinic."""
    paths = Paths(data=data, training=True)
    make_training(paths, definitions=definitions, now=NOW)
    return sign_in(paths, login="admin", password=PASSWORD, workstation="w", now=NOW).store


@pytest.fixture(scope="module")
def admin(training: Store) -> Actor:
    """Sign its administrator in."""
    return signs_in(training, login="admin", password=PASSWORD, workstation="w", now=NOW)


@pytest.mark.parametrize(
    ("login", "role"),
    [("desk", Role.RECEPTIONIST), ("clinic", Role.CLINICIAN), ("print", Role.PRINT_DESK), ("admin", Role.ADMINISTRATOR)],
)
def test_every_role_can_sign_in(training: Store, login: str, role: Role) -> None:
    """With the password that stands on the screen."""
    assert signs_in(training, login=login, password=PASSWORD, workstation="w", now=NOW).staff.role is role


def test_every_clinic_has_visits_of_today(training: Store, admin: Actor, definitions: Definitions) -> None:
    """Waiting, with a clinician, finished and gone; all arrived before now."""
    lines = today(training, admin, location=None, day=TODAY, now=NOW)
    assert {line.location for line in lines} == {location.key for location in definitions.practice.active()}
    assert {line.status for line in lines} == set(Status)
    assert len(lines) >= 40
    assert all(line.arrived_at <= line.status_at <= NOW for line in lines)
    assert len({line.arrived_at for line in lines if line.status is Status.WAITING}) > 10


def test_nobody_in_it_could_be_real(training: Store, admin: Actor, definitions: Definitions) -> None:
    """Numbers and addresses that are set aside for examples."""
    for line in today(training, admin, location=None, day=TODAY, now=NOW):
        patient = open_visit(training, admin, line.visit_id, definitions=definitions, now=NOW).patient.patient
        assert patient.phone in ("none", None) or "55501" in patient.phone
        assert patient.email is None or patient.email.endswith("@example.com")
        assert "Example Street" in (patient.line1 or "")


def test_some_have_the_whole_checklist_and_a_drawing(training: Store, admin: Actor, definitions: Definitions) -> None:
    """There is something to look at on paper."""
    visits = [
        open_visit(training, admin, line.visit_id, definitions=definitions, now=NOW)
        for line in today(training, admin, location=None, day=TODAY, now=NOW)
    ]
    whole = [visit for visit in visits if definitions.checklist.count(visit.answers).not_asked == 0 and visit.marks]
    assert len(whole) >= 8
    assert not any(definitions.checklist.problems(visit.answers, TODAY) for visit in whole)


def test_everybody_was_asked_the_safety_questions_and_few_need_a_clinician_at_once(
    training: Store, admin: Actor, definitions: Definitions
) -> None:
    """A training day looks like a day: mostly no, somebody for now, a handful for today."""
    levels: list[Level | None] = []
    for line in today(training, admin, location=None, day=TODAY, now=NOW):
        visit = open_visit(training, admin, line.visit_id, definitions=definitions, now=NOW)
        assert definitions.checklist.still_to_ask(visit.answers) == ()
        facts = facts_of(visit.patient.patient, visit.visit, visit.answers, TODAY)
        levels.append(desk_level(findings(definitions.prompts, facts)))
        safety = [answer for key, answer in visit.answers.items() if key.startswith("safety.")]
        assert safety.count("no") >= 24
    assert 2 <= levels.count(Level.NOW) <= 5
    assert 4 <= levels.count(Level.TODAY) <= 10
    assert levels.count(None) > len(levels) / 3


def test_the_same_seed_makes_the_same_clinic(training: Store, admin: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """Pictures of the tour can be compared."""
    again = trained(tmp_path, definitions)
    other = signs_in(again, login="admin", password=PASSWORD, workstation="w", now=NOW)
    assert today(again, other, location=None, day=TODAY, now=NOW) == today(training, admin, location=None, day=TODAY, now=NOW)
    again.close()


def test_a_training_clinic_passes_its_check(training: Store, admin: Actor) -> None:
    """It was filled through the same actions as any other."""
    assert check_store(training, admin, now=NOW).good
