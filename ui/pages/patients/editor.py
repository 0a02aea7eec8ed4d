"""Editing a patient: the fields, the save, and what may have to be answered before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from intake.actions.drafts import Draft
from intake.actions.duplicates import Decision, possible_duplicates
from intake.actions.patients import PatientFile, edit_patient, open_patient
from intake.domain.merging import Merged, merge
from intake.domain.patients import Patient
from intake.domain.records import PatientRecord
from intake.errors import ConflictError, IntakeError, InvalidInputError
from intake.matching.score import Match
from ui.desk import Desk
from ui.failures import words_of
from ui.models.board import date_words
from ui.pages.patients.edit_form import EditForm
from ui.pages.patients.keeping import EditKeeper
from ui.pages.patients.questions import ConflictCard, SamePersonCard
from ui.top_bar import time_words
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store


class PatientEditor(QWidget):
    """Edits one patient, and keeps what is typed as a draft until it is saved or given up.

    ``saved`` carries the record as it then stands; ``closed`` asks to go back to reading.
    """

    saved = Signal(object)
    closed = Signal()
    kept = Signal()
    """What is typed so far is on disk, as a draft."""
    opened = Signal(int)
    """Another patient's record is to be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the editor; :meth:`begin` fills it."""
        super().__init__(parent)
        self._desk = desk
        self._base: PatientRecord | None = None
        self._merged: Merged | None = None
        self._saving = False
        self._warned = False
        self._draft_lost = False
        self.keeper: EditKeeper | None = None
        self.banner = Banner()
        self.form = EditForm(desk.definitions, desk.today())
        self.conflict: ConflictCard | None = None
        self.same_person: SamePersonCard | None = None
        self.save_button = Button(self.tr("Save changes"), key="Ctrl S", primary=True)
        self.cancel_button = Button(self.tr("Cancel"), key="Esc")
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.cancel)
        self.form.finished.connect(self.save_button.setFocus)
        self._lay_out()

    def begin(self, record: PatientRecord) -> None:
        """Edit this record."""
        self.form.show_patient(record.patient)
        self._open(record)
        self.form.focus_first()

    def resume(self, record: PatientRecord, draft: Draft) -> None:
        """Take up an edit again that was not finished, with the cursor where it was; ``record`` is what stands there now."""
        self.form.show_content(draft.content)
        if draft.patient_version is not None and draft.patient_version != record.version:
            record = replace(record, version=draft.patient_version, patient=self.form.begun())
        self._open(record, draft.id)
        if draft.updated_at is not None:
            when = draft.updated_at.astimezone(self._desk.zone)
            told = time_words(when) if when.date() == self._desk.today() else f"{date_words(when.date())}, {time_words(when)}"
            words = self.tr("You left this edit unfinished at %1. Ctrl S saves it, Esc twice gives it up.")
            self.banner.say(words.replace("%1", told), tone="info")
        if not self.form.go_to(str(draft.caret.get("field", "")), int(draft.caret.get("position", 0))):
            self.form.focus_first()

    def leave(self) -> None:
        """Write down what is not yet kept."""
        if self.keeper is not None:
            self.keeper.finish()

    def is_changed(self) -> bool:
        """Say whether there is something that would be lost."""
        return self._base is not None and self.form.is_changed()

    def cancel(self) -> None:
        """Go back to reading; typed changes are asked for once before they are given up."""
        if self._saving:
            return
        if self.is_changed() and not self._warned:
            self._warned = True
            self.banner.say(self.tr("These changes are not saved. Ctrl S saves them, Esc again gives them up."), tone="warning")
            return
        self._base = None
        if self.keeper is not None:
            self.keeper.drop()
        self.closed.emit()

    def save(self) -> None:
        """Keep the changes, unless a field or an open question stands against it."""
        if self._saving or self._base is None:
            return
        self._warned = False
        self.banner.hide()
        if problems := self.form.problems():
            self.form.show_problems(problems)
            count = self.tr("%1 fields need another look before this can be saved.").replace("%1", str(len(problems)))
            self.banner.say(self.tr("One field needs another look before this can be saved.") if len(problems) == 1 else count)
            return
        patient, decisions = self._chosen(), self._decisions()
        if patient is not None and decisions is not None and self.keeper is not None:
            self._saving = True
            self.keeper.settle(partial(self._send, self._base, patient, decisions, self.keeper))

    def _send(self, base: PatientRecord, patient: Patient, decisions: tuple[Decision, ...], keeper: EditKeeper) -> None:
        desk, draft_id = self._desk, keeper.draft_id

        def keep(store: Store) -> PatientRecord:
            return edit_patient(
                store,
                desk.actor,
                patient_id=base.id,
                version=base.version,
                patient=patient,
                decisions=decisions,
                draft_id=draft_id,
                definitions=desk.definitions,
                now=desk.now(),
            )

        desk.store.ask(keep, owner=self, done=self._kept, failed=partial(self._not_kept, base, patient))

    def _kept(self, record: PatientRecord) -> None:
        self._saving = False
        self._base = None
        if self.keeper is not None:
            self.keeper.close()
        self.saved.emit(record)

    def _open(self, record: PatientRecord, draft_id: int | None = None) -> None:
        self._base = record
        self._merged = None
        self._saving = self._warned = self._draft_lost = False
        if self.keeper is not None:
            self.keeper.deleteLater()
        self.keeper = EditKeeper(self._desk, self.form, record, draft_id, self)
        self.keeper.kept.connect(self._draft_kept)
        self.keeper.failed.connect(self._draft_failed)
        self._ask_nothing()
        self.banner.hide()

    def _draft_kept(self) -> None:
        if self._draft_lost:
            self._draft_lost = False
            self.banner.hide()
        self.kept.emit()

    def _draft_failed(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._draft_lost = True
        again = self.tr("What you typed is still here, and writing it down is tried again by itself.")
        self.banner.say(f"{words_of(error)} {again}")

    def _not_kept(self, base: PatientRecord, patient: Patient, error: Exception) -> None:
        self._saving = False
        desk = self._desk
        if isinstance(error, ConflictError):
            desk.store.ask(
                lambda store: open_patient(store, desk.actor, base.id, now=desk.now()), owner=self, done=partial(self._ask_which, patient)
            )
        elif isinstance(error, InvalidInputError) and any(problem.field == "matches" for problem in error.problems):
            desk.store.ask(lambda store: self._strong(store, base, patient), owner=self, done=self._ask_same)
        elif isinstance(error, InvalidInputError):
            self.form.show_problems(error.problems)
        elif isinstance(error, IntakeError):
            self.banner.say(words_of(error))
        else:
            raise error

    def _strong(self, store: Store, base: PatientRecord, patient: Patient) -> tuple[Match, ...]:
        """Return who must be answered: the strong matches that were none before this edit."""
        actor = self._desk.actor
        known = {match.kept.patient_id for match in possible_duplicates(store, actor, base.patient, (), excluding=base.id) if match.strong}
        found = possible_duplicates(store, actor, patient, (), excluding=base.id)
        return tuple(match for match in found if match.strong and match.kept.patient_id not in known)

    def _ask_which(self, mine: Patient, now: PatientFile) -> None:
        """Show what the other desk changed, and have the rest chosen."""
        if self._base is None:
            return
        self._ask_nothing()
        last = now.edits[0] if now.edits else None
        when = last.at.astimezone(self._desk.zone) if last else None
        merged = merge(self._base.patient, mine=mine, theirs=now.record.patient)
        told = f"{date_words(when.date())}, {time_words(when)}" if when else ""
        self.conflict = ConflictCard(merged, by=last.by if last else "", when=told, on=self._desk.today())
        self._merged = merged
        self._base = now.record
        self.form.hide()
        self._show_question(self.conflict, self.conflict.focus_first)

    def _ask_same(self, matches: tuple[Match, ...]) -> None:
        self.same_person = SamePersonCard(matches)
        self.same_person.opened.connect(self.opened)
        self._show_question(self.same_person, self.same_person.focus_first)

    def _chosen(self) -> Patient | None:
        """Return the patient to be kept, None while a choice between two desks is open."""
        if self.conflict is None or self._merged is None:
            return self.form.patient()
        mine = self.conflict.mine()
        if mine is None:
            self.banner.say(self.tr("Choose a value in each line first."))
            self.conflict.focus_first()
            return None
        return self._merged.chosen(mine)

    def _decisions(self) -> tuple[Decision, ...] | None:
        if self.same_person is None:
            return ()
        decisions = self.same_person.decisions()
        if decisions is None:
            self.same_person.focus_first()
        return decisions

    def _show_question(self, card: QWidget, focus: Callable[[], None]) -> None:
        self._questions.addWidget(card)
        self._scroll.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, card, focus)  # when the card has its place, so that the focus does not scroll away from it

    def _ask_nothing(self) -> None:
        for card in (self.conflict, self.same_person):
            if card is not None:
                card.hide()
                card.deleteLater()
        self.conflict = self.same_person = None
        self.form.show()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        self._questions = QVBoxLayout()
        self._questions.setSpacing(12)
        column.addLayout(self._questions)
        column.addWidget(self.form)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(row(self.save_button, self.cancel_button))
