"""The clinics: where each is, how it is reached and whether it takes visits, beside the paper that says so."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from intake.actions.practice_settings import ClinicForm, change_clinic, clinic_form, sound_clinic
from intake.actions.sample_papers import proposed
from ui.desk import Desk
from ui.pages.page import Key
from ui.pages.settings.sample import SampleCard
from ui.pages.settings.section import Section, column, holder
from ui.routes import Routes
from ui.widgets.buttons import Button, Chip
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField, TextField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake.definitions.bundle import Definitions
    from intake.domain.practice import Location

_FIELDS = ("line1", "suite", "city", "state", "zip_code", "phone", "fax", "hours")


class ClinicsSection(Section):
    """The chosen clinic's form at the left, kept with Ctrl+S; at the right its paper as it would be."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the form; :meth:`entered` fills it."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Clinics")
        self._begun: ClinicForm | None = None
        self._shown = ""
        self._unsaved: dict[str, tuple[ClinicForm, ClinicForm]] = {}
        self.clinic_field = ChoiceField([(place.key, place.name) for place in desk.definitions.practice.locations])
        self.clinic_field.removeItem(0)
        self.fields = {name: TextField(max_length=200) for name in _FIELDS}
        self.active_chip = Chip(self.tr("Takes visits"))
        self.save_button = Button(self.tr("Save"), key="Ctrl S", primary=True)
        self.sample = SampleCard(desk.now)
        words = {
            "line1": (self.tr("Street"), ""),
            "suite": (self.tr("Suite"), ""),
            "city": (self.tr("City"), ""),
            "state": (self.tr("State"), ""),
            "zip_code": (self.tr("ZIP code"), ""),
            "phone": (self.tr("Phone"), ""),
            "fax": (self.tr("Fax"), ""),
            "hours": (self.tr("Hours"), self.tr("what is empty is not printed")),
        }
        self.boxes = {name: FieldBox(words[name][0], field, hint=words[name][1]) for name, field in self.fields.items()}
        self.boxes = {
            **self.boxes,
            "active": FieldBox(
                self.tr("Visits"), holder(self.active_chip), hint=self.tr("a closed clinic stays in the records and takes no new visit")
            ),
        }
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.clinic_field)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the form."""
        return (
            Key(keys=("Up", "Down"), text=self.tr("another clinic")),
            Key(keys=("Enter",), text=self.tr("next field")),
            Key(keys=("Space",), text=self.tr("tick")),
            Key(keys=("Ctrl S",), text=self.tr("save")),
            Key(keys=("Esc",), text=self.tr("sections")),
        )

    def entered(self) -> None:
        """Show the clinics, and the chosen one unless something is typed already."""
        self._list()
        if self._begun is None or self.typed() == self._begun:
            self.reload()

    def reload(self) -> None:
        """Ask for the chosen clinic as it stands."""
        self._list()
        place, desk = self._chosen(), self.desk
        desk.store.ask(
            lambda store: clinic_form(store, desk.actor, place.key), owner=self, done=partial(self._show, place.key), failed=self.refused,
            newest="clinic",
        )  # fmt: skip

    def typed(self) -> ClinicForm:
        """Return what is typed."""
        texts = {name: field.value() for name, field in self.fields.items()}
        return ClinicForm(**texts, active=self.active_chip.isChecked(), begun=self._begun.begun if self._begun else "")

    def save(self) -> None:
        """Keep what is typed of the chosen clinic."""
        place, desk, form = self._chosen(), self.desk, self.typed()
        if self._begun is not None:
            self.ask(lambda store: change_clinic(store, desk.actor, place.key, form, now=desk.now()), self._saved)

    def _list(self) -> None:
        """Say of each clinic in the list whether it is closed, and whether something is typed of it and not saved."""
        for number, place in enumerate(self.desk.definitions.practice.locations):
            words = place.name if place.active else self.tr("%1 · closed").replace("%1", place.name)
            if place.key in self._unsaved:
                words = self.tr("%1 · not saved").replace("%1", place.name)
            self.clinic_field.setItemText(number, words)

    def _chosen(self) -> Location:
        return self.desk.definitions.practice.location(self.clinic_field.value())

    def _show(self, key: str, found: ClinicForm) -> None:
        self._shown = key
        self._begun, form = self._unsaved.pop(key, (found, found))
        self._list()
        for box in self.boxes.values():
            box.clear()
        for name, field in self.fields.items():
            field.set_value(getattr(form, name))
        self.active_chip.setChecked(form.active)
        self._propose(at_once=True)

    def _saved(self, definitions: Definitions) -> None:
        self._begun = self.typed()  # nothing of it is unsaved
        self.routes.practice_changed.emit(definitions)
        self._say(self.tr("Kept. Papers of this desk have it from now on; other desks at their next sign-in."), None)

    def _edited(self) -> None:
        self._propose()

    def _propose(self, *, at_once: bool = False) -> None:
        place = self._chosen()
        self.sample.propose(partial(_moved, self.desk.definitions, place, self.typed()), place.key, at_once=at_once)

    def _lay_out(self) -> None:
        form = Card(self.tr("Clinics"), self.tr("as on their papers"))
        form.body.addWidget(FieldBox(self.tr("Clinic"), self.clinic_field, hint=self.tr("Up and Down choose another one")))
        for line in (("line1", "suite"), ("city", "state", "zip_code"), ("phone", "fax"), ("hours",)):
            form.body.addLayout(row(*(self.boxes[name] for name in line), spacing=12, stretch=False))
        self.boxes["state"].setMaximumWidth(64)
        self.boxes["zip_code"].setMaximumWidth(104)
        form.body.addWidget(self.boxes["active"])
        form.body.addLayout(row(self.save_button))
        self.across.addWidget(column(form))
        self.across.addWidget(self.sample, 1)

    def _connect(self) -> None:
        fields = list(self.fields.values())
        for field, after in zip(fields, [*fields[1:], self.active_chip], strict=True):
            field.advanced.connect(after.setFocus)
            field.edited.connect(self._edited)
        self.clinic_field.currentIndexChanged.connect(self._moved_to)
        self.clinic_field.advanced.connect(fields[0].setFocus)
        self.active_chip.toggled.connect(self._edited)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    def _moved_to(self) -> None:
        """Show the clinic that is chosen now; what was typed of the one before and not saved comes back with it."""
        self.banner.hide()
        if self._begun is not None and self.typed() != self._begun and self._shown not in self._unsaved:
            self._unsaved[self._shown] = (self._begun, self.typed())
        self.reload()


def _moved(definitions: Definitions, place: Location, form: ClinicForm) -> Definitions:
    """Return the definitions with what is typed of a clinic. Raises InvalidInputError while it will not do."""
    sound = sound_clinic(form)
    there = replace(place, line1=sound.line1, city=sound.city, state=sound.state, zip_code=sound.zip_code, active=sound.active)
    told = replace(there, suite=sound.suite or None, phone=sound.phone or None, fax=sound.fax or None, hours=sound.hours or None)
    return proposed(definitions, location=told)
