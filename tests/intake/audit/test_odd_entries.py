"""Entries that a receptionist writes as the program never does: they keep nobody from signing in, from checking, from reading."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake.actions.audit_reading import Form, access_report, export_audit, read_audit
from intake.domain.audit import Asked, Finding
from intake.errors import StoreError
from intake.paths import Paths
from tests.factories import NOW, a_patient
from tests.intake.access.desk import signed_in
from tests.intake.audit.practice import DANA, a_practice, findings
from tests.intake.audit.rogue import Rogue

FORMS: tuple[Form, ...] = ("csv", "jsonl")
ZONE = ZoneInfo("America/New_York")
CHANGES = (
    "5", '"x"', "null", "[]", '{"a": 5}', '{"a": [1, 2, 3]}', '{"a": [null, {"b": 1}]}', '{"sealed": 5}', '{"sealed": [null, 5]}',
    '{"sealed": [null, ["staff:1"]]}', '{"sealed": [null, "staff"]}', '{"sealed": [null, ""]}', '{"sealed": [null, "a=1  ="]}',
    '{"sealed": [null, "\\u0000\\ud800"]}', '{"all_sealed": [null, 5], "notes_key": [null, 5]}', '{"removed": [5]}',
    '{"a": [null, "\\ud800"]}', '{"role": [null, 5], "active": [null, []], "sealed": [null, "staff:1=x"]}',
)  # fmt: skip
ACTIONS = ("edit_patient", "set_up", "remove_record", "check_store", "former_sealed", "begin_notes_key", "emergency_access", "print_intake")
NO_TEXT = b"\xff\x00\xfe"
VALUES: Mapping[str, tuple[str | bytes, ...]] = {
    "staff_role": ("queen", NO_TEXT), "action": ("", NO_TEXT), "workstation": (NO_TEXT,), "outcome": (NO_TEXT,), "reason": (NO_TEXT,),
    "changes": (b'{"a": [null, "\xff"]}', b'{"sealed": [null, "\xff"]}'),
    "at": ("", "yesterday", "2026-11-22", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00", NO_TEXT),
}  # fmt: skip


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a practice with a patient, made once, to be copied."""
    data = tmp_path_factory.mktemp("practice") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(data.parent / "state"))
        paths = Paths(data=data, training=False)
        a_practice(paths)
        with signed_in(paths, "casey") as casey, casey.store.transaction():
            casey.store.patients.add(a_patient(), at=NOW)
            casey.store.audit.add(casey.actor, "open_patient", at=NOW, patient_id=1)
    return data


@pytest.fixture
def rogue(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rogue:
    """Return dana, at home with the folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(first, tmp_path / "data")
    return Rogue(Paths(data=tmp_path / "data", training=False))


def is_read(rogue: Rogue, later: int) -> None:
    """See that what stands after the odd entries is found, and everything can be read."""
    assert Finding(code="not_permitted_entry", place=str(later)) in findings(rogue.paths)
    with signed_in(rogue.paths) as alex:
        shown = read_audit(alex.store, alex.actor, Asked(), now=NOW, size=later + 20).entries
        assert {entry.seq for entry in shown} >= set(range(1, later + 1))
        day = NOW.astimezone(ZONE).date()
        access_report(alex.store, alex.actor, 1, first=day, last=day, zone=ZONE, now=NOW)
        alex.store.audit.edits_of(1)
        for form in FORMS:
            assert export_audit(alex.store, alex.actor, Asked(), form=form, zone=ZONE, now=NOW)


def test_odd_changes_stop_nobody(rogue: Rogue) -> None:
    """Whatever the action, they are shown as they are written, and what follows them is checked."""
    with rogue.at_work(signs=True) as connection:
        for action in ACTIONS:
            for changes in CHANGES:
                seq = rogue.tell(connection, DANA, "receptionist", action, patient_id=1)
                connection.execute("UPDATE audit SET changes = ? WHERE seq = ?", (changes, seq))
        later = rogue.tell(connection, None, None, "see_staff")
    is_read(rogue, later)


@pytest.mark.parametrize("is_last", [True, False])
@pytest.mark.parametrize(("column", "value"), [(column, value) for column, values in VALUES.items() for value in values])
def test_an_odd_entry_stops_nobody(rogue: Rogue, column: str, value: str | bytes, *, is_last: bool) -> None:
    """Neither bytes that are no text, nor a role or action that there is not, nor a time that is none, as the last entry or before it."""
    with rogue.at_work(signs=True) as connection:
        later = rogue.tell(connection, None, None, "see_staff")
        seq = rogue.tell(connection, DANA, "receptionist", "edit_patient", patient_id=1)
        connection.execute(f"UPDATE audit SET {column} = CAST(? AS TEXT) WHERE seq = ?", (value, seq))
        if not is_last:
            later = rogue.tell(connection, None, None, "see_staff")
    is_read(rogue, later)


def test_an_entry_with_the_last_number_is_found_and_told(rogue: Rogue) -> None:
    """No further one can be written: who signs in is told that the store is damaged."""
    with rogue.at_work() as connection:
        connection.execute("UPDATE audit SET seq = ? WHERE seq = (SELECT max(seq) FROM audit)", ((1 << 63) - 1,))
    assert "audit_broken" in {each.code for each in findings(rogue.paths)}
    with pytest.raises(StoreError, match="damaged_store"), signed_in(rogue.paths):
        pass


def test_what_is_no_change_is_shown_as_it_is_written(rogue: Rogue) -> None:
    """A value that is not old and new stands where the new one does."""
    with rogue.at_work() as connection:
        seq = rogue.tell(connection, DANA, "receptionist", "search", changes={"city": ["Edison", None], "odd": {"b": [1]}})
    with signed_in(rogue.paths) as alex:
        (shown,) = (entry for entry in read_audit(alex.store, alex.actor, Asked(), now=NOW).entries if entry.seq == seq)
    assert shown.changes == {"city": ("Edison", None), "odd": (None, '{"b": [1]}')}
