"""Everything a signed-in person sees: the rail, the bars, the pages, and what lies over them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from intake.actions.access import sign_out
from intake.actions.accounts import may_stay
from intake.actions.drafts import Draft, my_drafts, my_edits
from intake.domain.staff import Task
from ui import warming
from ui.calling import Calling
from ui.catching_up import CatchingUp
from ui.commands import Command, Commands, Doings
from ui.context_panel import ContextPanel
from ui.counting import RailCounts
from ui.desk import Desk
from ui.dialogs.key_help import KeyHelp
from ui.dialogs.palette import Palette
from ui.dropping import Dropping
from ui.foot_bar import FootBar
from ui.pages.page import Key, Page
from ui.pages.today import TodayPage
from ui.patient.giving import Giving
from ui.places import Places
from ui.printrun.runs import PrintRuns
from ui.rail import Rail, RailDraft
from ui.routes import IntakeStart, Routes
from ui.top_bar import TopBar, TrainingBand, time_words
from ui.verifying import DocumentCheck
from ui.watch import Watch
from ui.widgets.notices import Banner

_PANEL_WIDE = 340
_PANEL_NARROW = 280
_WIDE_PX = 1280
_PAGE_LEAST = 480


class MainWindow(QWidget):
    """The work of one signed-in person at one desk."""

    signed_out = Signal()
    stayed = Signal()
    """Signing out failed: the person works on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build everything but the pages; :meth:`begin` shows the first."""
        super().__init__(parent)
        self.desk = desk
        self.routes = Routes(self)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._kept_drafts: tuple[Draft, ...] = ()
        self._page: Page | None = None
        self._before_told: QWidget | None = None
        self._told_here = False
        practice = desk.definitions.practice
        self.rail = Rail(desk.actor.staff, desk.may, emergency=desk.actor.emergency)
        self.top_bar = TopBar(clinic=practice.location(desk.location).name, now=lambda: desk.now().astimezone(desk.zone))
        self.foot_bar = FootBar()
        self.banner = Banner()
        self.call_banner, self.print_banner = Banner(), Banner()
        self.stack = QStackedWidget()
        self.stack.setMinimumWidth(_PAGE_LEAST)  # or the widest page, shown or not, would widen a small window
        self.context_panel = ContextPanel()
        self.places = Places(desk, self.routes, self.stack)
        self._counts = RailCounts(desk, self.routes, self.rail, self)
        self.calling = Calling(desk, self.routes, self.call_banner, self)
        self.document_check = DocumentCheck(desk, self)
        self.dropping = Dropping(desk, self.routes, self.places, self.document_check, self)
        self.giving = Giving(desk, self.routes, self.places, self)
        self._commands = Commands(desk, self.routes, self._doings(), self)
        self._lay_out()
        self.palette_box = Palette(desk, open_patient=self.routes.patient.emit, parent=self)
        self.key_help = KeyHelp(self)
        self.print_runs = PrintRuns(desk, self.routes, self.print_banner, self)
        self._watch = Watch(desk.store, self)
        self._connect()
        self._commands.add_shortcuts(self)
        QShortcut(QKeySequence("Ctrl+K"), self, self._find)

    def begin(self, start: IntakeStart | None = None) -> None:
        """Show Today, or the intake to go on with, and get ready what this person opens next."""
        self.routes.today.emit()
        if start is not None:
            self.routes.intake.emit(start)
        self.refresh()
        CatchingUp(self.desk, self)
        warming.warm(warming.DOCUMENTS)
        if self.desk.may(Task.REVIEW):
            warming.warm(warming.REVIEW)
        if self.desk.may(Task.MANAGE_STAFF):
            warming.warm(warming.CARE)

    def tell(self, text: str, *, here: bool = False) -> None:
        """Tell trouble at the top of the page until it is dismissed; what concerns only what was done ``here`` goes with the page."""
        if here and self.banner.text() and not self._told_here:  # what goes does not cover what stays
            self.foot_bar.refuse(text)
            return
        self._told_here = here
        self.banner.say(text, action=self.tr("Understood"))

    def refresh(self) -> None:
        """Ask for what the rail shows, and for the board when it is on screen."""
        desk = self.desk
        desk.store.ask(lambda store: may_stay(store, desk.actor, desk.now()), owner=self, done=self._stay, newest="stay")
        self._counts.refresh()
        if desk.may(Task.RECORD_INTAKE):
            desk.store.ask(
                lambda store: (*my_drafts(store, desk.actor), *my_edits(store, desk.actor)),
                owner=self,
                done=self._show_drafts,
                newest="drafts",
            )
        self.calling.refresh()
        page = self.places.current()
        if page is not None:
            page.reload()

    def _stay(self, may: bool) -> None:  # noqa: FBT001 - the answer of the store
        if not may:
            self.leave()

    def leave(self) -> None:
        """Sign out: every page writes down what it holds, and the sign-in window comes; when the store refuses, that is told."""
        self.places.close_all()
        desk = self.desk
        desk.store.ask(lambda store: sign_out(store, desk.actor, desk.now()), owner=self, done=self._left, failed=self._not_left)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the context panel less room in a narrow window."""
        super().resizeEvent(event)
        self.context_panel.setFixedWidth(_PANEL_WIDE if self.width() >= _WIDE_PX else _PANEL_NARROW)

    def commands(self) -> tuple[Command, ...]:
        """Return what the palette can do for this person: the drafts that are open, then every command."""
        drafts = [
            Command(words=self.tr("Draft: %1").replace("%1", each.title), key="", act=partial(self._open_draft, each.key))
            for each in self.rail.drafts()
        ]
        return (*drafts, *self._commands.all())

    def _doings(self) -> Doings:
        """Return what the window itself does, for the palette and the keys."""
        return Doings(
            call=self._call, check_document=self.document_check.ask, help=self._help, give_screen=self.giving.offer,
            import_form=self.dropping.ask, leave=self.leave, show_clinic=self._show_clinic,
        )  # fmt: skip

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.context_panel)
        told = QVBoxLayout()
        told.setContentsMargins(20, 0, 20, 0)
        for banner in (self.call_banner, self.print_banner, self.dropping.banner, self.banner):
            banner.setObjectName("strip")  # its distance from the top goes with it when it is hidden
            told.addWidget(banner)
        column = QVBoxLayout()
        column.setSpacing(0)
        if self.desk.paths.training:
            column.addWidget(TrainingBand())
        column.addWidget(self.top_bar)
        column.addLayout(told)
        column.addLayout(middle, 1)
        column.addWidget(self.foot_bar)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(column, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(self._go)
        self.rail.draft_chosen.connect(self._open_draft)
        self.rail.switch_user.connect(self.leave)
        self.top_bar.find_asked.connect(self._find)
        self.banner.pressed.connect(self._understood)
        QShortcut(QKeySequence("Esc"), self.banner, self._understood, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.places.moved.connect(self._moved)
        self.places.intakes_changed.connect(self.refresh)
        self.routes.said.connect(self.foot_bar.say)
        self.routes.refused.connect(self.foot_bar.refuse)
        self.print_runs.keys_changed.connect(self._show_page)
        self.document_check.told.connect(self._tell_checked)
        self.giving.handed_on.connect(self.leave)
        self.signed_out.connect(self.giving.abandon)
        self.routes.call.connect(self._call)
        self.routes.changed.connect(self.refresh)
        self._watch.changed.connect(self.refresh)

    def _go(self, place: str) -> None:
        act = {"intake": self._commands.begin_intake, "review": self.routes.review.emit, "documents": self.routes.documents.emit}
        act.get(place, partial(self.routes.place.emit, place))()

    def _call(self) -> None:
        self.calling.call(self.places.current())

    def _tell_checked(self, text: str, tone: str) -> None:
        """Tell what was found out about a file: until Esc or Enter, or until another place is shown."""
        self._before_told = QApplication.focusWidget()
        self._told_here = True
        self.banner.say(text, tone=tone, action=self.tr("Understood · Esc"))
        self.banner.button.setFocus()

    def _understood(self) -> None:
        """Take the banner away, and give the keyboard back if it had it."""
        held, self._told_here = self.banner.button.hasFocus(), False
        self.banner.hide()
        if held and self._before_told is not None and isValid(self._before_told):
            self._before_told.setFocus()

    def _find(self) -> None:
        self.palette_box.offer(self.commands())

    def _help(self) -> None:
        if self.key_help.isVisible():
            self.key_help.close_over()
            return
        page = self.places.current()
        everywhere = [Key(keys=(each.key,), text=each.words) for each in self._commands.places()]
        everywhere.append(Key(keys=("Ctrl K",), text=self.tr("find a patient or a command")))
        self.key_help.show_keys(page.title if page else "", page.legend() if page else (), everywhere)

    def _show_clinic(self, location: str | None) -> None:
        self.routes.today.emit()
        page = self.places.current()
        if isinstance(page, TodayPage):
            page.show_clinic(location)

    def _moved(self, page: Page) -> None:
        if page is not self._page:
            self.foot_bar.forget()  # it may name keys of the page before
            if self._told_here:  # and what was told of a file was told there
                self._before_told = None
                self._understood()
            self._page = page
        page.legend_changed.connect(self._show_page, Qt.ConnectionType.UniqueConnection)
        page.title_changed.connect(self._show_page, Qt.ConnectionType.UniqueConnection)
        draft_state = getattr(page, "draft_state", None)
        if draft_state is not None:
            draft_state.connect(self.top_bar.show_draft_state, Qt.ConnectionType.UniqueConnection)
        self.top_bar.show_draft_state("")
        self.palette_box.hide()
        self.key_help.hide()
        self._show_page()

    def _show_page(self) -> None:
        page = self.places.current()
        if page is None:
            return
        self.top_bar.show_title(page.title)
        self.top_bar.show_head(page.head())
        self.foot_bar.show_keys(self.print_runs.legend() or page.legend())
        self.context_panel.show_of(page.panel())
        self._show_rail()

    def _show_drafts(self, drafts: tuple[Draft, ...]) -> None:
        self._kept_drafts = drafts
        self._show_rail()

    def _show_rail(self) -> None:
        opened = [RailDraft(key=page, title=page.title) for page in self.places.intakes]
        known = {getattr(page, "draft_id", None) for page in self.places.intakes}
        kept = [RailDraft(key=draft.id, title=self._title_of(draft)) for draft in self._kept_drafts if draft.id not in known]
        self.rail.show_drafts([*opened, *kept])
        page = self.places.current()
        self.rail.show_place(self.places.place_of(page), page if page in self.places.intakes else None)

    def _title_of(self, draft: Draft) -> str:
        when = time_words(draft.updated_at.astimezone(self.desk.zone)) if draft.updated_at else ""
        title = draft.title or self.tr("Draft of %1").replace("%1", when)
        return self.tr("Edit · %1").replace("%1", title) if draft.kind == "edit" else title

    def _open_draft(self, key: object) -> None:
        if isinstance(key, Page):
            self.places.show_intake(key)
            return
        draft = next((draft for draft in self._kept_drafts if draft.id == key), None)
        if draft is not None and draft.kind == "edit":
            self.routes.patient.emit(draft.patient_id)
        elif draft is not None:
            self.routes.intake.emit(IntakeStart(draft_id=draft.id))

    def _left(self, nothing: None) -> None:
        self.signed_out.emit()

    def _not_left(self, error: Exception) -> None:
        self.stayed.emit()
        if (page := self.places.current()) is not None:
            page.entered()  # it put away what it held
        self.desk.store.failed.emit(error)  # told where every failure is
