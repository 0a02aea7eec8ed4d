"""Bringing a store up to date that lacks several steps: all of them, or the store of before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from intake.errors import StoreError
from intake.storage.database import open_file, prepare
from intake.storage.driver import Connection, DriverError
from intake.storage.faults import told
from intake.storage.migrations import FILES, bring_up_to_date
from tests.factories import KEYS
from tests.intake.storage.older import a_store_before
from tests.intake.storage.test_bringing_up_to_date import PATIENT, STAFF, VISIT

FIRST = "0005"
LATER = (FIRST, "0011", "0013")
"""Versions that lack two steps at least, among them those that make tables anew or write in the schema itself."""
LOOSE = "INSERT INTO draft (staff_id, kind, content, caret, title, updated_at) VALUES (99, 'intake', '{}', '{}', 'loose', 'x')"
LAST_STEPS = {
    "no_such_table": "CREATE TABLE more (a TEXT);\nUPDATE staff SET name = 'Somebody Else';\nUPDATE nothing SET name = 1;\n",
    "broken_rule": "CREATE TABLE more (a TEXT);\nINSERT INTO staff SELECT * FROM staff;\n",
    "loose_reference": "CREATE TABLE more (a TEXT REFERENCES staff);\nINSERT INTO more VALUES (99);\n",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """A closed store of an earlier version with a visit, the steps of that version, and all that is in it."""

    path: Path
    files: tuple[Path, ...]
    content: dict[str, list[tuple[Any, ...]]]


def an_old_store(tmp_path: Path, version: str, *, more: str | None = None) -> Old:
    """Return a store of the version before a step, as a program of that version left it; ``more`` with no look at references."""
    connection, path, key = a_store_before(tmp_path, FIRST)
    for statement in (STAFF, PATIENT, VISIT):
        connection.execute(statement)
    files = tuple(file for file in FILES if file.stem < version)
    bring_up_to_date(connection, path, key, files=files)
    if more is not None:
        connection.execute(more)
    prepare(connection)
    old = Old(path=path, files=files, content=content_of(connection))
    connection.close()
    return old


def content_of(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return the schema, the steps and the rows of every table."""
    schema = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name").fetchall()
    tables = [str(name) for kind, name, _, sql in schema if kind == "table" and "VIRTUAL" not in sql]
    rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
    return {"": schema, **rows}


def pages_of(old: Old) -> int:
    """Return how many pages the store has."""
    connection = open_file(old.path, KEYS.store)
    row = connection.execute("PRAGMA page_count").fetchone() or (0,)
    connection.close()
    return int(row[0])


def bring(old: Old, files: Sequence[Path], *, most_pages: int | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Open the store with a program of these steps, on a disk with room for so many pages of it; return all that is in it then."""
    connection = open_file(old.path, KEYS.store)
    try:
        if most_pages is not None:
            connection.execute(f"PRAGMA max_page_count = {most_pages}").fetchone()
        with told():
            bring_up_to_date(connection, old.path, KEYS.store, files=files)
        return content_of(connection)
    finally:
        connection.close()


def code_of(old: Old, files: Sequence[Path], *, most_pages: int | None = None) -> str:
    """Return the code, or for a mistake in a step the kind of error, with which opening is refused."""
    with pytest.raises((StoreError, DriverError)) as caught:
        bring(old, files, most_pages=most_pages)
    return caught.value.code if isinstance(caught.value, StoreError) else type(caught.value).__name__


@pytest.mark.parametrize(
    ("last", "code"), [("no_such_table", "OperationalError"), ("broken_rule", "IntegrityError"), ("loose_reference", "damaged_store")]
)
@pytest.mark.parametrize("version", LATER)
def test_a_last_step_that_fails_takes_the_steps_before_it_back(tmp_path: Path, version: str, last: str, code: str) -> None:
    """The program of before opens the store and finds all as it was; the new one is refused again, for the same reason."""
    old = an_old_store(tmp_path, version)
    step = tmp_path / "0999_of_a_test.sql"
    step.write_text(LAST_STEPS[last], encoding="utf-8")
    assert [code_of(old, (*FILES, step)) for _ in range(2)] == [code, code]
    assert bring(old, old.files) == old.content


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_a_full_disk_leaves_the_store_of_before_until_there_is_room(tmp_path: Path, share: float) -> None:
    """Wherever among the steps the room ends, up to the last page; what was there is brought up to date once there is more."""
    twin = an_old_store(tmp_path / "twin", FIRST)
    before = pages_of(twin)
    bring(twin, FILES)
    most_pages = before + round((pages_of(twin) - 1 - before) * share)
    old = an_old_store(tmp_path, FIRST)
    assert [code_of(old, FILES, most_pages=most_pages) for _ in range(2)] == ["disk_full", "disk_full"]
    assert bring(old, old.files) == old.content
    found = bring(old, FILES)
    assert found["visit"][0][0] == old.content["visit"][0][0]
    assert [row[2] for row in found["_sqlite_migrations"]] == [file.stem for file in FILES]


@pytest.mark.parametrize("version", LATER)
def test_a_loose_reference_of_before_is_refused_every_time(tmp_path: Path, version: str) -> None:
    """A store with one is not let in at the second try because the steps were applied at the first."""
    old = an_old_store(tmp_path, version, more=LOOSE)
    assert [code_of(old, FILES) for _ in range(2)] == ["damaged_store", "damaged_store"]
    assert bring(old, old.files) == old.content


def test_the_copy_of_before_stays_when_a_step_fails(tmp_path: Path) -> None:
    """It bears the name of the first step that was to be applied and opens as the store of before."""
    old = an_old_store(tmp_path, FIRST)
    step = tmp_path / "0999_of_a_test.sql"
    step.write_text(LAST_STEPS["no_such_table"], encoding="utf-8")
    code_of(old, (*FILES, step))
    copy = old.path.with_name(f"{old.path.name}.before-0005_reviews")
    assert bring(Old(path=copy, files=old.files, content={}), old.files) == old.content
