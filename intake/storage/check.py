"""Reading the whole store and telling what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.storage.promised import altered_promises
from intake.storage.signed import altered
from intake.storage.signed_letters import altered_letters
from intake.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found: lines of the integrity check (empty when whole), rows that refer to nothing, the audit's chain.

    ``audit_broken_at`` is the number of the first entry that is missing or was altered, None when the chain holds; ``altered`` the
    numbers of signed visits and letters that are not as they were signed; ``lists`` how many visits are not either signed or awaited;
    ``guards`` the triggers that are missing or not as made, without which anything could be written; ``documents`` the beginnings
    of the SHA-256 of issued documents that are not as they left; ``requests`` the numbers of those that cannot be as they stand
    or are not as the audit sealed them; ``disclosures`` the record numbers of patients of whom what was told is not as it was recorded.
    """

    integrity: tuple[str, ...]
    foreign_keys: int
    audit_broken_at: int | None
    entries: int
    altered: tuple[str, ...] = ()
    lists: int = 0
    guards: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong."""
        found = (self.integrity, self.foreign_keys, self.altered, self.lists, self.guards, self.documents, self.requests)
        return not (any(found) or self.disclosures) and self.audit_broken_at is None


def examine(store: Store) -> CheckReport:
    """Check the file page by page, then, when it is whole, every reference, every link of the audit and every signature."""
    integrity = tuple(store.integrity())
    if integrity:
        return CheckReport(integrity=integrity, foreign_keys=0, audit_broken_at=None, entries=0)
    with store.steady():
        entries, broken_at = store.audit.broken_at()
        promised = altered_promises(store)
        return CheckReport(
            integrity=integrity,
            foreign_keys=store.loose_references(),
            audit_broken_at=broken_at,
            entries=entries,
            altered=(*altered(store), *altered_letters(store)),
            lists=store.reviews.in_no_list(),
            guards=store.altered_guards(),
            documents=promised.documents,
            requests=promised.requests,
            disclosures=promised.disclosures,
        )
