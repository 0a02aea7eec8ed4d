"""The clinician's part of a chart: written, kept, signed, added to; or read when it is in somebody else's hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from intake.actions.charts import changed_hands, open_chart
from intake.domain.document_kinds import Paper
from intake.domain.reviews import Chart
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.chart.addendum import AddendumPart
from ui.pages.chart.note_form import NoteForm
from ui.pages.chart.note_keeper import NoteKeeper
from ui.pages.chart.note_keys import note_keys
from ui.pages.chart.note_signed import SignedNote
from ui.pages.chart.note_text import NoteText
from ui.pages.chart.signing import Signing
from ui.pages.chart.signing_box import BeforeSigning
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_desk import SnippetDesk
from ui.pages.chart.snippets_line import NoteLine
from ui.pages.chart.state import ChartState
from ui.pages.chart.taking import TakingBar
from ui.pages.intake.flow import FlowRows
from ui.pages.page import Key
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store

_FOOT_STAYS_PX = 480
"""Lower than this, what stands below the note scrolls with it."""


class NotePane(QWidget):
    """Note, list of what is missing, and signature.

    ``draft_state`` carries the words of the draft; ``place_asked`` the place of something missing that is not in this pane
    (``prompts.7``); ``next_asked`` and ``paper_asked`` (a ``Paper``) what the buttons ask of the page; ``wrote`` that lists change.
    """

    draft_state = Signal(str)
    legend_changed = Signal()
    place_asked = Signal(str)
    next_asked = Signal()
    paper_asked = Signal(object)
    wrote = Signal()

    def __init__(self, desk: Desk, state: ChartState, parent: QWidget | None = None) -> None:
        """Build it for the chart of ``state``."""
        super().__init__(parent)
        self._desk = desk
        self._state = state
        self.book = SnippetBook(desk, self)
        self.taking = TakingBar(desk, state)
        self.banner = Banner()
        # The parts are made where they stand: to move them there later would dress everything in them a second time.
        self._scroll = QScrollArea(self)
        self._content = QWidget()
        self._content.setObjectName("scrolled")
        self._scroll.setWidget(self._content)
        self.form = NoteForm(desk.definitions, state, self.book, self._content)
        self.signed = SignedNote(desk.definitions, self.book, desk.zone, self._content)
        self.addendum = AddendumPart(desk.definitions, state, self.book)
        self.unseen_label = label(self.tr("The note is shown here once it is signed."), "muted", wrap=True)
        self.keeper = NoteKeeper(desk, state, self.form.caret, self)
        self.signing = Signing(desk, state, self.keeper, self)
        self.snippets = SnippetDesk(self.book, self._text_in_hand, self)
        self.box = BeforeSigning()
        self.sign_button = Button(self.tr("Sign"), key="Ctrl ↵", primary=True)
        self.add_button = Button(self.tr("Addendum"), key="Ctrl D")
        self.note_button = Button(self.tr("Visit note"), key="Ctrl P")
        self.next_button = Button(self.tr("Next chart"), key="Ctrl J")
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self._show_parts(None)

    def focus_first(self) -> None:
        """Put the keyboard where work goes on."""
        if self._state.can_write:
            self.form.resume()
        elif not self.taking.isHidden():
            self.taking.banner.button.setFocus()
        elif self.addendum.controls():
            self.addendum.open()
        else:
            self.add_button.setFocus()

    def legend(self) -> tuple[Key, ...]:
        """Return the keys that work in the note now."""
        return note_keys(self._state, may_review=self._desk.may(Task.REVIEW))

    def go_to(self, place: str) -> None:
        """Go to the place of something missing; what is not in this pane is asked of the page."""
        if place == "hold":
            self.taking.ask()
        elif not self.form.go_to(place.removeprefix("note.")):
            self.place_asked.emit(place)

    def look_again(self) -> None:
        """Read the chart anew when it came into other hands, or was signed, since it was read."""
        desk, chart = self._desk, self._state.chart
        if chart is None:
            return

        def look(store: Store) -> Chart | None:
            if not changed_hands(store, desk.actor, chart):
                return None
            return open_chart(store, desk.actor, chart.visit.id, definitions=desk.definitions, now=desk.now())

        desk.store.ask(look, owner=self, done=self._looked_again, failed=self._tell, newest="again")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the foot scroll with the note when there is no room for both."""
        super().resizeEvent(event)
        self._place_foot()
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Scroll back to where the keyboard is, after the room has changed."""
        focused = QApplication.focusWidget()
        if isinstance(focused, QWidget) and self._content.isAncestorOf(focused):
            self._show_caret(focused)

    def _looked_again(self, chart: Chart | None) -> None:
        if chart is None or chart.visit.id != self._state.visit_id:
            return
        if not self._state.can_write:  # what was only read is shown as it is now; what was typed here stays
            self._state.raw = dict(chart.draft)
        self._state.show(chart)

    def _show(self, chart: Chart) -> None:
        """Show a chart: to be written, to be read, or signed."""
        self.banner.hide()
        self._show_parts(chart)
        self.form.show_note()
        if chart.signature is not None:
            self.signed.show_chart(chart)
            self.addendum.show_note()
        self.legend_changed.emit()

    def _loaded(self, chart: Chart) -> None:
        self._show(chart)
        self.form.begin()
        self.addendum.begin()
        self.draft_state.emit("")
        self.form.place_caret(self._state.caret)
        self._scroll.verticalScrollBar().setValue(0)

    def _show_parts(self, chart: Chart | None) -> None:
        self._scroll.setVisible(chart is not None)
        self._foot.setVisible(chart is not None)
        is_signed = chart is not None and chart.signature is not None
        writes = self._state.can_write
        reviews = self._desk.may(Task.REVIEW)
        self.form.set_writable(on=writes)
        self.form.setVisible(chart is not None and not is_signed and (writes or bool(self._state.raw)))
        self.unseen_label.setVisible(chart is not None and not is_signed and not writes and not self._state.raw)
        self.signed.setVisible(is_signed)
        self.addendum.setVisible(is_signed and reviews)
        self.box.setVisible(writes)
        self.sign_button.setVisible(writes)
        self.add_button.setVisible(is_signed and reviews)
        self.note_button.setVisible(is_signed)
        self.next_button.setVisible(reviews)

    def _kept(self) -> None:
        time = self._desk.now().astimezone(self._desk.zone)
        self.draft_state.emit(self.tr("Draft saved %1").replace("%1", f"{time.hour % 12 or 12}:{time:%M:%S}"))
        if not self.keeper.is_behind():
            self.banner.hide()

    def _not_kept(self, error: Exception) -> None:
        words = words_of(error) if isinstance(error, IntakeError) else self.tr("The draft could not be written to disk.")
        self.banner.say(self.tr("%1 What you typed is still here; it is tried again.").replace("%1", words))

    def _tell(self, error: Exception) -> None:
        if isinstance(error, IntakeError):
            self.banner.say(words_of(error))
        else:
            self._desk.store.failed.emit(error)

    def _signed(self) -> None:
        self.draft_state.emit("")
        self.wrote.emit()
        self._scroll.verticalScrollBar().setValue(0)
        (self.next_button if self._state.is_signed else self.sign_button).setFocus()

    def _sign(self) -> None:
        if self._state.is_signed:
            self.addendum.sign()
        else:
            self.signing.sign()

    def _add(self) -> None:
        if self._state.is_signed and self._desk.may(Task.REVIEW):
            self.addendum.open()
            QTimer.singleShot(0, self.addendum, self._show_addendum)

    def _show_addendum(self) -> None:
        self._scroll.ensureWidgetVisible(self.addendum)

    def _show_caret(self, control: QWidget) -> None:
        if isinstance(control, NoteText):
            spot = control.mapTo(self._content, control.cursorRect().center())
            self._scroll.ensureVisible(spot.x(), spot.y(), 0, 24)
        else:
            self._scroll.ensureWidgetVisible(control, 0, 16)

    def _text_in_hand(self) -> NoteText | NoteLine | None:
        if self._state.is_signed:
            return next((each for each in (self.addendum.text, self.addendum.reason_line) if each.hasFocus()), None)
        return self.form.text_in_hand() if self._state.can_write else None

    def _connect(self) -> None:
        self._state.loaded.connect(self._loaded)
        self._state.updated.connect(self._show)
        self._state.cleared.connect(self._cleared)
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(self._not_kept)
        self.keeper.overtaken.connect(self.look_again)
        self.form.moved.connect(self.keeper.note_caret)
        self.form.caret_shown.connect(self._show_caret)
        self.taking.taken.connect(self._taken)
        self.signing.looked.connect(self._show_missing)
        self.signing.signed.connect(self._signed)
        self.signing.place_asked.connect(self.go_to)
        self.signing.failed.connect(self.banner.say)
        self.box.place_asked.connect(self.go_to)
        self.addendum.sign_asked.connect(self.signing.add)
        self.sign_button.clicked.connect(self.signing.sign)
        self.add_button.clicked.connect(self._add)
        self.next_button.clicked.connect(self.next_asked)
        self.note_button.clicked.connect(self._ask_note)

    def _cleared(self) -> None:
        for each in (self._scroll, self._foot, self.banner):
            each.hide()
        self.draft_state.emit("")

    def _taken(self) -> None:
        self.wrote.emit()
        self.form.place_caret(self._state.caret)
        self.form.resume()

    def _show_missing(self, missing: tuple[object, ...], wrong: dict[str, str]) -> None:
        self.box.show_missing(missing)  # type: ignore[arg-type]  # Missing, out of a signal
        self.form.show_problems(wrong)

    def _ask_note(self) -> None:
        self.paper_asked.emit(Paper.VISIT_NOTE)

    def _add_shortcuts(self) -> None:
        for keys, act in (("Ctrl+Return", self._sign), ("Ctrl+Enter", self._sign), ("Ctrl+D", self._add), ("Alt+T", self.taking.ask)):
            QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(10)
        for part in (self.unseen_label, self.form, self.signed, self.addendum):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(10)
        foot.addWidget(self.box)
        buttons = FlowRows(gap_x=8, gap_y=8, grows=False)
        foot.addLayout(buttons)
        for button in (self.sign_button, self.add_button, self.note_button, self.next_button):
            buttons.addWidget(button)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(10)
        self._outer.addWidget(self.taking)
        self._outer.addWidget(self.banner)
        self._outer.addWidget(self._scroll, 1)
        self._outer.addWidget(self._foot)

    def _place_foot(self) -> None:
        home = self._outer if self.height() >= _FOOT_STAYS_PX else self._column
        if home.indexOf(self._foot) < 0:
            (self._column if home is self._outer else self._outer).removeWidget(self._foot)
            home.addWidget(self._foot)
