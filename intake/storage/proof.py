"""What the signatures under the audit prove: as far as which entry each person vouches for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from intake.domain.audit import Finding
from intake.storage.in_whose_name import Whose
from intake.storage.signatures import KeptSigner
from intake.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The keys of each person in the order in which they were given, and what was signed with them.

    ``begun`` is since which entry everybody signs, None in a store in which nobody does; ``covered`` the last entry each person
    vouches for; ``signed`` every signature that holds, ``wrong`` the entries of those that do not, and ``beyond`` the last entry
    that was signed and is not there any more.
    """

    begun: int | None
    keys: Mapping[Whose, Sequence[KeptSigner]]
    covered: Mapping[Whose, int]
    signed: frozenset[tuple[int, bytes]]
    wrong: tuple[int, ...]
    beyond: int

    def vouches(self, whose: Whose, seq: int) -> bool:
        """Tell whether somebody signed the audit as far as an entry, or further."""
        return self.covered.get(whose, 0) >= seq

    def cut(self, held: int) -> Finding | None:
        """Return what tells that entries are gone from the end of an audit that has so many."""
        return Finding(code="audit_cut", place=f"{held + 1}-{self.beyond}") if self.beyond > held else None


def prove(store: Store, held: int) -> Proof:
    """Check every signature of a store whose last entry is the one ``held``; call it inside ``steady``."""
    signatures, store_id = store.audit.signatures, store.identity()
    signers = signatures.signers()
    keys: dict[Whose, list[KeptSigner]] = {}
    for signer in signers:
        keys.setdefault(signer.whose, []).append(signer)
    until = {signer.public: signatures.last_of_key(later.since) for each in keys.values() for signer, later in pairwise(each)}
    owners = {signer.public: signer.whose for signer in signers}
    covered: dict[Whose, int] = {}
    signed: set[tuple[int, bytes]] = set()
    wrong: list[int] = []
    beyond = 0
    for each in signatures.all():
        gone = each.hash is None and each.seq > held
        if each.public not in owners or not (gone or each.holds(store_id)):
            wrong.append(each.seq)
        else:
            beyond = max(beyond, each.seq) if gone else beyond
            signed.add((each.seq, each.public))
            if each.seq <= until.get(each.public, each.seq):
                whose = owners[each.public]
                covered[whose] = max(covered.get(whose, 0), each.seq)
    begun = min((signer.since for signer in signers), default=None)
    return Proof(begun=begun, keys=keys, covered=covered, signed=frozenset(signed), wrong=tuple(wrong), beyond=beyond)
