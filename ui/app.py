"""The application: one window, one store thread, and who works in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from intake.errors import IntakeError, InvalidInputError
from ui import fonts, theme
from ui.desk_window import DeskWindow
from ui.failures import Failures, words_of
from ui.opening import Opening
from ui.pages.front import Front
from ui.tasks import StoreThread
from ui.turns import in_turns

if TYPE_CHECKING:
    from intake.definitions.bundle import Definitions
    from intake.domain.staff import Actor, Staff
    from intake.paths import Paths
    from intake.storage.store import Store
    from ui.collecting import Collector
    from ui.main_window import MainWindow
    from ui.pages.first_start import SetUp
    from ui.pages.sign_in import Credentials
    from ui.routes import IntakeStart

TRAINING_PASSWORD = "training-clinic-1"  # noqa: S105 - of invented accounts, and shown on the screen
_LATEST_START_MS = 300


class App(QObject):
    """Leads from the first paint over the sign-in to the work, and back."""

    def __init__(self, paths: Paths, *, clock: Callable[[], datetime] | None = None, workstation: str = "") -> None:
        """Build the first window; nothing is opened before it is painted."""
        super().__init__()
        self._paths = paths
        self._clock = clock or partial(datetime.now, UTC)
        self.workstation = workstation
        self._opening = Opening(paths, self._clock)
        self.store = StoreThread(self._opening.open, self)
        self.failures = Failures(self)
        self.window = DeskWindow()
        self.work: MainWindow | None = None
        self._accounts: tuple[Staff, ...] = ()
        self._started = False
        self._collector: Collector | None = None
        self.window.setWindowTitle("Intake Desk (TRAINING)" if paths.training else "Intake Desk")
        self.window.setMinimumSize(880, 600)
        self.window.resize(1280, 800)
        self.window.painted.connect(self._painted)
        self.window.closing.connect(self.close)
        self.store.opened.connect(self._opened)
        self.store.refused.connect(self._refused)
        self.store.failed.connect(self.failures.take)
        self.failures.told.connect(self.tell)
        if paths.store.exists() or paths.training:
            self._show_sign_in()
        else:
            self._show_first_start()

    def show(self) -> None:
        """Show the window; the store opens as soon as it is painted."""
        self.window.show()
        QTimer.singleShot(_LATEST_START_MS, self, self._start)

    def tell(self, text: str) -> None:
        """Tell trouble where the person is."""
        if self.work is not None:
            self.work.tell(text)
        elif isinstance(page := self.window.centralWidget(), Front):
            page.say(text)

    def close(self) -> None:
        """Write down what is open and close the store."""
        if self.work is not None:
            self.work.places.close_all()
        if self._collector is not None:
            self._collector.stop()
        if self._started:
            self.store.stop()
            self._opening.close()

    def sign_in(self, typed: Credentials) -> None:
        """Try to sign a person in."""
        from intake.actions.accounts import sign_in  # noqa: PLC0415 - loaded with the store

        def try_it(store: Store) -> tuple[Actor, str | None]:
            login, password = typed.login, typed.password
            actor = sign_in(store, login=login, password=password, workstation=self.workstation, now=self._clock())
            return actor, self._location(store, actor)

        self.store.ask(try_it, owner=self, done=self._signed_in, failed=self._sign_in_failed)

    def set_up(self, typed: SetUp) -> None:
        """Do the first start, then sign the administrator in."""
        from intake.actions.accounts import sign_in  # noqa: PLC0415 - loaded with the store
        from intake.actions.setup import set_up  # noqa: PLC0415 - loaded with the store

        def do_it(store: Store) -> tuple[Actor, str | None]:
            now, desk = self._clock(), self.workstation
            set_up(
                store, admin_name=typed.admin_name, login=typed.login, password=typed.password, location=typed.location,
                workstation=desk, now=now,
            )  # fmt: skip
            return sign_in(store, login=typed.login, password=typed.password, workstation=desk, now=now), typed.location

        self.store.ask(do_it, owner=self, done=self._signed_in, failed=self._set_up_failed)

    def definitions(self) -> Definitions:
        """Return the definitions. Raises RuntimeError before the store is open."""
        if self._opening.definitions is None:
            raise RuntimeError("not_open_yet")
        return self._opening.definitions

    def _location(self, store: Store, actor: Actor) -> str | None:
        from intake.actions.setup import TRAINING_CLINIC, choose_desk_location, desk_location  # noqa: PLC0415 - loaded with the store

        known = desk_location(store, self.workstation)
        if known is None and self._paths.training:
            choose_desk_location(store, actor, TRAINING_CLINIC, now=self._clock())
            return TRAINING_CLINIC
        return known

    def _painted(self) -> None:
        if not self._started:
            QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        if not self._started:
            self._started = True
            self.store.start()

    def _opened(self) -> None:
        if not self.workstation:
            import platform  # noqa: PLC0415 - not before the first paint; the command line names this desk by the same word

            self.workstation = platform.node() or "desk"
        if self._paths.training and (show_state := getattr(self.window.centralWidget(), "show_state", None)):
            show_state(self.tr("Preparing the training clinic…"))
        self.store.ask(self._opening.prepare, owner=self, done=self._prepared)

    def _prepared(self, prepared: tuple[bool, tuple[Staff, ...]]) -> None:
        from ui.pages.first_start import FirstStartPage  # noqa: PLC0415 - not every start needs it

        set_up, self._accounts = prepared
        self._get_ready()
        page = self.window.centralWidget()
        if set_up and not self._accounts and not isinstance(page, FirstStartPage):
            return
        if set_up:
            self._show_sign_in()
        elif not isinstance(page, FirstStartPage):
            self._show_first_start()
        else:
            page.show_practice(self.definitions().practice)

    def _get_ready(self) -> None:
        """Load what the work needs while somebody types a password."""
        from ui import warming  # noqa: PLC0415 - not before the first paint
        from ui.collecting import Collector  # noqa: PLC0415 - not before the first paint

        self._collector = Collector(self)
        warming.warm(warming.SIGNED_IN + warming.PLACES)
        in_turns(self, fonts.rest())

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            self.failures.take(error)
            return
        text = words_of(error)
        sys.stderr.write(f"{text}\n")
        page = self.window.centralWidget()
        stop = getattr(page, "stop", None)
        if stop is not None:
            stop(text)

    def _show_sign_in(self) -> None:
        from ui.pages.sign_in import SignInPage  # noqa: PLC0415 - not every start needs it

        page = self.window.centralWidget()
        if not isinstance(page, SignInPage):
            page = SignInPage(training=self._paths.training)
            page.submitted.connect(self.sign_in)
            self._place(page)
        page.show_state("")
        if self._accounts:
            page.show_accounts(self._accounts, TRAINING_PASSWORD)

    def _show_first_start(self) -> None:
        from ui.pages.first_start import FirstStartPage  # noqa: PLC0415 - not every start needs it

        page = FirstStartPage(training=self._paths.training)
        page.submitted.connect(self.set_up)
        if self._opening.definitions is not None:
            page.show_practice(self.definitions().practice)
        self._place(page)

    def _signed_in(self, signed_in: tuple[Actor, str | None], start: IntakeStart | None = None) -> None:
        actor, location = signed_in
        if location is None:
            self._ask_clinic(actor)
            return
        in_turns(self, self._open_work(actor, location, start))

    def _open_work(self, actor: Actor, location: str, start: IntakeStart | None) -> Iterator[None]:
        """Build the work piece by piece."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - as below

        from ui.desk import Desk  # noqa: PLC0415 - as below
        from ui.main_window import MainWindow  # noqa: PLC0415 - loaded after the first paint, on a thread of its own

        practice = self.definitions().practice
        desk = Desk(
            paths=self._paths, definitions=self.definitions(), store=self.store, actor=actor, location=location,
            workstation=self.workstation, clock=self._clock, zone=ZoneInfo(practice.time_zone),
        )  # fmt: skip
        self.work = work = MainWindow(desk)
        work.signed_out.connect(self._signed_out)
        yield
        self._place(work)
        yield
        work.begin(start)

    def _ask_clinic(self, actor: Actor) -> None:
        from intake.actions.setup import choose_desk_location  # noqa: PLC0415 - asked once on each desk
        from ui.pages.first_start import ChooseClinicPage  # noqa: PLC0415 - asked once on each desk

        def chosen(key: str) -> None:
            def keep(store: Store) -> tuple[Actor, str]:
                choose_desk_location(store, actor, key, now=self._clock())
                return actor, key

            self.store.ask(keep, owner=self, done=self._signed_in)

        page = ChooseClinicPage(self.definitions().practice, training=self._paths.training)
        page.chosen.connect(chosen)
        self._place(page)

    def _signed_out(self) -> None:
        in_turns(self, self._close_work())

    def _close_work(self) -> Iterator[None]:
        """Take the work away page by page: hundreds of widgets at once would hold up the sign-in."""
        self.window.setFocus()  # from here on no key reaches a page
        handed = None
        if self.work is not None:
            handed = self.work.giving.handed
            yield from self.work.places.taken_down()
        self.work = None
        if handed is not None:
            self._signed_in((handed.actor, handed.location), handed.start)
        else:
            self._show_sign_in()

    def _sign_in_failed(self, error: Exception) -> None:
        from ui.pages.sign_in import SignInPage  # noqa: PLC0415 - it is on screen: loaded already

        page = self.window.centralWidget()
        if isinstance(error, IntakeError) and isinstance(page, SignInPage):
            page.refuse(error)
        else:
            self.failures.take(error)

    def _set_up_failed(self, error: Exception) -> None:
        from ui.pages.first_start import FirstStartPage  # noqa: PLC0415 - it is on screen: loaded already

        page = self.window.centralWidget()
        if isinstance(page, FirstStartPage):
            page.show_state("")
        if isinstance(error, InvalidInputError) and isinstance(page, FirstStartPage):
            page.show_problems(error.problems)
        else:
            self.failures.take(error)

    def _place(self, page: QWidget) -> None:
        self.window.setCentralWidget(page)
        if isinstance(page, Front):
            page.setFocus()


def run(paths: Paths) -> int:
    """Show the window until it is closed; return the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("Intake Desk")
    fonts.load_first()
    theme.apply(application)
    app = App(paths)
    app.failures.install()
    app.show()
    return application.exec()
