"""Whether the audit is as everybody signed it: no name under what that person did not sign, nothing that their role does not permit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from intake.domain.audit import Finding
from intake.domain.audit_tasks import gives, permits
from intake.domain.staff import Task
from intake.storage.account_check import account_findings
from intake.storage.chain import Kind, Walked
from intake.storage.in_whose_name import ALTERED, RECOVER, is_hers, is_try
from intake.storage.proof import Proof, prove
from intake.storage.seal_check import seal_findings, step_findings
from intake.storage.store import Store

_ACCEPTED: Final = "begin_anchor_line"


def signature_findings(store: Store, walked: Walked) -> Iterator[Finding]:
    """Yield what signatures, accounts and roles tell against a store whose chain was walked; call it inside ``steady``."""
    last = store.audit.last()
    proof = prove(store, last.seq if last else 0)
    accepted = _accepted(proof, walked)
    if (cut := proof.cut(last.seq if last else 0)) is not None:
        yield cut
    yield from (Finding(code="signature_wrong", place=str(seq)) for seq in proof.wrong if seq >= accepted)
    logins = {staff.id: staff.login for staff in store.staff.all()}
    yield from _unsigned(store, proof, walked, logins, accepted)
    for (staff_id, _, action, _), seq in walked.last.items():
        if action == ALTERED and seq >= accepted:
            yield Finding(code="own_work_altered", place=f"{logins.get(staff_id or 0, '')}, entry {seq}")
    yield from _not_permitted(proof, walked)
    yield from account_findings(store, proof, walked)
    yield from seal_findings(store, proof, walked, accepted)
    yield from step_findings(store, proof)


def _accepted(proof: Proof, walked: Walked) -> int:
    """Return the last entry by which somebody who may, and signed it, said that what was found was looked into."""
    found = (
        seq
        for (staff_id, role, action, outcome), seq in walked.last.items()
        if action == _ACCEPTED and outcome == "done" and staff_id is not None and gives(role, Task.RESTORE) and proof.vouches(staff_id, seq)
    )
    return max(found, default=0)


def _unsigned(store: Store, proof: Proof, walked: Walked, logins: Mapping[int, str], accepted: int) -> Iterator[Finding]:
    """Yield of each person the entries in their name that they did not sign."""
    if proof.begun is None:
        return
    begun = max(proof.begun, accepted)
    ends: dict[int, int] = {}
    for (staff_id, _, action, outcome), seq in walked.last.items():
        replaced = staff_id is not None and len(proof.keys.get(staff_id, ())) > 1
        if staff_id is not None and is_hers(action, outcome, replaced=replaced):
            ends[staff_id] = max(ends.get(staff_id, 0), seq)
    for staff_id, end in ends.items():
        signed = max(proof.covered.get(staff_id, 0), begun - 1)
        if end > signed:
            first = min((seq for seq, _, _ in store.audit.signatures.entries_of(staff_id, after=signed)), default=end)
            yield Finding(code="entries_unsigned", place=f"{logins.get(staff_id, staff_id)}: {first}-{end}")
    yield from _recovered(proof, walked.last, logins, begun)


def _recovered(proof: Proof, last: Mapping[Kind, int], logins: Mapping[int, str], begun: int) -> Iterator[Finding]:
    """Yield the uses of the recovery key that it did not sign. The very first thing signed cannot be: it was printed before."""
    for (staff_id, _, action, outcome), seq in last.items():
        if action == RECOVER and not is_try(action, outcome) and seq >= begun and seq != proof.begun and not proof.vouches(None, seq):
            yield Finding(code="entries_unsigned", place=f"{logins.get(staff_id or 0, '')}: {seq}-{seq}")


def _not_permitted(proof: Proof, walked: Walked) -> Iterator[Finding]:
    """Yield the last entry of each kind that nobody of that role can have made."""
    begun = proof.begun
    if begun is None:
        return
    emergency = {
        staff_id: seq for (staff_id, _, action, outcome), seq in walked.first.items() if (action, outcome) == ("emergency_access", "done")
    }
    for (staff_id, role, action, outcome), seq in walked.last.items():
        used = staff_id in emergency and emergency[staff_id] < seq
        if seq >= begun and outcome != "refused" and not permits(role, action, emergency=used):
            yield Finding(code="not_permitted_entry", place=str(seq))
