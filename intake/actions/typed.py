"""A text an action is given and cannot do without, tidied as it is kept."""

from __future__ import annotations

from intake.domain.fields import LONG_TEXT, SHORT_TEXT
from intake.entry.tidy import has_control, tidy_line, tidy_long
from intake.errors import InvalidInputError, Problem


def typed_line(text: str, *, field: str) -> str:
    """Return a text of one line. Raises InvalidInputError: ``required``, ``too_long``, ``control_characters``."""
    return _sound(tidy_line(text), field=field, longest=SHORT_TEXT, lines=False)


def typed_text(text: str, *, field: str) -> str:
    """Return a text of several lines. Raises InvalidInputError: ``required``, ``text_too_long``, ``control_characters``."""
    return _sound(tidy_long(text), field=field, longest=LONG_TEXT, lines=True)


def _sound(tidy: str, *, field: str, longest: int, lines: bool) -> str:
    code = None
    if not tidy:
        code = "required"
    elif has_control(tidy, lines=lines):
        code = "control_characters"
    elif len(tidy) > longest:
        code = "text_too_long" if lines else "too_long"
    if code is not None:
        raise InvalidInputError((Problem(field=field, code=code),))
    return tidy
