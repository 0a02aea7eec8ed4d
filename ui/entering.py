"""Getting in: the store opens with what was typed, on a thread of its own, and is closed again when its person leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.tasks import StoreThread

if TYPE_CHECKING:
    from intake.actions.access import SignedIn
    from intake.domain.staff import Actor
    from intake.paths import Paths
    from intake.storage.store import Store
    from ui.pages.first_start import SetUp
    from ui.pages.sign_in import Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """Who got in, with the open store. ``location`` is None where the desk was never given a clinic.

    ``enrol`` asks for a second factor before anything else; ``recovery_key`` is there at first start, to be printed. ``place`` is
    where the work begins, Today when empty.
    """

    store: StoreThread
    actor: Actor
    location: str | None
    enrol: bool = False
    recovery_key: str = field(default="", repr=False)
    place: str = ""


class Entry(QObject):
    """One way in that is tried: it ends with :attr:`entered` or :attr:`refused`."""

    entered = Signal(object)
    """:class:`Entered`."""
    refused = Signal(object)
    """The exception."""

    def __init__(self, enter: Callable[[], tuple[SignedIn, str]], training: bool, clock: Callable[[], datetime]) -> None:  # noqa: FBT001 - one of two realms
        """Keep how the store is opened; :meth:`begin` does it."""
        super().__init__()
        self._enter = enter
        self._training = training
        self._clock = clock
        self._found: tuple[SignedIn, str] | None = None
        self.store = StoreThread(self._open, self)
        self.store.opened.connect(self._opened)
        self.store.refused.connect(self.refused)

    @staticmethod
    def by_password(paths: Paths, typed: Credentials, workstation: str, clock: Callable[[], datetime]) -> Entry:
        """Return the way in of a person with a password."""

        def enter() -> tuple[SignedIn, str]:
            from intake.actions.access import sign_in  # noqa: PLC0415 - loaded while somebody types

            return sign_in(
                paths, login=typed.login, password=typed.password, code=typed.code, emergency=typed.emergency, workstation=workstation,
                now=clock(),
            ), ""  # fmt: skip

        return Entry(enter, paths.training, clock)

    @staticmethod
    def by_set_up(paths: Paths, typed: SetUp, workstation: str, clock: Callable[[], datetime]) -> Entry:
        """Return the way in of the first start."""

        def enter() -> tuple[SignedIn, str]:
            from intake.actions.access import SignedIn  # noqa: PLC0415 - as above
            from intake.actions.setup import set_up  # noqa: PLC0415 - as above
            from intake.domain.staff import Actor  # noqa: PLC0415 - as above

            made = set_up(
                paths, admin_name=typed.admin_name, login=typed.login, password=typed.password, location=typed.location,
                workstation=workstation, now=clock(),
            )  # fmt: skip
            return SignedIn(store=made.store, actor=Actor(staff=made.admin, workstation=workstation)), made.recovery_key

        return Entry(enter, paths.training, clock)

    def begin(self) -> None:
        """Open the store."""
        self.store.start()

    def leave(self) -> None:
        """Close the store once everything asked of it is done; nothing waits for that."""
        self.store.end()

    def _open(self) -> Store:
        self._found = self._enter()
        return self._found[0].store

    def _opened(self) -> None:
        self.store.ask(self._location, owner=self, done=self._tell)

    def _location(self, store: Store) -> str | None:
        from intake.actions.setup import TRAINING_CLINIC, choose_desk_location, desk_location  # noqa: PLC0415 - as above

        if self._found is None:
            raise RuntimeError("not_entered")
        actor = self._found[0].actor
        known = desk_location(store, actor.workstation)
        if known is None and self._training:
            choose_desk_location(store, actor, TRAINING_CLINIC, now=self._clock())
            return TRAINING_CLINIC
        return known

    def _tell(self, location: str | None) -> None:
        if self._found is None:
            raise RuntimeError("not_entered")
        found, recovery_key = self._found
        self.entered.emit(Entered(store=self.store, actor=found.actor, location=location, enrol=found.enrol, recovery_key=recovery_key))
