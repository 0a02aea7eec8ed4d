"""What the patient entered, marked like the values of a form that was read in: until a person confirms them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from intake.entry.form_fields import form_id
from intake.entry.from_form import FORM, FromForm, from_form
from ui.pages.intake.document import IntakeDocument

_DRAWING = "pain_drawing"
_ANSWERS = "answers."


class Marks:
    """Follows the document of patient mode, beginning with the marks that a draft has already."""

    def __init__(self, document: IntakeDocument, content: Mapping[str, Any]) -> None:
        """Mark from now on whatever changes."""
        self._document = document
        self._marks = from_form(content)
        document.changed.connect(self._changed)

    def content(self, language: str) -> dict[str, Any]:
        """Return what the draft keeps: the raw intake, and the marks beside it once there are any."""
        raw = self._document.snapshot()
        if self._marks is None:
            return raw
        marks = self._marks if self._marks.sha256 else replace(self._marks, language=language)
        return {**raw, FORM: marks.content()}

    def unconfirmed(self) -> tuple[str, ...]:
        """Return the paths that nobody on the staff has confirmed."""
        return () if self._marks is None else self._marks.unconfirmed

    def _changed(self, path: str) -> None:
        marks = self._marks
        if marks is None:
            version = form_id(self._document.definitions, "en").rpartition(" ")[0]
            marks = FromForm(sha256="", version=version, language="en", paths=(), unconfirmed=())
        has = self._has(path)
        self._marks = replace(marks, paths=_with(marks.paths, path, has=has), unconfirmed=_with(marks.unconfirmed, path, has=has))

    def _has(self, path: str) -> bool:
        if path == _DRAWING:
            return bool(self._document.raw[_DRAWING])
        if path.startswith(_ANSWERS):
            return path.removeprefix(_ANSWERS) in self._document.answers
        return bool(self._document.text(path))


def _with(paths: tuple[str, ...], path: str, *, has: bool) -> tuple[str, ...]:
    rest = tuple(each for each in paths if each != path)
    return (*rest, path) if has else rest
