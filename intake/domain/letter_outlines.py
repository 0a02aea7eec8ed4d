"""What of a letter may be known without reading it: which fields are filled, and how the patient's consents were answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

_ANSWERS: Final = ("yes", "no")
_SOME_DAY: Final = "0001-01-01"
_SOMETHING: Final = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Stands for a letter's words when it is counted what is missing, and for nothing else.

    Of a field that is filled ``typed`` says only that it is, of a date that it is one; yes and no stand as they are. ``body`` is
    None without a text of one's own, empty for one that is not complete.
    """

    typed: Mapping[str, str]
    body: str | None


def outline_of(
    typed: Mapping[str, str], body: str | None, *, recorded: Mapping[str, str] | None = None, whole: bool | None = None
) -> Outline:
    """Return what stands for these words; what is typed as it is ``recorded`` is left out, as if it were not typed.

    ``whole`` says that nothing is missing in the body; left None, it is taken for incomplete when a gap might stand in it.
    """
    known = recorded or {}
    kept = {key: _stand_in(text) for key, text in typed.items() if text and text != known.get(key)}
    if body is None:
        return Outline(typed=kept, body=None)
    complete = bool(body.strip()) and "[" not in body if whole is None else whole
    return Outline(typed=kept, body=_SOMETHING if complete else "")


def _stand_in(text: str) -> str:
    if text in _ANSWERS:
        return text
    try:
        date.fromisoformat(text)
    except ValueError:
        return _SOMETHING
    return _SOME_DAY
