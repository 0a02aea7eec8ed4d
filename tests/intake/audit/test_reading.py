"""Reading the audit: every filter, page by page, for those who may; and taking it out as files that are harmless to open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake.actions.audit_reading import access_report, actions_taken, asked_days, export_audit, people, read_audit
from intake.actions.charts import open_chart
from intake.actions.patients import open_patient
from intake.actions.visits import open_visit
from intake.definitions.bundle import Definitions
from intake.domain.audit import Asked
from intake.domain.numbers import record_number
from intake.domain.staff import Actor, Role
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, TODAY, a_colleague, a_store, an_admin, save

ZONE = ZoneInfo("America/New_York")
DAY = asked_days(TODAY, TODAY, ZONE)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an open store."""
    return a_store(tmp_path / "data")


@pytest.fixture
def admin(store: Store) -> Actor:
    """Return the administrator."""
    return an_admin(store)


@pytest.fixture
def dana(store: Store, admin: Actor) -> Actor:
    """Return a receptionist who saved an intake, opened the visit, and looked at the patient two days later."""
    return a_colleague(store, admin)


@pytest.fixture
def patient_id(store: Store, dana: Actor, definitions: Definitions) -> int:
    """Return a patient whose record was looked at."""
    saved = save(store, dana, definitions)
    open_visit(store, dana, saved.visit_id, definitions=definitions, now=NOW + timedelta(minutes=1))
    open_patient(store, dana, saved.patient_id, now=NOW + timedelta(days=2))
    return saved.patient_id


def read(store: Store, actor: Actor, asked: Asked) -> list[str]:
    """Return the actions that fit, the latest first."""
    return [entry.action for entry in read_audit(store, actor, asked, now=NOW + timedelta(days=3)).entries]


def test_the_latest_entry_comes_first(store: Store, admin: Actor, patient_id: int) -> None:
    """The list begins with what happened last."""
    assert read(store, admin, Asked())[:3] == ["open_patient", "open_visit", "save_intake"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(action="open_visit"), ["open_visit"]),
        (Asked(outcome="refused"), []),
        (Asked(first=NOW + timedelta(days=1)), ["open_patient"]),
        (Asked(before=NOW + timedelta(seconds=30), action="save_intake"), ["save_intake"]),
        (Asked(before=NOW), []),
        (Asked(nobody=True), []),
    ],
)
def test_each_filter_leaves_what_fits(store: Store, admin: Actor, patient_id: int, asked: Asked, expected: list[str]) -> None:
    """The end of a period is the first instant that is no part of it."""
    assert read(store, admin, asked) == expected


def test_person_and_patient_are_filters_too(store: Store, admin: Actor, dana: Actor, patient_id: int) -> None:
    """Who did it, and whose record it was."""
    assert read(store, admin, Asked(staff_id=admin.staff.id)) == ["add_staff", "set_up"]
    assert read(store, admin, Asked(patient_id=patient_id)) == ["open_patient", "open_visit", "save_intake"]
    assert read(store, admin, Asked(patient_id=patient_id + 1)) == []


def test_pages_follow_each_other_without_a_gap(store: Store, admin: Actor) -> None:
    """Entries of one instant are told apart by their numbers."""
    with store.transaction():
        for number in range(25):
            store.audit.add(admin, "search", at=NOW, reason=str(number))
    found, after, pages = [], None, 0
    while after is not None or not pages:
        page = read_audit(store, admin, Asked(action="search"), now=NOW, after=after, size=10)
        found += [entry.reason for entry in page.entries]
        after, pages = page.after(), pages + 1
    assert (found, pages) == ([str(number) for number in reversed(range(25))], 3)


def test_an_entry_is_read_with_names_and_old_and_new(store: Store, admin: Actor, dana: Actor, patient_id: int) -> None:
    """The person's name, role and desk, the patient's record number; what seals are told is for the check alone."""
    entry = read_audit(store, admin, Asked(action="save_intake"), now=NOW).entries[0]
    assert (entry.staff_name, entry.staff_login, entry.role, entry.workstation) == ("Dana Example", "dana", Role.RECEPTIONIST, "desk-1")
    assert (entry.record_number, entry.patient_name) == (record_number(patient_id), "Sample, Ana")
    assert "sealed" not in entry.changes


