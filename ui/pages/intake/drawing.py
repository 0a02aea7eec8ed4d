"""The pain drawing on the page: four views of the body, the kinds of pain, and the list that mirrors them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.pain import Mark, PainKind
from intake.errors import Problem
from ui.pages.intake.body_view import BodyView, swatch
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.flow import FlowRows
from ui.pages.intake.region_list import RegionList
from ui.widgets.buttons import Chip
from ui.widgets.card import Card
from ui.widgets.labels import Pill

SWATCH_PX = 14
DRAWING = "pain_drawing"
LIST_PX = 240
LEAST_LIST_PX = 180
ICON_GAP_PX = 22
"""The style sheet's own size hint forgets the icon's distance and the bolder face of a chosen chip."""


class DrawingSection(Card):
    """Marks are made with the kind chosen now; a mark belongs to one region of one view."""

    advanced = Signal(object)
    retreated = Signal(object)
    key = "drawing"

    def __init__(self, document: IntakeDocument, parent: QWidget | None = None) -> None:
        """Build the views, the kinds and the list."""
        super().__init__("", parent=parent)
        self._document = document
        self._regions = document.definitions.regions
        self._kind = self._regions.kinds[0]
        self._counter = Pill()
        self._mark = Pill("", "info")
        self._views = [BodyView(self._regions, view) for view in self._regions.views]
        self._kinds = [self._kind_chip(index, kind) for index, kind in enumerate(self._regions.kinds)]
        self.regions = RegionList(self._regions)
        self._arrange()
        self.regions.toggled.connect(self.toggle)
        self.regions.kind_chosen.connect(self.choose_kind)
        self.regions.pointed.connect(self._point)
        self.regions.advanced.connect(partial(self.advanced.emit, self.regions))
        self.regions.retreated.connect(partial(self.retreated.emit, self.regions))
        for view in self._views:
            view.marked.connect(self._clicked)
        document.changed.connect(self._follow)
        document.form_marks.changed.connect(self._show_mark)
        self.show_values()

    def toggle(self, region: str) -> None:
        """Mark a region with the kind chosen now, or take that mark back."""
        self._document.toggle_mark(Mark(region=region, kind=self._kind.code))

    def choose_kind(self, place: int) -> None:
        """Choose the kind at a place among the kinds; a place that is none changes nothing."""
        if not 0 <= place < len(self._regions.kinds):
            return
        self._kind = self._regions.kinds[place]
        for index, chip in enumerate(self._kinds):
            chip.setChecked(index == place)
        self.regions.setAccessibleDescription(
            self.tr("Space marks %1. Digits choose another kind of pain.").replace("%1", self._kind.text.en)
        )

    def show_values(self) -> None:
        """Show the marks the document holds."""
        marks = self._document.marks()
        known = [mark for mark in marks if not self._regions.problems([mark])]
        for view in self._views:
            view.show_marks(known)
        self.regions.show_marks(known)
        words = self.tr("1 mark") if len(marks) == 1 else self.tr("%1 marks").replace("%1", str(len(marks)))
        self._counter.show_text(words)
        self._counter.setVisible(bool(marks))
        self._show_mark(DRAWING)

    def stops(self) -> list[tuple[str, QWidget]]:
        """Return the one field of this section."""
        return [(DRAWING, self.regions)]

    def enter_stops(self) -> list[tuple[str, QWidget]]:
        """Return the one field of this section."""
        return self.stops()

    def editor(self, path: str) -> RegionList:
        """Return the list, whatever is asked for of the drawing."""
        return self.regions

    def left(self, path: str) -> None:
        """Take the outline of the region away that the keyboard was at."""
        self._point("")

    def clear_problems(self) -> None:
        """Take back what the last save was refused for."""
        self.set_tone("")

    def show_problem(self, problem: Problem) -> None:
        """Point at the drawing."""
        self.set_tone("danger")

    def _arrange(self) -> None:
        title = QHBoxLayout()
        self.title_label.setText(self.tr("Pain drawing"))
        title.addWidget(self.title_label)
        title.addWidget(self._mark)
        title.addStretch(1)
        title.addWidget(self._counter)
        kinds = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        kinds.setSizePolicy(policy)
        flow = FlowRows(kinds, gap_x=6, gap_y=6, grows=False)
        for chip in self._kinds:
            flow.addWidget(chip)
        self._pictures = QGridLayout()
        self._pictures.setSpacing(4)
        for index, view in enumerate(self._views):
            self._pictures.addWidget(view, index // 2, index % 2)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addLayout(self._pictures, 1)
        beside.addWidget(self.regions)
        self.regions.setMinimumWidth(LEAST_LIST_PX)
        self.regions.setMaximumWidth(LIST_PX)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(title)
        column.addWidget(kinds)
        column.addLayout(beside)
        self.body.addLayout(column)
        self.setAccessibleName(self.title_label.text())
        self.choose_kind(0)

    def _kind_chip(self, index: int, kind: PainKind) -> Chip:
        chip = Chip(f"{index + 1}  {kind.letter}  {kind.text.en}")
        chip.setIcon(swatch(self._regions, kind, size_px=SWATCH_PX, ratio=self.devicePixelRatioF()))
        chip.ensurePolished()
        chip.setMinimumWidth(chip.sizeHint().width() + ICON_GAP_PX)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.setAccessibleName(kind.text.en)
        chip.clicked.connect(partial(self.choose_kind, index))
        return chip

    def _clicked(self, region: str) -> None:
        self.regions.setFocus()
        self.regions.choose(region)
        self.toggle(region)

    def _point(self, region: str) -> None:
        shown = region if self.regions.hasFocus() else ""
        for view in self._views:
            view.show_chosen(shown)

    def _show_mark(self, path: str) -> None:
        if path in ("", DRAWING):
            words = self._document.form_marks.words(DRAWING)
            self._mark.show_text(words, "info" if self._document.form_marks.is_marked(DRAWING) else "ok")
            self._mark.setVisible(bool(words))

    def _follow(self, path: str) -> None:
        if path == DRAWING:
            self.set_tone("")
            self.show_values()
