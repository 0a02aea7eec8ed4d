"""The check of the store: file, references, audit chain and its anchor, signatures; on demand, and once a night by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from intake.actions.emergency import refuse_ended
from intake.domain.audit import CheckRun, Finding, Link, Progress
from intake.domain.staff import Actor, Task
from intake.storage.anchor import begin_new_line, link_finding
from intake.storage.check import CheckReport, examine
from intake.storage.store import Store

__all__ = [
    "CheckReport", "accept_store", "can_accept", "check_due", "check_printed", "check_store", "checking", "latest_checks", "nightly_check",
    "record_check",
]  # fmt: skip

DAY: Final = timedelta(hours=24)
AT_NIGHT: Final = timedelta(hours=12)
NIGHT_BEGINS, NIGHT_ENDS = 21, 6
"""Hours at the clinics; between them a check is due sooner, for nobody waits then."""
MOST_RUNS: Final = 50
_OUTSIDE: Final = frozenset({"anchor_altered", "anchor_missing", "anchor_begun_anew", "audit_cut", "another_past"})
"""Findings that tell of the anchor, and not of what is in the store: a new line of the anchor ends them."""


def check_store(store: Store, actor: Actor, *, now: datetime, progress: Progress | None = None) -> CheckReport:
    """Read the whole store and report what is wrong with it; a file that is not whole is not written to, not even to record this.

    Takes seconds per gigabyte.
    """
    _must_check(store, actor, now)
    begun = time.monotonic()
    report = examine(store, progress)
    record_check(store, actor, report, now=now, took_ms=_since(begun))
    return report


def checking(store: Store, actor: Actor | None, *, now: datetime) -> Callable[[Progress], CheckReport]:
    """Return what checks the store on another thread, with a connection of its own; hand its report to ``record_check``.

    Without an ``actor`` it is the check that nobody asked for.
    """
    if actor is not None:
        _must_check(store, actor, now)

    def check(progress: Progress) -> CheckReport:
        with store.connection_beside() as connection:
            return examine(Store(connection, store.paths, store.keys), progress)

    return check


def record_check(store: Store, actor: Actor | None, report: CheckReport, *, now: datetime, took_ms: int, workstation: str = "") -> CheckRun:
    """Record what a check found, here and in the audit, and return it; a file that is not whole is not written to.

    Without an ``actor`` the ``workstation`` says where it was made.
    """
    if actor is not None:
        _must_check(store, actor, now)
    run = CheckRun(
        at=now,
        by=actor.staff.name if actor else None,
        workstation=actor.workstation if actor else workstation,
        took_ms=took_ms,
        entries=report.entries,
        last=report.last.text() if report.last else "",
        findings=report.findings(),
    )
    if report.integrity:
        return run
    line = store.anchor.line()
    changes = {"anchor": (None, line)} if line and run.good else None
    with store.transaction():
        store.check_runs.add(run, staff_id=actor.staff.id if actor else None)
        store.audit.add(
            actor, "check_store", at=now, workstation=workstation, changes=changes, outcome="done" if run.good else "not_whole"
        )  # fmt: skip
    return run


def nightly_check(store: Store, *, workstation: str, now: datetime, progress: Progress | None = None) -> CheckRun:
    """Check the store because it is due, on the store's own connection, and return what was found."""
    begun = time.monotonic()
    report = examine(store, progress)
    return record_check(store, None, report, now=now, took_ms=_since(begun), workstation=workstation)


def check_due(store: Store, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the store was not checked for a day, at night for half of one; a clock that was set back makes it due too."""
    with store.reading():
        runs = store.check_runs.latest()
    if not runs:
        return True
    hour = now.astimezone(zone).hour
    wait = AT_NIGHT if hour >= NIGHT_BEGINS or hour < NIGHT_ENDS else DAY
    return not timedelta(0) <= now - runs[0].at < wait


def latest_checks(store: Store, actor: Actor, count: int = 1, *, now: datetime) -> tuple[CheckRun, ...]:
    """Return the last checks, the latest first."""
    _must_check(store, actor, now)
    with store.reading():
        return store.check_runs.latest(min(count, MOST_RUNS))


def check_printed(store: Store, actor: Actor, link: Link, *, now: datetime) -> Finding | None:
    """Return what a link that was typed back from paper tells against the store, None when the store has it."""
    _must_check(store, actor, now)
    with store.reading():
        return link_finding(store, link, store.audit.last())


def accept_store(store: Store, actor: Actor, *, why: str, now: datetime) -> None:
    """Have the anchor hold the store as it is from now on, after somebody looked into what the check found; told in the audit."""
    actor.must(Task.RESTORE)
    begin_new_line(store, actor, why=why, now=now)


def can_accept(findings: Iterable[Finding]) -> bool:
    """Tell whether accepting the store would end one of these; a file that is damaged is not written to."""
    codes = {finding.code for finding in findings}
    return bool(codes & _OUTSIDE) and "pages_damaged" not in codes


def _must_check(store: Store, actor: Actor, now: datetime) -> None:
    actor.must(Task.CHECK_STORE)
    refuse_ended(store, actor, Task.CHECK_STORE, now=now)


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
