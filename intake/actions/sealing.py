"""Sealing what stands in a store from before its rows were sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from time import sleep
from typing import Final

from intake.storage.sealed_tables import ROWS_SEALED
from intake.storage.store import Store

ALL_SEALED: Final = {"all_sealed": (None, " ".join(ROWS_SEALED))}
"""What tells that from now on a row without a seal was put in by somebody past the audit."""
AT_A_TIME: Final = 2_000
"""How many rows one transaction seals at most."""
_PAUSE_S: Final = 0.02
"""For how long after each the right to write is left to the other desks."""


def seal_former(store: Store, *, now: datetime) -> None:
    """Seal every row of a store of before as it stands, in pieces; any other store is left as it is.

    It goes before anything else that is written after the update: what was altered before it cannot be told. Other desks get in
    between. It can end anywhere and be done again: what has its seal keeps it, and that all have theirs is told last.
    """
    with store.reading():
        tables = _lacking(store)
    if not tables:
        return
    told = _Told(store)
    for table in tables:
        with store.reading():
            names = store.seals.names(table)
        for first in range(0, len(names), AT_A_TIME):
            _seal(store, table, names[first : first + AT_A_TIME], told, now)
    with store.transaction():
        if _lacking(store):  # else another desk was quicker
            store.audit.add(None, "former_sealed", at=now, workstation="upgrade", changes=ALL_SEALED)


class _Told:
    """Which rows the audit tells a seal of, read on from where it was read before."""

    def __init__(self, store: Store) -> None:
        """Begin with nothing read."""
        self._store = store
        self._seq = 0
        self._named: set[str] = set()

    def unsealed(self, table: str, names: Sequence[str]) -> tuple[str, ...]:
        """Return those of a table's rows that have no seal by now; another desk may have given them one."""
        last = self._store.audit.last()
        self._named.update(named for named in self._store.seals.told_after(self._seq) if named.partition(":")[0] in ROWS_SEALED)
        self._seq = last.seq if last else 0
        return tuple(name for name in names if f"{table}:{name}" not in self._named)


def _seal(store: Store, table: str, names: Sequence[str], told: _Told, now: datetime) -> None:
    """Seal these rows of a table, then let the others write."""
    with store.reading():
        if not told.unsealed(table, names):
            return
    with store.transaction():
        store.seals.add_former(table, told.unsealed(table, names))
        while store.seals.pending():
            store.audit.add(None, "seal_former", at=now, workstation="upgrade")
    sleep(_PAUSE_S)


def _lacking(store: Store) -> tuple[str, ...]:
    """Return the tables of which not every row is sealed yet."""
    known = store.seals.all_sealed()
    return tuple(table for table in ROWS_SEALED if table not in known)
