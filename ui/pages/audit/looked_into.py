"""What can be done about what a check found: somebody looks into it, writes down why, and has the store held as it is from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.check import accept_store, can_accept
from intake.domain.staff import Task
from intake.errors import Problem
from ui.desk import Desk
from ui.pages.documents.form_overlay import FormOverlay
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from ui.pages.audit.page import AuditPage

_LONGEST = 300


class LookedIntoForm(FormOverlay):
    """Asks for the reason; ``given`` carries it. What was typed is there again until it is done."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, action=self.tr("Accept the store as it is"))
        self.reason_field = TextField(max_length=_LONGEST)
        hint = self.tr("such as: the folder was put back from a copy by hand")
        self.boxes = {"reason": FieldBox(self.tr("What you found, and why it is accepted"), self.reason_field, hint=hint)}
        self.body.addWidget(self.boxes["reason"])
        told = self.tr(
            "The link beside the store is written anew and the check is made again. The audit keeps your name and the reason. "
            "What is altered within the store stays shown."
        )
        self.say(self.tr("Looked into it"), told)
        self.submitted.connect(self._submit)
        self.reason_field.advanced.connect(self._submit)

    def begin(self) -> None:
        """Open it with the keyboard in the reason."""
        self.clear_problems()
        self.open()
        self.reason_field.setFocus()

    def end(self) -> None:
        """Close it: it is done."""
        self.reason_field.set_value("")
        self.close_over()

    def _submit(self) -> None:
        reason = self.reason_field.value().strip()
        self.clear_problems()
        if reason:
            self.given.emit(reason)
        else:
            self.show_problems((Problem(field="reason", code="required"),))


class LookingInto(QObject):
    """Opens the form for one page, asks the store, and has it checked again."""

    def __init__(self, desk: Desk, page: AuditPage) -> None:
        """Listen to the page's strip."""
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._busy = False
        self.form = LookedIntoForm(page)
        self.form.given.connect(self._accept)
        page.strip.looked_into.connect(self.begin)

    def begin(self) -> None:
        """Ask for the reason, if there is something to accept and this person may."""
        run = self._page.strip.run
        if run is None or run.good or self._page.check.runs():
            self._page.routes.refused.emit(self.tr("There is nothing to accept. C checks the store."))
        elif not can_accept(run.findings):
            self._page.routes.refused.emit(self.tr("This cannot be accepted: it stays shown until the store is whole."))
        elif not self._desk.may(Task.RESTORE):
            self._page.routes.refused.emit(self.tr("An administrator accepts the store."))
        else:
            self.form.begin()

    def _accept(self, why: str) -> None:
        if self._busy:
            return
        self._busy = True
        desk = self._desk
        desk.store.ask(
            lambda store: accept_store(store, desk.actor, why=why, now=desk.now()), owner=self, done=self._accepted, failed=self._refused
        )  # fmt: skip

    def _accepted(self, _nothing: object) -> None:
        self._busy = False
        self.form.end()
        self._page.begin_check()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self.form.refuse(error)
