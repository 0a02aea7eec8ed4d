"""``kill -9`` at random moments of every kind of work: what was acknowledged is there, whole and once, and nothing is half done."""

from __future__ import annotations

from pathlib import Path

from tests.faults.killing import killed
from tests.faults.kinds import SCENARIOS

KILLS = 4
SEED = 20261122


def test_work_killed_at_random_moments_loses_nothing(tmp_path: Path) -> None:
    """Some kills come in the middle of something, or this would prove nothing."""
    found = killed(list(SCENARIOS), tmp_path, KILLS, SEED)
    assert {kind: each.wrong for kind, each in found.items() if each.wrong} == {}
    assert {each.kills for each in found.values()} == {KILLS}
    assert sum(each.in_flight for each in found.values()) > len(SCENARIOS)
