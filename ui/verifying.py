"""Checking a document that comes back: let go over the window, or chosen from a folder; the verdict is said in words."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.errors import IntakeError
from ui.choosing import file_to_open
from ui.desk import Desk
from ui.failures import words_of
from ui.models.requests import whole_moment
from ui.preview.worker import Worker

if TYPE_CHECKING:
    from intake.actions.verifying import Verdict
    from intake.storage.store import Store

TONES: Final = {"signed_current": "ok", "signed_older": "warning", "preliminary": "warning", "altered": "danger", "unknown": "warning"}
"""How a verdict is tinted; what is as it left here and is no note is neither good nor bad."""


class DocumentCheck(QObject):
    """Says what a file is."""

    told = Signal(str, str)
    """What a file is in words, and the tone of it."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        """Ask on behalf of this window."""
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._worker = Worker(self)

    def ask(self) -> None:
        """Have a file chosen, and check it."""
        folder = self._desk.paths.documents
        chosen = file_to_open(self._window, self.tr("Check a document"), folder, self.tr("PDF (*.pdf)"))
        if chosen is not None:
            self.check(chosen)

    def check(self, path: Path) -> None:
        """Read a file and say what it is."""
        self._worker.ask(partial(content, path), done=self.judge, failed=self.fail)

    def judge(self, pdf: bytes) -> None:
        """Say what a file is, by its bytes."""
        from intake.actions.verifying import verify  # noqa: PLC0415 - it brings the PDF reader, loaded by now on the worker's thread

        desk = self._desk

        def look(store: Store) -> Verdict:
            return verify(store, desk.actor, pdf, now=desk.now())

        desk.store.ask(look, owner=self, done=self._tell, failed=self.fail)

    def _tell(self, verdict: Verdict) -> None:
        from intake.wording import VERDICTS  # noqa: PLC0415 - the sentences are read when one is needed

        issued = ""
        if verdict.issued_at is not None:
            issued = whole_moment(verdict.issued_at, self._desk.zone)
        words = VERDICTS[verdict.kind].format(
            visit=verdict.visit_number or "", version=verdict.version, current=verdict.current_version, issued=issued
        )
        self.told.emit(words, TONES.get(verdict.kind, "info"))

    def fail(self, error: Exception) -> None:
        """Say in words why a file could not be looked at."""
        if not isinstance(error, IntakeError):
            raise error
        self.told.emit(words_of(error), "danger")


def content(path: Path) -> bytes:
    """Return a file's bytes, at most one more than may be. Raises IntakeError ``file_missing``, ``file_unreadable``."""
    from intake.documents.keywords import LARGEST_MB  # noqa: PLC0415 - it brings the PDF reader, and this is a thread of its own

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_MB * 2**20 + 1)
    except FileNotFoundError as error:
        raise IntakeError("file_missing") from error
    except OSError as error:
        raise IntakeError("file_unreadable") from error
