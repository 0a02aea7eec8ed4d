"""Giving the screen to a patient from the desk: the draft in hand or a new one, this screen or a second one; and what comes after."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from intake.actions.drafts import Draft
from intake.actions.patient_mode import begin_patient_mode
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.places import Places
from ui.routes import IntakeStart, Routes

if TYPE_CHECKING:
    from intake.domain.staff import Actor
    from intake.storage.store import Store
    from ui.pages.intake.page import IntakePage
    from ui.patient.giving_card import GivingCard
    from ui.patient.mode import PatientMode
    from ui.tasks import StoreThread


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """Somebody else than who gave the screen took it back: they are signed in now, and go on with the draft if they may."""

    store: StoreThread
    actor: Actor
    location: str
    start: IntakeStart | None


class Giving(QObject):
    """Asks how, begins patient mode, and shows the draft when the screen comes back.

    ``handed_on`` tells that another member of the staff took it, ``handed`` says who.
    """

    handed_on = Signal()

    def __init__(self, desk: Desk, routes: Routes, places: Places, window: QWidget) -> None:
        """Give the screen that ``window`` is on; what that needs is loaded when it is first asked for."""
        super().__init__(window)
        self.mode: PatientMode | None = None
        self.handed: HandedOn | None = None
        self._desk = desk
        self._routes = routes
        self._places = places
        self._window = window
        self._under = window.window()
        self._page: IntakePage | None = None
        self.card: GivingCard | None = None

    def offer(self) -> None:
        """Ask how, for the intake that is on screen, or for a new one."""
        from ui.pages.intake.page import IntakePage  # noqa: PLC0415 - see the class
        from ui.patient.giving_card import GivingCard  # noqa: PLC0415 - see the class

        if self.card is None:
            self.card = GivingCard(self._window)
            self.card.chosen.connect(self._begin)
        self._under = self._window.window()  # asked for now: of a desk that is locked meanwhile it would be another one
        page = self._places.current()
        self._page = page if isinstance(page, IntakePage) and page.saved is None else None
        title = self._page.title if self._page is not None else ""
        on_record = self._page is not None and self._page.keeper.patient_id is not None
        self.card.ask(title, on_record=on_record, screens=QGuiApplication.screens(), here=self._window.screen())

    def abandon(self) -> None:
        """Take patient mode away because the person it belongs to is signed out."""
        if self.mode is not None:
            self.mode.abandon()
            self._forget()

    def forget_taker(self) -> None:
        """Let nobody go on in a colleague's place without a password: who gave the screen could not be signed out."""
        self.handed = None

    def _begin(self, screen: QScreen) -> None:
        page = self._page
        if page is None:
            self._record(None, screen)
        else:
            page.keeper.settle(partial(self._settled, page, screen))

    def _settled(self, page: IntakePage, screen: QScreen) -> None:
        """Take the draft out of the staff's hands: from here on only one of the two writes it."""
        if page.keeper.is_behind():
            self._routes.said.emit(self.tr("What you typed could not be kept yet. Try again in a moment."))
            return
        page.keeper.close()
        draft_id = page.draft_id
        self._routes.closed.emit(page)
        self._record(draft_id, screen)

    def _record(self, draft_id: int | None, screen: QScreen) -> None:
        desk = self._desk

        def begin(store: Store) -> Draft:
            return begin_patient_mode(store, desk.actor, draft_id=draft_id, now=desk.now())

        desk.store.ask(begin, owner=self, done=partial(self._recorded, screen), failed=self._refused)

    def _recorded(self, screen: QScreen, draft: Draft) -> None:
        from ui.patient.mode import PatientMode  # noqa: PLC0415 - see the class

        self.mode = PatientMode(self._desk, draft=draft, under=self._under, screen=screen, parent=self)
        self.mode.ended.connect(self._ended)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._routes.said.emit(words_of(error))

    def _ended(self, taker: Actor) -> None:
        if self.mode is None:
            return
        start = IntakeStart(draft_id=self.mode.keeper.draft_id)
        self._forget()
        if taker.staff.id == self._desk.actor.staff.id:
            self._routes.changed.emit()
            self._routes.intake.emit(start)
        else:
            goes_on = start if taker.may(Task.RECORD_INTAKE) else None
            self.handed = HandedOn(store=self._desk.store, actor=taker, location=self._desk.location, start=goes_on)
            self.handed_on.emit()

    def _forget(self) -> None:
        if self.mode is not None:
            self.mode.deleteLater()
            self.mode = None
