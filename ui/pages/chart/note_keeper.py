"""Keeping the note: every keystroke on disk as its writer's own, whoever has the chart in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from intake.actions.notes import keep_note
from intake.domain.reviews import Raw
from intake.errors import ConflictError
from ui.desk import Desk
from ui.keeping import Keeper, Keeping
from ui.pages.chart.state import ChartState

if TYPE_CHECKING:
    from intake.storage.store import Store

Caret = dict[str, Any]


class NoteKeeper(Keeper):
    """Keeps the note of the chart on screen; one that was left before it could be written is written still.

    ``overtaken`` carries the ConflictError of a chart that somebody else has taken or signed: the text is kept all the same.
    """

    overtaken = Signal(object)

    def __init__(self, desk: Desk, state: ChartState, caret: Callable[[], Caret], parent: QObject | None = None) -> None:
        """Follow the state; ``caret`` tells where the cursor stands."""
        super().__init__(desk, self._keeping, parent)
        self._state = state
        self._caret = caret
        self._waiting: dict[int, tuple[Raw, Caret]] = {}
        self._under_way: dict[int, tuple[Raw, Caret]] = {}
        state.changed.connect(self._changed)
        state.cleared.connect(self.finish)
        state.loaded.connect(self._loaded)

    def note_caret(self) -> None:
        """Keep where the cursor went, if anything was typed in this chart."""
        if self._state.raw and self._state.can_write:
            self._changed("")

    def tries_again(self, error: Exception) -> bool:
        """Try again unless the text is on disk already, and only the chart is somebody else's by now."""
        if isinstance(error, ConflictError):
            self.kept.emit()
            self.overtaken.emit(error)
            return False
        for visit_id, typed in self._under_way.items():
            self._waiting.setdefault(visit_id, typed)
        return True

    def _changed(self, _path: str) -> None:
        visit_id = self._state.visit_id
        if visit_id is not None:
            self._waiting.pop(visit_id, None)
            self._waiting[visit_id] = (self._state.raw, self._caret())
            self.note()

    def _loaded(self, _chart: object) -> None:
        self.finish()

    def _keeping(self) -> Keeping:
        taken, self._waiting = self._waiting, {}
        self._under_way = taken
        actor, now, shown = self._desk.actor, self._desk.now(), self._state.visit_id

        def keep(store: Store) -> None:
            for visit_id, (content, caret) in taken.items():
                try:
                    keep_note(store, actor, visit_id, content=content, caret=caret, now=now)
                except ConflictError:
                    if visit_id == shown:
                        raise

        return keep
