"""``kill -9`` at any moment: what was acknowledged is there."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import pytest

from intake.actions.drafts import my_drafts
from intake.domain.staff import Actor
from tests.factories import WORKSTATION, a_store, an_admin
from tests.faults.processes import finish, start

KILLS = 6
rng = random.Random(20261122)


@pytest.mark.parametrize("after_ms", [rng.randint(1, 400) for _ in range(KILLS)])
def test_every_acknowledged_draft_survives_the_end_of_the_program(tmp_path: Path, after_ms: int) -> None:
    """Killed at a random moment of writing, the store is whole and holds at least what was acknowledged."""
    store = a_store(tmp_path / "data")
    admin = an_admin(store)
    store.close()
    process = start("drafts", str(tmp_path / "data"))
    assert process.stdout is not None
    first = process.stdout.readline()
    threading.Timer(after_ms / 1000, process.kill).start()
    code, lines = finish(process)
    assert code == -9
    whole = [first.split(), *(line.split() for line in lines if len(line.split()) == 2)]
    acknowledged = {int(draft): int(number) for draft, number in whole}
    store = a_store(tmp_path / "data")
    drafts = {
        draft.id or 0: int(draft.content["patient"]["legal_first"])
        for draft in my_drafts(store, Actor(staff=admin.staff, workstation=WORKSTATION))
    }
    assert all(drafts[draft] >= number for draft, number in acknowledged.items())
    assert len(drafts) <= len(acknowledged) + 1
    assert (list(store.integrity()), store.audit.broken_at()[1]) == ([], None)
    store.close()
