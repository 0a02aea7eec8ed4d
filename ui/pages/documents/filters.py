"""What the list shows: which clinic, which requests, which kind, whose signature, and in which groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake.domain.document_kinds import DocumentKinds
from intake.domain.practice import Practice
from intake.domain.requests import Filter, Request, RequestState
from ui.pages.documents.groups import Grouping, grouping_words
from ui.pages.intake.flow import FlowRows
from ui.widgets.buttons import Chip
from ui.widgets.fields import ChoiceField

_CHOICE_PX = 150


class Tab(StrEnum):
    """The lists of the place, and its report."""

    OWED = "owed"
    READY = "ready"
    WAITING = "waiting"
    PRINTED = "printed"
    DELIVERED = "delivered"
    ON_TIME = "on_time"


STATES: dict[Tab, tuple[RequestState, ...]] = {
    Tab.OWED: (),
    Tab.READY: (RequestState.READY,),
    Tab.WAITING: (RequestState.WAITING,),
    Tab.PRINTED: (RequestState.PRINTED,),
    Tab.DELIVERED: (RequestState.DELIVERED,),
}


class FilterBar(QWidget):
    """Chips and choices over the list. ``changed`` tells that another list is wanted, ``regrouped`` the same one in other groups."""

    changed = Signal()
    regrouped = Signal()
    left = Signal()
    """Enter was pressed in a choice: the keyboard is to go back to the list."""

    def __init__(self, practice: Practice, kinds: DocumentKinds, location: str, page: QWidget) -> None:
        """Begin with what this clinic owes; the clinics' keys work wherever the focus is in ``page``."""
        super().__init__(page)
        self._practice = practice
        self._place = location
        self.location: str | None = location
        self.tab = Tab.OWED
        self.grouping = Grouping.URGENCY
        self.clinic_chip = Chip(practice.location(location).name, checked=True, parent=self)
        self.all_chip = Chip(self.tr("All clinics"), parent=self)
        words = (
            self.tr("1 Owed"),
            self.tr("2 Ready to print"),
            self.tr("3 Waiting for signature"),
            self.tr("4 Printed"),
            self.tr("5 Handed over"),
            self.tr("6 On time"),
        )
        self.tab_chips = {tab: Chip(text, checked=tab is self.tab, parent=self) for tab, text in zip(Tab, words, strict=True)}
        self.kind_field = ChoiceField([(kind.key, kind.name.en) for kind in kinds.kinds], self, empty=self.tr("Every kind"))
        self.clinician_field = ChoiceField((), self, empty=self.tr("Every clinician"))
        self.group_chip = Chip(grouping_words(self.grouping), parent=self)
        self.group_chip.setCheckable(False)
        self._connect(page)
        self._lay_out()

    def wanted(self, due_before: datetime | None = None) -> Filter:
        """Return what the store is asked for."""
        clinician = self.clinician_field.value()
        return Filter(
            location=self.location,
            kind=self.kind_field.value() or None,
            clinician_id=int(clinician) if clinician else None,
            states=STATES.get(self.tab, ()),
            due_before=due_before,
        )

    def narrows(self) -> bool:
        """Tell whether a kind or a clinician is chosen."""
        return bool(self.kind_field.value() or self.clinician_field.value())

    def let_show(self, request: Request) -> None:
        """Show the list of what is owed, of as many clinics and kinds as it takes to see this request."""
        wanted = self.wanted()
        if wanted.location not in (None, request.location):
            self.show_clinic(None)
        if wanted.kind not in (None, request.kind):
            self.kind_field.set_value("")
        if wanted.clinician_id is not None:
            self.clinician_field.set_value("")
        if self.tab is not Tab.OWED and request.state not in wanted.states:
            self.show_tab(Tab.OWED)

    def show_clinic(self, location: str | None) -> None:
        """Show another clinic, or all with None."""
        self.location = location
        if location is not None:
            self._place = location
            self.clinic_chip.setText(self._practice.location(location).name)
            self.clinic_chip.setAccessibleName(self.clinic_chip.text())
            self.clinic_chip.updateGeometry()
        self.clinic_chip.setChecked(location is not None)
        self.all_chip.setChecked(location is None)
        self.changed.emit()

    def show_tab(self, tab: Tab) -> None:
        """Show another list."""
        self.tab = tab
        for each, chip in self.tab_chips.items():
            chip.setChecked(each is tab)
        for field in (self.kind_field, self.clinician_field):
            field.setVisible(tab is not Tab.ON_TIME)
        self.group_chip.setVisible(tab not in (Tab.ON_TIME, Tab.DELIVERED))
        self.changed.emit()

    def regroup(self) -> None:
        """Take the next grouping."""
        self.grouping = self.grouping.after()
        self.group_chip.setText(grouping_words(self.grouping))
        self.group_chip.setAccessibleName(self.group_chip.text())
        self.group_chip.updateGeometry()
        self.regrouped.emit()

    def offer_clinicians(self, found: Sequence[tuple[int, str]]) -> None:
        """Offer these clinicians; the chosen one stays, also when nothing is owed by them any more."""
        field = self.clinician_field
        chosen, name = field.value(), field.currentText()
        offered = [(str(each), words) for each, words in found]
        if [(str(field.itemData(row)), field.itemText(row)) for row in range(1, field.count())] == offered:
            return
        while field.count() > 1:
            field.removeItem(1)
        if chosen and chosen not in dict(offered):
            offered.append((chosen, name))
        for code, words in offered:
            field.addItem(words, code)
        field.set_value(chosen)

    def _connect(self, page: QWidget) -> None:
        for number, each in enumerate(self._practice.locations, start=1):
            QShortcut(QKeySequence(f"Alt+{number}"), page, partial(self.show_clinic, each.key))
        QShortcut(QKeySequence("Alt+0"), page, partial(self.show_clinic, None))
        self.clinic_chip.clicked.connect(self._back_to_clinic)
        self.all_chip.clicked.connect(partial(self.show_clinic, None))
        for tab, chip in self.tab_chips.items():
            chip.clicked.connect(partial(self.show_tab, tab))
        self.group_chip.clicked.connect(self.regroup)
        for field in (self.kind_field, self.clinician_field):
            field.edited.connect(self.changed)
            field.advanced.connect(self.left)

    def _back_to_clinic(self) -> None:
        self.show_clinic(self._place)

    def _lay_out(self) -> None:
        self.kind_field.setAccessibleName(self.tr("Kind of document"))
        self.clinician_field.setAccessibleName(self.tr("Clinician"))
        self.kind_field.setToolTip("K")
        self.clinician_field.setToolTip("C")
        self.group_chip.setToolTip("G")
        flow = FlowRows(self, gap_x=6, gap_y=6, grows=False)
        for chip in (self.clinic_chip, self.all_chip, _gap(), *self.tab_chips.values()):
            flow.addWidget(chip)
        for field in (self.kind_field, self.clinician_field):
            field.setProperty("kind", "small")
            flow.insert(flow.count(), field, least=_CHOICE_PX, starts=field is self.kind_field)
        flow.addWidget(self.group_chip)


def _gap() -> QWidget:
    """Return a little room between the clinics and the lists."""
    gap = QWidget()
    gap.setFixedSize(6, 1)
    return gap
