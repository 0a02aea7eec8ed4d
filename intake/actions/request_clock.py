"""The clock of a request: nothing happens to it before what happened to it already."""

from __future__ import annotations

from datetime import datetime

from intake.errors import IntakeError
from intake.storage.store import Store


def refuse_clock_behind(store: Store, request_id: int, *, now: datetime) -> None:
    """Refuse, inside the caller's transaction, what a clock that was set back would date too early. Raises IntakeError ``clock_behind``."""
    latest = store.requests.latest_at(request_id)
    if latest is not None and now < latest:
        raise IntakeError("clock_behind")
