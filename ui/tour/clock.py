"""The tour's clock: it runs from a usual morning of today, and can be put forward to the day a patient comes back."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/New_York")
MORNING = (9, 41)


class Clock:
    """Called, it tells the time; the pictures show a usual day whenever they are taken."""

    def __init__(self) -> None:
        """Start this morning."""
        hour, minute = MORNING
        self._morning = datetime.now(ZONE).replace(hour=hour, minute=minute, second=0, microsecond=0)
        self._started = time.monotonic()

    def __call__(self) -> datetime:
        """Return the instant, in UTC."""
        return self._morning.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._started)

    def put_forward(self, *, days: int = 0, hours: int = 0) -> None:
        """Go to the morning that many days and hours later, by the clock on the wall."""
        self._morning += timedelta(days=days, hours=hours)
        self._started = time.monotonic()
