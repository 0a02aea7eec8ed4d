"""Locking a desk: by a key, or after minutes in which nobody touched it; and giving it back to who worked there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from intake.actions.access import lock, unlock
from intake.actions.idle import USUAL_MIN, idle_minutes
from intake.errors import IntakeError
from ui.clipboard import Clipboard
from ui.desk import Desk
from ui.desk_window import DeskWindow
from ui.keeping import Keeper
from ui.lock.curtain import Curtain
from ui.lock.screen import LockScreen
from ui.lock.stirring import Stirring
from ui.top_bar import time_words

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_ASK_MS: Final = 60_000
"""How often the practice's idle minutes are asked for: an administrator may change them at another desk."""


class Locking(QObject):
    """Locks the work of one person.

    While a patient has the screen it locks nothing: the work is away already, and only a password leads back to it.

    ``other_person`` tells that somebody else wants to sign in: whoever hears it signs this person out, as the key for that does.
    """

    other_person = Signal()
    locked = Signal()
    unlocked = Signal()

    def __init__(self, window: DeskWindow, work: MainWindow, desk: Desk, clipboard: Clipboard) -> None:
        """Begin to count the idle minutes; ``work`` is in the middle of ``window``."""
        super().__init__(work)
        self._window = window
        self._work = work
        self._desk = desk
        self._clipboard = clipboard
        self._screen: LockScreen | None = None
        self._told_calls = False
        self._curtain = Curtain(window, work)
        self.stirring = Stirring(window, desk.clock, minutes=USUAL_MIN, parent=self)
        self.stirring.quiet.connect(self._quiet)
        work.calling.waiting.connect(self._tell_calls)
        self._asking = QTimer(self)
        self._asking.setInterval(_ASK_MS)
        self._asking.timeout.connect(self._ask_minutes)
        self._asking.start()
        self._ask_minutes()

    @property
    def is_locked(self) -> bool:
        """Whether the desk is locked now."""
        return self._curtain.is_drawn

    @property
    def screen(self) -> LockScreen | None:
        """What is shown of the locked desk, None while it is not."""
        return self._screen

    def lock(self) -> None:
        """Take everything out of sight at once, then write down what was typed."""
        at = time_words(self._desk.now().astimezone(self._desk.zone))
        self._lock(self.tr("Locked at %1. What was open comes back with your password.").replace("%1", at))

    def hand_on(self) -> None:
        """Take everything out of sight while this person is signed out: a colleague took the screen back from a patient, and goes on."""
        self._cover(self.tr("A colleague took the screen back. What was open comes back with your password."))
        self._show_leaving()

    def tell(self, text: str) -> None:
        """Tell trouble on the locked screen; nothing when it is not locked."""
        if self._screen is not None:
            self._screen.show_state("")
            self._screen.say(text)

    def _quiet(self) -> None:
        words = self.tr("Locked after %1 minutes without a key. What was open comes back with your password.")
        if self.stirring.minutes == 1:
            words = self.tr("Locked after a minute without a key. What was open comes back with your password.")
        self._lock(words.replace("%1", str(self.stirring.minutes)))

    def _lock(self, why: str) -> None:
        if self.is_locked or self._work.giving.mode is not None:
            self.stirring.stir()
            return
        desk = self._desk
        self._cover(why)
        for keeper in self._work.findChildren(Keeper):
            keeper.write()
        desk.store.ask(lambda store: lock(store, desk.actor, desk.now()), owner=self, done=self._told)
        self._work.calling.refresh()  # a call that waits already is told too
        self.locked.emit()

    def _cover(self, why: str) -> None:
        screen = LockScreen(self._desk.actor.staff, why, training=self._desk.paths.training, parent=self._window)
        self._screen = screen
        self._curtain.draw(screen)
        self._clipboard.forget()
        screen.unlock_asked.connect(self._try)
        screen.other_asked.connect(self._give_up)
        self._work.destroyed.connect(screen.deleteLater)  # it stays until the sign-in stands under it

    def _try(self, password: str) -> None:
        desk = self._desk
        desk.store.ask(
            lambda store: unlock(store, desk.actor, password=password, now=desk.now()), owner=self, done=self._open, failed=self._refused
        )

    def _open(self, _nothing: object) -> None:
        self._screen = None
        self._curtain.open()
        self.stirring.stir()
        self.unlocked.emit()

    def _refused(self, error: Exception) -> None:
        if self._screen is None:
            return
        if not isinstance(error, IntakeError):
            self._screen.show_state("")
            raise error
        self._screen.refuse(error)

    def _give_up(self) -> None:
        """Have this person signed out; the screen stays until that is done."""
        self._show_leaving()
        self.other_person.emit()

    def _show_leaving(self) -> None:
        if self._screen is not None:
            self._screen.clear()
            self._screen.show_state(self.tr("Signing out…"))

    def _tell_calls(self, count: int) -> None:
        """Say on the locked screen that a clinician is called, and not to whom."""
        told, self._told_calls = self._told_calls, bool(count)
        if self._screen is not None and count:
            self._screen.say(self.tr("A clinician is called at this clinic. Unlock to see to whom."))
        elif self._screen is not None and told:
            self._screen.banner.hide()

    def _ask_minutes(self) -> None:
        self._desk.store.ask(idle_minutes, owner=self, done=partial(setattr, self.stirring, "minutes"), newest="minutes")

    def _told(self, _nothing: object) -> None:
        """Nothing is to be shown of that."""
