"""Signing a letter: what is signed in short, and the password once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.letters import sign_letter
from intake.domain.letters import Letter
from intake.errors import ConflictError, IntakeError, InvalidInputError
from ui.desk import Desk
from ui.pages.chart.signing_overlay import SignOverlay

if TYPE_CHECKING:
    from intake.storage.store import Store


class LetterSigning(QObject):
    """Asks for the password over the window, and signs. ``signed`` carries the letter, ``failed`` why it is not signed."""

    signed = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, request_id: int, parent: QWidget) -> None:
        """Lie over the window of ``parent`` when asked."""
        super().__init__(parent)
        self._desk = desk
        self._request_id = request_id
        self._over = parent
        self._letter: Letter | None = None
        self.overlay: SignOverlay | None = None

    def ask(self, letter: Letter, title: str) -> None:
        """Ask for the password of a complete letter; a second Ctrl Enter is the Enter of the overlay."""
        if self.overlay is not None and self.overlay.isVisible():
            self.overlay.sign_button.click()
            return
        self._letter = letter
        words = self.tr("The letter is signed as the paper beside it shows it. Once signed, not a word of it changes.")
        self._lay_over().show_ready(self.tr("Sign: %1").replace("%1", title), (), after=words)

    def _submit(self, password: str) -> None:
        desk, request_id, letter = self._desk, self._request_id, self._letter
        if letter is None:
            return

        def sign(store: Store) -> Letter:
            return sign_letter(
                store, desk.actor, request_id, password=password, version=letter.version, definitions=desk.definitions, now=desk.now()
            )

        desk.store.ask(sign, owner=self, done=self._done, failed=self._refused)

    def _done(self, letter: Letter) -> None:
        self._lay_over().close_over()
        self.signed.emit(letter)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, IntakeError) and not isinstance(error, (InvalidInputError, ConflictError)):
            self._lay_over().refuse(error)
            return
        self._lay_over().close_over()
        self.failed.emit(error)

    def _lay_over(self) -> SignOverlay:
        if self.overlay is None:
            self.overlay = SignOverlay(self._over.window())
            self.overlay.submitted.connect(self._submit)
            self._over.destroyed.connect(self.overlay.deleteLater)
        return self.overlay
