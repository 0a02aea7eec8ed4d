"""The keys of the audit: letters on the list, Esc and Enter everywhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from ui.pages.page import Key

if TYPE_CHECKING:
    from ui.pages.audit.page import AuditPage


class AuditKeys(QObject):
    """Answers letters while the list, or what stands in its place, has the keyboard."""

    def __init__(self, page: AuditPage) -> None:
        """Listen to the page."""
        super().__init__(page)
        self._page = page
        filters, strip = page.filters, page.strip
        self._letters: dict[str, Callable[[], object]] = {
            **{letter: partial(filters.choose, letter) for letter in filters.chips},
            "F": filters.first_field.setFocus,
            "L": filters.last_field.setFocus,
            "P": filters.person_field.setFocus,
            "A": filters.action_field.setFocus,
            "O": filters.outcome_field.setFocus,
            "R": page.pick_record,
            "V": page.show_record_of_line,
            "S": page.save_report,
            "T": partial(page.save_entries, "csv"),
            "J": partial(page.save_entries, "jsonl"),
            "C": page.begin_check,
            "K": strip.open_link,
            "I": page.looking.begin,
        }
        page.table.typed.connect(self.press)
        page.table.left_upwards.connect(filters.first_field.setFocus)
        page.empty.installEventFilter(self)
        QShortcut(QKeySequence("Esc"), page, page.back)

    def press(self, text: str) -> None:
        """Do what a letter stands for."""
        doing = self._letters.get(text.upper())
        if doing is not None:
            doing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the letters work too where there is no list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text().upper() in self._letters:
            self.press(event.text())
            return True
        return super().eventFilter(watched, event)


def legend_of(*, one_record: bool, typing: bool, acceptable: bool) -> tuple[Key, ...]:
    """Return the keys that work now."""
    if typing:
        return (Key(keys=("Enter",), text=_tr("take")), Key(keys=("Esc",), text=_tr("back to the list")))
    saves = Key(keys=("S",), text=_tr("save access report")) if one_record else Key(keys=("V",), text=_tr("who looked at this record"))
    looked = (Key(keys=("I",), text=_tr("looked into it")),) if acceptable else ()
    return (
        *looked,
        Key(keys=("Up", "Down"), text=_tr("choose")),
        Key(keys=("Enter",), text=_tr("entry")),
        Key(keys=("D", "W", "M", "B", "Y"), text=_tr("days")),
        Key(keys=("P", "A", "O"), text=_tr("person, action, outcome")),
        Key(keys=("R",), text=_tr("record")),
        saves,
        Key(keys=("T", "J"), text=_tr("save as CSV, JSON")),
        Key(keys=("C", "K"), text=_tr("check now, a printed link")),
        Key(keys=("Esc",), text=_tr("all entries again")),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuditKeys", text)
