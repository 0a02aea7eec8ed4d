"""A new request: for whom, what, of which visit, asked by whom, and where it goes. What is typed is kept until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.actions.destinations import OnFile, payer_on_file
from intake.actions.patients import PatientFile, open_patient
from intake.actions.requests import requests_of_patient
from intake.domain.document_kinds import Paper
from intake.domain.requests import ASKERS, NewRequest, RequestLine
from intake.domain.visits import VISIT_TYPES
from intake.errors import IntakeError, Problem
from ui.desk import Desk
from ui.failures import words_of
from ui.models.requests import whole_moment
from ui.pages.documents.destination import DestinationFields
from ui.pages.documents.form_overlay import FormOverlay, enter_walks, two_columns
from ui.pages.documents.patient_pick import PatientPick
from ui.widgets.buttons import Button
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField

_WIDTH = 620
Typed = Mapping[str, str]


class NewRequestOverlay(FormOverlay):
    """Opened anew, it goes on with what was typed: for the patient it was opened for, or for whoever is found here.

    ``asked`` carries a :class:`NewRequest` that is complete as far as this form can tell.
    """

    asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Build it hidden and empty."""
        super().__init__(parent, action=self.tr("Open the request"), width=_WIDTH)
        self._desk = desk
        self._kinds = desk.definitions.document_kinds
        self._kept: dict[int | None, Typed] = {}
        self._given: int | None = None
        self._file: PatientFile | None = None
        self._patient_id: int | None = None
        self._wanted_visit = ""
        self._agreed: tuple[int, int | None, str] | None = None
        self.patient_pick = PatientPick(desk)
        self.kind_field = ChoiceField([(kind.key, kind.name.en) for kind in self._kinds.kinds])
        self.visit_field = ChoiceField((), empty=self.tr("The whole record"))
        self.asked_by_field = ChoiceField([(each.code, each.label) for each in ASKERS])
        self.destination = DestinationFields(self._kinds, self)
        self._own_boxes = {
            "kind": FieldBox(self.tr("Document"), self.kind_field),
            "visit_id": FieldBox(self.tr("Visit"), self.visit_field),
            "asked_by": FieldBox(self.tr("Asked by"), self.asked_by_field),
        }
        self.boxes = {"patient_id": self.patient_pick.box, **self._own_boxes, **self.destination.boxes}
        self.fresh_button = Button(self.tr("Start over"))
        self._lay_out()
        self._connect()

    def begin(self, patient_id: int | None = None) -> None:
        """Open the form for this patient, or for one to be found, with what was typed for that before."""
        self._keep()
        self._given = patient_id
        self.say(self.tr("New request"), self.tr("The clock of the document begins when the request is opened."))
        self._show(self._kept.get(patient_id) or {})
        self.open()
        (self.kind_field if self._patient_id is not None else self.patient_pick).setFocus()

    def typed(self) -> Typed:
        """Return the form as it stands."""
        return {
            "patient": self.patient_pick.text_field.value(),
            "patient_id": str(self._patient_id or ""),
            "kind": self.kind_field.value(),
            "visit_id": self.visit_field.value(),
            "asked_by": self.asked_by_field.value(),
            **self.destination.values(),
        }

    def forget(self) -> None:
        """Forget what was typed: the request is open, or somebody starts over."""
        self._kept.pop(self._given, None)
        self._show({})

    def close_over(self) -> None:
        """Close, keeping what was typed."""
        self._keep()
        super().close_over()

    def submit(self) -> None:
        """Ask for the document, or say what is missing."""
        problems = tuple(Problem(field=field, code="required") for field, value in self._required() if not value)
        problems += self.destination.problems()
        self.show_problems(problems)
        if problems or self._patient_id is None:
            return
        values, visit = self.destination.values(), self.visit_field.value()
        new = NewRequest(
            patient_id=self._patient_id,
            visit_id=int(visit) if visit else None,
            kind=self.kind_field.value(),
            asked_by=self.asked_by_field.value(),
            leaves_by=values["leaves_by"],
            recipient=values["recipient"].strip(),
            address=values["address"].strip(),
            purpose=values["purpose"],
            language=values["language"],
        )
        actor = self._desk.actor
        self._desk.store.ask(
            lambda store: requests_of_patient(store, actor, new.patient_id),
            owner=self,
            done=partial(self._ask_once, new),
            failed=self.refuse,
            newest="twins",
        )

    def _ask_once(self, new: NewRequest, known: tuple[RequestLine, ...]) -> None:
        """Ask for the document; when the same one is owed already, say so first and let the second time count."""
        asked = (new.patient_id, new.visit_id, new.kind)
        twin = next((line for line in known if line.state.open and (line.patient_id, line.visit_id, line.kind) == asked), None)
        if twin is None or self._agreed == asked:
            self._agreed = None
            self.asked.emit(new)
            return
        self._agreed = asked
        words = self.tr("%1 is open already for this. Open another one with Ctrl+S again.")
        self.show_trouble(words.replace("%1", twin.number))

    def _required(self) -> tuple[tuple[str, str], ...]:
        values = self.destination.values()
        kind = self.kind_field.value()
        of_visit = bool(kind) and self._kinds.kind(kind).paper is not Paper.RECORDS_COPY
        return (
            ("patient_id", str(self._patient_id or "")),
            ("kind", kind),
            ("visit_id", self.visit_field.value() if of_visit else "all"),
            ("asked_by", self.asked_by_field.value()),
            *((name, values[name]) for name in ("leaves_by", "purpose", "language")),
        )

    def _keep(self) -> None:
        if any(self.typed().values()):
            self._kept[self._given] = self.typed()

    def _show(self, typed: Typed) -> None:
        self._file, self._patient_id = None, self._given
        if typed.get("patient_id"):
            self._patient_id = int(typed["patient_id"])
        self._agreed = None
        self.clear_problems()
        self.patient_pick.show_text(typed.get("patient", ""))
        self.patient_pick.text_field.setEnabled(self._given is None)
        self.kind_field.set_value(typed.get("kind", ""))
        self.asked_by_field.set_value(typed.get("asked_by", "") or "patient")
        self.destination.show_values(typed, touched=True)
        self._wanted_visit = typed.get("visit_id", "")
        self._offer_visits()
        if self._patient_id is not None:
            self._read(self._patient_id)

    def _read(self, patient_id: int) -> None:
        desk = self._desk
        desk.store.ask(
            lambda store: open_patient(store, desk.actor, patient_id, now=desk.now()),
            owner=self,
            done=partial(self._take, patient_id),
            failed=self._no_patient,
            newest="patient",
        )

    def _take(self, patient_id: int, file: PatientFile) -> None:
        if patient_id != self._patient_id:
            return
        self._file = file
        self.patient_pick.show_text(f"{file.record.patient.full_name()} · {file.record.number}")
        self._offer_visits()
        self._fit()

    def _no_patient(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.patient_pick.box.show_problem(words_of(error))

    def _offer_visits(self) -> None:
        field, lines = self.visit_field, self._file.visits if self._file else ()
        wanted = field.value() or self._wanted_visit
        while field.count() > 1:
            field.removeItem(1)
        for line in lines:
            kind = next((each.label for each in VISIT_TYPES if each.code == line.visit_type and each.code != "none"), "")
            when = whole_moment(line.arrived_at, self._desk.zone)
            field.addItem(" · ".join(part for part in (when, line.visit_number, kind) if part), str(line.visit_id))
        field.set_value(wanted if wanted or not lines else str(lines[0].visit_id))

    def _fit(self) -> None:
        """Show what the chosen kind begins with."""
        key = self.kind_field.value()
        if key:
            spoken = self._file.record.patient.language if self._file else "en"
            self.destination.fit(self._kinds.kind(key), spoken or "en")
            self._look_up()

    def _look_up(self) -> None:
        """Ask the record to whom this kind goes, when it goes to whoever pays for the visit's claim."""
        kind, visit, desk = self._kinds.kind(self.kind_field.value()), self.visit_field.value(), self._desk
        if not kind.visit_types or not visit:
            self.destination.know(OnFile())
            return
        desk.store.ask(
            lambda store: payer_on_file(store, desk.actor, int(visit), kind=kind, definitions=desk.definitions, now=desk.now()),
            owner=self,
            done=partial(self._know, kind.key, visit),
            newest="payer",
        )

    def _know(self, kind: str, visit: str, on_file: OnFile) -> None:
        if (kind, visit) == (self.kind_field.value(), self.visit_field.value()):
            self.destination.know(on_file)

    def _pick(self, patient_id: int) -> None:
        self._patient_id, self._file, self._wanted_visit = patient_id, None, ""
        self.visit_field.set_value("")
        self._read(patient_id)
        self.kind_field.setFocus()

    def _unpick(self) -> None:
        """Somebody types another name: nobody is chosen any more."""
        self._patient_id, self._file, self._wanted_visit = None, None, ""
        self._offer_visits()

    def _connect(self) -> None:
        self.submitted.connect(self.submit)
        self.fresh_button.clicked.connect(self.forget)
        self.patient_pick.picked.connect(self._pick)
        self.patient_pick.edited.connect(self._unpick)
        self.patient_pick.resized.connect(self._place)
        for field in (self.kind_field, self.visit_field):
            field.edited.connect(self._fit)
        enter_walks(self.kind_field, self.visit_field, self.asked_by_field, *self.destination.fields().values(), self.submit_button)

    def _lay_out(self) -> None:
        self.body.addWidget(self.patient_pick)
        self.body.addLayout(two_columns((*self._own_boxes.values(), *self.destination.boxes.values())))
        self.foot.addWidget(self.fresh_button)
