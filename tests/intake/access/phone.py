"""A phone that shows codes."""

from __future__ import annotations

from datetime import datetime

import pyotp


def code_at(secret: str, now: datetime) -> str:
    """Return the code that a phone with this secret shows at an instant."""
    return pyotp.TOTP(secret).at(now)
