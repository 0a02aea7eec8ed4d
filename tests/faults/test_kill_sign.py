"""``kill -9`` at every point of a signature and of an addendum: there or not there, never half."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from intake.definitions.bundle import Definitions
from intake.domain.staff import Role
from intake.storage.check import examine
from tests.factories import a_colleague, a_store, an_admin, save
from tests.faults.processes import ROOT
from tests.intake.review.charting import make_ready, sign

KILLED = -9
FEWEST = 6
"""Statements that a signature has at the very least, so that a test that kills nothing fails."""


def a_visit_to_sign(data: Path, definitions: Definitions, *, signed: bool) -> int:
    """Make a store with one visit, ready to be signed or signed, and return the visit."""
    store = a_store(data)
    admin = an_admin(store)
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    visit_id = save(store, admin, definitions).visit_id
    (sign if signed else make_ready)(store, clinician, visit_id, definitions)
    store.close()
    return visit_id


def kill_all_along(action: str, data: Path, visit_id: int) -> list[int]:
    """Run the signer and return how each try ended."""
    words = [sys.executable, "-m", "tests.faults.signer", action, str(data), str(visit_id)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    ends = [int(line.split()[1]) for line in done.stdout.splitlines()]
    assert len(ends) > FEWEST
    assert ends == [KILLED] * (len(ends) - 1) + [0]
    return ends


def test_a_signature_is_there_or_not_never_half(tmp_path: Path, definitions: Definitions) -> None:
    """Not signed: the note, the chart in hand and the place in the list are as before. Signed: all that goes with it is done."""
    data = tmp_path / "data"
    visit_id = a_visit_to_sign(data, definitions, signed=False)
    signed = []
    for attempt, end in enumerate(kill_all_along("sign", data, visit_id), start=1):
        store = a_store(Path(f"{data}-{attempt}"))
        report = examine(store)
        assert report.good, (attempt, report)
        line = store.board.line(visit_id)
        assert line is not None
        there = store.reviews.signed(visit_id)
        drafts = store._connection.execute("SELECT count(*) FROM note_draft").fetchone()
        entries = store._connection.execute("SELECT count(*) FROM audit WHERE action = 'sign_review'").fetchone()
        state = (line.status.value, line.signed_by, store.holds.of(visit_id) is None, store.awaiting.has(visit_id), drafts, entries)
        expected = ("finished", "Casey Example", True, False, (0,), (1,)) if there else ("waiting", None, False, True, (1,), (0,))
        assert state == expected, attempt
        assert there or end == KILLED
        signed.append(there)
        store.close()
    assert signed == sorted(signed)


def test_an_addendum_is_there_or_not_never_half(tmp_path: Path, definitions: Definitions) -> None:
    """And the signature before it is as it was."""
    data = tmp_path / "data"
    visit_id = a_visit_to_sign(data, definitions, signed=True)
    for attempt, end in enumerate(kill_all_along("addendum", data, visit_id), start=1):
        store = a_store(Path(f"{data}-{attempt}"))
        report = examine(store)
        assert report.good, (attempt, report)
        entries = store._connection.execute("SELECT count(*) FROM audit WHERE action = 'add_addendum'").fetchone()
        assert entries == (len(store.reviews.addenda(visit_id)),)
        assert end == KILLED or entries == (1,)
        store.close()
