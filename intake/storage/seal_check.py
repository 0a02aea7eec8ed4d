"""Whether every seal of a row was told by somebody who may change such a row, and signed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intake.domain.audit import Finding
from intake.domain.numbers import record_number
from intake.domain.seal_tasks import CHANGES, tells, unsigned
from intake.storage.chain import Kind, Walked
from intake.storage.in_whose_name import RECOVER
from intake.storage.proof import Proof
from intake.storage.store import Store

_FORMER: Final = "seal_former"


def seal_findings(proof: Proof, walked: Walked, accepted: int) -> Iterator[Finding]:
    """Yield the last entry of each kind that tells the seal of a row which nobody of that role may change, or which is not signed.

    What is only not signed counts no more once somebody who may ``accepted`` it.
    """
    if proof.begun is None:
        return
    former = _former_until(proof.begun, walked)
    for (kind, named), seq in walked.rows.items():
        table, _, name = named.partition(":")
        setting = _setting(name) if name else None
        if seq <= proof.begun or (table not in CHANGES and setting is None):
            continue
        staff_id, role, action, _ = kind
        if staff_id is None and action == _FORMER and seq < former:
            continue
        fits = tells(role if staff_id is not None else None, table, setting)
        if not fits or not (unsigned(setting) or seq < accepted or _vouched(proof, kind, seq)):
            yield Finding(code="not_permitted_entry", place=str(seq))


def step_findings(store: Store, proof: Proof) -> Iterator[Finding]:
    """Yield the records for which somebody consented to a removal, or decided an amendment, and did not tell and sign it."""
    if proof.begun is None:
        return
    for code, staff_id, patient_id, told in store.audit.signatures.decided():
        if told is None or (told >= proof.begun and not proof.vouches(staff_id, told)):
            yield Finding(code=code, place=record_number(patient_id))


def _vouched(proof: Proof, kind: Kind, seq: int) -> bool:
    staff_id, _, action, _ = kind
    return proof.vouches(None if action == RECOVER else staff_id, seq)


def _former_until(begun: int, walked: Walked) -> int:
    """Return before which entry rows of a store of before were sealed in nobody's name: never in one whose rows all were from the first."""
    if any(action == "set_up" and seq == begun for (_, _, action, _), seq in walked.first.items()):
        return 0
    told = (seq for (staff_id, _, action, _), seq in walked.first.items() if action == "former_sealed" and staff_id is None and seq > begun)
    return min(told, default=walked.entries + 1)


def _setting(name: str) -> tuple[str, str]:
    """Return scope and name of a setting as its seal names it, in hexadecimal."""
    scope, _, rest = name.partition(".")
    try:
        return bytes.fromhex(scope).decode(), bytes.fromhex(rest).decode()
    except ValueError:
        return "practice", name  # not as any of ours is named
