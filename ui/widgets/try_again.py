"""The wait after a wrong password, told and counted in one way wherever a password is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from intake.errors import IntakeError
from ui.widgets.field_box import FieldBox

_SECOND_MS: Final = 1_000


def at(box: FieldBox) -> Callable[[str], None]:
    """Return what says words as a problem at a field."""
    return box.show_problem


class TryAgain(QObject):
    """Holds a button back while the next try has to wait, and counts the seconds down where the refusal is told."""

    def __init__(self, held: QWidget, parent: QObject) -> None:
        """Hold nothing back yet; ``held`` is what tries."""
        super().__init__(parent)
        self._held = held
        self._left_s = 0
        self._words = ""
        self._tell: Callable[[str], None] | None = None
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self._count)

    @property
    def waits(self) -> bool:
        """Whether the next try has to wait."""
        return self._left_s > 0

    def begin(self, error: IntakeError, words: str, tell: Callable[[str], None]) -> bool:
        """Count down what the error says has to be waited, and return whether that is anything.

        ``words`` say what was wrong; ``tell`` shows them together with the seconds, and that one can try again when they are over.
        """
        self._left_s = int(error.facts.get("wait_s", 0))
        self._held.setEnabled(not self.waits)
        self._second.stop()
        if not self.waits:
            return False
        self._words = self.tr("Too many wrong tries.") if error.code.endswith("_too_soon") else words
        self._tell = tell
        self._second.start()
        self.show()
        return True

    def show(self) -> None:
        """Tell the seconds that are left once more, where something else was told meanwhile."""
        if self.waits:
            told = self.tr("%1 Wait %2 s, then try again.").replace("%2", str(self._left_s)).replace("%1", self._words)
            self._say(told)

    def end(self) -> None:
        """Let the next try be made now."""
        self._left_s = 0
        self._second.stop()
        self._held.setEnabled(True)
        if self._words:
            self._say(self.tr("%1 Try again.").replace("%1", self._words))

    def _say(self, words: str) -> None:
        if self._tell is not None:
            self._tell(words)

    def _count(self) -> None:
        self._left_s -= 1
        if self.waits:
            self.show()
        else:
            self.end()
