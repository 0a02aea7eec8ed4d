"""Between the sign-in and the work: the recovery key, the second factor, emergency access to be seen, the desk's clinic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from intake.domain.staff import Task

if TYPE_CHECKING:
    from intake.actions.emergency import Shown
    from intake.actions.second_factor import Enrolment
    from intake.definitions.bundle import Definitions
    from intake.domain.staff import Actor
    from intake.storage.store import Store
    from ui.entering import Entered

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What an administrator is to see: why a recovery key is asked for (``""``: it is not), and emergency access not yet seen."""

    recovery: str = ""
    emergencies: tuple[Shown, ...] = ()


def owed(store: Store, actor: Actor) -> Owed:
    """Return what is owed to this person; only administrators are."""
    from intake.actions.emergency import unseen_emergencies  # noqa: PLC0415 - loaded while somebody types
    from intake.actions.recovery import recovery_state  # noqa: PLC0415 - as above

    if not (actor.may(Task.MANAGE_KEYS) and actor.may(Task.MANAGE_STAFF)):
        return Owed()
    kept = recovery_state(store, actor)
    reason = "none" if kept is None else "unconfirmed" if kept.confirmed_at is None else "used" if kept.used_at else ""
    return Owed(recovery=reason, emergencies=unseen_emergencies(store, actor))


class AfterSignIn(QObject):
    """Leads one person step by step to the work: ``ready`` carries :class:`Entered` with a clinic, ``left`` signs out instead.

    Each step that has nothing to ask is passed over without a page.
    """

    ready = Signal(object)
    left = Signal()
    shown = Signal(object)
    """A page to be placed in the window."""

    def __init__(
        self, entered: Entered, *, definitions: Definitions, training: bool, clock: Callable[[], datetime], parent: QObject
    ) -> None:
        """Keep who came in."""
        super().__init__(parent)
        self._entered = entered
        self._definitions = definitions
        self._training = training
        self._clock = clock
        self._owed = Owed()
        self._steps = self._all_steps()

    def begin(self) -> None:
        """Ask what is owed and go on from there."""
        actor = self._entered.actor
        self._ask(lambda store: owed(store, actor), self._know)

    def _know(self, found: Owed) -> None:
        self._owed = found
        self._go_on()

    def _go_on(self, *_: object) -> None:
        """Show the next page, or be ready."""
        show = next(self._steps, None)
        if show is None:
            self.ready.emit(self._entered)
        else:
            show()

    def _all_steps(self) -> Iterator[Callable[[], None]]:
        """Yield what shows each page that is needed; asked for one by one, as a page may change what comes after it."""
        if self._entered.recovery_key:
            yield partial(self._show_recovery, self._entered.recovery_key)
        elif self._owed.recovery:
            yield self._ask_recovery
        if self._entered.enrol:
            yield self._begin_enrolment
        if self._owed.emergencies:
            yield self._show_emergencies
        if self._entered.location is None:
            yield self._ask_clinic

    def _show_recovery(self, words: str) -> None:
        from intake.actions.recovery import confirm_recovery_key  # noqa: PLC0415 - needed once
        from intake.documents.recovery_sheet import recovery_sheet  # noqa: PLC0415 - as above
        from ui.pages.recovery import RecoveryPage  # noqa: PLC0415 - as above

        actor = self._entered.actor
        page = RecoveryPage(words, self._sheet(partial(recovery_sheet, words)), training=self._training)

        def typed_back(typed: str) -> None:
            self._ask(lambda store: confirm_recovery_key(store, actor, typed, now=self._clock()), self._go_on, page.key.refuse)

        page.key.typed_back.connect(typed_back)
        self.shown.emit(page)

    def _ask_recovery(self) -> None:
        from intake.actions.recovery import new_recovery_key  # noqa: PLC0415 - needed once
        from ui.pages.recovery import RecoveryAskPage  # noqa: PLC0415 - as above

        actor = self._entered.actor
        page = RecoveryAskPage(self._owed.recovery, training=self._training)
        page.agreed.connect(lambda: self._ask(lambda store: new_recovery_key(store, actor, now=self._clock()), self._show_recovery))
        page.postponed.connect(self._go_on)
        self.shown.emit(page)

    def _begin_enrolment(self) -> None:
        from intake.actions.second_factor import begin_enrolment  # noqa: PLC0415 - needed once

        actor = self._entered.actor
        self._ask(lambda store: begin_enrolment(store, actor, now=self._clock()), self._show_enrolment)

    def _show_enrolment(self, enrolment: Enrolment) -> None:
        from intake.actions.second_factor import confirm_enrolment  # noqa: PLC0415 - needed once
        from ui.pages.enrolling import EnrolPage  # noqa: PLC0415 - as above

        actor = self._entered.actor
        page = EnrolPage(enrolment, training=self._training)

        def typed(code: str) -> None:
            self._ask(lambda store: confirm_enrolment(store, actor, code, now=self._clock()), self._show_spare, page.refuse)

        page.typed.connect(typed)
        page.left.connect(self._leave)
        self.shown.emit(page)

    def _show_spare(self, codes: tuple[str, ...]) -> None:
        from intake.documents.recovery_sheet import spare_codes_sheet  # noqa: PLC0415 - needed once
        from ui.pages.enrolling import SpareCodesPage  # noqa: PLC0415 - as above

        page = SpareCodesPage(codes, self._sheet(partial(spare_codes_sheet, codes)), training=self._training)
        page.done.connect(self._go_on)
        self.shown.emit(page)

    def _show_emergencies(self) -> None:
        from intake.actions.emergency import see_emergencies  # noqa: PLC0415 - needed once
        from ui.pages.emergencies import EmergenciesPage  # noqa: PLC0415 - as above

        actor, shown = self._entered.actor, self._owed.emergencies
        page = EmergenciesPage(shown, self._definitions.practice.zone(), training=self._training)

        def seen(place: str) -> None:
            self._entered = replace(self._entered, place=place)
            self._ask(lambda store: see_emergencies(store, actor, shown, now=self._clock()), self._go_on)

        page.seen.connect(partial(seen, ""))
        page.audit_asked.connect(partial(seen, "audit"))
        self.shown.emit(page)

    def _ask_clinic(self) -> None:
        from intake.actions.setup import choose_desk_location  # noqa: PLC0415 - needed once on each desk
        from ui.pages.first_start import ChooseClinicPage  # noqa: PLC0415 - as above

        actor = self._entered.actor

        def chosen(key: str) -> None:
            self._entered = replace(self._entered, location=key)
            self._ask(lambda store: choose_desk_location(store, actor, key, now=self._clock()), self._go_on)

        page = ChooseClinicPage(self._definitions.practice, training=self._training)
        page.chosen.connect(chosen)
        self.shown.emit(page)

    def _leave(self) -> None:
        from intake.actions.access import sign_out  # noqa: PLC0415 - loaded already

        actor = self._entered.actor
        self._ask(lambda store: sign_out(store, actor, self._clock()), lambda _: self.left.emit())

    def _sheet(self, draw: Callable[..., bytes]) -> Callable[[], bytes]:
        """Return what draws a sheet for this person, on whichever thread asks for it."""
        practice, entered = self._definitions.practice, self._entered
        location = next((each for each in practice.locations if each.key == entered.location), practice.locations[0])
        return lambda: draw(
            practice=practice, location=location, by=entered.actor.staff.name, training=self._training, made_at=self._clock()
        )

    def _ask(self, work: Callable[[Store], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None) -> None:
        self._entered.store.ask(work, owner=self, done=done, failed=failed)
