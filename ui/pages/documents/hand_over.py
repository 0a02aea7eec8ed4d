"""Handing documents over: to whom, how that was checked, and why late if they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.requests import IDENTITIES, Handover, RequestLine
from intake.errors import Problem
from ui.models.requests import ListDay, Urgency, kind_words, receiver_of, time_left
from ui.pages.documents.form_overlay import FormOverlay, enter_walks
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.labels import label

LONGEST = 300


class HandOverOverlay(FormOverlay):
    """One handover of one or several printed documents of one patient. ``given`` carries their ids and the :class:`Handover`."""

    given = Signal(object, object)

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, action=self.tr("Hand over"))
        self._lines: tuple[RequestLine, ...] = ()
        self._late = False
        self._kept: dict[tuple[int, ...], tuple[str, str, str]] = {}
        self.list_label = label("", wrap=True)
        self.to_field = TextField(max_length=LONGEST)
        self.identity_field = ChoiceField([(each.code, each.label) for each in IDENTITIES])
        self.late_field = TextField(max_length=LONGEST)
        self.late_box = FieldBox(self.tr("Why it is late"), self.late_field)
        self.boxes = {
            "to": FieldBox(self.tr("To"), self.to_field),
            "identity": FieldBox(self.tr("How that was checked"), self.identity_field),
            "late_reason": self.late_box,
        }
        self.body.addWidget(self.list_label)
        for box in self.boxes.values():
            self.body.addWidget(box)
        enter_walks(self.to_field, self.identity_field, self.late_field)
        self.late_field.advanced.connect(self._submit)
        self.identity_field.advanced.connect(self._after_identity)
        self.submitted.connect(self._submit)

    def begin(self, lines: Sequence[RequestLine], day: ListDay) -> None:
        """Open it for these printed documents of one patient."""
        self._lines = tuple(lines)
        left = [time_left(line, day) for line in lines]
        self._late = any(each.urgency is Urgency.OVERDUE for each in left)
        first = lines[0]
        title = self.tr("Hand over · %1").replace("%1", f"{first.name} · {first.record_number}")
        self.say(title, self.tr("It stops the clock, and goes into the disclosure log."))
        changed = self.tr("changed since printed")
        rows = [
            (kind_words(line, day.kinds), line.number, each.words, *((changed,) if line.changed else ()))
            for line, each in zip(lines, left, strict=True)
        ]
        self.list_label.setText("\n".join(" · ".join(row) for row in rows))
        self.late_box.setVisible(self._late)
        self.clear_problems()
        to, identity, reason = self._kept.get(self._ids(), (receiver_of(first, day), "", ""))
        self.to_field.set_value(to)
        self.identity_field.set_value(identity)
        self.late_field.set_value(reason)
        self.open()
        self.to_field.setFocus()
        self.to_field.selectAll()

    def forget(self) -> None:
        """Forget what was typed: it is done."""
        self._kept.pop(self._ids(), None)
        self._lines = ()

    def close_over(self) -> None:
        """Close, keeping what was typed."""
        if self._lines:
            self._kept[self._ids()] = (self.to_field.value(), self.identity_field.value(), self.late_field.value())
        super().close_over()

    def _ids(self) -> tuple[int, ...]:
        return tuple(line.id for line in self._lines)

    def _after_identity(self) -> None:
        if not self._late:
            self.submit_button.setFocus()

    def _submit(self) -> None:
        handover = Handover(
            to=self.to_field.value().strip(), identity=self.identity_field.value(), late_reason=self.late_field.value().strip()
        )
        asked = (
            ("to", "recipient_missing", handover.to),
            ("identity", "identity_missing", handover.identity),
            ("late_reason", "late_reason_missing", handover.late_reason if self._late else "-"),
        )
        problems = tuple(Problem(field=field, code=code) for field, code, value in asked if not value)
        self.show_problems(problems)
        if not problems:
            self.given.emit(self._ids(), handover)
