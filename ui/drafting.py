"""Keeping what is typed: on disk a moment after every keystroke, retried for as long as the disk refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from intake.actions.drafts import Draft, drop_draft, keep_draft
from intake.errors import IntakeError
from ui.desk import Desk

if TYPE_CHECKING:
    from intake.storage.store import Store
    from ui.pages.intake.document import IntakeDocument

PAUSE_MS = 100
"""The first change starts the clock and later ones ride along: steady typing is kept ten times a second."""
RETRY_MS = 2_000
GONE = "draft_gone"

Caret = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where the draft is on disk, for the store's thread: what is asked of it comes in order, and finds what was first."""

    draft_id: int | None = None


class DraftKeeper(QObject):
    """Keeps one document as its owner's draft: an intake, unless :meth:`compose` says otherwise.

    ``kept`` tells that everything typed is on disk, ``failed`` why it is not; it is then tried again until it is.
    """

    kept = Signal()
    failed = Signal(object)
    dropped = Signal()

    def __init__(self, desk: Desk, document: IntakeDocument, caret: Callable[[], Caret], parent: QObject | None = None) -> None:
        """Follow the document; ``caret`` tells where the cursor stands."""
        super().__init__(parent)
        self.patient_id: int | None = None
        self._desk = desk
        self._document = document
        self._caret = caret
        self._place = _Place()
        self._dirty = False
        self._writing = 0
        self._closed = False
        self._settled: Callable[[], None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.write)
        document.changed.connect(self._changed)

    @property
    def draft_id(self) -> int | None:
        """The draft on disk, None before the first keystroke was kept."""
        return self._place.draft_id

    @draft_id.setter
    def draft_id(self, draft_id: int | None) -> None:
        self._place.draft_id = draft_id

    def compose(self) -> Draft:
        """Return what is to be kept now, as a new draft."""
        return Draft(content=self._document.snapshot(), caret=dict(self._caret()), patient_id=self.patient_id, title=self._title())

    def note_caret(self) -> None:
        """Keep where the cursor went, if there is a draft already."""
        if self.draft_id is not None:
            self._changed("")

    def is_behind(self) -> bool:
        """Tell whether something typed is not yet on disk."""
        return self._dirty or self._writing > 0

    def write(self) -> None:
        """Write now whatever is not yet on disk; a write under way is waited for."""
        if not self._writing:
            self.finish()

    def finish(self) -> None:
        """Write now, right behind a write under way: the page goes, and nobody would be there to go on."""
        self._pause.stop()
        if self._closed or not self._dirty:
            return
        self._dirty = False
        self._writing += 1
        draft, place, actor, now = self.compose(), self._place, self._desk.actor, self._desk.now()

        def keep(store: Store) -> None:
            place.draft_id = keep_draft(store, actor, replace(draft, id=place.draft_id), now=now)

        self._desk.store.ask(keep, owner=self, done=self._done, failed=self._refused)

    def settle(self, then: Callable[[], None]) -> None:
        """Call ``then`` once everything typed is written, so that a save that is refused loses nothing and a save takes all."""
        self.write()
        if self._writing:
            self._settled = then
        else:
            then()

    def close(self) -> None:
        """Write nothing more: the intake was saved, its draft is gone with it."""
        self._closed = True
        self._pause.stop()

    def drop(self) -> None:
        """Throw the draft away because its owner says so; ``dropped`` tells that it is gone."""
        self.close()
        place, actor, now = self._place, self._desk.actor, self._desk.now()

        def drop(store: Store) -> None:
            if place.draft_id is not None:
                drop_draft(store, actor, place.draft_id, now=now)

        self._desk.store.ask(drop, owner=self, done=self._dropped, failed=self._not_dropped)

    def _dropped(self, _nothing: None) -> None:
        self.dropped.emit()

    def _not_dropped(self, error: Exception) -> None:
        if isinstance(error, IntakeError) and error.code == GONE:
            self.dropped.emit()
        else:
            self.failed.emit(error)

    def _changed(self, _path: str) -> None:
        self._dirty = True
        if not self._closed and not self._pause.isActive() and not self._writing:
            self._pause.start(PAUSE_MS)

    def _done(self, _nothing: None) -> None:
        self._writing -= 1
        self.kept.emit()
        self._go_on(PAUSE_MS)

    def _refused(self, error: Exception) -> None:
        self._writing -= 1
        if self._closed:
            return
        self._dirty = True
        if isinstance(error, IntakeError) and error.code == GONE:
            self.draft_id = None  # thrown away elsewhere while it is typed here: what is typed becomes a draft of its own
        self.failed.emit(error)
        self._go_on(RETRY_MS)

    def _go_on(self, pause_ms: int) -> None:
        if self._settled is not None:
            then, self._settled = self._settled, None
            then()
        if self._dirty and not self._closed:
            self._pause.start(pause_ms)

    def _title(self) -> str:
        names = [self._document.text(path).strip() for path in ("patient.legal_last", "patient.legal_first")]
        return ", ".join(name for name in names if name)
