"""Which printer a desk prints a kind of document on, remembered from the last time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from intake.domain.staff import Actor, Task
from intake.storage.store import Store

INTAKE_FORM: Final = "intake_form"
"""The kind of document that the intake form is."""


def chosen_printer(store: Store, workstation: str, kind: str) -> str | None:
    """Return the name of the printer this desk last chose for a kind of document, None when it never did."""
    return store.settings.get(workstation, _name(kind))


def choose_printer(store: Store, actor: Actor, kind: str, printer: str, *, now: datetime) -> None:
    """Remember a printer for a kind of document at the actor's desk."""
    actor.must(Task.PRINT_INTAKE)
    before = store.settings.get(actor.workstation, _name(kind))
    if before == printer:
        return
    with store.transaction():
        store.settings.put(actor.workstation, _name(kind), printer)
        store.audit.add(actor, "choose_printer", at=now, changes={_name(kind): (before, printer)})


def _name(kind: str) -> str:
    return f"printer.{kind}"
