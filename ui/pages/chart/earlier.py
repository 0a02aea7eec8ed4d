"""Earlier visits beside the chart: what changed since the last one, and what was written and signed at each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from intake.domain.reviews import Chart
from intake.entry.dates import show_date
from ui.desk import Desk
from ui.pages.chart.earlier_changes import changes, note_parts
from ui.pages.chart.glance_words import NOT_ASKED
from ui.turns import in_turns
from ui.widgets.card import Card
from ui.widgets.labels import label
from ui.widgets.notices import EmptyState


class EarlierPane(QScrollArea):
    """One card a visit, the latest first. They are built when somebody looks, one in each turn."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the pane without a visit."""
        super().__init__(parent)
        self._desk = desk
        self._chart: Chart | None = None
        self._before: tuple[Chart, ...] = ()
        self._built: tuple[Chart | None, tuple[Chart, ...]] = (None, ())
        self.cards: list[Card] = []
        self.nothing = EmptyState(self.tr("No earlier visit"), self.tr("They appear here, with what changed since."))
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 6, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Earlier visits"))

    def show_visits(self, chart: Chart | None, before: Sequence[Chart]) -> None:
        """Take the chart on screen and the visits before it, the latest first."""
        self._chart, self._before = chart, tuple(before)
        self.nothing.setVisible(not before)
        if self.isVisible():
            self.build()

    def build(self) -> None:
        """Build the cards, if they are not those of what is shown already."""
        if self._built == (self._chart, self._before) or self._chart is None:
            return
        self._built = (self._chart, self._before)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        in_turns(self, self._pieces(self._chart, self._before))

    def _pieces(self, chart: Chart, before: tuple[Chart, ...]) -> Iterator[None]:
        for place, each in enumerate(before):
            if self._built != (chart, before):
                return
            card = self._card(chart, each, compared=place == 0)
            self.cards.append(card)
            self._column.insertWidget(place, card)
            card.show()
            yield

    def _card(self, chart: Chart, then: Chart, *, compared: bool) -> Card:
        card = Card(show_date(then.visit.visit_day), f"{then.visit.location.name} · {then.visit.number}")
        if compared:
            found = changes(chart, then, self._desk.definitions)
            asked = [each.words() for each in found if each.now != NOT_ASKED]
            self._part(card, self.tr("Changed since then"), "\n".join(asked) or self.tr("Every answer is the same."))
            if missing := ", ".join(f"{each.label} ({each.before.lower()})" for each in found if each.now == NOT_ASKED):
                self._part(card, self.tr("Not asked this time, with the answer of then"), missing)
        signature = then.signature
        if signature is None:
            card.body.addWidget(label(self.tr("No signed note."), "muted", wrap=True))
            return card
        for heading, text in note_parts(signature, self._desk.definitions):
            self._part(card, heading, text)
        for addendum in then.addenda:
            self._part(
                card, self.tr("Addendum %1").replace("%1", str(addendum.number)), f"{addendum.text}\n{addendum.reason}, {addendum.by}"
            )
        day = show_date(signature.at.astimezone(self._desk.zone).date())
        signed = self.tr("Signed by %1, %2").replace("%1", signature.by).replace("%2", day)
        card.body.addWidget(label(f"{signed} · {then.number}", "hint", wrap=True))
        return card

    def _part(self, card: Card, heading: str, text: str) -> None:
        card.body.addWidget(label(heading, "label"))
        words = label(text, "", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{heading}: {text}")
        card.body.addWidget(words)
