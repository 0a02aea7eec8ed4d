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

_FORMER: Final = frozenset({"seal_former", "clock_set_back"})
"""The entries in nobody's name that tell the seals of rows of before: that of a clock that was set back takes those along that are due."""


def seal_findings(store: Store, proof: Proof, walked: Walked, accepted: int) -> Iterator[Finding]:
    """Yield the last entry of each kind that tells the seal of a row which nobody of that role may change, or which is not signed.

    What is only not signed counts no more once somebody who may ``accepted`` it.
    """
    if proof.begun is None:
        return
    sealed = store.seals.all_sealed()
    for (kind, named), seq in walked.rows.items():
        table, _, name = named.partition(":")
        setting = _setting(name) if name else None
        if seq <= proof.begun or (table not in CHANGES and setting is None):
            continue
        staff_id, role, action, _ = kind
        if staff_id is None and action in _FORMER and seq < sealed.get(table, walked.entries + 1):
            continue  # rows of before, sealed in nobody's name until all of that table were: never of one that was sealed from the first
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


def _setting(name: str) -> tuple[str, str]:
    """Return scope and name of a setting as its seal names it, in hexadecimal."""
    scope, _, rest = name.partition(".")
    try:
        return bytes.fromhex(scope).decode(), bytes.fromhex(rest).decode()
    except ValueError:
        return "practice", name  # not as any of ours is named
