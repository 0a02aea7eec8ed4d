"""A store of before, whose rows had no seals: they are sealed in pieces, whatever comes between."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.actions import sealing
from intake.actions.sealing import seal_former
from intake.domain.audit import Finding
from intake.domain.numbers import record_number
from intake.storage.check import examine
from intake.storage.sealed_tables import ROWS_SEALED
from intake.storage.seals import _ALL_SEALED, AT_ONCE
from intake.storage.store import Store
from tests.factories import NOW, a_patient, a_store
from tests.intake.retention.past_actions import write


def an_unsealed_store(data: Path, patients: int) -> Store:
    """Return a store of an earlier version, which sealed no patients."""
    store = a_store(data)
    with store.transaction():
        for number in range(patients):
            store.patients.add(a_patient(legal_first=f"Ana {number}"), at=NOW)
        store.seals.forget()
    return store


def told_by(store: Store, action: str, what: str = "sealed") -> list[list[str]]:
    """Return the names that the entries of an action tell, entry by entry."""
    rows = store._connection.execute(f"SELECT json_extract(changes, '$.{what}[1]') FROM audit WHERE action = ? ORDER BY seq", (action,))
    return [[seal.partition("=")[0] for seal in told.split(" ")] for (told,) in rows]


def test_a_store_of_before_is_sealed_once_in_pieces(tmp_path: Path) -> None:
    """Until then a row without a seal is none of somebody's doing; from then on it is."""
    store = an_unsealed_store(tmp_path / "data", AT_ONCE + 20)
    assert examine(store).rows == ()
    seal_former(store, now=NOW)
    seal_former(store, now=NOW)
    assert [len(names) for names in told_by(store, "seal_former")] == [AT_ONCE, 20]
    assert told_by(store, "former_sealed", "all_sealed") == [list(ROWS_SEALED)]
    assert examine(store).rows == ()
    write(store, "UPDATE patient SET phone = 'x' WHERE id = 510")
    write(store, "INSERT INTO setting (scope, name, value) VALUES ('practice', 'idle', '60')")
    assert examine(store).rows == (
        Finding(code="patient_altered", place=record_number(510)), Finding(code="setting_altered", place="practice idle"),
    )  # fmt: skip
    store.close()


def test_what_a_killed_sign_in_left_unsealed_the_next_one_seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Meanwhile the check finds what was altered of the sealed rows, and nothing at the others; no row is sealed twice."""
    store = an_unsealed_store(tmp_path / "data", 5)
    monkeypatch.setattr(sealing, "AT_A_TIME", 2)
    pauses = iter((None, KeyboardInterrupt))
    monkeypatch.setattr(sealing, "sleep", lambda _: _raised(next(pauses)))
    with pytest.raises(KeyboardInterrupt):
        seal_former(store, now=NOW)
    store.close()
    monkeypatch.setattr(sealing, "sleep", lambda _: None)
    store = a_store(tmp_path / "data")
    assert told_by(store, "seal_former") == [["patient:1", "patient:2"], ["patient:3", "patient:4"]]
    assert store.seals.all_sealed() == {}
    assert examine(store).rows == ()
    write(store, "UPDATE patient SET phone = 'x' WHERE id IN (4, 5)")
    assert examine(store).rows == (Finding(code="patient_altered", place=record_number(4)),)
    seal_former(store, now=NOW)
    assert told_by(store, "seal_former")[2:] == [["patient:5"]]
    assert set(store.seals.all_sealed()) == set(ROWS_SEALED)
    assert examine(store).rows == (Finding(code="patient_altered", place=record_number(4)),)
    store.close()


def test_other_desks_write_while_a_store_of_before_is_sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they write has its seal from them; one that signs in meanwhile seals the rest and tells the end, which is told once."""
    store = an_unsealed_store(tmp_path / "data", 5)
    other = a_store(tmp_path / "data")
    pauses: list[float] = []

    def write_elsewhere(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 1:
            with other.transaction():
                other._connection.execute("UPDATE patient SET phone = 'x' WHERE id = 3")
                other.audit.add(None, "edit_patient", at=NOW)
            seal_former(other, now=NOW)

    monkeypatch.setattr(sealing, "AT_A_TIME", 2)
    monkeypatch.setattr(sealing, "sleep", write_elsewhere)
    seal_former(store, now=NOW)
    assert told_by(store, "seal_former") == [["patient:1", "patient:2"], ["patient:4"], ["patient:5"]]
    assert told_by(store, "edit_patient") == [["patient:3"]]
    assert len(told_by(store, "former_sealed", "all_sealed")) == 1
    assert examine(store).rows == ()
    other.close()
    store.close()


def test_a_sign_in_does_not_read_the_entries_that_sealed_what_was_before(store: Store) -> None:
    """However many they are: what is asked has an index of its own, and they are not in it."""
    plan = store._connection.execute(f"EXPLAIN QUERY PLAN {_ALL_SEALED}").fetchall()
    assert ["USING INDEX audit_all_sealed" in row[3] for row in plan] == [True]
    index = store._connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'audit_all_sealed'").fetchone()
    assert index is not None
    assert "seal_former" not in index[0]
    assert set(store.seals.all_sealed()) == set(ROWS_SEALED)


def _raised(error: type[BaseException] | None) -> None:
    if error is not None:
        raise error
