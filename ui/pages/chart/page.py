"""One chart: at the left what is read, at the right what the clinician writes. The page of one chart serves for the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from intake.actions.charts import earlier, leave_chart, open_chart
from intake.actions.reviewing import awaiting_count, next_to_review
from intake.domain.document_kinds import Paper
from intake.domain.reviews import Chart
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.chart.glance import GlancePane
from ui.pages.chart.glance_head import ChartHead, HeadWords, head_words
from ui.pages.chart.page_keys import Standing, chart_keys
from ui.pages.chart.page_side import SidePane
from ui.pages.chart.state import ChartState
from ui.pages.intake.keys import is_plain
from ui.pages.page import Key, Page
from ui.routes import Routes
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store

ONE_PANE_PX = 800
"""Below this width one pane is shown at a time; F6 brings the other."""
_SIDE_SHARE = 0.38
_SIDE_LEAST, _SIDE_MOST = 350, 560


class ChartPage(Page):
    """``show_visit`` asks for another visit with the next :meth:`entered`; nothing is built anew for it."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page; :meth:`show_visit` says whose chart, :meth:`entered` asks for it."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Chart")
        self.visit_id = 0
        self.location: str | None = desk.location
        self.state = ChartState(desk, self)
        self.head_widget = ChartHead()
        self._back: list[int] = []
        self._one_pane = False
        self._side_first = False
        self._told_side = False
        self._left = QWidget(self)
        self.words = Banner(self._left)
        self.glance = GlancePane(desk, self.state, self._left)
        self.side = SidePane(desk, self.state, self)
        self._lay_out()
        self.glance.wrote.connect(self.routes.changed)
        self.side.legend_changed.connect(self.legend_changed)
        note = self.side.note
        note.wrote.connect(self.routes.changed)
        note.next_asked.connect(self.next_chart)
        note.paper_asked.connect(self._print)
        note.place_asked.connect(self._go_to)
        self.state.loaded.connect(self._name)
        self.state.updated.connect(self._name)
        self._add_shortcuts()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def head(self) -> QWidget:
        """Return what stands in the top bar."""
        return self.head_widget

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of reading, then those of the note."""
        standing = Standing(
            at_side=self._told_side,
            writes=self.state.can_write,
            waits=bool(self.glance.prompts.waiting()),
            reviews=self.desk.may(Task.REVIEW),
            has_before=bool(self._back),
        )
        return chart_keys(standing, self.side.legend())

    def show_visit(self, visit_id: int) -> None:
        """Take another visit; :meth:`entered` asks for it."""
        if visit_id == self.visit_id:
            return
        self.state.clear()
        if self.visit_id:
            self._leave_hold()
        self.visit_id = visit_id

    def entered(self) -> None:
        """Ask for the chart: of the visit on screen only when it is not there yet."""
        self.title_changed.emit()
        if self.state.visit_id == self.visit_id:
            return
        desk, visit_id = self.desk, self.visit_id

        def look(store: Store) -> tuple[Chart, tuple[Chart, ...]]:
            chart = open_chart(store, desk.actor, visit_id, definitions=desk.definitions, now=desk.now())
            return chart, earlier(store, desk.actor, visit_id, definitions=desk.definitions)

        desk.store.ask(look, owner=self, done=self._show, failed=self._no_chart, newest="chart")

    def leaving(self) -> None:
        """Write down what was typed, and put the chart back if nothing was."""
        if self.state.chart is not None:
            self.state.clear()
            self.glance.blank()
            self.head_widget.show_words(HeadWords(name=self.tr("Chart"), person="", number="", clinic="", visit=""))
            self._leave_hold()

    def reload(self) -> None:
        """Count what awaits review, and learn when somebody else took or signed the chart."""
        if self.isVisible():
            self.side.note.look_again()
        if self.desk.may(Task.REVIEW) and self.isVisible():
            desk, location = self.desk, self.location
            desk.store.ask(
                lambda store: awaiting_count(store, desk.actor, location=location),
                owner=self,
                done=self.head_widget.show_count,
                newest="count",
            )

    def next_chart(self) -> None:
        """Open the next chart that awaits review on the list this one came from."""
        desk, visit_id, location = self.desk, self.visit_id, self.location
        if desk.may(Task.REVIEW):
            desk.store.ask(
                lambda store: next_to_review(store, desk.actor, location=location, after=visit_id),
                owner=self,
                done=self._go_on,
                newest="next",
            )

    def previous_chart(self) -> None:
        """Go back to the chart before, in the order they were opened."""
        if self._back:
            self.routes.chart.emit(self._back.pop())

    def other_pane(self) -> None:
        """Put the keyboard into the other pane; in a narrow window this shows it."""
        at_side = self._side_first if self._one_pane else self._at_side()
        self._side_first = not at_side
        self._share_room()
        if at_side:
            self.glance.focus_first()
        else:
            self.side.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the letters of the pane that is read; in the other one a letter that a field does not want does nothing."""
        key = event.key()
        reading = is_plain(event) and not self._at_side()
        if reading and key == Qt.Key.Key_A:
            self._acknowledge()
        elif reading and key == Qt.Key.Key_E:
            self._correct()
        elif is_plain(event) and key == Qt.Key.Key_Escape:
            self.routes.review.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room between the panes."""
        super().resizeEvent(event)
        self._share_room()

    def _show(self, found: tuple[Chart, tuple[Chart, ...]]) -> None:
        chart, before = found
        if chart.visit.id != self.visit_id:
            return
        self.words.hide()
        self._show_glance()
        self.glance.compare_with(before)
        self.state.show(chart)
        self.side.show_earlier(chart, before)
        self.glance.focus_first()
        self.legend_changed.emit()
        self.reload()

    def _no_chart(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.head_widget.show_words(HeadWords(name=self.tr("Chart"), person="", number="", clinic="", visit=""))
        self.words.say(words_of(error))

    def _name(self, chart: Chart) -> None:
        words = head_words(chart, self.desk)
        self.head_widget.show_words(words)
        self.title = f"{words.name} · {words.number}"
        self.legend_changed.emit()

    def _go_on(self, visit_id: int | None) -> None:
        if visit_id is None or visit_id == self.visit_id:
            self.routes.said.emit(self.tr("No further chart awaits review here."))
            return
        self._back.append(self.visit_id)
        self.routes.chart.emit(visit_id)

    def _leave_hold(self) -> None:
        desk, visit_id = self.desk, self.visit_id
        if desk.may(Task.REVIEW):
            desk.store.ask(
                lambda store: leave_chart(store, desk.actor, visit_id, now=desk.now()),
                owner=self,
                done=self._put_back,
                failed=self._not_put_back,
            )

    def _put_back(self, nothing: None) -> None:
        self.routes.changed.emit()

    def _not_put_back(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error

    def _acknowledge(self) -> None:
        if self.state.can_write:
            self._show_glance()
            self.glance.acknowledge_next()
        else:
            self._say_read_only()

    def _correct(self) -> None:
        if self.state.can_write:
            self._show_glance()
            self.glance.correct()
        else:
            self._say_read_only()

    def _say_read_only(self) -> None:
        self.routes.said.emit(self.tr("This chart is only read here."))

    def _show_glance(self) -> None:
        if self._one_pane and self._side_first:
            self._side_first = False
            self._share_room()

    def _at_side(self) -> bool:
        focused = QApplication.focusWidget()
        return isinstance(focused, QWidget) and self.side.isAncestorOf(focused)

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Tell the keys of the pane that has the keyboard now."""
        if now is not None and self.isAncestorOf(now) and self._told_side is not self._at_side():
            self._told_side = not self._told_side
            self.legend_changed.emit()

    def _share_room(self) -> None:
        self._one_pane = self.width() < ONE_PANE_PX
        if self._one_pane:
            self._left.setVisible(not self._side_first)
            self.side.setVisible(self._side_first)
            self.side.setFixedWidth(self.width())
            return
        self._left.show()
        self.side.show()
        self.side.setFixedWidth(min(max(round(self.width() * _SIDE_SHARE), _SIDE_LEAST), _SIDE_MOST))

    def _print(self, kind: Paper) -> None:
        self.routes.paper.emit(self.visit_id, kind)

    def _go_to(self, place: str) -> None:
        """Go to what is missing for a signature and stands at the left."""
        self._show_glance()
        self.glance.go_to_prompt(int(place.removeprefix("prompts.")) if place.startswith("prompts.") else 0)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            ("Ctrl+J", self.next_chart),
            ("Ctrl+Shift+J", self.previous_chart),
            ("F6", self.other_pane),
            ("Alt+A", self._acknowledge),
            ("Ctrl+P", partial(self._print, Paper.VISIT_NOTE)),
            ("Alt+H", partial(self._print, Paper.HOME_CARE)),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self) -> None:
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        told = QVBoxLayout()
        told.setContentsMargins(20, 0, 20, 0)
        told.addWidget(self.words)
        left.addLayout(told)
        left.addWidget(self.glance, 1)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._left, 1)
        across.addWidget(self.side)
