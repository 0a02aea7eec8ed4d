"""The machine's clock jumps, its time zone changes, the clocks go back an hour: nothing is lost, no day moves, the chain holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor, Role
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, a_colleague, save
from tests.faults.kinds.intake import newcomer, prepare, saved
from tests.faults.processes import ROOT
from tests.faults.scenario import not_whole, opened
from tests.faults.shim import surroundings
from tests.intake.review.charting import sign

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
JUMPS = (HOUR, -HOUR, DAY, -DAY, YEAR, -YEAR)
ZONES = ("America/New_York", "Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kolkata", "UTC")
CHANGES = tuple(datetime(2026, month, day, hour, 30, tzinfo=UTC) for month, day in ((3, 8), (11, 1)) for hour in (4, 5, 6, 7))
"""Around the hours that the clocks of New Jersey leave out in March and show twice in November."""


@pytest.mark.parametrize("jump", JUMPS, ids=str)
def test_a_clock_that_jumps_between_two_actions_loses_nothing(
    store: Store, admin: Actor, definitions: Definitions, jump: timedelta
) -> None:
    """Saved, signed and saved again on both sides of the jump and back: each is kept with its own time, in the order it was done."""
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    for number, now in enumerate((NOW, NOW + jump, NOW), start=1):
        visit_id = save(store, admin, definitions, intake=newcomer(definitions, number), now=now).visit_id
        sign(store, clinician, visit_id, definitions, now=now + timedelta(minutes=5))
    assert not_whole(store) == []
    assert list(saved(store, definitions).values()) == [newcomer(definitions, number) for number in (1, 2, 3)]
    assert [store.reviews.signed(visit_id) for visit_id in (1, 2, 3)] == [True] * 3
    signed_order = store._connection.execute("SELECT visit_id FROM audit WHERE action = 'sign_review' ORDER BY seq").fetchall()
    assert signed_order == [(1,), (2,), (3,)]


@pytest.fixture
def zone() -> Iterator[None]:
    """Put the machine's time zone back afterwards."""
    before = os.environ.get("TZ")
    yield
    if before is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = before
    time.tzset()


def move_to(name: str) -> None:
    """Take the machine to another time zone."""
    os.environ["TZ"] = name
    time.tzset()


def test_a_change_of_the_machines_time_zone_moves_no_day(store: Store, desk: Actor, definitions: Definitions, zone: None) -> None:
    """Births and visit days are those of the clinic, whichever zone a record was written or is read in."""
    for number, name in enumerate(ZONES, start=1):
        move_to(name)
        save(store, desk, definitions, intake=newcomer(definitions, number), now=NOW)
    for name in ZONES:
        move_to(name)
        assert list(saved(store, definitions).values()) == [newcomer(definitions, number) for number in range(1, len(ZONES) + 1)]
        records = [store.visits.get(visit_id, definitions) for visit_id in range(1, len(ZONES) + 1)]
        assert {(record.visit_day.isoformat(), record.arrived_at) for record in records if record} == {("2026-11-22", NOW)}


def test_the_hours_in_which_the_clocks_change_keep_their_order(store: Store, desk: Actor, definitions: Definitions) -> None:
    """An hour that is there twice, or not at all, is one moment each in what is kept."""
    for number, now in enumerate(CHANGES, start=1):
        save(store, desk, definitions, intake=newcomer(definitions, number), now=now)
    records = [store.visits.get(visit_id, definitions) for visit_id in range(1, len(CHANGES) + 1)]
    assert [record.arrived_at for record in records if record] == list(CHANGES)
    assert not_whole(store) == []


@pytest.mark.parametrize("jump", [-DAY], ids=str)
def test_the_program_under_a_wrong_clock_saves_and_checks(tmp_path: Path, shim: Path, definitions: Definitions, jump: timedelta) -> None:
    """Its own clock is set back between two runs; the record of before and the new one are there."""
    prepare(tmp_path / "data", definitions)
    with opened(tmp_path / "data") as store:
        dana = next(staff for staff in store.staff.all() if staff.login == "dana")
        save(store, Actor(staff=dana, workstation="desk-1"), definitions, intake=newcomer(definitions, 1), now=datetime.now(UTC))
    example = subprocess.run([sys.executable, "main.py", "example"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    environment = {**surroundings(shim, clock_s=int(jump.total_seconds())), "INTAKE_PASSWORD": PASSWORD}
    program = [sys.executable, "main.py", "--data", str(tmp_path / "data"), "--user", "dana"]
    added = subprocess.run([*program, "add", "-"], cwd=ROOT, env=environment, input=example, capture_output=True, text=True, check=False)
    assert added.returncode == 0, added.stderr
    assert json.loads(added.stdout)["visit"] == "V-000002-1"
    with opened(tmp_path / "data") as store:
        assert not_whole(store) == []
        record = store.visits.get(2, definitions)
        assert record is not None
        assert abs(record.arrived_at - datetime.now(UTC) - jump) < HOUR
