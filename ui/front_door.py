"""What stands in the window while nobody is signed in: the sign-in, the first start, the recovery key, a new key for the store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from intake.errors import IntakeError, InvalidInputError
from ui.preview.worker import Worker

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from intake.paths import Paths
    from ui.opening import Opened
    from ui.pages.sign_in import Credentials
    from ui.pages.use_recovery import RecoveryTyped
    from ui.tasks import StoreThread

TRAINING_PASSWORD = "training-clinic-1"  # noqa: S105 - of invented accounts, and shown on the screen
CLOSING_S = 600.0
"""How long the backup of a sign-out may hold the store open."""


class FrontDoor(QObject):
    """Shows these pages and does on a thread of its own what needs nobody signed in."""

    sign_in = Signal(object)
    """:class:`Credentials`."""
    set_up = Signal(object)
    """:class:`SetUp`."""
    reopen_asked = Signal()
    """What kept the data folder from being opened was mended: open it."""
    shown = Signal(object)
    """A page to be placed in the window."""
    _moved = Signal(int, int)

    def __init__(self, paths: Paths, window: QMainWindow, *, clock: Callable[[], datetime], parent: QObject) -> None:
        """Keep where the store is; :attr:`workstation` is this desk's name, as soon as it is known."""
        super().__init__(parent)
        self.workstation = ""
        self._paths = paths
        self._window = window
        self._clock = clock
        self._worker = Worker(self)
        self._opened: Opened | None = None

    def take(self, opened: Opened) -> None:
        """Show what is next now that the data folder is ready; what is being typed stays."""
        from ui.pages.first_start import FirstStartPage  # noqa: PLC0415 - it is on screen: loaded already
        from ui.pages.sign_in import SignInPage  # noqa: PLC0415 - as above

        self.know(opened)
        page = self._window.centralWidget()
        if not isinstance(page, (SignInPage, FirstStartPage)):
            return  # the recovery key or a restore was asked for before everything was read
        if opened.set_up:
            self.show_sign_in()
        elif isinstance(page, FirstStartPage):
            page.show_practice(opened.definitions.practice)
        else:
            self.show_first_start()

    def know(self, opened: Opened) -> None:
        """Take that the data folder is ready, and leave what is shown."""
        self._opened = opened

    def show_sign_in(self, said: str = "") -> None:
        """Ask who works here; ``said`` tells above it what was done before."""
        from ui.pages.sign_in import SignInPage  # noqa: PLC0415 - the first thing on screen, or loaded long since

        page = self._window.centralWidget()
        if not isinstance(page, SignInPage):
            page = SignInPage(training=self._paths.training)
            page.submitted.connect(self.sign_in)
            page.recovery_asked.connect(self.show_recovery)
            page.restore_asked.connect(self.show_restore)
            self.shown.emit(page)
        page.show_state("")
        if said:
            page.say(said, tone="ok")
        if self._opened is not None and self._opened.accounts:
            page.show_accounts(self._opened.accounts, TRAINING_PASSWORD)

    def show_first_start(self) -> None:
        """Ask for the first administrator."""
        from ui.pages.first_start import FirstStartPage  # noqa: PLC0415 - the first thing on screen

        page = FirstStartPage(training=self._paths.training)
        page.submitted.connect(self.set_up)
        page.restore_asked.connect(self.show_restore)
        if self._opened is not None:
            page.show_practice(self._opened.definitions.practice)
        self.shown.emit(page)

    def show_recovery(self) -> None:
        """Ask for the recovery key and a new password."""
        from ui.pages.use_recovery import UseRecoveryPage  # noqa: PLC0415 - hardly ever needed

        page = UseRecoveryPage(training=self._paths.training)

        def submitted(typed: RecoveryTyped) -> None:
            said = self.tr("%1 has a new password. Sign in with it.").replace("%1", typed.login.strip())
            self._worker.ask(lambda: self._recover(typed), done=lambda _: self.show_sign_in(said), failed=page.refuse)

        page.submitted.connect(submitted)
        page.left.connect(self.show_sign_in)
        self.shown.emit(page)

    def show_restore(self) -> None:
        """Bring a backup back: the store is gone, damaged, or opens for nobody."""
        from ui.pages.backup.restore_front import RestoreFront  # noqa: PLC0415 - hardly ever needed

        page = RestoreFront(self._paths, workstation=self.workstation, clock=self._clock, zone=self._zone())
        page.restored.connect(self._restored)
        page.left.connect(self.show_sign_in if self._paths.store.exists() else self.show_first_start)
        self.shown.emit(page)

    def _zone(self) -> ZoneInfo:
        from intake.definitions.bundle import load_definitions  # noqa: PLC0415 - as above
        from intake.paths import RESOURCES  # noqa: PLC0415 - as above

        definitions = self._opened.definitions if self._opened else load_definitions(RESOURCES, None)
        return definitions.practice.zone()

    def _restored(self, said: str) -> None:
        self.show_sign_in(said)
        if self._opened is None:  # it was the store that kept the data folder from being opened
            self.reopen_asked.emit()

    def show_new_key(self, login: str, before: StoreThread) -> None:
        """Ask the administrator's password and give the store a new key, once it is closed that was open ``before``."""
        from ui.pages.new_key import NewKeyPage  # noqa: PLC0415 - hardly ever needed

        page = NewKeyPage(login, training=self._paths.training)

        def submitted(typed: Credentials) -> None:
            said = self.tr("The store has a new key. Sign in, and take a backup now.")
            self._worker.ask(lambda: self._rotate(typed, before), done=lambda _: self.show_sign_in(said), failed=page.refuse)

        self._moved.connect(page.show_progress)
        page.submitted.connect(submitted)
        page.left.connect(self.show_sign_in)
        self.shown.emit(page)

    def refuse(self, error: Exception) -> bool:
        """Tell on the page why somebody is not let in, or nothing was set up, and say whether it was told."""
        from ui.pages.first_start import FirstStartPage  # noqa: PLC0415 - it is on screen: loaded already
        from ui.pages.sign_in import SignInPage  # noqa: PLC0415 - as above

        page = self._window.centralWidget()
        if isinstance(page, FirstStartPage):
            page.show_state("")
            if isinstance(error, InvalidInputError):
                page.show_problems(error.problems)
                return True
        elif isinstance(page, SignInPage) and isinstance(error, IntakeError):
            page.refuse(error)
            return True
        return False

    def _recover(self, typed: RecoveryTyped) -> None:
        from intake.actions.recovery import recover  # noqa: PLC0415 - as above

        recover(self._paths, typed=typed.key, login=typed.login, password=typed.password, workstation=self.workstation, now=self._clock())

    def _rotate(self, typed: Credentials, before: StoreThread) -> None:
        from intake.actions.new_key import Typed, rotate_key  # noqa: PLC0415 - as above

        before.gone(CLOSING_S)
        asked = Typed(login=typed.login, password=typed.password, code=typed.code)
        rotate_key(self._paths, asked, workstation=self.workstation, now=self._clock(), progress=self._moved.emit)
