"""Notices within a second or so that another desk, or the command line, wrote to the store."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from ui.tasks import StoreThread

PERIOD_MS = 1000


class Watch(QObject):
    """Asks the store for its version each second and tells when it changed."""

    changed = Signal()

    def __init__(self, store: StoreThread, parent: QObject | None = None) -> None:
        """Begin to watch: what is written from this moment on is told."""
        super().__init__(parent)
        self._store = store
        self._version: int | None = None
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(PERIOD_MS)
        self._timer.timeout.connect(self._ask)
        self._timer.start()
        self._ask()

    def _ask(self) -> None:
        if not self._asking:
            self._asking = True
            self._store.ask(lambda store: store.data_version(), owner=self, done=self._compare, failed=self._failed)

    def _compare(self, version: int) -> None:
        self._asking = False
        before, self._version = self._version, version
        if before is not None and before != version:
            self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._asking = False
        self._store.failed.emit(error)
