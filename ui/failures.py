"""What went wrong, told in words: to the person in front of the window, and by number in the log."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from intake.errors import DeniedError, IntakeError, Problem

_OF_THE_ROLE = ("not_permitted", "emergency_not_permitted")


def words_of(error: IntakeError) -> str:
    """Return the sentence for an error a person can act on."""
    from intake.wording import text_of  # noqa: PLC0415 - the sentences are read when one is needed, not before the first paint

    return text_of(error.code, **error.facts)


def words_of_problem(problem: Problem) -> str:
    """Return the sentence for one thing wrong with one field."""
    from intake.wording import text_of  # noqa: PLC0415 - as above

    return text_of(problem)


class Failures(QObject):
    """Takes every exception that nobody else took and tells it in words.

    An :class:`IntakeError` is told by its sentence. Anything else is our mistake: the log keeps where it happened, the person
    gets an incident number to read out. Neither holds patient data.
    """

    told = Signal(str, bool)
    """The words, and whether they only say that somebody's role does not permit what they asked for: nothing is in danger then."""
    _thrown = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Listen to nothing yet: :meth:`install` does that."""
        super().__init__(parent)
        self._thrown.connect(self._take)

    def install(self) -> None:
        """Become the hook for exceptions on every thread."""
        sys.excepthook = self.crashed
        threading.excepthook = self._thread_crashed

    def take(self, error: Exception) -> None:
        """Tell an exception that was handed over, on the window's thread."""
        if isinstance(error, IntakeError):
            self._take(error)
        else:
            self.crashed(type(error), error, error.__traceback__)

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception nobody foresaw, and tell its number. May be called on any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, IntakeError):
            self._thrown.emit(error)
        else:
            from intake.logs import report_crash  # noqa: PLC0415 - the log is loaded with the store, after the first paint

            self._thrown.emit(report_crash(kind, error, trace))

    def _thread_crashed(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.crashed(args.exc_type, args.exc_value, args.exc_traceback)

    def _take(self, thrown: IntakeError | str) -> None:
        if isinstance(thrown, IntakeError):
            of_role = isinstance(thrown, DeniedError) and thrown.code in _OF_THE_ROLE
            self.told.emit(words_of(thrown), of_role)
            return
        text = self.tr("Something went wrong in the program. What you typed is kept. Incident number: %1")
        self.told.emit(text.replace("%1", thrown), False)
