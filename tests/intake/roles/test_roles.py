"""Every action by every role, really called: who may, may; who may not is told, and nothing changes. Words and docs of the table."""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path

import pytest

import intake.actions
from intake.actions.charts import open_chart
from intake.actions.intakes import SaveRequest
from intake.actions.setup import choose_desk_location, desk_location
from intake.definitions.bundle import Definitions
from intake.domain.roles import ROLE_NAMES, TASK_WORDS, may, role_table, roles_page
from intake.domain.staff import EMERGENCY, PERMITTED, Actor, Role, Task
from intake.errors import DeniedError, IntakeError
from intake.storage.store import Store
from tests.factories import a_colleague, an_intake
from tests.intake.review_actions.arrivals import LATER
from tests.intake.roles.case import Case
from tests.intake.roles.cases import CASES, INNER, OPEN
from tests.intake.roles.scene import a_scene

ROOT = Path(__file__).resolve().parents[3]
Action = Callable[..., object]


def actions() -> dict[str, Action]:
    """Return every public function of the actions that takes an actor, by module and name."""
    found: dict[str, Action] = {}
    for each in pkgutil.iter_modules(intake.actions.__path__):
        module = importlib.import_module(f"intake.actions.{each.name}")
        for name, function in vars(module).items():
            public = inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
            if public and "actor" in inspect.signature(function).parameters:
                found[f"{each.name}.{name}"] = function
    return found


def arguments(case: Case, action: Action, scene: dict[str, object]) -> dict[str, object]:
    """Return what the action is called with: what the case gives, else what the scene has for each parameter it needs."""
    needed = {
        name: scene[name]
        for name, about in inspect.signature(action).parameters.items()
        if name not in ("store", "actor", *case.given) and about.default is inspect.Parameter.empty
    }
    given = {name: scene[value[1:]] if isinstance(value, str) and value[:1] == "=" else value for name, value in case.given.items()}
    return {**needed, **given}


def what_happened(store: Store, actor: Actor, case: Case, scene: dict[str, object]) -> str:
    """Call the action and return ``done``, ``denied``, or ``denied but changed``; another refusal comes after the question of roles."""
    action = actions()[case.action]
    before = store.data_version()
    try:
        action(store=store, actor=actor, **arguments(case, action, scene))
    except DeniedError:
        return "denied" if case.recorded or store.data_version() == before else "denied but changed"
    except IntakeError:
        return "done"
    return "done"


def walk(store: Store, actor: Actor, scene: dict[str, object]) -> dict[str, str]:
    """Return what went otherwise than the table says, by action and task."""
    wrong = {}
    for case in CASES:
        expected = "done" if case.permits(actor) else "denied"
        if (found := what_happened(store, actor, case, scene)) != expected:
            wrong[f"{case.action} {case.task}"] = f"{found}, not {expected}"
    return wrong


@pytest.fixture
def scene(store: Store, admin: Actor, definitions: Definitions) -> dict[str, object]:
    """Return a clinic in which every action finds what it asks for."""
    made = a_scene(store, admin, definitions)
    kind = next(kind for kind in definitions.document_kinds.kinds if kind.key == "insurer_notice")
    return {**made, "save": SaveRequest(intake=an_intake(definitions)), "letter_kind": kind}


@pytest.mark.parametrize("role", list(Role))
def test_every_action_is_for_the_roles_of_the_table_only(store: Store, admin: Actor, scene: dict[str, object], role: Role) -> None:
    """Each action is called by each role: the table decides, for the window and the command line alike."""
    assert walk(store, a_colleague(store, admin, role=role, login="robin"), scene) == {}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AllBut(Actor):
    """Somebody who may do everything but one task."""

    missing: Task

    def may(self, task: Task) -> bool:
        """Tell whether it is another task than the missing one."""
        return task is not self.missing


def test_each_action_asks_for_its_own_task(store: Store, admin: Actor, scene: dict[str, object]) -> None:
    """Who may do everything else is denied: no other task of the role opens it, not even one that every role has."""
    wrong = []
    for case in CASES:
        actor = AllBut(staff=admin.staff, workstation=admin.workstation, missing=case.task)
        if what_happened(store, actor, case, scene) != "denied":
            wrong.append(f"{case.action} {case.task}")
    assert wrong == []


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.RECEPTIONIST])
def test_emergency_access_opens_its_own_tasks_and_no_others(store: Store, admin: Actor, scene: dict[str, object], role: Role) -> None:
    """What it adds is what the table says, and a note stays closed to who may not read notes."""
    actor = dataclasses.replace(a_colleague(store, admin, role=role, login="robin"), emergency=True)
    assert walk(store, actor, scene) == {}


def test_an_action_asks_for_a_task_or_says_why_it_asks_for_none() -> None:
    """A new action stands in one of the lists of ``cases.py``, and a list names nothing that is gone."""
    listed = [*{case.action for case in CASES}, *OPEN, *INNER]
    assert sorted(listed) == sorted(actions())


def test_parts_of_actions_are_used_by_actions_only() -> None:
    """What asks for nobody's role is reached only through what does."""
    used = set()
    for path in (ROOT / "main.py", *(ROOT / "ui").rglob("*.py"), ROOT / "intake/cli.py", *(ROOT / "intake/commands").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("intake.actions."):
                used |= {f"{(node.module or '').rpartition('.')[2]}.{alias.name}" for alias in node.names}
    assert used & set(INNER) == set()


def test_a_receptionist_reads_no_note(store: Store, desk: Actor, scene: dict[str, object], definitions: Definitions) -> None:
    """Neither with the chart's own action nor by any task that the role has."""
    with pytest.raises(DeniedError):
        open_chart(store, desk, 1, definitions=definitions, now=LATER)
    assert not PERMITTED[Role.RECEPTIONIST] & {Task.READ_NOTE, Task.PRINT_NOTE, Task.REVIEW, Task.READ_AUDIT}


def test_a_new_desk_is_placed_by_whoever_signs_in_and_moved_by_the_administrator_only(store: Store, desk: Actor, admin: Actor) -> None:
    """The first morning at a new desk must not wait for anybody; where a desk stands decides what it lists."""
    new = dataclasses.replace(desk, workstation="desk-9")
    choose_desk_location(store, new, "loc.union", now=LATER)
    with pytest.raises(DeniedError):
        choose_desk_location(store, new, "loc.edison", now=LATER)
    choose_desk_location(store, dataclasses.replace(admin, workstation="desk-9"), "loc.edison", now=LATER)
    assert desk_location(store, "desk-9") == "loc.edison"


def test_every_task_and_role_has_its_words_once() -> None:
    """A task without words would be missing from the screen and from the docs."""
    assert sorted(words.task for words in TASK_WORDS) == sorted(Task)
    assert set(ROLE_NAMES) == set(Role)


def test_the_table_is_what_is_enforced() -> None:
    """For each role and task, it says what an actor is permitted."""
    for line in role_table():
        for role, said in line.may.items():
            assert (said == "yes") == (line.words.task in PERMITTED[role])
    assert {task for task in Task if may(Role.CLINICIAN, task) == "with_emergency"} == EMERGENCY - PERMITTED[Role.CLINICIAN]
    assert all(may(Role.RECEPTIONIST, task) != "with_emergency" for task in Task)


def test_the_docs_show_the_same_table() -> None:
    """``make docs`` writes it again."""
    assert (ROOT / "docs/roles.md").read_text(encoding="utf-8") == roles_page()
