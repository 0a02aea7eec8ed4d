"""The check of the store: file, references, audit chain."""

from __future__ import annotations

from intake.domain.staff import Actor, Task
from intake.storage.check import CheckReport, examine
from intake.storage.store import Store

__all__ = ["CheckReport", "check_store"]


def check_store(store: Store, actor: Actor) -> CheckReport:
    """Read the whole store and report what is wrong with it. Takes seconds per gigabyte."""
    actor.must(Task.CHECK_STORE)
    return examine(store)
