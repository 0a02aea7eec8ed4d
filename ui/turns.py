"""Long work in short pieces: between two of them the window paints and takes keys."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

_END = object()


def in_turns(owner: QObject, pieces: Iterator[object]) -> None:
    """Do the first piece now and each further one in a turn of its own; no more of them once ``owner`` is gone."""

    def go_on() -> None:
        if next(pieces, _END) is not _END:
            QTimer.singleShot(1, owner, go_on)

    go_on()
