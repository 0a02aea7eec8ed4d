"""The board of today, and where each visit stands."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta

import pytest

from intake.actions.access import take_over
from intake.actions.printing import issue_paper
from intake.actions.visits import change_status, open_visit, today, undo_status
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.numbers import visit_number
from intake.domain.patients import Patient
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import DeniedError, IntakeError
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, TODAY, WORKSTATION, a_patient, a_visit, an_intake, save


def arrive(store: Store, desk: Actor, definitions: Definitions, patient: Patient, *, at: str, minutes: int) -> None:
    """Save somebody's visit at a clinic."""
    intake = an_intake(definitions, patient=patient, visit=a_visit(location=at))
    save(store, desk, definitions, intake=intake, now=NOW + timedelta(minutes=minutes))


def test_the_board_is_by_arrival_and_by_clinic(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Another clinic's visits and another day's are not on it."""
    arrive(store, desk, definitions, a_patient(legal_last="Late"), at="loc.edison", minutes=30)
    arrive(store, desk, definitions, a_patient(legal_last="Early", dob=TODAY.replace(year=1960)), at="loc.edison", minutes=0)
    arrive(store, desk, definitions, a_patient(legal_last="Elsewhere", dob=TODAY.replace(year=1970)), at="loc.union", minutes=10)
    names = [line.name for line in today(store, desk, location="loc.edison", day=TODAY, now=NOW)]
    assert names == ["Early, Ana", "Late, Ana"]
    assert len(today(store, desk, location=None, day=TODAY, now=NOW)) == 3
    assert today(store, desk, location=None, day=TODAY + timedelta(days=1), now=NOW) == ()


def test_a_move_can_be_taken_back_once(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Undo is for the last move; before it there is nothing to take back."""
    visit_id = save(store, desk, definitions).visit_id
    later = NOW + timedelta(minutes=5)
    moved = change_status(store, desk, visit_id, Status.WITH_CLINICIAN, now=later)
    assert (moved.status, moved.status_at, moved.can_undo) == (Status.WITH_CLINICIAN, later, True)
    back = undo_status(store, desk, visit_id, now=later)
    assert (back.status, back.status_at, back.can_undo) == (Status.WAITING, NOW, False)
    with pytest.raises(IntakeError) as caught:
        undo_status(store, desk, visit_id, now=later)
    assert caught.value.code == "nothing_to_undo"


def test_a_move_to_where_a_visit_stands_keeps_the_way_back(store: Store, desk: Actor, definitions: Definitions) -> None:
    """A second press of the same key loses nothing."""
    visit_id = save(store, desk, definitions).visit_id
    for _ in range(2):
        change_status(store, desk, visit_id, Status.FINISHED, now=NOW)
    assert undo_status(store, desk, visit_id, now=NOW).status is Status.WAITING


def test_moves_are_recorded_with_old_and_new(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The audit tells each step."""
    visit_id = save(store, desk, definitions).visit_id
    change_status(store, desk, visit_id, Status.LEFT, now=NOW)
    undo_status(store, desk, visit_id, now=NOW)
    rows = store._connection.execute("SELECT action, changes FROM audit WHERE action LIKE '%_status' ORDER BY seq").fetchall()
    told = [(action, json.loads(changes)["visit.status"]) for action, changes in rows]
    assert told == [("change_status", ["waiting", "left"]), ("undo_status", ["left", "waiting"])]


def test_looking_at_a_board_is_recorded_once_per_sign_in(store: Store, desk: Actor) -> None:
    """The board reads itself anew all day; that is not looking anew."""

    def looks() -> int:
        row = store._connection.execute("SELECT count(*) FROM audit WHERE action = 'see_board'").fetchone()
        return int(row[0]) if row else 0

    for location in ("loc.edison", "loc.edison", None, "loc.edison"):
        today(store, desk, location=location, day=TODAY, now=NOW)
    assert looks() == 2
    take_over(store, login="dana", password=PASSWORD, workstation=WORKSTATION, now=NOW, same=desk.staff)
    today(store, desk, location="loc.edison", day=TODAY, now=NOW)
    assert looks() == 3


@pytest.mark.parametrize(
    ("number", "code"), [(visit_number(9), "visit_not_found"), ("V-000001-4", "wrong_check_digit"), ("RD-000001-3", "visit_not_found")]
)
def test_a_visit_that_cannot_be_opened_is_told(store: Store, desk: Actor, definitions: Definitions, number: str, code: str) -> None:
    """A typo in the number never opens another visit."""
    save(store, desk, definitions)
    with pytest.raises(IntakeError) as caught:
        open_visit(store, desk, number, definitions=definitions, now=NOW)
    assert caught.value.code == code


def test_prints_and_files_are_recorded(store: Store, print_desk: Actor, desk: Actor, definitions: Definitions) -> None:
    """What left the program, how, and where to."""
    visit_id = save(store, desk, definitions).visit_id
    form = Made(content=b"%PDF-1.7", pages=1)
    issue_paper(store, print_desk, form, visit_id=visit_id, kind=Paper.INTAKE_FORM, how="print", target="Front desk", now=NOW)
    row = store._connection.execute("SELECT staff_id, patient_id, visit_id, changes FROM audit WHERE action = 'print_document'").fetchone()
    assert row is not None
    assert row[:3] == (print_desk.staff.id, 1, visit_id)
    told = {name: new for name, (_, new) in json.loads(row[3]).items()}
    sha256 = hashlib.sha256(form.content).hexdigest()
    assert re.fullmatch(r"document:1=[0-9a-f]{64} disclosure:1=[0-9a-f]{64}", told.pop("sealed"))
    assert told == {"kind": "intake_form", "target": "Front desk", "sha256": sha256, "document": "1"}
    with pytest.raises(IntakeError):
        issue_paper(store, print_desk, form, visit_id=99, kind=Paper.INTAKE_FORM, how="file", target="folder", now=NOW)


def test_the_print_desk_moves_nobody(store: Store, desk: Actor, print_desk: Actor, definitions: Definitions) -> None:
    """It prints and looks."""
    visit_id = save(store, desk, definitions).visit_id
    with pytest.raises(DeniedError):
        change_status(store, print_desk, visit_id, Status.LEFT, now=NOW)
