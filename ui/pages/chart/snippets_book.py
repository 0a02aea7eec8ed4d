"""The snippets of a clinician: their own before the practice's, and these before those that come with the program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake.actions.notes import drop_snippet, keep_snippet, my_snippets, practice_snippets
from intake.domain.review_form import Snippet
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk

if TYPE_CHECKING:
    from intake.storage.store import Store


class SnippetBook(QObject):
    """Knows what an abbreviation stands for. ``kept`` and ``dropped`` carry an abbreviation, ``failed`` why it was not kept."""

    changed = Signal()
    kept = Signal(str)
    dropped = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Begin with those that come with the program; the others come when the store has answered."""
        super().__init__(parent)
        self._desk = desk
        self._own: Mapping[str, Snippet] = {}
        self._practice = _by_letters(desk.definitions.review_form.snippets)
        self.load()

    def load(self) -> None:
        """Ask for the own snippets and the practice's again."""
        desk = self._desk

        def look(store: Store) -> tuple[tuple[Snippet, ...], tuple[Snippet, ...]]:
            return my_snippets(store, desk.actor), practice_snippets(store, desk.actor)

        if desk.may(Task.REVIEW):
            desk.store.ask(look, owner=self, done=self._loaded, newest="snippets")

    def text_of(self, abbreviation: str) -> str | None:
        """Return what an abbreviation stands for, None when it stands for nothing."""
        found = self._own.get(abbreviation) or self._practice.get(abbreviation)
        return found.text if found is not None else None

    def every(self) -> tuple[Snippet, ...]:
        """Return all that can be typed, by abbreviation."""
        together = {**self._practice, **self._own}
        return tuple(together[each] for each in sorted(together))

    def is_own(self, abbreviation: str) -> bool:
        """Tell whether it is the clinician's own, and may be dropped."""
        return abbreviation in self._own

    def keep(self, abbreviation: str, text: str) -> None:
        """Keep a text as an own snippet, in the place of one with the same letters."""
        desk = self._desk

        def keep(store: Store) -> str:
            return keep_snippet(store, desk.actor, abbreviation=abbreviation, text=text, now=desk.now()).abbreviation

        desk.store.ask(keep, owner=self, done=self._has_kept, failed=self._refused)

    def drop(self, abbreviation: str) -> None:
        """Forget an own snippet; one of the practice with the same letters stands for them again."""
        desk = self._desk

        def drop(store: Store) -> str:
            drop_snippet(store, desk.actor, abbreviation, now=desk.now())
            return abbreviation

        desk.store.ask(drop, owner=self, done=self._has_dropped, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, IntakeError):
            self.failed.emit(error)
        else:
            self._desk.store.failed.emit(error)

    def _loaded(self, found: tuple[tuple[Snippet, ...], tuple[Snippet, ...]]) -> None:
        own, practice = found
        self._own = _by_letters(own)
        self._practice = {**_by_letters(self._desk.definitions.review_form.snippets), **_by_letters(practice)}
        self.changed.emit()

    def _has_kept(self, abbreviation: str) -> None:
        self.kept.emit(abbreviation)
        self.load()

    def _has_dropped(self, abbreviation: str) -> None:
        self.dropped.emit(abbreviation)
        self.load()


def _by_letters(snippets: tuple[Snippet, ...]) -> Mapping[str, Snippet]:
    return {each.abbreviation.casefold(): each for each in snippets}
