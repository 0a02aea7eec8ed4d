"""Checking a document that comes back: dropped on the window, or chosen from a folder; the verdict is said in words."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QDropEvent, QWindow
from PySide6.QtWidgets import QFileDialog, QWidget

from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.preview.worker import Worker
from ui.top_bar import time_words

if TYPE_CHECKING:
    from intake.actions.verifying import Verdict
    from intake.storage.store import Store

TONES: Final = {"signed_current": "ok", "signed_older": "warning", "preliminary": "warning", "altered": "danger", "unknown": "warning"}
"""How a verdict is tinted; what is as it left here and is no note is neither good nor bad."""


class DocumentCheck(QObject):
    """Takes files dropped anywhere on a window, and says what each is."""

    told = Signal(str, str)
    """What a file is in words, and the tone of it."""
    hovering = Signal(str)
    """A file is held over the window: what letting it go does."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        """Watch for drops on the window that this widget is in, once it is shown."""
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._handle: QWindow | None = None
        self._worker = Worker(self)
        window.setAcceptDrops(True)  # the window system offers files only to windows that take them
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files before any field under them takes their names for text; everything else goes its way."""
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Show:
                self._watch_handle()
        elif kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            return self._over(event)
        return False

    def ask(self) -> None:
        """Have a file chosen, and check it."""
        folder = str(self._desk.paths.documents)
        chosen, _ = QFileDialog.getOpenFileName(self._window, self.tr("Check a document"), folder, self.tr("PDF (*.pdf)"))
        if chosen:
            self.check(Path(chosen))

    def check(self, path: Path) -> None:
        """Read a file and say what it is."""
        self._worker.ask(partial(_content, path), done=self._judge, failed=self._fail)

    def _watch_handle(self) -> None:
        handle = self._window.window().windowHandle()  # there is one by now: this is called when the window is shown
        if handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _over(self, event: QDropEvent) -> bool:
        """Accept files; whatever else is dragged, such as text between fields, is left to the fields."""
        files = [Path(url.toLocalFile()) for url in _urls(event) if url.isLocalFile()]
        if not files:
            return False
        event.acceptProposedAction()
        match event.type():
            case QEvent.Type.DragEnter:
                self.hovering.emit(self.tr("Let go to check this document"))
            case QEvent.Type.Drop if len(files) == 1:
                self.check(files[0])
            case QEvent.Type.Drop:
                self.told.emit(self.tr("Drop one document at a time."), "warning")
        return True

    def _judge(self, pdf: bytes) -> None:
        from intake.actions.verifying import verify  # noqa: PLC0415 - it brings the PDF reader, loaded by now on the worker's thread

        desk = self._desk

        def look(store: Store) -> Verdict:
            return verify(store, desk.actor, pdf, now=desk.now())

        desk.store.ask(look, owner=self, done=self._tell, failed=self._fail)

    def _tell(self, verdict: Verdict) -> None:
        from intake.wording import VERDICTS  # noqa: PLC0415 - the sentences are read when one is needed

        issued = ""
        if verdict.issued_at is not None:
            local = verdict.issued_at.astimezone(self._desk.zone)
            issued = f"{local:%b} {local.day}, {local.year}, {time_words(local)}"
        words = VERDICTS[verdict.kind].format(
            visit=verdict.visit_number or "", version=verdict.version, current=verdict.current_version, issued=issued
        )
        self.told.emit(words, TONES.get(verdict.kind, "info"))

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.told.emit(words_of(error), "danger")


def _urls(event: QDropEvent) -> list[QUrl]:
    return event.mimeData().urls() if event.mimeData().hasUrls() else []


def _content(path: Path) -> bytes:
    """Return a file's bytes, at most one more than may be. Raises IntakeError ``file_missing``, ``file_unreadable``."""
    from intake.documents.keywords import LARGEST_MB  # noqa: PLC0415 - it brings the PDF reader, and this is a thread of its own

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_MB * 2**20 + 1)
    except FileNotFoundError as error:
        raise IntakeError("file_missing") from error
    except OSError as error:
        raise IntakeError("file_unreadable") from error
