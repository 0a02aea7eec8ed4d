"""ICD-10-CM codes: typed for, picked with Enter, taken away with Backspace or Delete. None is ever proposed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from intake.domain.codes import Code, CodeList
from intake.entry.notes import code_warnings, search_codes
from ui.pages.chart.codes_found import FoundCodes
from ui.pages.chart.codes_list import PickedCode, PickedCodes
from ui.pages.chart.codes_words import nothing_found, other_release_words, reason_of, release_words, unknown_words
from ui.pages.chart.note_field import NoteField
from ui.pages.chart.note_part import Part
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.state import ChartState
from ui.pages.intake.editors import LineEditor

PATH = "codes"
_MOST = 12
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TAKING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class CodesPart(Part):
    """The picked codes, the field that finds more, and under it what was found."""

    def __init__(self, codes: CodeList, state: ChartState, book: SnippetBook) -> None:
        """Build it over one release of the list."""
        super().__init__(state, book)
        self._codes = codes
        self._other_release = False
        self.picked = PickedCodes()
        self.picked.removed.connect(self._remove)
        self.picked.moved.connect(self._move)
        self.search_field = LineEditor(placeholder=self.tr("Code or words of its title"))
        self.search_field.setAccessibleName(self.tr("Find an ICD-10-CM code"))
        self.search_field.typed.connect(self._search)
        self.search_field.installEventFilter(self)
        self.found = FoundCodes()
        self.found.chosen.connect(self._add)
        self.field = NoteField("", self.search_field)
        self.picked.left.connect(self.search_field.setFocus)
        for each in (self.picked, self.field, self.found):
            self.column.addWidget(each)
        self._say_release()

    def begin(self) -> None:
        """Search for nothing."""
        super().begin()
        self.search_field.setText("")
        self._search("")

    def show_note(self) -> None:
        """Show what is picked, each with what needs another look."""
        chart = self.state.chart
        if chart is None:
            self.picked.show_rows(())
            return
        picked = self._picked()
        warnings = code_warnings(self._codes, tuple(picked), chart.visit.visit_day)
        rows = []
        for code in picked:
            known = self._codes.find(code)
            reason = reason_of(code, warnings) if known else unknown_words(self._codes)
            rows.append(PickedCode(code=code, title=known.title if known else "", reason=reason))
        self.picked.show_rows(rows)
        self._other_release = any(warning.about == self._codes.release for warning in warnings)
        self._search(self.search_field.text())

    def set_writable(self, *, on: bool) -> None:
        """Let codes be picked, or only read."""
        self.picked.setEnabled(on)
        self.field.setVisible(on)
        if not on:
            self.found.show_codes(())

    def controls(self) -> Mapping[str, QWidget]:
        """Return the picked codes, and the field that finds more."""
        return {f"{PATH}.picked": self.picked, PATH: self.search_field}

    def open_at(self, path: str) -> QWidget | None:
        """Return the picked codes when one of them is meant."""
        name = path.removeprefix(f"{PATH}.")
        if path.startswith(f"{PATH}.") and any(row.code == name for row in self.picked.rows()):
            return self.picked
        return super().open_at(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, Enter, Escape and Backspace work while the field has the keyboard."""
        if watched is self.search_field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._press(event)
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape and self.search_field.text():
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key, typed = event.key(), bool(self.search_field.text())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._enter()
        if key == Qt.Key.Key_Escape and typed:
            self._clear()
        elif key in _STEPS and self.found.codes():
            self.found.step(_STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Up and not typed and self.picked.rows():
            self.picked.setFocus(Qt.FocusReason.BacktabFocusReason)
        elif key in _TAKING and not typed and self.picked.rows():
            self._remove(self.picked.rows()[-1].code)
        else:
            return False
        return True

    def _enter(self) -> bool:
        code = self.found.current()
        if code is not None:
            self._add(code.code)
        elif not self.search_field.text().strip():
            self.search_field.focusNextChild()
        return True

    def _search(self, text: str) -> None:
        typed = text.strip()
        found: tuple[Code, ...] = search_codes(self._codes, typed, limit=_MOST) if typed and self.search_field.isVisibleTo(self) else ()
        self.found.show_codes(found)
        if found:
            QTimer.singleShot(0, self.found, partial(self.uncovered.emit, self.found))
        if typed and not found:
            self.field.show_problem("")
            self.field.show_hint(nothing_found(typed, self._codes))
        else:
            self._say_release()

    def _say_release(self) -> None:
        self.field.show_problem(other_release_words(self._codes) if self._other_release else "", "warning")
        self.field.show_hint(release_words(self._codes))

    def _clear(self) -> None:
        self.search_field.clear()
        self._search("")

    def _add(self, code: str) -> None:
        picked = self._picked()
        self._clear()
        self.search_field.setFocus()
        if code not in picked:
            self._write([*picked, code])

    def _remove(self, code: str) -> None:
        self._write([each for each in self._picked() if each != code])
        if not self.picked.rows():
            self.search_field.setFocus()

    def _move(self, code: str, step: int) -> None:
        picked = self._picked()
        at = picked.index(code)
        picked.insert(at + step, picked.pop(at))
        self._write(picked)

    def _write(self, codes: list[str]) -> None:
        self.state.set(PATH, codes or None)
        self.show_note()

    def _picked(self) -> list[str]:
        return [str(code) for code in self.state.get(PATH, [])]
