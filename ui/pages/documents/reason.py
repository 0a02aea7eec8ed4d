"""One line of reason, for what needs one: withdrawing, a delay, a copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.requests import RequestLine
from intake.errors import Problem
from ui.pages.documents.form_overlay import FormOverlay
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField

LONGEST = 300


class ReasonOverlay(FormOverlay):
    """``given`` carries the ids of the requests and the reason. What was typed for the same requests is there again."""

    given = Signal(object, str)

    def __init__(self, parent: QWidget, *, title: str, text: str, action: str, hint: str = "") -> None:
        """Build it hidden; ``title`` may say ``%1``, which is what it is about."""
        super().__init__(parent, action=action)
        self._title = title
        self._text = text
        self._ids: tuple[int, ...] = ()
        self._kept: dict[tuple[int, ...], str] = {}
        self.reason_field = TextField(max_length=LONGEST)
        self.reason_box = FieldBox(self.tr("Reason"), self.reason_field, hint=hint)
        self.boxes = {"reason": self.reason_box, "late_reason": self.reason_box}
        self.body.addWidget(self.reason_box)
        self.submitted.connect(self._submit)
        self.reason_field.advanced.connect(self._submit)

    def begin(self, lines: Sequence[RequestLine], about: str) -> None:
        """Open it for these requests; ``about`` names them."""
        self._ids = tuple(line.id for line in lines)
        self.say(self._title.replace("%1", about), self._text)
        self.clear_problems()
        self.reason_field.set_value(self._kept.get(self._ids, ""))
        self.open()
        self.reason_field.setFocus()

    def forget(self) -> None:
        """Forget what was typed: it is done."""
        self._kept.pop(self._ids, None)
        self.reason_field.set_value("")

    def close_over(self) -> None:
        """Close, keeping what was typed."""
        if self.reason_field.value():
            self._kept[self._ids] = self.reason_field.value()
        super().close_over()

    def _submit(self) -> None:
        reason = self.reason_field.value().strip()
        self.clear_problems()
        if reason:
            self.given.emit(self._ids, reason)
        else:
            self.show_problems((Problem(field="reason", code="required"),))