def test_reading_the_audit_is_told_in_it_once(store: Store, admin: Actor) -> None:
    """Who watches is watched; the same question asked anew by a list that refreshes itself is one look."""
    for _ in range(3):
        read_audit(store, admin, DAY, now=NOW)
    seen = read_audit(store, admin, Asked(action="see_audit"), now=NOW).entries
    assert [entry.changes["first"][1] for entry in seen] == ["2026-11-22T05:00:00+00:00"]


@pytest.mark.parametrize("role", [Role.RECEPTIONIST, Role.CLINICIAN, Role.PRINT_DESK])
def test_others_than_administrators_are_refused(store: Store, admin: Actor, role: Role) -> None:
    """Who did what is not everybody's business."""
    other = a_colleague(store, admin, role=role, login="casey")
    refused: list[Callable[[], object]] = [
        lambda: read_audit(store, other, Asked(), now=NOW),
        lambda: people(store, other, now=NOW),
        lambda: actions_taken(store, other, now=NOW),
        lambda: access_report(store, other, 1, first=TODAY, last=TODAY, zone=ZONE, now=NOW),
        lambda: export_audit(store, other, Asked(), form="csv", zone=ZONE, now=NOW),
    ]
    for ask in refused:
        with pytest.raises(DeniedError):
            ask()


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 11, 22), date(2026, 11, 21), "period_backwards"),
        (date(1899, 1, 1), date(2026, 1, 1), "period_out_of_range"),
        (date(2026, 1, 1), date(9999, 1, 1), "period_out_of_range"),
    ],
)
def test_a_period_there_is_not_is_refused(first: date, last: date, code: str) -> None:
    """Days are those of the clinics."""
    with pytest.raises(InvalidInputError) as caught:
        asked_days(first, last, ZONE)
    assert caught.value.problems[0].code == code


def test_the_access_report_says_who_looked(store: Store, admin: Actor, dana: Actor, patient_id: int, definitions: Definitions) -> None:
    """Everybody with how often, first and last; making the report is told of that record too."""
    casey = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    open_chart(store, casey, 1, definitions=definitions, now=NOW + timedelta(days=2, minutes=5))
    last = TODAY + timedelta(days=2)
    report = access_report(store, admin, patient_id, first=TODAY, last=last, zone=ZONE, now=NOW + timedelta(days=3))
    assert [(viewer.name, viewer.count) for viewer in report.viewers] == [("Dana Example", 3), ("Casey Example", 1)]
    assert report.viewers[0].first == NOW
    assert report.viewers[0].last == NOW + timedelta(days=2)
    assert read(store, admin, Asked(patient_id=patient_id))[0] == "see_access"


def test_a_report_of_nobody_is_refused(store: Store, admin: Actor) -> None:
    """There is no such record."""
    with pytest.raises(IntakeError, match="patient_not_found"):
        access_report(store, admin, 99, first=TODAY, last=TODAY, zone=ZONE, now=NOW)


def test_the_table_is_harmless_and_complete(store: Store, admin: Actor) -> None:
    """A reason that a spreadsheet would calculate is text; every column stands under its title."""
    with store.transaction():
        store.audit.add(admin, "take_chart", at=NOW, reason="=1+2", changes={"hold": ("1", "2")})
    rows = list(csv.reader(io.StringIO(export_audit(store, admin, DAY, form="csv", zone=ZONE, now=NOW).decode("utf-8-sig"))))
    told = dict(zip(rows[0], rows[1], strict=True))
    assert (told["Reason"], told["Action"], told["Login"]) == ("'=1+2", "take_chart", "alex")
    assert told["Time at the clinics"] == "2026-11-22 10:00:00"
    assert json.loads(told["Old and new"]) == {"hold": ["1", "2"]}
    assert len(rows) == 3


def test_json_lines_hold_every_entry_and_the_export_is_told(store: Store, admin: Actor, patient_id: int) -> None:
    """One object a line; names stay out of it."""
    content = export_audit(store, admin, Asked(patient_id=patient_id), form="jsonl", zone=ZONE, now=NOW)
    lines = [json.loads(line) for line in content.decode().splitlines()]
    assert [line["action"] for line in lines] == ["open_patient", "open_visit", "save_intake"]
    assert {line["mrn"] for line in lines} == {record_number(patient_id)}
    assert "Ana" not in content.decode()
    entry = read_audit(store, admin, Asked(action="export_audit"), now=NOW).entries[0]
    assert (entry.changes["entries"], entry.changes["form"]) == ((None, "3"), (None, "jsonl"))
