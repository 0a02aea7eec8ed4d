"""A receptionist with programs of her own at what clinicians did: whatever she seals of it in her own name, the check finds it."""

from __future__ import annotations

import pytest

from intake.actions.accounts import set_active
from intake.actions.amendments import receive_amendment, take_step
from intake.actions.idle import IDLE
from intake.definitions.bundle import Definitions
from intake.domain.amendments import Step
from intake.domain.audit import Finding
from intake.domain.numbers import visit_number
from intake.paths import Paths
from intake.storage.driver import Connection
from intake.storage.seals import SEALED, Seals
from tests.factories import PASSWORD
from tests.intake.access.desk import signed_in
from tests.intake.access.noted import UNSIGNED
from tests.intake.audit.practice import findings
from tests.intake.audit.rogue import Rogue
from tests.intake.review.charting import LATER

DANA = "dana"
OF_VISIT = "(SELECT id FROM prompt WHERE visit_id = 2)"
WAYS = (
    "DELETE FROM correction WHERE visit_id = 2",
    "UPDATE correction SET after = json_quote('unsure') WHERE visit_id = 2",
    f"DELETE FROM acknowledgement WHERE prompt_id IN {OF_VISIT}",
    f"UPDATE acknowledgement SET staff_id = 1 WHERE prompt_id IN {OF_VISIT}",
    "UPDATE amendment_step SET step = 'denied'",
    "DELETE FROM amendment_step",
)


def sealed(connection: Connection, *tables: str) -> str:
    """Return what the audit would tell of every row of these tables as they stand now."""
    seals = Seals(connection)
    return " ".join(f"{table}:{name}={seals._now(table, name)}" for table in tables for name in seals.names(table))


def tell(rogue: Rogue, connection: Connection, told: str, *, action: str = "edit_patient") -> int:
    """Write an entry in dana's name that tells these seals."""
    (staff_id,) = connection.execute("SELECT id FROM staff WHERE login = ?", (DANA,)).fetchone() or (0,)
    return rogue.tell(connection, staff_id, "receptionist", action, patient_id=1, changes={"sealed": [None, told]})


@pytest.fixture
def rogue(noted: Paths, definitions: Definitions) -> Rogue:
    """Return dana, at home with the folder of a clinic whose clinician corrected, acknowledged and decided."""
    with signed_in(noted, DANA, now=LATER) as dana:
        received = receive_amendment(
            dana.store, dana.actor, patient_id=1, visit_id=UNSIGNED, request="Another word", received_on=LATER.date(),
            now=LATER,
        )  # fmt: skip
    with signed_in(noted, "casey", now=LATER) as casey:
        take_step(
            casey.store,
            casey.actor,
            received.id,
            step=Step.ACCEPTED,
            words="Changed",
            password=PASSWORD,
            definitions=definitions,
            now=LATER,
        )
    assert findings(noted) == ()
    return Rogue(noted)


@pytest.mark.parametrize("way", WAYS)
def test_what_a_clinician_did_is_not_changed_in_a_receptionists_name(rogue: Rogue, way: str) -> None:
    """Nor taken away: she may tell the seals of what she writes herself, and of nothing else."""
    names = ("visit_noted", "correction", "acknowledgement", "amendment_step")
    with rogue.at_work(signs=True) as connection:
        before = {table: set(Seals(connection).names(table)) for table in names}
        connection.execute(way)
        gone = [f"{table}:{name}=" for table in names for name in before[table] - set(Seals(connection).names(table))]
        tell(rogue, connection, " ".join((*gone, sealed(connection, *names))))
    assert {each.code for each in findings(rogue.paths)} & {"visit_altered", "amendment_altered", "not_permitted_entry"}


def test_a_visit_does_not_go_by_a_word_in_the_audit(rogue: Rogue) -> None:
    """With all that hangs on it: only with its patient a visit is removed, by those who may."""
    with rogue.at_work(signs=True) as connection:
        connection.execute("PRAGMA foreign_keys = OFF").fetchone()
        told = " ".join(f"{table}:{UNSIGNED}=" for table in ("visit", "visit_asked", "visit_noted"))
        connection.execute(f"DELETE FROM acknowledgement WHERE prompt_id IN {OF_VISIT}")
        for table in ("prompt", "correction", "answer", "mark", "coverage", "claim", "safety", "notices", "note_draft"):
            connection.execute(f"DELETE FROM {table} WHERE visit_id = {UNSIGNED}")
        connection.execute(f"DELETE FROM visit WHERE id = {UNSIGNED}")
        tell(rogue, connection, told)
    assert Finding(code="visit_altered", place=visit_number(UNSIGNED)) in findings(rogue.paths)


def test_what_holds_at_every_desk_is_not_hers_to_change(rogue: Rogue) -> None:
    """After how long every desk locks is the practice's."""
    with rogue.at_work(signs=True) as connection:
        connection.execute("INSERT INTO setting (scope, name, value) VALUES ('', ?, '15')", (IDLE,))
        seq = tell(rogue, connection, sealed(connection, "setting"), action="choose_waiting_warning")
    assert Finding(code="not_permitted_entry", place=str(seq)) in findings(rogue.paths)


def test_what_she_writes_after_her_account_was_switched_off_is_found(rogue: Rogue) -> None:
    """The key of her last password still signs; who has left does nothing any more."""
    with signed_in(rogue.paths, now=LATER) as alex:
        dana = alex.store.staff.by_login(DANA)
        assert dana is not None
        set_active(alex.store, alex.actor, dana.staff.id, active=False, now=LATER)
    assert findings(rogue.paths, "casey") == ()
    with rogue.at_work(signs=True) as connection:
        connection.execute("UPDATE patient SET phone = '+17325550199' WHERE id = 1")
        seq = tell(rogue, connection, sealed(connection, "patient"))
    assert Finding(code="not_permitted_entry", place=str(seq)) in findings(rogue.paths, "casey")


def test_every_kind_of_row_is_named(rogue: Rogue) -> None:
    """What is sealed has a name in the audit, and one of a row that is there."""
    with rogue.at_work() as connection:
        assert all(sealed(connection, table) for table in ("correction", "acknowledgement", "amendment_step"))
    assert {"correction", "acknowledgement"} <= SEALED.keys()
