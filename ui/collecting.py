"""Python's search for garbage, on the window's thread only and a little at a time.

Left alone, it runs on whichever thread happens to make objects. On the store's thread it would take apart pages that belong to
the window's thread, and a long search would hold up both.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_PERIOD_MS = 500
_YOUNG = 2_000
"""Search among the young objects when there are this many more of them."""
_OLDER_EVERY = 20
_OLDEST_EVERY = 400


class Collector(QObject):
    """Searches for garbage while it lives; Python does so by itself before and after."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin. What was loaded so far stays for good and is not looked at again."""
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._turns = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_PERIOD_MS)
        self._timer.timeout.connect(self._search)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def _search(self) -> None:
        if gc.get_count()[0] < _YOUNG:
            return
        self._turns += 1
        gc.collect(2 if self._turns % _OLDEST_EVERY == 0 else 1 if self._turns % _OLDER_EVERY == 0 else 0)
