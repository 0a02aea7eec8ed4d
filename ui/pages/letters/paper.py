"""The letter's paper beside its fields, made anew after every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.preview.view import PreviewView
from ui.preview.worker import Worker

if TYPE_CHECKING:
    from intake.documents.material import Material
    from intake.domain.documents import Made

_PAUSE_MS = 250
"""The paper follows once the hands rest: a picture that blinks at every key is no help to who types."""


class LetterPaper(PreviewView):
    """Shows what :meth:`show_material` is given as it would leave now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin with nothing to show."""
        super().__init__(parent)
        self._desk = desk
        self._material: Material | None = None
        self._made: Made | None = None
        self._worker = Worker(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._make)

    def show_material(self, material: Material) -> None:
        """Show the paper of this, the first time at once; of several in a row only the last is made."""
        first, self._material = self._material is None, material
        if first:
            self._make()
        else:
            self._pause.start()

    def _make(self) -> None:
        desk, material = self._desk, self._material
        if material is None:
            return

        def make() -> Made:
            from intake.documents.making import make  # noqa: PLC0415 - the PDF library is read here, not before the window

            return make(material, desk.definitions, training=desk.paths.training, printed_at=desk.now())

        self._worker.ask(make, done=self._show, failed=self._refuse, newest="paper")

    def _show(self, made: Made) -> None:
        if self._made is None or self._made.content != made.content:
            self.show_pdf(made.content, stay=self._made is not None)
            self._made = made

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.show_words(words_of(error))
