"""Whether what a person did last still is as she signed it: asked when she comes back, before she signs anything over it."""

from __future__ import annotations

from intake.domain.audit import Finding
from intake.storage.in_whose_name import is_hers
from intake.storage.store import Store


def own_findings(store: Store, staff_id: int, login: str, public: bytes) -> tuple[Finding, ...]:
    """Return what is not as it was left by who signs in, and whose key is ``public``: her key, her last signature, her last entry."""
    signatures = store.audit.signatures
    keys = signatures.keys(staff_id)
    if not keys or keys[0] != public:
        return (Finding(code="signer_not_told", place=login),)
    last = signatures.last_of(staff_id)
    if last is not None and not last.holds(store.identity()):
        return (Finding(code="signature_wrong", place=str(last.seq)),)
    signed = max(last.seq if last else 0, (signatures.begun() or 1) - 1)
    for seq, action, outcome in signatures.entries_of(staff_id, after=signed):
        if is_hers(action, outcome, replaced=len(keys) > 1):
            return (Finding(code="entries_unsigned", place=f"{login}: {signed + 1}-{seq}"),)
    return ()
