"""The draft of an intake or of an edit: what is typed, kept for its owner until it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from intake.actions.drafts import Draft, drop_draft, keep_draft
from intake.errors import IntakeError
from ui.desk import Desk
from ui.keeping import Keeper, Keeping

if TYPE_CHECKING:
    from intake.storage.store import Store
    from ui.pages.intake.document import IntakeDocument

GONE = "draft_gone"

Caret = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class _Place:
    """Where the draft is on disk, for the store's thread: what is asked of it comes in order, and finds what was first."""

    draft_id: int | None = None


class DraftKeeper(Keeper):
    """Keeps what ``compose`` says as its owner's draft; whoever uses it tells of changes with :meth:`note`."""

    dropped = Signal()

    def __init__(self, desk: Desk, compose: Callable[[], Draft], parent: QObject | None = None) -> None:
        """Begin without a draft; ``compose`` returns what is to be kept at that moment, as a new draft."""
        super().__init__(desk, self._keeping, parent)
        self._compose = compose
        self._place = _Place()

    @property
    def draft_id(self) -> int | None:
        """The draft on disk, None before the first keystroke was kept."""
        return self._place.draft_id

    @draft_id.setter
    def draft_id(self, draft_id: int | None) -> None:
        self._place.draft_id = draft_id

    def note_caret(self) -> None:
        """Keep where the cursor went, if there is a draft already."""
        if self.draft_id is not None:
            self.note()

    def drop(self) -> None:
        """Throw the draft away because its owner says so; ``dropped`` tells that it is gone."""
        self.close()
        place, actor, now = self._place, self._desk.actor, self._desk.now()

        def drop(store: Store) -> None:
            if place.draft_id is not None:
                drop_draft(store, actor, place.draft_id, now=now)

        self._desk.store.ask(drop, owner=self, done=self._dropped, failed=self._not_dropped)

    def tries_again(self, error: Exception) -> bool:
        """Go on with a draft of its own when this one was thrown away elsewhere while it is typed here."""
        if isinstance(error, IntakeError) and error.code == GONE:
            self.draft_id = None
        return True

    def _keeping(self) -> Keeping:
        draft, place, actor, now = self._compose(), self._place, self._desk.actor, self._desk.now()

        def keep(store: Store) -> None:
            place.draft_id = keep_draft(store, actor, replace(draft, id=place.draft_id), now=now)

        return keep

    def _dropped(self, _nothing: None) -> None:
        self.dropped.emit()

    def _not_dropped(self, error: Exception) -> None:
        if isinstance(error, IntakeError) and error.code == GONE:
            self.dropped.emit()
        else:
            self.failed.emit(error)


class IntakeKeeper(DraftKeeper):
    """Keeps one intake with every change of its document."""

    def __init__(self, desk: Desk, document: IntakeDocument, caret: Callable[[], Caret], parent: QObject | None = None) -> None:
        """Follow the document; ``caret`` tells where the cursor stands."""
        super().__init__(desk, self._intake, parent)
        self.patient_id: int | None = None
        self._document = document
        self._caret = caret
        document.changed.connect(self._changed)
        document.form_marks.changed.connect(self._confirmed)

    def _intake(self) -> Draft:
        return Draft(content=self._document.snapshot(), caret=dict(self._caret()), patient_id=self.patient_id, title=self._title())

    def _changed(self, _path: str) -> None:
        self.note()

    def _confirmed(self, path: str) -> None:
        if path:  # an empty one tells that the draft was loaded: there is nothing new to keep
            self.note()

    def _title(self) -> str:
        names = [self._document.text(path).strip() for path in ("patient.legal_last", "patient.legal_first")]
        return ", ".join(name for name in names if name)
