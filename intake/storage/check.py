"""Reading the whole store and telling what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.domain.audit import Finding, Link, Progress
from intake.domain.numbers import record_number
from intake.storage.altered_rows import altered_rows, by_table
from intake.storage.anchor import anchor_findings
from intake.storage.promised import altered_promises
from intake.storage.signature_check import signature_findings
from intake.storage.signed import altered, unopened
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
    ``signatures`` what the signatures of those who work with the store tell against it;
    ``gone`` the record numbers of patients who are told of and not there, though nobody removed them by the rules;
    ``rows`` what else is not as the audit sealed it: records, visits, settings;
    ``notes_key`` the logins of those who should hold the key of the notes and do not, None when it is another key than the audit told of;
    ``notes_surplus`` the logins of those who hold it and should not, "" of somebody who has no account;
    ``unopened`` how many signed visits and letters and kept papers could not be read: who checks does not hold that key, which is no
    finding.
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
    signatures: tuple[Finding, ...] = ()
    rows: tuple[Finding, ...] = ()
    notes_key: tuple[str, ...] | None = ()
    notes_surplus: tuple[str, ...] = ()
    unopened: int = 0

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.findings()

    def findings(self) -> tuple[Finding, ...]:
        """Return everything that is wrong, what matters most first."""
        return tuple(dict.fromkeys(self._findings()))

    def _findings(self) -> Iterator[Finding]:
        if self.integrity:
            yield Finding(code="pages_damaged", place=str(len(self.integrity)))
        if self.audit_broken_at is not None:
            yield Finding(code="audit_broken", place=str(self.audit_broken_at))
        yield from self.anchors
        yield from self.signatures
        if self.foreign_keys:
            yield Finding(code="loose_references", place=str(self.foreign_keys))
        if self.lists:
            yield Finding(code="in_no_list", place=str(self.lists))
        if self.notes_key is None:
            yield Finding(code="notes_key_altered", place="")
        for login in self.notes_key or ():
            yield Finding(code="notes_key_missing", place=login)
        for login in sorted(set(self.notes_surplus) - set(self.accounts)):  # an account that was altered is told by itself
            yield Finding(code="notes_key_surplus", place=login)
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
        yield from self.rows


def examine(store: Store, progress: Progress | None = None) -> CheckReport:
    """Check the file page by page, then, when it is whole, every reference, every link of the audit and every signature.

    Others may go on writing. ``progress`` is told of the audit's entries and the signed visits, which take longest.
    """
    of_entries, of_visits = _parts(store, progress)
    integrity = tuple(store.integrity())
    if integrity:
        return CheckReport(integrity=integrity, foreign_keys=0, audit_broken_at=None, entries=0)
    marks = tuple(store.anchor.marks())
    with store.steady():
        walked = store.audit.walk(of_entries)
        told = by_table(store.seals.told())
        promised = altered_promises(store, told)
        return CheckReport(
            integrity=integrity,
            foreign_keys=store.loose_references(),
            audit_broken_at=walked.broken_at,
            entries=walked.entries,
            altered=(*altered(store, of_visits), *altered_letters(store)),
            lists=store.reviews.in_no_list(),
            guards=store.altered_guards(),
            documents=promised.documents,
            requests=promised.requests,
            disclosures=promised.disclosures,
            accounts=promised.accounts,
            anchors=tuple(dict.fromkeys(anchor_findings(store, marks))),
            last=store.audit.last(),
            signatures=tuple(signature_findings(store, walked)),
            rows=altered_rows(store, told),
            gone=tuple(record_number(patient_id) for patient_id in store.retention.gone()),
            notes_key=_notes_key(store),
            notes_surplus=store.staff.overshared(),
            unopened=unopened(store) + store.letters.unopened() + store.documents.unopened(),
        )


def _parts(store: Store, progress: Progress | None) -> tuple[Progress | None, Progress | None]:
    """Return what is told of the entries, and then of the signed visits, as parts of one whole; tell that it begins."""
    if progress is None:
        return None, None
    with store.reading():
        last, visits = store.audit.last(), store.reviews.count()
    entries = last.seq if last else 0
    progress(0, entries + visits)
    return (
        lambda done, total: progress(done, max(total, done) + visits),
        lambda done, total: progress(entries + done, entries + total),
    )


def _notes_key(store: Store) -> tuple[str, ...] | None:
    if not store.notes_key.made():
        return ()
    if store.notes_key.altered():
        return None
    return store.staff.unshared()
