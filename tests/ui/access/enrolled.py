"""A colleague who sets a second factor up at another desk."""

from __future__ import annotations

from datetime import datetime

import pyotp

from intake.actions.access import sign_in
from intake.actions.second_factor import begin_enrolment, confirm_enrolment
from intake.paths import Paths
from tests.ui.conftest import PASSWORD


def enrolled(paths: Paths, login: str, now: datetime) -> str:
    """Sign in elsewhere, set a second factor up, and return its secret."""
    there = sign_in(paths, login=login, password=PASSWORD, workstation="desk-9", now=now)
    try:
        secret = begin_enrolment(there.store, there.actor, now=now).secret
        confirm_enrolment(there.store, there.actor, pyotp.TOTP(secret).at(now), now=now)
    finally:
        there.store.close()
    return secret
