"""The left side of a chart: everything that is read, the most pressing on top."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from intake.actions.acknowledging import acknowledge
from intake.actions.correcting import correct
from intake.domain.prompting import facts_of_chart
from intake.domain.reviews import Chart
from intake.errors import IntakeError, InvalidInputError
from ui.desk import Desk
from ui.failures import words_of, words_of_problem
from ui.pages.chart.correct import CorrectBox, targets
from ui.pages.chart.earlier_changes import ratings_over
from ui.pages.chart.glance_drawing import DrawingCard
from ui.pages.chart.glance_facts import safety_pills
from ui.pages.chart.glance_prompt_words import announced, open_words, prompt_words
from ui.pages.chart.glance_prompts import PromptsBox
from ui.pages.chart.glance_reported import ReportedList
from ui.pages.chart.glance_rows import sections
from ui.pages.chart.glance_safety import SafetyBanner
from ui.pages.chart.glance_words import instant_words, short_day
from ui.pages.chart.ratings_plot import RatingsCard
from ui.pages.chart.state import ChartState
from ui.pages.chart.unsent import Unsent
from ui.pages.intake.flow import laid_out_once
from ui.widgets.card import Card
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store

NARROW = 640
"""Below this width the drawing stands under the answers."""
_SEEN_PX = 60
_MISSING = ("required", "words_needed")


class GlancePane(QScrollArea):
    """Prompts, safety banner, answers, drawing and ratings of the chart in ``state``. ``wrote`` tells that lists changed."""

    wrote = Signal()

    def __init__(self, desk: Desk, state: ChartState, parent: QWidget | None = None) -> None:
        """Build the pane; it follows the state."""
        super().__init__(parent)
        self._desk, self._state, self._unsent = desk, state, Unsent(state)
        self._before: tuple[Chart, ...] = ()
        self.announcement = Banner()
        self.prompts = PromptsBox()
        self.safety = SafetyBanner()
        self.reported = ReportedList()
        self.reported_card = Card(self.tr("Reported"), " ")
        self.drawing: DrawingCard | None = None
        self._drawings: dict[str, DrawingCard] = {}
        self.ratings = RatingsCard()
        self.correct_box = CorrectBox(desk.definitions)
        self.correct_box.hide()
        self._lay_out()
        self.prompts.acknowledged.connect(self._acknowledge)
        self.prompts.typed.connect(self._unsent.type_word)
        self.reported.chosen.connect(self.correct)
        self.reported.pointed.connect(self._reveal)
        self.correct_box.kept.connect(self._correct)
        self.correct_box.left.connect(self._close_correction)
        self.correct_box.typed.connect(self._unsent.type_reason)
        state.loaded.connect(self._load)
        state.updated.connect(self._show)
        if text := announced(desk.definitions.prompts):
            self.announcement.say(text, tone="warning")

    def compare_with(self, charts: Sequence[Chart]) -> None:
        """Take the visits before the chart that is shown next, the latest of them first."""
        self._before = tuple(charts)

    def acknowledge_next(self) -> None:
        """Ask for the word on the first prompt that waits, or on the one the keyboard is at."""
        waiting = self.prompts.waiting()
        row = next((row for row in waiting if row.has_keyboard()), next(iter(waiting), None))
        if row is not None:
            row.begin()
            self.ensureWidgetVisible(row)

    def go_to_prompt(self, prompt_id: int) -> None:
        """Put the keyboard where the word on a prompt is typed; at the first that waits when there is no such one."""
        row = self.prompts.row_of(prompt_id)
        if row is not None and row.is_open():
            row.begin()
            self.ensureWidgetVisible(row)
        else:
            self.focus_first()

    def correct(self, path: str = "") -> None:
        """Open the editor of an answer, that of the current line when no path is told."""
        item, chart = self.reported.current(), self._state.chart
        path = path or (item.path if item else "")
        if chart is None or not path or not self._state.can_write:
            return
        self.reported.go_to(path)
        self.reported.open_editor(path, self.correct_box)
        found = targets(chart, path, self._desk.definitions)
        self.correct_box.begin(found, reason=self._unsent.reason(found[0].path))

    def blank(self) -> None:
        """Show nothing until the next chart is there."""
        self._inside.hide()

    def focus_first(self) -> None:
        """Put the keyboard where reading begins: the first prompt that waits, else the answers."""
        waiting = self.prompts.waiting()
        (waiting[0].button if waiting else self.reported).setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt calls it so
        """Keep what takes the keyboard in sight; the answers scroll to their current line themselves, they are higher than the window."""
        moved = QWidget.focusNextPrevChild(self, forward)
        focused = QApplication.focusWidget()
        if moved and isinstance(focused, QWidget) and self._inside.isAncestorOf(focused) and focused is not self.reported:
            self.ensureWidgetVisible(focused)
        return moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the drawing under the answers when it is narrow."""
        super().resizeEvent(event)
        narrow = self.viewport().width() < NARROW
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _load(self, chart: Chart) -> None:
        self._close_correction()
        self.reported.begin()
        self.verticalScrollBar().setValue(0)
        self._show(chart)

    def _show(self, chart: Chart) -> None:
        cards = (self.prompts, *self.prompts.rows, self.safety, self.ratings, *self._drawings.values())
        with laid_out_once(*cards):
            self._show_parts(chart)
        self._inside.show()
        self._unsent.forget_sent(chart)
        if not self._state.can_write:
            self._close_correction()

    def _show_parts(self, chart: Chart) -> None:
        desk = self._desk
        words = prompt_words(chart, desk.definitions, desk.zone)
        said = open_words(chart, facts_of_chart(chart), desk.definitions)
        self.prompts.show_prompts(words, said, may=self._state.can_write, typed=self._unsent.word)
        self.safety.show_pills(safety_pills(chart))
        recorded = instant_words(chart.visit.recorded_at, desk.zone, desk.today())
        self.reported_card.set_subtitle(self.tr("%1 by %2").replace("%1", recorded).replace("%2", chart.visit.recorded_by))
        self._show_answers(chart)

    def _show_answers(self, chart: Chart) -> None:
        definitions = self._desk.definitions
        before = self._before[0] if self._before else None
        self.reported.show_sections(sections(chart, before, definitions, self._desk.zone))
        self._show_drawing(chart, before)
        self.ratings.show_ratings(ratings_over(chart, self._before, definitions))

    def _show_drawing(self, chart: Chart, before: Chart | None) -> None:
        version = chart.visit.regions_version
        if version not in self._drawings:
            known = self._desk.definitions.region_sets.get(version, self._desk.definitions.regions)
            self._drawings[version] = DrawingCard(known)
            self._beside.insertWidget(0, self._drawings[version])
        for each, card in self._drawings.items():
            card.setVisible(each == version)
        self.drawing = self._drawings[version]
        same = before is not None and before.visit.regions_version == version
        day = short_day(before.visit.visit_day, chart.visit.visit_day) if before is not None and same else ""
        self.drawing.show_marks(chart.visit.marks, before.visit.marks if before is not None and same else (), day)

    def _acknowledge(self, prompt_id: int, words: str) -> None:
        desk = self._desk

        def keep(store: Store) -> Chart:
            return acknowledge(store, desk.actor, prompt_id, words=words, definitions=desk.definitions, now=desk.now())

        def refused(error: Exception) -> None:
            row = self.prompts.row_of(prompt_id)
            if not isinstance(error, IntakeError) or row is None:
                raise error
            row.refuse(_sentence(error))

        desk.store.ask(keep, owner=self, done=self._acknowledged, failed=refused)

    def _acknowledged(self, chart: Chart) -> None:
        self.wrote.emit()
        if self._state.visit_id == chart.visit.id:
            self._state.show(chart)
            self.focus_first()

    def _correct(self, path: str, value: object, reason: str) -> None:
        desk, visit_id = self._desk, self._state.visit_id
        if visit_id is None:
            return
        answer = list(value) if isinstance(value, tuple) else value

        def keep(store: Store) -> Chart:
            return correct(
                store, desk.actor, visit_id, path=path, value=answer, reason=reason, definitions=desk.definitions, now=desk.now()
            )

        done = partial(self._corrected, self.correct_box.opened_for)
        desk.store.ask(keep, owner=self, done=done, failed=self._not_corrected)

    def _corrected(self, opened_for: str, chart: Chart) -> None:
        self.wrote.emit()
        if self._state.visit_id == chart.visit.id:
            self._state.show(chart)
            self._unsent.forget_reason(opened_for)
            self._close_correction()

    def _not_corrected(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.correct_box.refuse(error)

    def _close_correction(self) -> None:
        had_focus = self.correct_box.has_keyboard()
        self.reported.close_editor()
        if had_focus:
            self.reported.setFocus()

    def _reveal(self, where: QRect) -> None:
        """Scroll to a part of the answers, once everything above it has the height it will have."""
        QTimer.singleShot(0, self, partial(self._scroll_to, where))

    def _scroll_to(self, where: QRect) -> None:
        middle = self.reported.mapTo(self._inside, where.center())
        self.ensureVisible(middle.x(), middle.y(), 0, where.height() // 2 + _SEEN_PX)

    def _lay_out(self) -> None:
        self._inside = QWidget()
        self._inside.setObjectName("scrolled")
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(20, 16, 14, 16)
        column.setSpacing(12)
        self.reported_card.body.addWidget(self.reported)
        self.reported_card.body.addStretch(1)
        self._beside = QVBoxLayout()
        self._beside.setSpacing(12)
        self._beside.addWidget(self.ratings)
        self._beside.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(12)
        self._columns.addWidget(self.reported_card, 5)
        self._columns.addLayout(self._beside, 4)
        for widget in (self.announcement, self.safety, self.prompts):
            column.addWidget(widget)
        column.addLayout(self._columns, 1)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("At a glance"))


def _sentence(error: IntakeError) -> str:
    """Return why a word was not kept; one that is missing is asked for by its name."""
    if isinstance(error, InvalidInputError) and any(problem.code in _MISSING for problem in error.problems):
        return QCoreApplication.translate("GlancePane", "Write what was done about it.")
    if isinstance(error, InvalidInputError) and error.problems:
        return words_of_problem(error.problems[0])
    return words_of(error)
