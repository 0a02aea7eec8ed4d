"""How an addendum is bound to all that stood before it."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.canonical import canonical, fingerprint
from intake.domain.reviews import Addendum
from intake.domain.signed import instant_text


def sealed(addendum: Addendum, *, former: str, visit_id: int, account: int) -> Addendum:
    """Return an addendum with its fingerprint, which covers the ``former`` one and all that the addendum says."""
    content = {
        "former": former,
        "visit": visit_id,
        "number": addendum.number,
        "text": addendum.text,
        "reason": addendum.reason,
        "account": account,
        "by": addendum.by,
        "role": addendum.role,
        "at": instant_text(addendum.at),
    }
    return replace(addendum, fingerprint=fingerprint(canonical(content)))
