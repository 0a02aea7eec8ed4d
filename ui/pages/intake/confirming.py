"""Looking through what a patient wrote on a form: one key confirms the field in hand, one key the section."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from intake.entry.from_form import NOT_CONFIRMED
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.plan import SECTIONS, section_of
from ui.pages.page import Key


class Confirming(QObject):
    """Goes from value to value of a form. What cannot be kept is never confirmed: it has to be put right first.

    ``said`` carries what a key did, in words.
    """

    said = Signal(str)

    def __init__(self, document: IntakeDocument, form: IntakeForm, parent: QObject | None = None) -> None:
        """Work on this document and this form."""
        super().__init__(parent)
        self._document = document
        self._form = form

    def go_to_first(self) -> bool:
        """Go to the first value to confirm, of a form of which none is confirmed yet; return False for any other intake."""
        marks = self._document.form_marks
        fresh = marks.form is not None and set(marks.unconfirmed()) == set(marks.form.paths)
        if fresh and self._document.to_confirm():
            self._go_on("")
            return True
        return False

    def confirm_here(self) -> None:
        """Confirm the field the keyboard is in and go to the next one; from a field without a mark only go."""
        path = self._form.path_at()[0]
        marked = self._document.form_marks.is_marked(path)
        if marked and path in self._wrong():
            self._form.section(section_of(path)).left(path)
            self.said.emit(self.tr("Put this right first"))
            return
        if marked:
            self._document.form_marks.confirm((path,))
        self._go_on(path)

    def confirm_section(self) -> None:
        """Confirm what stands in the section and go to the next one; what is wrong in it stays, and the keyboard goes there."""
        section, wrong = self._form.current, self._wrong()
        here = [path for path in self._document.to_confirm() if section_of(path) == section]
        sound = [path for path in here if path not in wrong]
        self._document.form_marks.confirm(sound)
        self.said.emit(self.tr("%1 confirmed").replace("%1", str(len(sound))))
        left = next((path for path in here if path in wrong), None)
        if left is not None:
            self._form.go_to(left)
            self.said.emit(self.tr("Put this right first"))
        else:
            self._go_on(self._form.path_at()[0])

    def keys(self) -> tuple[Key, ...]:
        """Return the keys that work while anything is to be confirmed."""
        if not self._document.to_confirm():
            return ()
        return (Key(keys=("F3",), text=self.tr("confirm")), Key(keys=("Shift F3",), text=self.tr("confirm the section")))

    def _wrong(self) -> set[str]:
        return {problem.field for problem in self._document.read_all().errors() if problem.code != NOT_CONFIRMED}

    def _go_on(self, path: str) -> None:
        """Go to the next value to confirm in the order of the page, after the last one to the first."""
        left = set(self._document.to_confirm())
        order = self._form.paths()
        at = order.index(path) if path in order else 0
        onward = next((each for each in (*order[at:], *order[:at]) if each in left), None)
        if onward is None:  # what hides behind "more", in a section that was not opened yet
            keys = [plan.key for plan in SECTIONS]
            onward = min(left, key=lambda each: keys.index(section_of(each)), default=None)
        if onward is None:
            self.said.emit(self.tr("Everything from the form is confirmed"))
        else:
            self._form.go_to(onward)
