"""Accounts that are changed while other desks work: nobody waits for the audit to be read, and what they told meanwhile counts."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from intake.actions.accounts import READINGS, change_password, set_active
from intake.errors import IntakeError, StoreError
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD
from tests.intake.access.desk import signed_in
from tests.intake.audit.practice import CASEY, DANA, do, findings, work
from tests.intake.audit.rogue import Rogue

OTHER, THIRD = "eight sample ponies", "nine sample zebras"
LATER = NOW + timedelta(minutes=1)
READS, WRITES = "instr(told, 'staff:')", "BEGIN IMMEDIATE"
"""By what it is seen that a store reads all of the audit for accounts, and that it is about to take the right to write."""
Act = Callable[[], object]


@contextmanager
def meanwhile(store: Store, *acts: Act, at_reading: Act = lambda: None) -> Generator[list[str]]:
    """Have other desks act between this store's reading of the audit and its writing, one act each time; yield how each reading went.

    ``at_reading`` is done at another desk while it reads; what becomes of that is yielded: ``""``, or the error.
    """
    readings: list[str] = []
    left = list(acts)
    connection: Any = store._connection

    def look(statement: str) -> None:
        if READS in statement:
            readings.append("stopped")
            try:
                at_reading()
                readings[-1] = ""
            except StoreError as error:
                readings[-1] = error.code
        elif WRITES in statement and readings and left:
            left.pop(0)()

    connection.set_trace_callback(look)
    try:
        yield readings
    finally:
        connection.set_trace_callback(None)
    assert left == []


def test_another_desk_saves_while_the_audit_is_read_and_has_nothing_read_again(rogue: Rogue) -> None:
    """What it saves tells nothing of accounts."""
    with signed_in(rogue.paths) as alex, signed_in(rogue.paths, "dana") as dana:
        dana.store._connection.execute("PRAGMA busy_timeout = 0")
        save = partial(do, dana.store, dana.actor)
        with meanwhile(alex.store, save, at_reading=save) as readings:
            change_password(alex.store, alex.actor, CASEY, password=OTHER, now=LATER)
    assert readings == [""]


def test_an_account_that_another_desk_changed_meanwhile_counts_as_it_is_now(rogue: Rogue) -> None:
    """The audit is read once more for it, and nobody waits for that either."""
    with signed_in(rogue.paths) as alex, signed_in(rogue.paths) as other, signed_in(rogue.paths, "dana") as dana:
        dana.store._connection.execute("PRAGMA busy_timeout = 0")
        change = partial(change_password, other.store, other.actor, CASEY, password=THIRD, now=LATER)
        with meanwhile(alex.store, change, at_reading=partial(do, dana.store, dana.actor)) as readings:
            change_password(alex.store, alex.actor, CASEY, password=OTHER, now=LATER)
    assert readings == ["", ""]
    work(rogue.paths, "casey", password=OTHER, now=LATER)
    assert findings(rogue.paths) == ()


def test_a_seal_that_she_told_meanwhile_gives_no_password(rogue: Rogue) -> None:
    """She does not have to be there before the audit is read."""

    def forge() -> None:
        with rogue.at_work(signs=True) as connection:
            connection.execute("UPDATE staff SET role = 'clinician' WHERE id = ?", (DANA,))
            rogue.tell(connection, None, None, "seal_rows", changes={"sealed": [None, rogue.seal(connection, "staff", DANA)]})

    with signed_in(rogue.paths) as alex, meanwhile(alex.store, forge), pytest.raises(IntakeError, match="account_not_as_told"):
        change_password(alex.store, alex.actor, DANA, password=OTHER, now=LATER)


def test_an_audit_that_was_written_over_meanwhile_is_read_again(rogue: Rogue) -> None:
    """An ordinary entry where another one was says nothing of what else she took away."""

    def write_over() -> None:
        with rogue.at_work(signs=True) as connection:
            connection.execute("UPDATE audit SET reason = 'another' WHERE seq = 5")
            rogue.tell(connection, DANA, "receptionist", "search")

    with signed_in(rogue.paths) as alex, meanwhile(alex.store, write_over) as readings:
        change_password(alex.store, alex.actor, CASEY, password=OTHER, now=LATER)
    assert readings == ["", ""]


def test_accounts_that_are_changed_each_time_are_told_as_busy(rogue: Rogue) -> None:
    """It ends, nothing is changed, and the next try goes through."""
    with signed_in(rogue.paths) as alex, signed_in(rogue.paths) as other:
        change = partial(set_active, other.store, other.actor, DANA, active=True, now=LATER)
        with meanwhile(alex.store, *[change] * READINGS), pytest.raises(StoreError, match="store_busy"):
            change_password(alex.store, alex.actor, CASEY, password=OTHER, now=LATER)
        work(rogue.paths, "casey", password=PASSWORD, now=LATER)
        change_password(alex.store, alex.actor, CASEY, password=OTHER, now=LATER)
    work(rogue.paths, "casey", password=OTHER, now=LATER)
