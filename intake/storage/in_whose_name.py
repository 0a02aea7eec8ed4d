"""In whose name an entry of the audit stands: what a person must have signed, and what only tells of somebody who typed a login."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

ALTERED: Final = "own_entries_altered"
"""What is told when somebody finds that entries are not as she signed them."""
RECOVER: Final = "recover"
"""Stands in the name of whoever gets in again, and is signed with the recovery key."""
_TRIES: Final = frozenset({"sign_in", "unlock", "confirm_password", "recover", "open_backup"})
_FAILED: Final = frozenset({"refused", "too_soon", "code_asked", "wrong_code"})
_PARTING: Final = frozenset({"sign_out", "lock", "start_draft"})
_STAYS: Final = frozenset({"sign_review", "add_addendum", "sign_letter", "remove_record"})
"""Under what a signature stays, beside every new key of an account."""
Whose = int | None
"""An account's number, None for the recovery key."""


def is_try(action: str, outcome: str) -> bool:
    """Tell whether an entry tells only that somebody typed a login."""
    return action in _TRIES and outcome in _FAILED


def is_hers(action: str, outcome: str, *, replaced: bool) -> bool:
    """Tell whether a person must have signed an entry in her name.

    With ``replaced`` she had a password before: whoever gave her the new one took the key from a desk at which she was at work,
    and what is told of her way out there nobody can sign.
    """
    return not (is_try(action, outcome) or action == RECOVER or (replaced and action in _PARTING))


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a transaction added: how many entries, when the last, in whose names, and whether the signature under it never gives way."""

    entries: int = 0
    at: datetime | None = None
    whose: frozenset[Whose] = frozenset()
    stays: bool = False

    def with_entry(self, at: datetime, action: str, staff_id: int | None, *, outcome: str, sealed: str | None) -> News:
        """Return it with one more entry and what it sealed."""
        whose = self.whose if staff_id is None or is_try(action, outcome) else self.whose | {staff_id}
        stays = action in _STAYS or (sealed is not None and "signer:" in sealed)
        return News(entries=self.entries + 1, at=at, whose=whose, stays=self.stays or stays)
