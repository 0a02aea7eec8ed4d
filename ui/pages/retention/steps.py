"""What is done to the chosen record: each step is asked of the store, and told when it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from intake.actions import retention as acts
from intake.actions.retention_copy import CopySource, MadeCopy, copy_source, make_copy, note_copy, write_copy
from intake.domain.retention import Removal
from intake.domain.staff import Task
from intake.errors import IntakeError, InvalidInputError
from ui.desk import Desk
from ui.failures import words_of_problem
from ui.preview.worker import Worker

if TYPE_CHECKING:
    from intake.storage.store import Store
    from ui.pages.retention.page import RetentionPage


class Steps(QObject):
    """Works for one page; while a step is under way no second one begins."""

    def __init__(self, desk: Desk, page: RetentionPage, *, ask_folder: Callable[[], Path | None]) -> None:
        """Listen to the page's panel; ``ask_folder`` says where a copy goes, None for nowhere."""
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._ask_folder = ask_folder
        self._worker = Worker(self)
        self._busy = False
        panel = page.record_panel
        panel.proposed.connect(self.propose)
        panel.withdrawn.connect(self.withdraw)
        panel.exported.connect(self.export)
        panel.consented.connect(self.consent)
        panel.removed.connect(self.remove)
        panel.kept.connect(partial(self.keep, acts.keep_record))
        panel.released.connect(partial(self.keep, acts.keep_no_more))

    def propose(self) -> None:
        """Propose that the chosen record goes."""
        desk, line = self._desk, self._page.record_panel.line
        if line is not None:
            self._do(
                lambda store: acts.propose(store, desk.actor, line.patient_id, definitions=desk.definitions, now=desk.now()),
                self.tr("Proposed. Write its copy next.")
                if desk.may(Task.READ_NOTE)
                else self.tr("Proposed. A clinician writes its copy next."),
            )

    def withdraw(self) -> None:
        """Take the proposal back."""
        desk, removal = self._desk, self._page.record_panel.removal
        if removal is not None:
            self._do(lambda store: acts.withdraw(store, desk.actor, removal.id, now=desk.now()), self.tr("Withdrawn. The record stays."))

    def consent(self, login: str, password: str) -> None:
        """Record a consent; a wrong password is told at its field."""
        desk, removal = self._desk, self._page.record_panel.removal
        if removal is not None:
            self._do(
                lambda store: acts.consent(store, desk.actor, removal.id, login=login, password=password, now=desk.now()),
                self.tr("The consent is recorded."),
            )

    def remove(self) -> None:
        """Take the record away."""
        desk, removal = self._desk, self._page.record_panel.removal
        if removal is not None:
            self._do(
                lambda store: acts.remove(store, desk.actor, removal.id, definitions=desk.definitions, now=desk.now()),
                self.tr("%1 is removed. Backups made before still hold it until they are rotated out.").replace("%1", removal.number),
            )
            self._forget_words(more=True)

    def keep(self, act: Callable[..., object], reason: str) -> None:
        """Keep the record longer, or no longer."""
        desk, line = self._desk, self._page.record_panel.line
        if line is not None:
            self._do(
                lambda store: act(store, desk.actor, line.patient_id, reason=reason, definitions=desk.definitions, now=desk.now()),
                self.tr("Recorded."),
            )

    def export(self) -> None:
        """Read the record, make its copy and write it where a person chooses, then note it."""
        desk, removal = self._desk, self._page.record_panel.removal
        if removal is None or self._busy or (folder := self._ask_folder()) is None:
            return
        self._busy = True
        desk.store.ask(
            lambda store: copy_source(store, desk.actor, removal.id, definitions=desk.definitions, now=desk.now()),
            owner=self,
            done=partial(self._make, folder),
            failed=self._refused,
        )

    def _make(self, folder: Path, source: CopySource) -> None:
        desk = self._desk
        self._page.routes.said.emit(self.tr("Writing the copy…"))

        def make() -> MadeCopy:
            made = make_copy(
                source, definitions=desk.definitions, location=desk.location, training=desk.paths.training, printed_at=desk.now()
            )  # fmt: skip
            write_copy(made, folder)
            return made

        self._worker.ask(make, done=partial(self._note, source.removal), failed=self._refused)

    def _note(self, removal: Removal, made: MadeCopy) -> None:
        desk = self._desk
        self._busy = False
        self._do(
            lambda store: note_copy(store, desk.actor, removal.id, made, now=desk.now()),
            self.tr("The copy is written: %1.pdf and %1.json").replace("%1", made.name),
        )

    def _forget_words(self, more: bool) -> None:  # noqa: FBT001 - the answer of the store
        """Have the words of who is gone taken out of the word index piece by piece, so that other work comes between."""
        desk = self._desk
        if more:
            desk.store.ask(lambda store: acts.forget_words(store, desk.actor), owner=self, done=self._forget_words)

    def _do(self, work: Callable[[Store], object], words: str) -> None:
        if self._busy:
            return
        self._busy = True
        self._page.banner.hide()
        self._desk.store.ask(work, owner=self, done=partial(self._done, words), failed=self._refused)

    def _done(self, words: str, _result: object) -> None:
        self._busy = False
        self._page.record_panel.reason_field.set_value("")
        self._page.focus_list()
        self._page.routes.said.emit(words)
        self._page.routes.changed.emit()
        self._page.reload()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        panel = self._page.record_panel
        if isinstance(error, InvalidInputError):
            panel.reason_box.show_problem(words_of_problem(error.problems[0]))
            panel.reason_field.setFocus()
            return
        if isinstance(error, IntakeError) and panel.refuse(error):
            return
        self._page.refuse(error)
        if panel.password_field.isVisible():
            panel.password_field.set_value("")
            panel.password_field.setFocus()
