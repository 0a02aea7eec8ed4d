"""Reading the whole store and telling what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.domain.audit import Finding, Link, Progress
from intake.domain.numbers import record_number
from intake.storage.anchor import anchor_findings
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
    or are not as the audit sealed them; ``disclosures`` the record numbers of patients of whom what was told is not as it was recorded;
    ``accounts`` the logins of accounts that are not as the audit sealed them, "" for the recovery key's slot;
    ``anchors`` what the last link that was noted outside the store tells against it; ``last`` the last link itself;
    ``gone`` the record numbers of patients who are told of and not there, though nobody removed them by the rules.
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
    accounts: tuple[str, ...] = ()
    anchors: tuple[Finding, ...] = ()
    last: Link | None = None
    gone: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings()

    def findings(self) -> tuple[Finding, ...]:
        """Return everything that is wrong, what matters most first."""
        return tuple(self._findings())

    def _findings(self) -> Iterator[Finding]:
        if self.integrity:
            yield Finding(code="pages_damaged", place=str(len(self.integrity)))
        if self.audit_broken_at is not None:
            yield Finding(code="audit_broken", place=str(self.audit_broken_at))
        yield from self.anchors
        if self.foreign_keys:
            yield Finding(code="loose_references", place=str(self.foreign_keys))
        if self.lists:
            yield Finding(code="in_no_list", place=str(self.lists))
        for login in self.accounts:
            yield Finding(code="account_altered" if login else "recovery_altered", place=login)
        named = {
            "guard_altered": self.guards,
            "signed_altered": self.altered,
            "document_altered": self.documents,
            "request_altered": self.requests,
            "disclosure_altered": self.disclosures,
            "patient_gone": self.gone,
        }
        for code, places in named.items():
            yield from (Finding(code=code, place=place) for place in places)


def examine(store: Store, progress: Progress | None = None) -> CheckReport:
    """Check the file page by page, then, when it is whole, every reference, every link of the audit and every signature.

    Others may go on writing. ``progress`` is told of the audit's entries, which take longest.
    """
    integrity = tuple(store.integrity())
    if integrity:
        return CheckReport(integrity=integrity, foreign_keys=0, audit_broken_at=None, entries=0)
    marks = tuple(store.anchor.marks())
    with store.steady():
        entries, broken_at = store.audit.broken_at(progress)
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
            accounts=promised.accounts,
            anchors=tuple(dict.fromkeys(anchor_findings(store, marks))),
            last=store.audit.last(),
            gone=tuple(record_number(patient_id) for patient_id in store.retention.gone()),
        )
