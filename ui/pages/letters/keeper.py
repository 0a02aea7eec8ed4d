"""Keeping a letter while it is typed: on disk a moment after every keystroke, and what the record makes of it comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from intake.actions.letters import keep_letter
from intake.actions.letters_aside import let_go, put_aside
from intake.domain.letters import Letter
from intake.errors import ConflictError, IntakeError, InvalidInputError, StoreError
from ui.desk import Desk
from ui.keeping import Keeper, Keeping

if TYPE_CHECKING:
    from intake.storage.store import Store

Typed = tuple[Mapping[str, str], str | None]
CHANGED: Final = "letter_changed"
SHUT: Final = ("letter_signed", "request_closed")


@dataclass(slots=True, kw_only=True)
class _Kept:
    """The letter as it was kept last, for the store's thread: which version comes next is known there."""

    letter: Letter | None = None
    version: int | None = None
    aside: bool = False


class LetterKeeper(Keeper):
    """Keeps what the form says. What cannot be kept in the letter is kept beside it, for this person alone.

    ``refused`` tells what cannot be kept as it is, ``overtaken`` that somebody else wrote meanwhile, ``shut`` that the letter takes
    no more words.
    """

    refused = Signal(object)
    overtaken = Signal(object)
    shut = Signal(object)

    def __init__(self, desk: Desk, request_id: int, typed: Callable[[], Typed], parent: QObject | None = None) -> None:
        """Keep nothing yet; ``typed`` returns the fields and the text as they stand."""
        super().__init__(desk, self._keeping, parent)
        self._request_id = request_id
        self._typed = typed
        self._last = _Kept()
        self._beside = False
        self.kept.connect(self._in_letter)

    @property
    def letter(self) -> Letter | None:
        """The letter as it was kept last."""
        return self._last.letter

    @property
    def beside(self) -> bool:
        """Whether what is on screen is kept beside the letter only, for a person to put right or to decide."""
        return self._beside

    def begin(self, letter: Letter, *, aside: bool) -> None:
        """Go on from a letter that was read: another version of it is never overwritten unseen.

        ``aside`` tells that words of this person lie beside it; they go once what is typed is in the letter.
        """
        self._last = _Kept(letter=letter, version=letter.version, aside=aside)
        self._beside = False

    def overrule(self) -> None:
        """Keep what is typed here over what somebody else wrote, because a person says so."""
        self._last.version = None
        self.note()

    def tries_again(self, error: Exception) -> bool:
        """Tell what waiting cannot mend, and wait for the next keystroke."""
        if isinstance(error, InvalidInputError):
            self._beside = True
            self.refused.emit(error)
        elif isinstance(error, ConflictError) and error.code == CHANGED:
            self._beside = True
            self.overtaken.emit(error)
        elif isinstance(error, IntakeError) and error.code in SHUT:
            self.shut.emit(error)
        else:
            return True
        return False

    def _keeping(self) -> Keeping:
        desk, request_id, last = self._desk, self._request_id, self._last
        typed, body = self._typed()
        now = desk.now()

        def keep(store: Store) -> None:
            definitions, version = desk.definitions, last.version
            try:
                letter = keep_letter(
                    store, desk.actor, request_id, typed=typed, body=body, version=version, definitions=definitions, now=now
                )
            except StoreError:
                raise
            except IntakeError:
                put_aside(store, desk.actor, request_id, typed=typed, body=body, now=now)
                last.aside = True
                raise
            last.letter, last.version = letter, letter.version
            if last.aside:
                let_go(store, desk.actor, request_id)
                last.aside = False

        return keep

    def _in_letter(self) -> None:
        self._beside = False
