"""``requests``: what is promised on paper, as lines."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.intake.cli_desk import Run, someone_else, write


@pytest.fixture
def two(run: Run, tmp_path: Path) -> Run:
    """Return the runner of a desk with two visits."""
    first, second = write(tmp_path / "a.json"), write(tmp_path / "b.json", patient=someone_else())
    assert run("add", first, second)[0] == 0
    return run


def test_what_is_owed_is_listed_by_the_clock(two: Run) -> None:
    """Each with its number, its state and when it is due, in UTC and at the clinic."""
    code, lines, told = two("requests")
    assert (code, told, [line["request"] for line in lines]) == (0, "", ["D-000001-3", "D-000002-1"])
    assert {(line["kind"], line["state"], line["late"]) for line in lines} == {("visit_note", "waiting", False)}
    opened, due = (datetime.fromisoformat(lines[0][name]) for name in ("opened_at", "due_at"))
    assert due - opened == timedelta(hours=24)
    assert datetime.fromisoformat(lines[0]["due_here"]).replace(second=due.second, microsecond=due.microsecond) == due


def test_each_filter_leaves_the_others_out(two: Run) -> None:
    """By day, clinic, state and kind; a day begins at the clinic."""
    assert two("requests", "--due-before", "2020-01-01")[1] == []
    assert len(two("requests", "--due-before", "2099-01-01T00:00Z")[1]) == 2
    assert two("requests", "--state", "delivered")[1] == []
    assert len(two("requests", "--kind", "visit_note", "--state", "waiting")[1]) == 2
    assert two("requests", "--kind", "work_note")[1] == []
    assert two("requests", "--clinic", "loc.union")[1] == []


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--due-before", "tomorrow", "year-month-day"),
        ("--due-before", "9999-12-31T23:59:59", "year-month-day"),
        ("--clinic", "loc.nowhere", "no such clinic"),
        ("--kind", "tax", "kind of document"),
    ],
)
def test_a_filter_that_names_nothing_is_bad_input(run: Run, option: str, value: str, says: str) -> None:
    """It is told how to say it right."""
    code, lines, told = run("requests", option, value)
    assert (code, lines) == (2, [])
    assert says in told
