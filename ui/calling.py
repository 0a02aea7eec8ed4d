"""Calling a clinician from the desk, and being called: one key, F7, at both ends."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from intake.actions.calls import answer_call, call_clinician, call_state, open_calls
from intake.domain.reviews import Call, CallState
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.page import CallTarget, Page
from ui.routes import Routes
from ui.top_bar import time_words
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store


class Calling(QObject):
    """At the desk F7 calls a clinician to the patient in hand; at a clinician's window the oldest open call stands on top."""

    waiting = Signal(int)
    """How many open calls there are, for those who may review."""

    def __init__(self, desk: Desk, routes: Routes, banner: Banner, parent: QObject | None = None) -> None:
        """Show open calls in ``banner``, for those who may review."""
        super().__init__(parent)
        self._desk = desk
        self._routes = routes
        self._banner = banner
        self._calls: tuple[Call, ...] = ()
        self._made: dict[int, tuple[Page, Call]] = {}
        banner.pressed.connect(self._answer)

    def refresh(self) -> None:
        """Ask for the open calls of this clinic, and at the desk for what became of those made here."""
        desk = self._desk
        if desk.may(Task.REVIEW):
            desk.store.ask(lambda store: open_calls(store, desk.actor, location=desk.location), owner=self, done=self._show, newest="calls")
        elif self._made:
            made = tuple(self._made)
            desk.store.ask(
                lambda store: {each: call_state(store, desk.actor, each) for each in made},
                owner=self,
                done=self._tell_answers,
                newest="made",
            )

    def call(self, page: Page | None) -> None:
        """Call a clinician to what the page is about, or, as a clinician, answer the oldest call."""
        if self._desk.may(Task.REVIEW):
            self._answer()
            return
        target = page.call_target() if page is not None else None
        if page is None or target is None:
            self._routes.said.emit(self.tr("Nobody is in hand here: choose a visit, or begin the intake with the name."))
            return
        self._call(page, target)

    def _call(self, page: Page, target: CallTarget) -> None:
        desk = self._desk

        def call(store: Store) -> Call:
            return call_clinician(
                store,
                desk.actor,
                visit_id=target.visit_id,
                draft_id=target.draft_id,
                location=target.location,
                title=target.title,
                now=desk.now(),
            )

        desk.store.ask(call, owner=page, done=partial(self._called, page), failed=self._not_called)

    def _called(self, page: Page, call: Call) -> None:
        at = time_words(call.at.astimezone(self._desk.zone))
        self._made[call.id] = (page, call)
        page.show_called(self.tr("A clinician was called at %1.").replace("%1", at))
        self._routes.said.emit(self.tr("A clinician was called to %1 at %2.").replace("%2", at).replace("%1", call.title))
        self._routes.changed.emit()

    def _tell_answers(self, states: Mapping[int, CallState]) -> None:
        """Tell once, where the call was made and in the foot bar, that somebody goes."""
        for call_id, state in states.items():
            if state.answered_by is None or state.answered_at is None or call_id not in self._made:
                continue
            page, call = self._made.pop(call_id)
            name, at = state.answered_by, time_words(state.answered_at.astimezone(self._desk.zone))
            if isValid(page):
                page.show_called(self.tr("%1 answered at %2.").replace("%2", at).replace("%1", name))
            words = self.tr("%1 answered the call to %2 at %3.").replace("%3", at).replace("%1", name)
            self._routes.said.emit(words.replace("%2", call.title))

    def _not_called(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._routes.said.emit(words_of(error))

    def _show(self, calls: tuple[Call, ...]) -> None:
        self._calls = calls
        self.waiting.emit(len(calls))
        if not calls:
            self._banner.hide()
            return
        call, more = calls[0], len(calls) - 1
        at = time_words(call.at.astimezone(self._desk.zone))
        words = self.tr("%1 calls a clinician since %2: %3.").replace("%2", at).replace("%1", call.by).replace("%3", call.title)
        if more:
            words += " " + self.tr("%1 more after this one.").replace("%1", str(more))
        action = self.tr("Open the chart") if call.visit_id is not None else self.tr("I am coming")
        self._banner.say(words, tone="danger", action=f"{action} · F7")

    def _answer(self) -> None:
        if not self._calls:
            self._routes.said.emit(self.tr("Nobody calls a clinician at this clinic now."))
            return
        call, desk = self._calls[0], self._desk
        if call.visit_id is not None:
            self._routes.chart.emit(call.visit_id)
            return
        desk.store.ask(lambda store: answer_call(store, desk.actor, call.id, now=desk.now()), owner=self, done=self._answered)

    def _answered(self, _nothing: object) -> None:
        self._routes.changed.emit()
