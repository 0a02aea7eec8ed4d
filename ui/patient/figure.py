"""The pain drawing by touch: four views of the body, large, and the same as a list for the keyboard and screen readers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.pain import Mark, PainKind, RegionSet
from intake.domain.text import Text
from ui.pages.intake.body_view import BodyView, swatch
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.flow import FlowRows
from ui.patient import words
from ui.patient.buttons import BigButton, OptionButton
from ui.patient.plan import Screen
from ui.patient.question_screen import Scrolled
from ui.patient.rating import LetterKey
from ui.patient.slots import Language
from ui.patient.style import COLUMN_PX
from ui.widgets.labels import label

_LARGEST_PX, _LEAST_PX = 460, 260
_SWATCH_PX = 24
_DRAWING = "pain_drawing"


def in_one_language(regions: RegionSet, language: Language) -> RegionSet:
    """Return the figure with the words of one language in both places, for widgets that show English."""

    def only(text: Text) -> Text:
        words_of_it = text.in_language(language)
        return Text(en=words_of_it, es=words_of_it)

    views = tuple(
        replace(view, text=only(view.text), regions=tuple(replace(region, text=only(region.text)) for region in view.regions))
        for view in regions.views
    )
    return RegionSet(version=regions.version, views=views, kinds=tuple(replace(kind, text=only(kind.text)) for kind in regions.kinds))


class LargeView(BodyView):
    """One view, as large as there is room; its title stands above it, in the size of all other words."""

    title_height = 0
    letter_px = 16
    largest_px = _LARGEST_PX

    def sizeHint(self) -> QSize:
        """Return the size at which every region can be hit with a finger."""
        return QSize(self.largest_px, self.largest_px)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which regions can be hit."""
        return QSize(_LEAST_PX, _LEAST_PX)

    def heightForWidth(self, width: int) -> int:
        """Return the height of figure and title."""
        return min(max(width, _LEAST_PX), self.largest_px)


class DrawingScreen(Scrolled):
    """Marks are made with the kind that is chosen. ``answered`` tells that a person changed them."""

    answered = Signal()

    def __init__(self, document: IntakeDocument, screen: Screen, language: Language, parent: QWidget | None = None) -> None:
        """Show the marks there are."""
        super().__init__(parent)
        self._document = document
        self._regions = in_one_language(document.definitions.regions, language)
        self._kind = self._regions.kinds[0]
        self.kinds = [self._kind_key(kind) for kind in self._regions.kinds]
        self._titles = [_centered(view.text.en) for view in self._regions.views]
        self.views = [LargeView(self._regions, view) for view in self._regions.views]
        self.places: dict[str, OptionButton] = {}
        self.as_list = BigButton(words.DRAWING_LIST.in_language(language), quiet=True)
        self.larger = BigButton(words.LARGER.in_language(language), quiet=True)
        self._is_large = False
        self._sizes = (words.LARGER.in_language(language), words.SMALLER.in_language(language))
        self._words = (words.DRAWING_LIST.in_language(language), words.DRAWING_PICTURE.in_language(language))
        self._pictures, self._list = QWidget(), QWidget()
        head = QHBoxLayout()
        head.addWidget(label(screen.title.in_language(language), "title", wrap=True), 1)
        for button in (self.larger, self.as_list):
            button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            head.addWidget(button)
        self.column.addLayout(head)
        self.column.addWidget(label(words.DRAWING_NOTE.in_language(language), "quiet", wrap=True))
        self._arrange()
        self.choose_kind(self._kind)
        self._list.hide()

    def choose_kind(self, kind: PainKind) -> None:
        """Mark with this kind from now on."""
        self._kind = kind
        for key, each in zip(self.kinds, self._regions.kinds, strict=True):
            key.setChecked(each is kind)
        self.show_marks()

    def toggle(self, region: str) -> None:
        """Mark a place with the kind that is chosen, or take that mark back."""
        self._document.toggle_mark(Mark(region=region, kind=self._kind.code))
        self.show_marks()
        self.answered.emit()

    def show_marks(self) -> None:
        """Show the marks of the document on the views and in the list."""
        marks = [mark for mark in self._document.marks() if not self._regions.problems([mark])]
        for view in self.views:
            view.show_marks(marks)
        here = {mark.region for mark in marks if mark.kind == self._kind.code}
        for region, place in self.places.items():
            place.setChecked(region in here)

    def go_to(self, path: str = "") -> None:
        """Put the keyboard at the kinds."""
        self.kinds[0].setFocus()

    def _arrange(self) -> None:
        kinds = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        kinds.setSizePolicy(policy)
        flow = FlowRows(kinds, gap_x=8, gap_y=8, grows=False)
        for key in self.kinds:
            flow.addWidget(key)
        grid = QGridLayout(self._pictures)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for view in self.views:
            view.marked.connect(self.toggle)
        self._place_views(2)
        listed = QVBoxLayout(self._list)
        listed.setContentsMargins(0, 0, 0, 0)
        self.as_list.clicked.connect(self._switch)
        self.larger.clicked.connect(self._zoom)
        self.column.addWidget(kinds)
        self.column.addWidget(self._pictures)
        self.column.addWidget(self._list)
        self.column.addStretch(1)

    def _place_views(self, columns: int) -> None:
        """Put the views under each other, each with its title, in one column or two."""
        grid = self._pictures.layout()
        if not isinstance(grid, QGridLayout):
            return
        for place, (title, view) in enumerate(zip(self._titles, self.views, strict=True)):
            view.largest_px = _LARGEST_PX if columns > 1 else COLUMN_PX
            view.updateGeometry()
            grid.addWidget(title, 2 * (place // columns), place % columns)
            grid.addWidget(view, 2 * (place // columns) + 1, place % columns)

    def _zoom(self) -> None:
        """Draw the views as wide as the column, so that every place of the neck can be hit, or two side by side again."""
        self._is_large = not self._is_large
        self._place_views(1 if self._is_large else 2)
        self.larger.set_words(self._sizes[self._is_large])

    def _switch(self) -> None:
        """Show the list in the place of the pictures, or the other way round."""
        to_list = self._list.isHidden()
        if to_list and not self.places:
            self._build_list()
        self._list.setVisible(to_list)
        self._pictures.setVisible(not to_list)
        self.larger.setVisible(not to_list)
        self.as_list.set_words(self._words[to_list])

    def _build_list(self) -> None:
        inside = self._list.layout()
        if inside is None:
            return
        for view in self._regions.views:
            inside.addWidget(label(view.text.en, "strong"))
            for region in view.regions:
                place = OptionButton(region.key, region.text.en, several=True)
                place.setAccessibleName(f"{view.text.en}: {region.text.en}")
                place.clicked.connect(partial(self.toggle, region.key))
                self.places[region.key] = place
                inside.addWidget(place)
        self.show_marks()

    def _kind_key(self, kind: PainKind) -> LetterKey:
        key = LetterKey(f"  {kind.letter}  {kind.text.en}", kind.text.en)
        key.setProperty("kind", "pain")
        key.setCheckable(True)
        key.setIcon(swatch(self._regions, kind, size_px=_SWATCH_PX, ratio=self.devicePixelRatioF(), line_px=1.5))
        key.setIconSize(QSize(_SWATCH_PX, _SWATCH_PX))
        key.clicked.connect(partial(self.choose_kind, kind))
        return key


def _centered(text: str) -> QLabel:
    made = label(text, "quiet")
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return made
