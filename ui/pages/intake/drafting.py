"""Keeping what is typed: on disk a moment after every keystroke, retried for as long as the disk refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from intake.actions.drafts import Draft, drop_draft, keep_draft
from intake.errors import IntakeError
from ui.desk import Desk
from ui.pages.intake.document import IntakeDocument

PAUSE_MS = 100
"""The first change starts the clock and later ones ride along: steady typing is kept ten times a second."""
RETRY_MS = 2_000
GONE = "draft_gone"

Caret = Mapping[str, Any]


class DraftKeeper(QObject):
    """Keeps one document as its owner's draft.

    ``kept`` tells that everything typed is on disk, ``failed`` why it is not; it is then tried again until it is.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, document: IntakeDocument, caret: Callable[[], Caret], parent: QObject | None = None) -> None:
        """Follow the document; ``caret`` tells where the cursor stands."""
        super().__init__(parent)
        self.draft_id: int | None = None
        self.patient_id: int | None = None
        self._desk = desk
        self._document = document
        self._caret = caret
        self._dirty = False
        self._writing = False
        self._closed = False
        self._settled: Callable[[], None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.write)
        document.changed.connect(self._changed)

    def note_caret(self) -> None:
        """Keep where the cursor went, if there is a draft already."""
        if self.draft_id is not None:
            self._changed("")

    def is_behind(self) -> bool:
        """Tell whether something typed is not yet on disk."""
        return self._dirty or self._writing

    def write(self) -> None:
        """Write now whatever is not yet on disk; a write under way is waited for."""
        self._pause.stop()
        if self._closed or self._writing or not self._dirty:
            return
        self._dirty, self._writing = False, True
        draft = Draft(
            id=self.draft_id,
            content=self._document.snapshot(),
            caret=dict(self._caret()),
            patient_id=self.patient_id,
            title=self._title(),
        )
        actor, now = self._desk.actor, self._desk.now()
        self._desk.store.ask(lambda store: keep_draft(store, actor, draft, now=now), owner=self, done=self._done, failed=self._refused)

    def settle(self, then: Callable[[], None]) -> None:
        """Call ``then`` once no write is under way, so that a save can take the draft with it."""
        self._pause.stop()
        if self._writing:
            self._settled = then
        else:
            then()

    def close(self) -> None:
        """Write nothing more: the intake was saved, its draft is gone with it."""
        self._closed = True
        self._pause.stop()

    def drop(self) -> None:
        """Throw the draft away because its owner says so."""
        self.settle(self._drop)

    def _drop(self) -> None:
        self.close()
        if self.draft_id is not None:
            actor, draft_id, now = self._desk.actor, self.draft_id, self._desk.now()
            self._desk.store.ask(
                lambda store: drop_draft(store, actor, draft_id, now=now), owner=self, done=self._dropped, failed=self.failed.emit
            )

    def _dropped(self, _nothing: None) -> None:
        self.kept.emit()

    def _changed(self, _path: str) -> None:
        self._dirty = True
        if not self._closed and not self._pause.isActive() and not self._writing:
            self._pause.start(PAUSE_MS)

    def _done(self, draft_id: int) -> None:
        self._writing = False
        self.draft_id = draft_id
        self.kept.emit()
        self._go_on(PAUSE_MS)

    def _refused(self, error: Exception) -> None:
        self._writing = False
        self._dirty = True
        if isinstance(error, IntakeError) and error.code == GONE:
            self.draft_id = None  # thrown away elsewhere while it is typed here: what is typed becomes a draft of its own
        self.failed.emit(error)
        self._go_on(RETRY_MS)

    def _go_on(self, pause_ms: int) -> None:
        if self._settled is not None:
            then, self._settled = self._settled, None
            then()
        elif self._dirty and not self._closed:
            self._pause.start(pause_ms)

    def _title(self) -> str:
        names = [self._document.text(path).strip() for path in ("patient.legal_last", "patient.legal_first")]
        return ", ".join(name for name in names if name)
