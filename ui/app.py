"""The application: one window, one store thread, and who works in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from intake.errors import IntakeError
from ui import fonts, theme
from ui.closing import Closing
from ui.desk_window import DeskWindow
from ui.entering import Entered, Entry
from ui.failures import Failures, words_of
from ui.front_door import FrontDoor
from ui.opening import Opened, Opening
from ui.pages.front import Front
from ui.preview.worker import Worker
from ui.tasks import StoreThread
from ui.turns import in_turns

if TYPE_CHECKING:
    from intake.definitions.bundle import Definitions
    from intake.domain.staff import Actor
    from intake.paths import Paths
    from ui.after_sign_in import AfterSignIn
    from ui.at_work import AtWork
    from ui.clipboard import Clipboard
    from ui.collecting import Collector
    from ui.main_window import MainWindow
    from ui.pages.first_start import SetUp
    from ui.pages.sign_in import Credentials
    from ui.routes import IntakeStart

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
        self._worker = Worker(self)
        self.entry: Entry | None = None
        self._opened: Opened | None = None
        self._then: Callable[[], None] | None = None
        self._next: Callable[[], None] | None = None
        self._after: AfterSignIn | None = None
        self.failures = Failures(self)
        self.window = DeskWindow(training=paths.training)
        self.work: MainWindow | None = None
        self._started = False
        self._collector: Collector | None = None
        self._clipboard: Clipboard | None = None
        self.at_work: AtWork | None = None
        self.window.painted.connect(self._painted)
        self.window.closing.connect(self.close)
        self.window.held = lambda: self._closing.holds(self.at_work if self.work is not None else None, self._leave_for)
        self._closing = Closing(self.window, training=paths.training, parent=self)
        self._closing.shown.connect(self._place)
        self.failures.told.connect(self.tell)
        self.door = FrontDoor(paths, self.window, clock=self._clock, parent=self)
        self.door.workstation = workstation
        self.door.shown.connect(self._place)
        self.door.sign_in.connect(self.sign_in)
        self.door.set_up.connect(self.set_up)
        self.door.reopen_asked.connect(self._open)
        if paths.store.exists() or paths.training:
            self.door.show_sign_in()
        else:
            self.door.show_first_start()

    def show(self) -> None:
        """Show the window; the store opens as soon as it is painted."""
        self.window.show()
        QTimer.singleShot(_LATEST_START_MS, self, self._start)

    def tell(self, text: str, here: bool = False) -> None:  # noqa: FBT001, FBT002 - as the failures tell it
        """Tell trouble where the person is; what concerns only what they did ``here`` goes with the page."""
        if self.at_work is not None:
            self.at_work.locking.tell(text)
        if self.work is not None:
            self.work.tell(text, here=here)
        elif isinstance(page := self.window.centralWidget(), Front):
            page.say(text)

    def close(self) -> None:
        """Write down what is open and close the store."""
        if self.work is not None:
            self.work.places.close_all()
        if self._collector is not None:
            self._collector.stop()
        if self.at_work is not None:
            self.at_work.stop()
        if self.entry is not None:
            self.entry.store.stop()
        self._closing.stop()
        if self._started:
            self._opening.close()

    def sign_in(self, typed: Credentials) -> None:
        """Try to sign a person in."""
        self._enter(Entry.by_password(self._paths, typed, self.workstation, self._clock))

    def set_up(self, typed: SetUp) -> None:
        """Do the first start, then let the administrator begin."""
        self._enter(Entry.by_set_up(self._paths, typed, self.workstation, self._clock))

    def _enter(self, entry: Entry) -> None:
        if self.entry is not None:  # a store is being opened already: Enter was pressed twice
            return
        if self._opened is None:  # typed faster than the definitions are read
            self._then = partial(self._enter, entry)
            return
        self.entry = entry

        def refused(error: Exception) -> None:
            self.entry = None
            if not self.door.refuse(error):
                self.failures.take(error)

        entry.setParent(self)
        entry.entered.connect(self._signed_in)
        entry.refused.connect(refused)
        entry.store.failed.connect(self.failures.take)
        entry.begin()

    def definitions(self) -> Definitions:
        """Return the definitions. Raises RuntimeError before the data folder is open."""
        if self._opened is None:
            raise RuntimeError("not_open_yet")
        return self._opened.definitions

    def _painted(self) -> None:
        if not self._started:
            QTimer.singleShot(0, self, self._start)

    def _start(self) -> None:
        if self._started:
            return
        self._started = True
        if not self.workstation:
            import platform  # noqa: PLC0415 - not before the first paint; the command line names this desk by the same word

            self.workstation = self.door.workstation = platform.node() or "desk"
        self._open()

    def _open(self) -> None:
        self._opening.close()
        if show_state := getattr(self.window.centralWidget(), "show_state", None):
            if self._paths.training:
                show_state(self.tr("Preparing the training clinic…"))
            elif self._paths.open_keys.exists() and self._paths.store.exists():
                show_state(self.tr("Wrapping the keys of the store…"))
        self._worker.ask(self._opening.open, done=self._ready, failed=self._refused)

    def _ready(self, opened: Opened) -> None:
        if not isValid(self.window):  # closed before the data folder was open
            self._opening.close()
            return
        self._opened = opened
        self._get_ready()
        if self._then is not None:
            self.door.know(opened)
            self._then()
            return
        self.door.take(opened)

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
        if stop := getattr(page, "stop", None):
            stop(text)

    def _signed_in(self, entered: Entered) -> None:
        from ui.after_sign_in import AfterSignIn  # noqa: PLC0415 - loaded while somebody types

        if self._opening.is_behind():
            self._worker.ask(self._opening.read_again, done=partial(self._read_again, entered), failed=self._refused)
            return
        training = self._paths.training
        self._after = AfterSignIn(entered, definitions=self.definitions(), training=training, clock=self._clock, parent=self)
        self._after.shown.connect(self._place)
        self._after.ready.connect(self._begin_work)
        self._after.left.connect(self._signed_out)
        self._after.begin()

    def _read_again(self, entered: Entered, definitions: Definitions) -> None:
        """Go on with the practice's own files as another desk left them."""
        if self._opened is not None:
            self._opened = replace(self._opened, definitions=definitions)
        self._signed_in(entered)

    def _begin_work(self, entered: Entered) -> None:
        if self._after is not None:
            self._after.deleteLater()
            self._after = None
        in_turns(self, self._open_work(entered.store, entered.actor, entered.location or "", None, entered.place))

    def _open_work(self, store: StoreThread, actor: Actor, location: str, start: IntakeStart | None, place: str = "") -> Iterator[None]:
        """Build the work piece by piece."""
        from zoneinfo import ZoneInfo  # noqa: PLC0415 - as below

        from ui.at_work import AtWork  # noqa: PLC0415 - as below
        from ui.clipboard import Clipboard  # noqa: PLC0415 - as below
        from ui.desk import Desk  # noqa: PLC0415 - as below
        from ui.main_window import MainWindow  # noqa: PLC0415 - loaded after the first paint, on a thread of its own

        practice = self.definitions().practice
        desk = Desk(
            paths=self._paths, definitions=self.definitions(), store=store, actor=actor, location=location,
            workstation=self.workstation, clock=self._clock, zone=ZoneInfo(practice.time_zone),
        )  # fmt: skip
        self.work = work = MainWindow(desk)
        work.signed_out.connect(self._signed_out)
        work.stayed.connect(self._closing.give_up)
        work.stayed.connect(partial(setattr, self, "_next", None))
        work.routes.new_key.connect(lambda: self._leave_for(partial(self.door.show_new_key, actor.staff.login, store)))
        work.routes.restored.connect(lambda said: self._leave_for(partial(self.door.show_sign_in, said)))
        self._clipboard = self._clipboard or Clipboard(self)
        self.at_work = AtWork(self.window, work, self._clipboard, self)
        yield
        self._place(work)
        yield
        work.begin(start)
        if place:
            work.routes.place.emit(place)

    def _leave_for(self, show: Callable[[], None]) -> None:
        if self.work is not None:
            self._next = show
            self.work.leave()

    def _signed_out(self) -> None:
        in_turns(self, self._close_work())

    def _close_work(self) -> Iterator[None]:
        """Take the work away page by page: hundreds of widgets at once would hold up the sign-in."""
        self.window.setFocus()  # from here on no key reaches a page
        handed = self.work.giving.handed if self.work is not None else None
        if self.work is not None:
            yield from self.work.places.taken_down()
        beside, self.work, self.at_work = self.at_work, None, None
        if handed is not None:
            if beside is not None:
                beside.hand_over()
            yield from self._open_work(handed.store, handed.actor, handed.location, handed.start)
            return
        entry, self.entry = self.entry, None
        if entry is not None and beside is not None:
            self._closing.leave(beside, entry)
        elif entry is not None:  # it was left before the work began
            entry.leave()
        self._after = None
        show, self._next = self._next or self.door.show_sign_in, None
        show()

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
