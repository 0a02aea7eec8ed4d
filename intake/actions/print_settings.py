"""How each desk prints: printer, tray, sides and copies of each kind of document, and whether a run begins with a list of it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from intake.domain.document_kinds import DocumentKind
from intake.domain.print_runs import PrintSetting
from intake.domain.staff import Actor, Task
from intake.errors import InvalidInputError, Problem
from intake.storage.store import Store

MOST_COPIES: Final = 20
COVER_WANTED: Final = "print.cover_list"


def print_setting(store: Store, workstation: str, kind: DocumentKind) -> PrintSetting:
    """Return how a desk prints a kind of document: what it chose last, the kind's own sides and one copy when it never did."""
    return setting_of(store, workstation, kind.key, duplex=kind.duplex)


def setting_of(store: Store, workstation: str, kind_key: str, *, duplex: bool = False) -> PrintSetting:
    """Return how a desk prints what has this key; ``duplex`` is the usual way."""
    kept = store.settings.get(workstation, _paper(kind_key))
    paper = json.loads(kept) if kept else {"tray": "", "duplex": duplex, "copies": 1}
    return PrintSetting(printer=chosen_printer(store, workstation, kind_key) or "", **paper)


def keep_print_setting(store: Store, actor: Actor, kind_key: str, setting: PrintSetting, *, now: datetime) -> None:
    """Keep how the actor's desk prints a kind of document. Raises InvalidInputError ``copies_out_of_range``."""
    actor.must(Task.PRINT_INTAKE)
    if not 1 <= setting.copies <= MOST_COPIES:
        raise InvalidInputError((Problem(field="print.copies", code="copies_out_of_range"),))
    with store.transaction():
        _put(store, actor, _printer(kind_key), setting.printer, action="choose_printer", now=now)
        _put(store, actor, _paper(kind_key), _written(setting), action="choose_paper", now=now)


def chosen_printer(store: Store, workstation: str, kind_key: str) -> str | None:
    """Return the name of the printer a desk last chose for a kind of document, None when it never did."""
    return store.settings.get(workstation, _printer(kind_key))


def choose_printer(store: Store, actor: Actor, kind_key: str, printer: str, *, now: datetime) -> None:
    """Remember a printer for a kind of document at the actor's desk; another printer has other trays, so its usual one is taken."""
    actor.must(Task.PRINT_INTAKE)
    if chosen_printer(store, actor.workstation, kind_key) == printer:
        return
    before = setting_of(store, actor.workstation, kind_key)
    with store.transaction():
        _put(store, actor, _printer(kind_key), printer, action="choose_printer", now=now)
        if before.tray:
            _put(store, actor, _paper(kind_key), _written(before.on(printer)), action="choose_paper", now=now)


def cover_list_wanted(store: Store, workstation: str) -> bool:
    """Tell whether a run at this desk begins with a list of what it prints."""
    return store.settings.get(workstation, COVER_WANTED) == "yes"


def want_cover_list(store: Store, actor: Actor, *, wanted: bool, now: datetime) -> None:
    """Say whether a run at the actor's desk begins with a list of what it prints."""
    actor.must(Task.PRINT_INTAKE)
    with store.transaction():
        _put(store, actor, COVER_WANTED, "yes" if wanted else "no", action="choose_cover_list", now=now)


def _put(store: Store, actor: Actor, name: str, value: str, *, action: str, now: datetime) -> None:
    before = store.settings.get(actor.workstation, name)
    if before != value:
        store.settings.put(actor.workstation, name, value)
        store.audit.add(actor, action, at=now, changes={name: (before, value)})


def _written(setting: PrintSetting) -> str:
    return json.dumps({"tray": setting.tray, "duplex": setting.duplex, "copies": setting.copies})


def _printer(kind_key: str) -> str:
    return f"printer.{kind_key}"


def _paper(kind_key: str) -> str:
    return f"paper.{kind_key}"
