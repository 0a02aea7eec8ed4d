"""Rules that somebody puts into the file: they run in nobody's name, and what the program made is put back before anything is written."""

from __future__ import annotations

import pytest

from intake.actions.check import latest_checks
from intake.storage.driver import Connection, connect
from intake.storage.store import Store
from tests.factories import NOW, a_patient
from tests.intake.access.desk import signed_in, told
from tests.intake.audit.practice import do, findings
from tests.intake.audit.rogue import Rogue

PLANTED = (
    "CREATE TRIGGER planted AFTER INSERT ON audit BEGIN UPDATE setting SET value = 'hers'; END",
    'CREATE TRIGGER "pl""anted" BEFORE INSERT ON audit BEGIN DELETE FROM meta WHERE name = \'notes_key\'; END',
    "CREATE VIEW planted AS SELECT * FROM patient",
)
TAKEN = ("DROP TRIGGER audit_never_changed", "DROP TRIGGER audit_signature_gives_way", "DROP VIEW reckoning")


def plant(rogue: Rogue, statement: str) -> None:
    """Have her program change the rules, and be gone."""
    connection = connect(str(rogue.paths.store), rogue.keys.store, timeout_s=5)
    connection.execute(statement)
    connection.close()


def rows(connection: Connection) -> list[tuple[object, ...]]:
    """Return what the planted rules would change."""
    settings = connection.execute("SELECT * FROM setting WHERE scope <> 'tries' ORDER BY 1, 2").fetchall()
    return [*settings, *connection.execute("SELECT name, value FROM meta ORDER BY 1").fetchall()]


def mended(store: Store) -> list[str]:
    """Return how often the audit tells that rules were put back."""
    return [outcome for *_, outcome in told(store, "mend_guards")]


@pytest.mark.parametrize("statement", PLANTED + TAKEN)
def test_what_was_altered_before_a_sign_in_is_put_back_first(rogue: Rogue, statement: str) -> None:
    """Nobody else's key or name is lent to it; it stands in the audit and among what checks found."""
    with signed_in(rogue.paths, "alex") as alex:
        before = rows(alex.store._connection)
    plant(rogue, statement)
    with signed_in(rogue.paths, "alex") as alex:
        assert rows(alex.store._connection) == before
        assert mended(alex.store) == ["not_whole"]
        assert alex.store.altered_guards() == ()
        [run] = latest_checks(alex.store, alex.actor, now=NOW)
        assert [each.code for each in run.findings] == ["guard_altered"]
    assert findings(rogue.paths) == ()


@pytest.mark.parametrize("statement", PLANTED + TAKEN)
def test_what_is_altered_while_somebody_works_is_put_back_before_they_write(rogue: Rogue, statement: str) -> None:
    """The very next thing that is written finds it."""
    with signed_in(rogue.paths, "casey") as casey:
        before = rows(casey.store._connection)
        plant(rogue, statement)
        do(casey.store, casey.actor, 1)
        assert rows(casey.store._connection) == before
        assert mended(casey.store) == ["not_whole"]
        do(casey.store, casey.actor, 1)
        assert mended(casey.store) == ["not_whole"]
    assert findings(rogue.paths) == ()


def test_a_removal_that_was_refused_took_nothing_away(rogue: Rogue) -> None:
    """Who deletes a record and tells it as a removal that was refused is found out."""
    with signed_in(rogue.paths, "casey") as casey, casey.store.transaction():
        patient_id = casey.store.patients.add(a_patient(), at=NOW).id
        casey.store.audit.add(casey.actor, "open_patient", at=NOW, patient_id=patient_id)
    assert findings(rogue.paths) == ()
    with rogue.at_work() as connection:
        connection.execute("DELETE FROM patient WHERE id = ?", (patient_id,))
        names = f"patient:{patient_id}"
        rogue.tell(
            connection, 2, "receptionist", "remove_record", patient_id=patient_id, outcome="refused", changes={"removed": [names, None]}
        )
    assert "patient_gone" in {each.code for each in findings(rogue.paths)}
