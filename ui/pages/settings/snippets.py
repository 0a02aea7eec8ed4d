"""Snippets for every clinician of the practice: an abbreviation and what it stands for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from intake.actions.notes import drop_practice_snippet, keep_practice_snippet, practice_snippets
from ui.desk import Desk
from ui.models.board import Cell
from ui.models.patients import Row
from ui.pages.intake.editors import LongEditor
from ui.pages.page import Key
from ui.pages.patients.rows_table import RowsTable
from ui.pages.settings.section import ASIDE_WIDTH, Section, column
from ui.routes import Routes
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake.domain.review_form import Snippet

_LINES = 14


class SnippetsSection(Section):
    """What there is at the left, those of the program among them; at the right the one that is written."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build list and form; :meth:`entered` fills the list."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Snippets")
        self._rows: list[tuple[Snippet, bool]] = []
        self._shown: tuple[str, tuple[str, str]] = ("", ("", ""))
        self._unsaved: dict[str, tuple[str, str]] = {}
        self._wanted = ""
        self.table = RowsTable((self.tr("Snippet"), self.tr("From")), (5, 2))
        self.table.setAccessibleName(self.tr("Snippets"))
        self.abbreviation_field = TextField(max_length=60)
        self.text_field = LongEditor(most_lines=_LINES)
        self.save_button = Button(self.tr("Save"), key="Ctrl S", primary=True)
        self.drop_button = Button(self.tr("Throw away"), key="X")
        self.boxes = {
            "abbreviation": FieldBox(self.tr("Abbreviation"), self.abbreviation_field, hint=self.tr("letters and digits, as .neck")),
            "text": FieldBox(self.tr("Stands for"), self.text_field, hint=self.tr("[words in brackets] are blanks to jump through")),
        }
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of list and form."""
        return (
            Key(keys=("Enter",), text=self.tr("change, next field")),
            Key(keys=("N",), text=self.tr("new snippet")),
            Key(keys=("X",), text=self.tr("throw away")),
            Key(keys=("Ctrl S",), text=self.tr("save")),
            Key(keys=("Esc",), text=self.tr("sections")),
        )

    def entered(self) -> None:
        """Ask for the snippets."""
        self.reload()

    def reload(self) -> None:
        """Ask for the snippets."""
        desk = self.desk
        desk.store.ask(lambda store: practice_snippets(store, desk.actor), owner=self, done=self._show, newest="snippets")

    def save(self) -> None:
        """Keep what is typed, in place of the one of that abbreviation."""
        desk, name, text = self.desk, self.abbreviation_field.value(), self.text_field.value()
        self.ask(
            lambda store: keep_practice_snippet(store, desk.actor, abbreviation=name, text=text, now=desk.now()),
            partial(self._saved, self._shown[0], (name, text)),
        )

    def _saved(self, place: str, typed: tuple[str, str], kept: Snippet) -> None:
        """Go to the row of what was kept: who types on writes over no other one. What was typed meanwhile stays, unsaved."""
        if self._shown[0] == place:
            now_typed, self._wanted = self._typed(), kept.abbreviation
            if now_typed == typed:
                self.table.setFocus()
            else:
                self._unsaved[kept.abbreviation] = now_typed
            self._shown = (place, now_typed)
        elif self._unsaved.get(place) == typed:
            del self._unsaved[place]
        self.said(self.tr("Kept for every clinician; charts that are open have it when they are opened again."))(None)

    def drop(self) -> None:
        """Throw the chosen snippet of the practice away."""
        chosen, desk = self._chosen(), self.desk
        if chosen is not None and chosen[1]:
            name = chosen[0].abbreviation
            self._shown = (name, self._typed())  # what was typed of it goes with it
            self.ask(
                lambda store: drop_practice_snippet(store, desk.actor, name, now=desk.now()),
                self.said(self.tr("%1 is thrown away.").replace("%1", name)),
            )

    def _show(self, own: tuple[Snippet, ...]) -> None:
        names = {each.abbreviation.casefold() for each in own}
        shipped = [each for each in self.desk.definitions.review_form.snippets if each.abbreviation.casefold() not in names]
        self._rows = sorted([*((each, True) for each in own), *((each, False) for each in shipped)], key=lambda each: each[0].abbreviation)
        wanted, self._wanted = self._wanted or self._shown[0], ""
        told = {True: Cell(first=self.tr("practice"), tone="accent", pill=True), False: Cell(first=self.tr("program"), pill=True)}
        self.table.show_rows(
            [
                Row(key=number, cells=(Cell(first=each.abbreviation, second=" ".join(each.text.split())), told[ours]))
                for number, (each, ours) in enumerate(self._rows)
            ]
        )
        place = next((number for number, (each, _) in enumerate(self._rows) if each.abbreviation == wanted), None)
        if place is not None:
            self.table.selectRow(place)
        self._show_chosen()

    def _chosen(self) -> tuple[Snippet, bool] | None:
        key = self.table.current_key()
        return self._rows[key] if key is not None and key < len(self._rows) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self._show_text(chosen[0].abbreviation if chosen else "", chosen[0].text if chosen else "")
        self.drop_button.setEnabled(chosen is not None and chosen[1])
        for box in self.boxes.values():
            box.clear()

    def _show_text(self, abbreviation: str, text: str) -> None:
        """Show a snippet as it stands, or as it was typed here and not saved; what is typed of the one before stays for later."""
        before, typed = self._shown[0], self._typed()
        if typed != self._shown[1]:
            self._unsaved[before] = typed
        self._shown = (abbreviation, (abbreviation, text))
        name, words = self._unsaved.pop(abbreviation, self._shown[1])
        self.abbreviation_field.set_value(name)
        self.text_field.show_value(words)

    def _typed(self) -> tuple[str, str]:
        return self.abbreviation_field.value(), self.text_field.value()

    def _new(self) -> None:
        self._show_text("", "")
        self.drop_button.setEnabled(False)
        self.abbreviation_field.setFocus()

    def _lay_out(self) -> None:
        known, form = Card(self.tr("Snippets"), self.tr("a clinician’s own come before these")), Card(self.tr("Snippet"))
        known.body.addWidget(self.table)
        for box in self.boxes.values():
            form.body.addWidget(box)
        form.body.addLayout(row(self.save_button, self.drop_button))
        self.across.addWidget(known, 1)
        self.across.addWidget(column(form, width=ASIDE_WIDTH))

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.opened.connect(self._open)
        self.table.typed.connect(self._lettered)
        self.abbreviation_field.advanced.connect(self.text_field.setFocus)
        self.text_field.advanced.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self.save)
        self.drop_button.clicked.connect(self.drop)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)

    def _open(self, _key: int) -> None:
        self.text_field.setFocus()

    def _lettered(self, letter: str) -> None:
        if (act := {"N": self._new, "X": self.drop}.get(letter.upper())) is not None:
            act()
