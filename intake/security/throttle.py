"""How long the next try at signing in must wait: longer each time, never for good."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

FREE_TRIES = 3
LONGEST_S = 60


def wait_after(failures: int, *, since: datetime | None, now: datetime) -> int:
    """Return how many seconds are left to wait after this many failures in a row, the last at ``since``; 0 when none are.

    The first three cost nothing; then 1, 2, 4 ... seconds, never more than a minute, even when a clock was set back.
    """
    if since is None or failures < FREE_TRIES:
        return 0
    delay_s: int = min(1 << min(failures - FREE_TRIES, LONGEST_S), LONGEST_S)
    left = (since + timedelta(seconds=delay_s) - now).total_seconds()
    return max(0, min(delay_s, math.ceil(left)))
