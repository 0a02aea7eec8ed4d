"""The check of the store: file, references, audit chain, signatures."""

from __future__ import annotations

from datetime import datetime

from intake.domain.staff import Actor, Task
from intake.storage.check import CheckReport, examine
from intake.storage.store import Store

__all__ = ["CheckReport", "check_store"]


def check_store(store: Store, actor: Actor, *, now: datetime) -> CheckReport:
    """Read the whole store and report what is wrong with it; a file that is not whole is not written to, not even to record this.

    Takes seconds per gigabyte.
    """
    actor.must(Task.CHECK_STORE)
    report = examine(store)
    if not report.integrity:
        with store.transaction():
            store.audit.add(actor, "check_store", at=now, outcome="done" if report.good else "not_whole")
    return report
