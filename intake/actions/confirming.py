"""The password asked once more before something that cannot be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from intake.actions.access import confirm
from intake.domain.staff import Actor
from intake.storage.store import Store

SIGNATURE_CODES: Final = ("wrong_signature", "signature_too_soon")


def confirm_password(store: Store, actor: Actor, *, password: str, purpose: str, now: datetime) -> bytes:
    """Return the private half of the actor's slot when this is the actor's own password.

    Call it outside a transaction, before the one that writes; what is done in the name of somebody else than who signed in is
    signed with it.

    Wrong ones are counted together with those of signing in, and wait as long. Every try is recorded with its ``purpose``.
    Raises IntakeError ``wrong_signature`` (``wait_s``: how long the next try must wait) or ``signature_too_soon`` (``wait_s``: how
    long it still must); nobody is ever locked out.
    """
    return confirm(store, actor, password=password, now=now, action="confirm_password", purpose=purpose, codes=SIGNATURE_CODES)
