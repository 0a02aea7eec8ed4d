"""What goes on beside the pages while one person is signed in: the lock, the backups, the nightly check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from intake.actions.overrides import changed_elsewhere
from intake.actions.rules_in_use import note_rules
from intake.domain.staff import Task
from ui.backing_up import BackingUp
from ui.clipboard import Clipboard
from ui.clock_watch import ClockWatch
from ui.desk_window import DeskWindow
from ui.lock.locking import Locking
from ui.main_window import MainWindow
from ui.nightly import NightlyCheck

if TYPE_CHECKING:
    from intake.actions.overrides import OwnFile
    from intake.domain.audit import CheckRun
    from ui.dialogs.my_password import MyPassword


class AtWork(QObject):
    """One for each sign-in. It outlives the window of the work until the last backup is written."""

    def __init__(self, window: DeskWindow, work: MainWindow, clipboard: Clipboard, parent: QObject) -> None:
        """Begin; ``work`` is in the middle of ``window``."""
        super().__init__(parent)
        self._clipboard = clipboard
        self.locking = Locking(window, work, work.desk, clipboard)
        self.locking.other_person.connect(work.leave)
        work.routes.lock.connect(self.locking.lock)
        work.rail.lock.connect(work.routes.lock)
        work.routes.alarmed.connect(work.foot_bar.alarm)
        work.giving.handed_on.connect(self.locking.hand_on)
        work.stayed.connect(work.giving.forget_taker)
        self._work = work
        self.my_password: MyPassword | None = None
        work.routes.my_password.connect(self._ask_password)
        self.backing_up = BackingUp(work.desk, work.routes, self)
        self.backing_up.begin()
        self.nightly = NightlyCheck(work.desk, self)
        self.nightly.found.connect(self._checked)
        self._clock_watch = ClockWatch(work.desk, self)
        desk = work.desk
        if desk.may(Task.MANAGE_PRACTICE):
            desk.store.ask(lambda store: changed_elsewhere(store, desk.actor, now=desk.now()), owner=self, done=self._tell_files)
        desk.store.ask(lambda store: note_rules(store, desk.actor, desk.definitions, now=desk.now()), owner=self)

    def _tell_files(self, changed: tuple[OwnFile, ...]) -> None:
        if changed:
            words = self.tr("Files of the practice were changed outside this program: %1. Settings, Files says what to do.")
            self._work.tell(words.replace("%1", ", ".join(each.name for each in changed)))

    def _checked(self, check: CheckRun) -> None:
        """Tell of a break at once where the person is."""
        if not check.good:
            self._work.tell(self.tr("The nightly check found that the records are not whole. Tell an administrator; the audit says where."))

    def _ask_password(self) -> None:
        from ui.dialogs.my_password import MyPassword  # noqa: PLC0415 - hardly ever needed

        self.my_password = self.my_password or MyPassword(self._work.desk, self._work.routes, self._work)
        self.my_password.begin()

    def has_last_backup(self) -> bool:
        """Tell whether a last backup would be taken now."""
        return self.backing_up.has_last()

    def gave_screen(self) -> bool:
        """Tell whether a patient has the screen."""
        return self._work.giving.mode is not None

    def hand_over(self) -> None:
        """End without closing the store: somebody else goes on in it at once."""
        self.nightly.stop()
        self.backing_up.stop()
        self._clipboard.forget()
        self.deleteLater()

    def leave(self, closed: Callable[[], None]) -> None:
        """Take a last backup, then have the store closed; nothing waits for that."""
        self.nightly.stop()
        self._clipboard.forget()

        def ended() -> None:
            closed()
            self.deleteLater()

        self.backing_up.leave(ended)

    def stop(self) -> None:
        """End at once: the program does."""
        self.nightly.stop()
        self.backing_up.stop()
        self._clipboard.forget()
