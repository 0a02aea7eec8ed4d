"""One patient: demographics, visits, papers, history of edits, and the way to the next visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from intake.actions.drafts import Draft, my_edits
from intake.actions.patients import PatientFile, open_patient
from intake.actions.printing import papers_of
from intake.domain.document_kinds import TASK_OF, Paper
from intake.domain.records import PatientRecord
from intake.domain.staff import Task
from intake.entry.retyping import typed_patient
from intake.errors import IntakeError
from intake.storage.audit import PaperEntry
from ui.desk import Desk
from ui.failures import words_of
from ui.models.patients import paper_row, visit_row
from ui.pages.page import Key, Page
from ui.pages.patients.amendments import AmendmentsCard
from ui.pages.patients.demographics import DemographicsCard
from ui.pages.patients.editor import PatientEditor
from ui.pages.patients.history import HistoryCard
from ui.pages.patients.rows_table import RowsTable
from ui.preview.papers import TITLES
from ui.routes import IntakeStart, Routes
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import label

if TYPE_CHECKING:
    from intake.storage.store import Store

_NARROW = 660


class PatientPage(Page):
    """The record of one patient, to read; the editor takes its place while it is changed.

    ``draft_state`` carries the words of the top bar ("Draft saved 9:42:07").
    """

    draft_state = Signal(str)

    def __init__(self, desk: Desk, routes: Routes, patient_id: int, parent: QWidget | None = None) -> None:
        """Build the page; :meth:`entered` asks for the record."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Patient")
        self.patient_id = patient_id
        self.record: PatientRecord | None = None
        self._may_edit = desk.may(Task.EDIT_PATIENT)
        self._may_record = desk.may(Task.RECORD_INTAKE)
        self.words = label("", "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.demographics = DemographicsCard(may_edit=self._may_edit)
        self.demographics.edit_asked.connect(self.edit)
        self.visits = RowsTable(("", "", ""), (9, 10, 8), tall=True)
        self.visits.setAccessibleName(self.tr("Visits"))
        self.visits.opened.connect(self.routes.preview)
        self.visits.typed.connect(self._press)
        self._papers: tuple[PaperEntry, ...] = ()
        self.papers = RowsTable(("", ""), (9, 18), tall=True)
        self.papers.setAccessibleName(self.tr("Documents"))
        self.papers.opened.connect(self._open_paper)
        self.papers.typed.connect(self._press)
        self.history = HistoryCard()
        self.amendments = AmendmentsCard(desk, patient_id)
        self.amendments.said.connect(self.routes.said)
        self.amendments.changed.connect(self.entered)
        self.amendments.opened.connect(self.legend_changed)
        self._editor: PatientEditor | None = None
        self._lay_out()
        self._add_shortcuts()

    @property
    def editor(self) -> PatientEditor:
        """The editor, built when it is first asked for: most records are only read."""
        if self._editor is None:
            self._editor = PatientEditor(self.desk)
            self._editor.saved.connect(self._saved)
            self._editor.kept.connect(self._draft_kept)
            self._editor.closed.connect(self._stop_editing)
            self._editor.opened.connect(self.routes.patient)
            self._stack.addWidget(self._editor)
        return self._editor

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of reading, or of editing."""
        if self._editing():
            return (
                Key(keys=("Enter",), text=self.tr("next field")),
                Key(keys=("Ctrl S",), text=self.tr("save changes")),
                Key(keys=("Esc",), text=self.tr("cancel")),
            )
        if typing := self.amendments.legend():
            return typing
        keys = [Key(keys=("Up", "Down"), text=self.tr("visit")), Key(keys=("Enter",), text=self.tr("open the form"))]
        keys += [Key(keys=("C",), text=self.tr("open the chart"))] if self.desk.may(Task.READ_NOTE) else []
        if self.desk.may(Task.PRINT_NOTE):
            keys += [Key(keys=("N",), text=self.tr("visit note")), Key(keys=("H",), text=self.tr("home-care sheet"))]
        if self._may_edit:
            keys.append(Key(keys=("E",), text=self.tr("edit")))
        if self.desk.may(Task.RECORD_AMENDMENT):
            keys.append(Key(keys=("M",), text=self.tr("request to amend")))
        keys += [Key(keys=("Ctrl Shift N",), text=self.tr("new visit"))] if self._may_record else []
        keys += [Key(keys=("D",), text=self.tr("request a document")), Key(keys=("L",), text=self.tr("labels, forms, papers"))]
        return (*keys, Key(keys=("Esc",), text=self.tr("patients")))

    def entered(self) -> None:
        """Read the record anew; an edit that is open stays as it was left."""
        if self._editing():
            return
        if self.record is None:
            self._say(self.tr("Opening the record"))
        desk, patient_id = self.desk, self.patient_id

        def look(store: Store) -> tuple[PatientFile, tuple[PaperEntry, ...], Draft | None]:
            unfinished = (edit for edit in my_edits(store, desk.actor) if edit.patient_id == patient_id)
            file = open_patient(store, desk.actor, patient_id, now=desk.now())
            return file, papers_of(store, desk.actor, patient_id), next(unfinished, None)

        desk.store.ask(look, owner=self, done=self._show, failed=self._no_record, newest="record")

    def leaving(self) -> None:
        """Write down an edit that is under way."""
        if self._editor is not None:
            self._editor.leave()
        self.amendments.leaving()

    def edit(self) -> None:
        """Change the demographics."""
        if self._may_edit and self.record is not None and not self._editing():
            self._stack.setCurrentWidget(self.editor)
            self.editor.begin(self.record)
            self.legend_changed.emit()

    def begin_visit(self) -> None:
        """Begin a visit of this patient, with what is known to be confirmed."""
        if self._may_record and self.record is not None and not self._editing():
            raw = {"patient": typed_patient(self.record.patient)}
            self.routes.intake.emit(IntakeStart(patient_id=self.patient_id, raw=raw))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns under each other when it is narrow, the visits first."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._columns.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)

    def _show(self, found: tuple[PatientFile, tuple[PaperEntry, ...], Draft | None]) -> None:
        file, papers, unfinished = found
        self.record = file.record
        self.title = f"{file.record.patient.full_name()} · {file.record.number}"
        zone, clinics = self.desk.zone, {each.key: each.name for each in self.desk.definitions.practice.locations}
        self.demographics.show_patient(file.record.patient, self.desk.today())
        self.visits.show_rows([visit_row(line, zone, clinics) for line in file.visits])
        numbers = {line.visit_id: line.visit_number for line in file.visits}
        self._papers = papers
        called = {kind.key: kind.name.en for kind in self.desk.definitions.document_kinds.kinds}
        rows = [
            paper_row(place, paper, zone, numbers.get(paper.visit_id or 0, ""), called.get(paper.kind, paper.kind))
            for place, paper in enumerate(papers)
        ]
        self.papers.show_rows(rows)
        self.papers.setVisible(bool(papers))
        self.no_papers.setVisible(not papers)
        self.no_visits.setVisible(not file.visits)
        self.visits.setVisible(bool(file.visits))
        self.history.show_edits(file.edits, zone)
        self.amendments.reload(file.visits)
        if not self._editing():
            self._stack.setCurrentWidget(self._reading)
            if self.isVisible() and not self.amendments.has_keyboard():  # the answer may come after another page was opened
                self.visits.setFocus()
            if unfinished is not None and self._may_edit:
                self._stack.setCurrentWidget(self.editor)
                self.editor.resume(file.record, unfinished)
        self.legend_changed.emit()

    def _no_record(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._say(words_of(error))

    def _say(self, text: str) -> None:
        self.words.setText(text)
        self._stack.setCurrentWidget(self.words)

    def _saved(self, record: PatientRecord) -> None:
        self.routes.said.emit(self.tr("%1: changes saved.").replace("%1", record.number))
        self._stop_editing()

    def _stop_editing(self) -> None:
        self._stack.setCurrentWidget(self._reading)
        self.visits.setFocus()
        self.draft_state.emit("")
        self.legend_changed.emit()
        self.routes.changed.emit()
        self.entered()

    def _draft_kept(self) -> None:
        if self._editing():
            time = self.desk.now().astimezone(self.desk.zone)
            self.draft_state.emit(self.tr("Draft saved %1").replace("%1", f"{time.hour % 12 or 12}:{time:%M:%S}"))

    def _editing(self) -> bool:
        return self._editor is not None and self._stack.currentWidget() is self._editor

    def _press(self, letter: str) -> None:
        visit_id = self.visits.current_key()
        match letter.upper():
            case "E":
                self.edit()
            case "M":
                self.amendments.begin()
            case "D":
                self.routes.ask_document.emit(self.patient_id)
            case "L":
                self.routes.papers.emit(self.patient_id)
            case "C" if visit_id is not None and self.desk.may(Task.READ_NOTE):
                self.routes.chart.emit(visit_id)
            case "N" if visit_id is not None and self.desk.may(Task.PRINT_NOTE):
                self.routes.paper.emit(visit_id, Paper.VISIT_NOTE)
            case "H" if visit_id is not None and self.desk.may(Task.PRINT_NOTE):
                self.routes.paper.emit(visit_id, Paper.HOME_CARE)

    def _open_paper(self, place: int) -> None:
        """Show a visit's paper as it would come out now; a note only to those who may print it."""
        paper = self._papers[place]
        if paper.kind in TITLES and paper.visit_id is not None and self.desk.may(TASK_OF[Paper(paper.kind)]):
            self.routes.paper.emit(paper.visit_id, Paper(paper.kind))

    def _save(self) -> None:
        if self._editing():
            self.editor.save()
        elif self.amendments.writing():
            self.amendments.save()

    def _back(self) -> None:
        if self._editing():
            self.editor.cancel()
        elif self.amendments.writing():
            self.amendments.form.closed.emit()
        else:
            self.routes.patients.emit()

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("F2", self.edit),
            ("Ctrl+Shift+N", self.begin_visit),
            ("Ctrl+S", self._save),
            ("Esc", self._back),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self) -> None:
        self.no_visits = label(self.tr("No visit yet. Ctrl Shift N begins one."), "muted", wrap=True)
        self.no_papers = label(self.tr("No document here yet. Enter on a visit shows its form, Ctrl P prints it."), "muted", wrap=True)
        visits = self._list_card(self.tr("Visits"), self.visits, self.no_visits)
        if self._may_record:
            begin = Button(self.tr("New visit"), key="Ctrl Shift N", primary=True)
            begin.clicked.connect(self.begin_visit)
            visits.add_trailing(begin)
        right = QVBoxLayout()
        right.setSpacing(12)
        for card in (visits, self._list_card(self.tr("Documents"), self.papers, self.no_papers), self.amendments, self.history):
            right.addWidget(card)
        right.addStretch(1)
        left = QVBoxLayout()
        left.addWidget(self.demographics)
        left.addStretch(1)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 6, 0)
        self._columns.setSpacing(12)
        self._columns.addLayout(left, 4)
        self._columns.addLayout(right, 5)
        self._reading = QScrollArea()
        self._reading.setWidgetResizable(True)
        self._reading.setFrameShape(QFrame.Shape.NoFrame)
        self._reading.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reading.setWidget(inside)
        self._stack = QStackedWidget()
        for widget in (self.words, self._reading):
            self._stack.addWidget(widget)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addWidget(self._stack)

    def _list_card(self, title: str, table: RowsTable, nothing: QWidget) -> Card:
        card = Card(title)
        card.body.addWidget(table)
        card.body.addWidget(nothing)
        return card
