"""A program of its own that the fault tests start: it signs again and again, and is killed one written statement later each time.

``python -m tests.faults.signer sign DATA VISIT`` takes a copy ``DATA-1``, ``DATA-2`` … of the data folder for each try and signs
the visit there, in a process of its own that ends itself with ``kill -9`` before its first, second … statement that is no reading.
It says how each ended and stops with the one that came to its end. ``addendum`` adds to a signed visit instead.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from intake.actions.signing import add_addendum, sign_review
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Actor
from intake.paths import Paths
from intake.security.slots import secret_of
from intake.storage.driver import Connection, Cursor
from intake.storage.store import Store, open_store
from tests.factories import KEYS, PASSWORD, WORKSTATION
from tests.intake.review.charting import LATER


class Doomed:
    """A connection that ends the program before one of the statements that are more than reading."""

    def __init__(self, connection: Connection, statement: int) -> None:
        """Count from 1."""
        self._connection = connection
        self._left = statement

    def __getattr__(self, name: str) -> Any:
        """Do the rest as the connection does."""
        return getattr(self._connection, name)

    def execute(self, sql: str, parameters: Any = (), /) -> Cursor:
        """Run one statement, or end."""
        self._left -= not sql.startswith("SELECT")
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._connection.execute(sql, parameters)


def write(action: str, data: Path, visit_id: int, statement: int, definitions: Definitions) -> None:
    """Sign, or add to what is signed, up to a statement."""
    paths = Paths(data=data, training=False)
    ready = open_store(paths, KEYS)
    account = ready.staff.by_login("casey")
    half = account and account.slot.private_half(secret_of(PASSWORD))
    if not account or not half:
        raise LookupError
    doomed: Any = Doomed(ready._connection, statement)
    store = Store(doomed, paths, KEYS)
    store.audit.signatures.add(account.staff.id, half)
    actor = Actor(staff=account.staff, workstation=WORKSTATION)
    if action == "sign":
        sign_review(store, actor, visit_id, password=PASSWORD, definitions=definitions, now=LATER)
    else:
        words = {"text": "More", "reason": "Later", "password": PASSWORD}
        add_addendum(store, actor, visit_id, **words, definitions=definitions, now=LATER)
    store.close()


def main(action: str, data: str, visit_id: str) -> int:
    """Try until one comes to its end."""
    definitions = load_definitions()
    for statement in itertools.count(1):
        copy = Path(f"{data}-{statement}")
        shutil.copytree(data, copy)
        child = os.fork()
        if child == 0:
            write(action, copy, int(visit_id), statement, definitions)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{statement} {status}\n")
        if status != -signal.SIGKILL:
            return status
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
