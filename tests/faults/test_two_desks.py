"""Two programs over one store."""

from __future__ import annotations

from intake.actions.patients import open_patient
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW, save
from tests.faults.processes import finish, start


def test_of_two_programs_editing_one_patient_one_is_told(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Both start from the same version at the same moment; one edit stands, and the other desk knows."""
    save(store, desk, definitions)
    data = store._connection.execute("PRAGMA database_list").fetchone()
    assert data is not None
    folder = str(data[2]).rpartition("/")[0]
    processes = {city: start("edit", folder, city) for city in ("Union", "Iselin")}
    for process in processes.values():
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes.values():
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    results = {city: finish(process) for city, process in processes.items()}
    assert sorted(results.values()) == [(0, ["edited"]), (3, ["patient_changed"])]
    winner = next(city for city, (code, _) in results.items() if code == 0)
    file = open_patient(store, desk, 1, now=NOW)
    assert (file.record.version, file.record.patient.city, len(file.edits)) == (2, winner, 1)
    assert store.audit.broken_at()[1] is None
