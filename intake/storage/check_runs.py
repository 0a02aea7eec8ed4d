"""The checks of the store that were made."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, Final

from intake.domain.audit import CheckRun, Finding, Link
from intake.domain.staff import Actor
from intake.storage.driver import Connection
from intake.storage.rows import NO_TIME, instant, instant_text

_LATEST: Final = (
    "SELECT check_run.at, staff.name, check_run.workstation, check_run.took_ms, check_run.entries, check_run.last, check_run.findings"
    " FROM check_run LEFT JOIN staff ON staff.id = check_run.staff_id ORDER BY check_run.id DESC"
)


class CheckRuns:
    """The table of checks. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, run: CheckRun, *, staff_id: int | None) -> None:
        """Keep what a check found."""
        found = json.dumps([[finding.code, finding.place] for finding in run.findings], ensure_ascii=False)
        values = (instant_text(run.at), staff_id, run.workstation, run.took_ms, run.entries, run.last, found)
        self._connection.execute(
            "INSERT INTO check_run (at, staff_id, workstation, took_ms, entries, last, findings) VALUES (?, ?, ?, ?, ?, ?, ?)", values
        )

    def add_found(self, findings: Iterable[Finding], *, actor: Actor | None, last: Link | None, at: datetime) -> None:
        """Keep what showed outside a check, by whose sign-in if by anybody's, with the audit's last link; it stays until accepted."""
        run = CheckRun(
            at=at, by=None, workstation=actor.workstation if actor else "", took_ms=0, entries=last.seq if last else 0,
            last=last.text() if last else "", findings=tuple(findings),
        )  # fmt: skip
        self.add(run, staff_id=actor.staff.id if actor else None)

    def latest(self, count: int = 1) -> tuple[CheckRun, ...]:
        """Return the last checks, the latest first; a row that tells of none is passed over."""
        runs = (_run(row) for row in self._connection.execute(_LATEST))
        return tuple(islice((run for run in runs if run), count))


def _run(row: tuple[Any, ...]) -> CheckRun | None:
    """Return the check that a row tells of, None when there is no saying when it was or what it found."""
    at, by, workstation, took_ms, entries, last, written = row
    made, findings = instant(at), _findings(written)
    if made == NO_TIME or findings is None:
        return None
    return CheckRun(at=made, by=by, workstation=workstation, took_ms=took_ms, entries=entries, last=last, findings=findings)


def _findings(written: str) -> tuple[Finding, ...] | None:
    try:
        pairs = json.loads(written)
    except (ValueError, RecursionError):
        return None
    if not isinstance(pairs, list) or not all(_is_pair(each) for each in pairs):
        return None
    return tuple(Finding(code=code, place=place) for code, place in pairs)


def _is_pair(each: object) -> bool:
    return isinstance(each, list) and [type(word) for word in each] == [str, str]
