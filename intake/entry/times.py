"""Times of day as a front desk types them: ``9``, ``930``, ``9:30a``, ``2:15 pm``, ``14:15``, ``noon``."""

from __future__ import annotations

import re

from intake.entry.tidy import as_words, plain_digits

_SHAPE = re.compile(r"(?P<hour>[0-9]{1,2})(?:[:.h ]?(?P<minute>[0-9]{2}))?(?::00)? ?(?P<half>[ap])?(?:\.?m)?", re.ASCII)
_NAMED = {"noon": "12:00", "midnight": "00:00"}
_NOON = 12
_FIRST_MORNING_HOUR = 7
_HOURS = 24
_MINUTES = 60


def read_time(text: str) -> str | None:
    """Return the time that was typed as ``HH:MM`` of 24 hours, None when it is none.

    Without am or pm, 1 to 6 are hours of the afternoon and 7 to 11 of the morning, as on a clinic's day; a leading zero
    (``02:30``) means the clock of 24 hours.
    """
    words = as_words(plain_digits(text))
    if words in _NAMED:
        return _NAMED[words]
    shape = _SHAPE.fullmatch(words)
    if shape is None:
        return None
    hour, minute, half = int(shape["hour"]), int(shape["minute"] or 0), shape["half"]
    if hour >= _HOURS or minute >= _MINUTES or (half and not 1 <= hour <= _NOON):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    elif 1 <= hour < _FIRST_MORNING_HOUR and not shape["hour"].startswith("0"):
        hour += _NOON
    return f"{hour:02d}:{minute:02d}"


def show_time(kept: str) -> str:
    """Return a kept time as people say it: ``2:15 PM``; anything else unchanged."""
    hour_text, colon, minute = kept.partition(":")
    if not (colon and hour_text.isdecimal() and minute.isdecimal()):
        return kept
    hour = int(hour_text)
    return f"{hour % _NOON or _NOON}:{minute} {'PM' if hour >= _NOON else 'AM'}"
