"""Which values of an intake come from a form, and which of them a person has confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from intake.entry.from_form import FORM, FromForm, from_form

SIGN = "✎"
"""Stands before every word about a value that a patient wrote on a form."""


class FormMarks(QObject):
    """The marks of one intake. ``changed`` carries the path whose mark went, came or went back; empty: all of them anew."""

    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin with an intake that is typed."""
        super().__init__(parent)
        self.form: FromForm | None = None
        self._unconfirmed: dict[str, None] = {}
        self._seen: set[str] = set()

    def load(self, content: Mapping[str, Any]) -> None:
        """Take over the marks of a draft's content."""
        self.form = from_form(content)
        self._unconfirmed = dict.fromkeys(self.form.unconfirmed) if self.form else {}
        self._seen = set()
        self.changed.emit("")

    def content(self) -> dict[str, Any]:
        """Return what a draft's content keeps of them, nothing for an intake that is typed."""
        if self.form is None:
            return {}
        return {FORM: replace(self.form, unconfirmed=tuple(self._unconfirmed)).content()}

    def unconfirmed(self) -> tuple[str, ...]:
        """Return the paths nobody has confirmed, in the order of the form."""
        return tuple(self._unconfirmed)

    def is_marked(self, path: str) -> bool:
        """Tell whether nobody has confirmed the value at a path."""
        return path in self._unconfirmed

    def is_from_form(self, path: str) -> bool:
        """Tell whether the form had a value at a path, confirmed or not."""
        return self.form is not None and path in self.form.paths

    def is_emptied(self, path: str) -> bool:
        """Tell whether the patient emptied a field that the record had a value for: what stands there is the record's."""
        return self.form is not None and any(each.code == "field_emptied" and each.name == path for each in self.form.odd)

    def confirm(self, paths: Iterable[str]) -> None:
        """Take values as confirmed by the person at this desk."""
        for path in paths:
            if path in self._unconfirmed:
                del self._unconfirmed[path]
                self._seen.add(path)
                self.changed.emit(path)

    def put_back(self, paths: Iterable[str]) -> None:
        """Mark again what was confirmed together with something that is taken back."""
        again = set(paths) - self._unconfirmed.keys()
        if self.form is not None and again:
            self._unconfirmed = {path: None for path in self.form.paths if path in self._unconfirmed or path in again}
            self._seen -= again
            self.changed.emit("")

    def words(self, path: str) -> str:
        """Return what stands at a value: where it comes from, then that it was confirmed; nothing at one that was typed."""
        if path in self._unconfirmed:
            return f"{SIGN} {QCoreApplication.translate('FormMarks', 'from the form')}"
        return f"✓ {QCoreApplication.translate('FormMarks', 'confirmed')}" if path in self._seen else ""
