"""Changing where a document goes; what it is and when it is due stay as they are."""

from __future__ import annotations

from dataclasses import asdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.document_kinds import DocumentKinds
from intake.domain.requests import Request
from intake.errors import Problem
from ui.pages.documents.destination import DestinationFields
from ui.pages.documents.form_overlay import FormOverlay, enter_walks, two_columns

_NAMES = ("leaves_by", "recipient", "address", "purpose", "language")


class ChangeOverlay(FormOverlay):
    """``given`` carries the request's id and the five values by name."""

    given = Signal(int, object)

    def __init__(self, kinds: DocumentKinds, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, action=self.tr("Keep the changes"), width=620)
        self._kinds = kinds
        self._request: Request | None = None
        self._kept: dict[int, dict[str, str]] = {}
        self.destination = DestinationFields(kinds, self)
        self.boxes = self.destination.boxes
        self.body.addLayout(two_columns(self.boxes.values()))
        enter_walks(*self.destination.fields().values(), self.submit_button)
        self.submitted.connect(self._submit)

    def begin(self, request: Request, about: str) -> None:
        """Open it with how the request stands, or with what was typed over that before."""
        self._request = request
        self.say(self.tr("Change · %1").replace("%1", about))
        self.clear_problems()
        stands = {name: str(value) for name, value in asdict(request).items() if name in _NAMES}
        self.destination.show_values(self._kept.get(request.id, stands), touched=True)
        kind = next((each for each in self._kinds.kinds if each.key == request.kind), None)
        self.destination.language.setEnabled(kind is not None and len(kind.languages) > 1)
        self.open()
        self.destination.leaves_by.setFocus()

    def forget(self) -> None:
        """Forget what was typed: it is done."""
        if self._request is not None:
            self._kept.pop(self._request.id, None)
        self._request = None

    def close_over(self) -> None:
        """Close, keeping what was typed."""
        if self._request is not None:
            self._kept[self._request.id] = self.destination.values()
        super().close_over()

    def _submit(self) -> None:
        values = {name: value.strip() for name, value in self.destination.values().items()}
        problems = tuple(Problem(field=name, code="required") for name in ("leaves_by", "purpose", "language") if not values[name])
        problems += self.destination.problems()
        self.show_problems(problems)
        if not problems and self._request is not None:
            self.given.emit(self._request.id, values)
