"""Whether every account, and every key by which somebody signs, was given by who may give it, and is as it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from intake.domain.audit import Finding, Link
from intake.domain.audit_tasks import gives
from intake.domain.staff import Task
from intake.storage.chain import Walked
from intake.storage.in_whose_name import RECOVER, is_hers
from intake.storage.proof import Proof, prove
from intake.storage.signatures import KeptSigner, Teller
from intake.storage.store import Store

RECOVERY_KEY: Final = "recovery key"
_ROOTS: Final = frozenset({"set_up", "add_signer", RECOVER})
"""What the first key that signs can come with: a new store, the first sign-in to one of before, or the recovery key in one."""
_DRAFT: Final = "start_note"
"""What is still kept for somebody who is put out, beside what tells of the way out."""


def account_findings(store: Store, proof: Proof, walked: Walked) -> Iterator[Finding]:
    """Yield keys and accounts that nobody gave who may, and accounts whose role, key or state is another one than was told."""
    if proof.begun is None and not walked.accounts:
        return
    told = _Told(store, proof, store.audit.signatures.tellers(walked.accounts))
    yield from told.keys()
    yield from told.seals()
    yield from _altered(store, proof, walked, told.tellers)
    yield from _afterwards(store, proof, walked, told.tellers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Believed:
    """What the audit tells of an account as far as its ``last`` entry: the account's last seal, and the role in which it was made.

    The seal is None when its key was not given by who may give one, or nobody told any; the role is None of an account from before
    roles were told.
    """

    last: Link | None
    seal: str | None
    role: str | None


def believed_account(store: Store, staff_id: int) -> Believed:
    """Return what is told of an account by those who may tell it, and signed it. It takes a second for each million entries."""
    last = store.audit.last()
    proof = prove(store, last.seq if last else 0)
    told = _Told(store, proof, store.audit.signatures.tellers(store.audit.signatures.telling_of_accounts()))
    seal = None
    for each, name, fit in told.told():
        if fit and name == f"staff:{staff_id}":
            seal = each.sealed[name]
    login = store.staff.by_id(staff_id).login
    doubted = Finding(code="signer_not_told", place=login) in tuple(told.keys())
    roles, _ = _roles_and_states(tuple(each for each in told.tellers if each.action != "add_staff" or told.gives_access(each)))
    return Believed(last=last, seal=None if doubted else seal, role=roles.get(staff_id))


@dataclass(frozen=True, slots=True)
class _Told:
    """What the audit tells of accounts, entry by entry."""

    store: Store
    proof: Proof
    tellers: tuple[Teller, ...]

    def keys(self) -> Iterator[Finding]:
        """Yield the keys that are not as told, or were not told by who may give them."""
        at = {each.seq: each for each in self.tellers}
        logins = {staff.id: staff.login for staff in self.store.staff.all()}
        known = {f"signer:{signer.id}" for each in self.proof.keys.values() for signer in each}
        for whose, signers in self.proof.keys.items():
            login = RECOVERY_KEY if whose is None else logins.get(whose, str(whose))
            for former, signer in zip((None, *signers), signers, strict=False):
                teller = at.get(signer.since)
                if teller is None or teller.sealed.get(f"signer:{signer.id}") != signer.seal or not self._given(teller, signer, former):
                    yield Finding(code="signer_not_told", place=login)
        for each in self.tellers:
            for name in sorted(each.sealed):
                if name.startswith("signer:") and name not in known:
                    yield Finding(code="signer_gone", place=str(each.seq))

    def _given(self, teller: Teller, signer: KeptSigner, former: KeptSigner | None) -> bool:
        """Tell whether somebody who may gave a key: its owner by the key before, or who gives access."""
        proof, seq = self.proof, teller.seq
        own = teller.staff_id == signer.whose and teller.staff_id is not None
        if seq == proof.begun:
            return (
                teller.action in _ROOTS
                and (own or signer.whose is None)
                and (teller.action == RECOVER or proof.vouches(teller.staff_id, seq))
            )
        if own and teller.action == RECOVER:
            return proof.vouches(None, seq)
        if own and former is not None:
            return bool({(seq, former.public), (seq + 1, former.public)} & proof.signed) or proof.beyond > seq
        if own:  # the first sign-in after the store was brought up to date
            return proof.vouches(signer.whose, seq) and self._is_older(signer.whose)
        return self._may_give(teller, Task.MANAGE_KEYS if signer.whose is None else Task.GIVE_ACCESS)

    def seals(self) -> Iterator[Finding]:
        """Yield the entries that tell the seal of an account and are not by who may change it."""
        yield from (Finding(code="not_permitted_entry", place=str(each.seq)) for each, _, fit in self.told() if not fit)

    def told(self) -> Iterator[tuple[Teller, str, bool]]:
        """Yield each seal of an account or the recovery key by its name, and whether who told it may change that."""
        seen: set[str] = set()
        for each in self.tellers:
            for name in sorted(each.sealed):
                table, _, key = name.partition(":")
                first = name not in seen
                seen.add(name)
                if table not in ("staff", "recovery"):
                    continue
                own = table == "staff" and key == str(each.staff_id) and not first
                yield each, name, self._fits(each, table, own=own)

    def _fits(self, teller: Teller, table: str, *, own: bool) -> bool:
        if self.proof.begun is None or teller.seq <= self.proof.begun:
            return True
        hers = own and self.proof.vouches(None if teller.action == RECOVER else teller.staff_id, teller.seq)
        return hers or self._may_give(teller, Task.GIVE_ACCESS if table == "staff" else Task.MANAGE_KEYS)

    def gives_access(self, teller: Teller) -> bool:
        """Tell whether an account that an entry tells of was made by who may make one."""
        return self._fits(teller, "staff", own=False)

    def _may_give(self, teller: Teller, task: Task) -> bool:
        """Tell whether who told it may do such a thing, and signed it."""
        if teller.staff_id is None or not self.proof.vouches(teller.staff_id, teller.seq):
            return False
        in_emergency = task is Task.GIVE_ACCESS and self.store.audit.signatures.in_emergency(teller)
        return gives(teller.role, task) or in_emergency

    def _is_older(self, whose: int | None) -> bool:
        """Tell whether an account is from before there were signatures."""
        first = next((each.seq for each in self.tellers if f"staff:{whose}" in each.sealed), 0)
        return self.proof.begun is not None and first < self.proof.begun


def _altered(store: Store, proof: Proof, walked: Walked, tellers: tuple[Teller, ...]) -> Iterator[Finding]:
    """Yield the accounts whose role or state is another one than was told, or whose slot has another key than was given last."""
    roles, active = _roles_and_states(tellers)
    acted: dict[int, set[str]] = {}
    for staff_id, acted_as, _, _ in walked.last:
        if staff_id is not None and acted_as is not None:
            acted.setdefault(staff_id, set()).add(acted_as)
    for kept in store.staff.signing():
        keys = proof.keys.get(kept.id, ())
        same = (keys[-1].public.hex() if keys else "") == kept.signer
        role = {kept.role} >= acted.get(kept.id, set()) | ({roles[kept.id]} if kept.id in roles else set())
        if not (same and role and active.get(kept.id, kept.active) == kept.active):
            yield Finding(code="account_altered", place=kept.login)
    keys = proof.keys.get(None, ())
    if store.staff.recovery_signer() != (keys[-1].public.hex() if keys else ""):
        yield Finding(code="recovery_altered")


def _afterwards(store: Store, proof: Proof, walked: Walked, tellers: tuple[Teller, ...]) -> Iterator[Finding]:
    """Yield what stands in the name of an account after it was switched off, for good so far, but for the way out."""
    for staff in store.staff.all():
        told = (each for each in tellers if each.action == "set_active" and f"staff:{staff.id}" in each.sealed)
        last = max(told, key=lambda each: each.seq, default=None)
        if staff.active or last is None or last.told_active == "yes" or last.seq < (proof.begun or 0):
            continue
        for (staff_id, _, action, outcome), seq in walked.last.items():
            if staff_id == staff.id and seq > last.seq and action != _DRAFT and is_hers(action, outcome, replaced=True):
                yield Finding(code="not_permitted_entry", place=str(seq))


def _roles_and_states(tellers: tuple[Teller, ...]) -> tuple[Mapping[int, str], Mapping[int, bool]]:
    """Return the role in which each account was made, and whether it may sign in, as told last."""
    roles: dict[int, str] = {}
    active: dict[int, bool] = {}
    for each in tellers:
        for name in each.sealed:
            table, _, key = name.partition(":")
            if table != "staff" or not key.isdecimal():
                continue
            if each.action == "add_staff" and each.told_role:
                roles.setdefault(int(key), each.told_role)
            if each.action in ("set_active", RECOVER):
                active[int(key)] = each.action == RECOVER or each.told_active == "yes"
    return roles, active
