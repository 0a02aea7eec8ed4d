"""Reading the whole store and telling what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found: lines of the integrity check (empty when whole), rows that refer to nothing, the audit's chain.

    ``audit_broken_at`` is the number of the first entry that is missing or was altered, None when the chain holds.
    """

    integrity: tuple[str, ...]
    foreign_keys: int
    audit_broken_at: int | None
    entries: int

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.integrity and not self.foreign_keys and self.audit_broken_at is None


def examine(store: Store) -> CheckReport:
    """Check the file page by page, then, when it is whole, every reference and every link of the audit."""
    integrity = tuple(store.integrity())
    if integrity:
        return CheckReport(integrity=integrity, foreign_keys=0, audit_broken_at=None, entries=0)
    entries, broken_at = store.audit.broken_at()
    return CheckReport(integrity=integrity, foreign_keys=store.loose_references(), audit_broken_at=broken_at, entries=entries)
