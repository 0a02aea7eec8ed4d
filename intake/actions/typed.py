"""A text an action is given, tidied as it is kept."""

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


def optional_line(text: str, *, field: str) -> str:
    """Return a text of one line that may be empty. Raises as ``typed_line``, but for ``required``."""
    return typed_line(text, field=field) if tidy_line(text) else ""


def optional_text(text: str, *, field: str) -> str:
    """Return a text of several lines that may be empty. Raises as ``typed_text``, but for ``required``."""
    return typed_text(text, field=field) if tidy_long(text) else ""


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
