"""The password asked once more before something that cannot be taken back."""

from __future__ import annotations

from datetime import datetime

from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.security.passwords import verify_password
from intake.security.throttle import wait_after
from intake.storage.store import Store


def confirm_password(store: Store, actor: Actor, *, password: str, purpose: str, now: datetime) -> None:
    """Return when this is the actor's own password; call it outside a transaction, before the one that writes.

    Wrong ones are counted together with those of signing in, and wait as long. Every try is recorded with its ``purpose``.
    Raises IntakeError ``wrong_signature`` (``wait_s``: how long the next try must wait) or ``signature_too_soon`` (``wait_s``: how
    long it still must); nobody is ever locked out.
    """
    login = actor.staff.login
    with store.reading():
        kept = store.staff.by_login(login)
        failures = store.staff.failures(login)
    wait_s = wait_after(failures.count, since=failures.at, now=now)
    right = not wait_s and verify_password(password, kept.password if kept else None)
    changes = {"purpose": (None, purpose)}
    with store.transaction():
        if right and kept is not None and kept.staff.active and kept.staff.id == actor.staff.id:
            store.staff.forget_failures(login)
            store.audit.add(actor, "confirm_password", at=now, changes=changes)
            return
        count = failures.count if wait_s else store.staff.count_failure(login, at=now)
        store.audit.add(actor, "confirm_password", at=now, changes=changes, outcome="too_soon" if wait_s else "refused")
    if wait_s:
        raise IntakeError("signature_too_soon", wait_s=wait_s)
    raise IntakeError("wrong_signature", wait_s=wait_after(count, since=now, now=now))
