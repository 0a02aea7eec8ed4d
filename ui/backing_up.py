"""Backing up beside the work: hourly, at sign-out, on demand, and again some minutes after a failure."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from intake.actions.backup_targets import targets
from intake.actions.backups import By, back_up, drill_backup
from intake.actions.restoring import restore_waits
from intake.domain.backups import BackupRow, Target
from intake.domain.staff import Actor
from intake.errors import IntakeError, StoreError
from intake.storage.copying import Pace
from ui.desk import Desk
from ui.failures import words_of
from ui.preview.worker import Worker
from ui.routes import Routes

LOOK_MS = 60_000
FIRST_MS = 20_000
"""After a sign-in the work is built first."""
RECENT = timedelta(minutes=10)
"""A backup that was taken so short before a sign-out is not taken again."""
REST = 2.0
"""How long a copy rests after each piece, as a multiple of the time the piece took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A target to back up to, for whom, and whether only when no other desk did it meanwhile."""

    target_id: int
    actor: Actor | None
    only_due: bool


class BackingUp(QObject):
    """Looks each minute what is due and does it on a thread of its own; the store's thread is asked only for moments.

    One for each sign-in. It may outlive the window: :meth:`leave` takes a last backup and then says that the store may be closed.
    """

    changed = Signal()
    """A backup was written, proven, or failed."""
    progressed = Signal(float)
    """How much of a copy is written."""
    ended = Signal(str)
    """What came of what a person asked for, in words."""
    ended_badly = Signal(str)
    """Why what a person asked for came to nothing."""

    def __init__(self, desk: Desk, routes: Routes, parent: QObject | None = None) -> None:
        """Keep whose store it is, and do what pages ask for; :meth:`begin` starts looking."""
        super().__init__(parent)
        self._desk = desk
        self._worker = Worker(self)
        self._stop = threading.Event()
        self._running: int | None = None
        self._left: Callable[[], None] | None = None
        self._waiting: list[_Wanted] = []
        self._asked = ""
        self._trouble = ""
        self._known: tuple[Target, ...] = ()
        routes.back_up.connect(self.back_up_now)
        routes.prove.connect(self.prove)
        self.changed.connect(routes.changed)
        self.ended.connect(routes.said)
        self.ended_badly.connect(routes.refused)
        self.progressed.connect(routes.backup_progressed, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Look for what is due now and then."""
        self._learn()
        self.changed.connect(self._learn)
        QTimer.singleShot(FIRST_MS, self, self.look)
        self._timer.start(LOOK_MS)

    def running(self) -> int | None:
        """Return the target that is being written to, None when none is."""
        return self._running

    def has_last(self) -> bool:
        """Tell whether leaving now would take a last backup, or one is being written, as far as this desk knows."""
        if self._stop.is_set() or restore_waits(self._desk.paths):
            return False
        return self._running is not None or bool(self._not_recent(self._known))

    def look(self) -> None:
        """Begin what is due, unless something is being done already."""
        desk = self._desk
        if self._running is None and not self._waiting and not self._stop.is_set():
            desk.store.ask(lambda store: store.backups.targets(desk.now()), owner=self, done=self._begin_due, failed=_unheard, newest="due")

    def back_up_now(self) -> None:
        """Back up to every folder, because the person asks for it."""
        desk = self._desk
        desk.store.ask(lambda store: targets(store, desk.actor, now=desk.now()), owner=self, done=partial(self._add, desk.actor))

    def prove(self, target_id: int, backup_id: int) -> None:
        """Open one backup in a scratch place and read all of it, because the person asks for it."""
        if self._running is None:
            self._running = target_id
            self._asked = self.tr("The backup was read whole and is proven.")
            self.changed.emit()
            work = partial(drill_backup, self._desk.store.call, target_id, backup_id, self._by(self._desk.actor), self._pace)
            self._worker.ask(work, done=self._done, failed=self._failed)

    def leave(self, closed: Callable[[], None]) -> None:
        """Take a last backup unless there is a recent one, then call ``closed``: the store may be closed. Nothing waits for it.

        With a backup that is ready to take the store's place there is no last one: that waits for the store to be closed.
        """
        self._timer.stop()
        self._left = closed
        desk = self._desk
        if restore_waits(desk.paths):
            self.stop()
            self._end_if_left()
            return
        desk.store.ask(lambda store: store.backups.targets(desk.now()), owner=self, done=self._leave, failed=self._leave_failed)

    def stop(self) -> None:
        """End at the next piece; nothing half-written is left."""
        self._timer.stop()
        self._waiting.clear()
        self._stop.set()

    def _leave(self, found: tuple[Target, ...]) -> None:
        self._add(None, self._not_recent(found))
        self._end_if_left()

    def _not_recent(self, found: tuple[Target, ...]) -> tuple[Target, ...]:
        now = self._desk.now()
        return tuple(each for each in found if each.last_at is None or now - each.last_at >= RECENT)

    def _learn(self) -> None:
        """Learn where backups go, so that it is known at once when the window is closed."""
        desk = self._desk
        if self._left is None:
            desk.store.ask(lambda store: store.backups.targets(desk.now()), owner=self, done=self._know, failed=_unheard, newest="known")

    def _know(self, found: tuple[Target, ...]) -> None:
        self._known = found

    def _leave_failed(self, error: Exception) -> None:
        _unheard(error)
        self._end_if_left()

    def _begin_due(self, found: tuple[Target, ...]) -> None:
        self._add(None, tuple(each for each in found if each.due(self._desk.now())), only_due=True)

    def _add(self, actor: Actor | None, found: tuple[Target, ...], *, only_due: bool = False) -> None:
        waiting = {each.target_id for each in self._waiting}
        self._waiting += [_Wanted(target_id=each.id, actor=actor, only_due=only_due) for each in found if each.id not in waiting]
        self._next()

    def _next(self) -> None:
        if self._running is not None or not self._waiting or self._stop.is_set():
            return
        wanted = self._waiting.pop(0)
        self._running = wanted.target_id
        if wanted.actor is not None:
            self._asked = self.tr("The backup is written and proven.")
        work = partial(back_up, self._desk.store.call, wanted.target_id, self._by(wanted.actor), self._pace, only_due=wanted.only_due)
        self._worker.ask(work, done=self._done, failed=self._failed)
        self.changed.emit()

    def _done(self, row: BackupRow | None) -> None:
        if row is None:
            self._end(self.tr("Another desk is backing up there now."))
        else:
            self._end(words_of(IntakeError(row.trouble)) if row.trouble else "")

    def _failed(self, error: Exception) -> None:
        """End; what was in the way is kept with the folder and shown on the page and in the bar."""
        if isinstance(error, IntakeError):
            self._end(words_of(error))
            return
        self._asked = ""  # the window tells it
        self._end("")
        raise error

    def _end(self, trouble: str) -> None:
        self._running = None
        if self._asked:
            self._trouble = trouble or self._trouble
        if not any(each.actor for each in self._waiting):
            self._say_end()
        self.changed.emit()
        self._next()
        self._end_if_left()

    def _say_end(self) -> None:
        """Say what came of what a person asked for, in the place of what was said when it began; of the rest nothing is said."""
        asked, trouble, self._asked, self._trouble = self._asked, self._trouble, "", ""
        if asked and self._left is None:
            (self.ended_badly if trouble else self.ended).emit(trouble or asked)

    def _end_if_left(self) -> None:
        if self._left is not None and self._running is None and (not self._waiting or self._stop.is_set()):
            closed, self._left = self._left, None
            closed()

    def _by(self, actor: Actor | None) -> By:
        desk = self._desk
        return By(actor=actor, workstation=desk.workstation, clock=desk.now, zone=desk.zone)

    def _pace(self, beat: Callable[[], None]) -> Pace:
        return Pace(rest=REST, stop=self._stop, told=self.progressed.emit, beat=beat)


def _unheard(error: Exception) -> None:
    """Let a store that was closed meanwhile be; it is asked again at the next sign-in."""
    if not isinstance(error, StoreError):
        raise error
