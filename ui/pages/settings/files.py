"""The practice's own files: which stand in the place of those of the program, by whom and since when, and which somebody changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from intake.actions.overrides import (
    MOST_BYTES,
    OwnFile,
    changed_elsewhere,
    content_in_use,
    own_files,
    put_back,
    shipped_content,
    take_away,
    take_in,
)
from intake.errors import IntakeError
from ui.choosing import file_to_open, file_to_save
from ui.desk import Desk
from ui.models.board import Cell, date_words
from ui.models.patients import Row
from ui.pages.page import Key
from ui.pages.patients.rows_table import RowsTable
from ui.pages.settings.section import ASIDE_WIDTH, Section, column
from ui.preview.saving import write_whole
from ui.preview.worker import Worker
from ui.routes import Routes
from ui.top_bar import time_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from intake.storage.store import Store

    Found = tuple[tuple[OwnFile, ...], tuple[OwnFile, ...]]

_TONES = {"own": "accent", "changed": "danger", "gone": "danger", "unknown": "danger"}
_OUTSIDE = ("changed", "gone", "unknown")


class FilesSection(Section):
    """The list at the left, those changed outside the program first; what can be done with the chosen one at the right."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the list; :meth:`entered` fills it."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Files")
        self._files: tuple[OwnFile, ...] = ()
        self._worker = Worker(self)
        self._states = {
            "shipped": self.tr("program"),
            "own": self.tr("practice"),
            "changed": self.tr("changed"),
            "gone": self.tr("removed"),
            "unknown": self.tr("added"),
        }
        self.table = RowsTable((self.tr("File"), self.tr("From")), (5, 3), whole=(0, 1))
        self.table.setAccessibleName(self.tr("Files"))
        self.name_label, self.told_label = label("", "strong", wrap=True), label("", "muted", wrap=True)
        self.buttons = {
            "W": Button(self.tr("Write it out…"), key="W"),
            "S": Button(self.tr("Write out the program’s…"), key="S"),
            "T": Button(self.tr("Take in a changed one…"), key="T", primary=True),
            "A": Button(self.tr("Take away"), key="A"),
            "B": Button(self.tr("Put back"), key="B"),
            "K": Button(self.tr("Keep as it is"), key="K"),
        }
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the list."""
        shown = [letter for letter, button in self.buttons.items() if not button.isHidden()]
        return (
            Key(keys=("Up", "Down"), text=self.tr("choose")),
            *(Key(keys=(letter,), text=self.buttons[letter].words().lower()) for letter in shown),
            Key(keys=("Esc",), text=self.tr("sections")),
        )

    def entered(self) -> None:
        """Ask for the files, and tell of those that were changed outside the program."""
        self.reload()

    def reload(self) -> None:
        """Ask for the files."""
        desk = self.desk

        def look(store: Store) -> Found:
            return changed_elsewhere(store, desk.actor, now=desk.now()), own_files(store, desk.actor)

        desk.store.ask(look, owner=self, done=self._show, failed=self.refused, newest="files")

    def write_out(self, *, shipped: bool) -> None:
        """Ask where to, and write the chosen file there: as it is in use, or as it comes with the program."""
        chosen = self._chosen()
        if chosen is None:
            return
        target = file_to_save(self, self.tr("Write the file out"), Path(chosen.name).name, "*.*")
        if target is not None:
            self.write_to(target, shipped=shipped)

    def write_to(self, target: Path, *, shipped: bool) -> None:
        """Write the chosen file there."""
        chosen, desk = self._chosen(), self.desk
        if chosen is None:
            return
        if shipped:
            self._write(target, shipped_content(chosen.name))
        else:
            name = chosen.name
            self.ask(lambda store: content_in_use(store, desk.actor, name), partial(self._write, target))

    def choose_file(self) -> None:
        """Ask for a changed file and take it in under the chosen name."""
        source = file_to_open(self, self.tr("Take in a changed file"), "", "*.toml *.json")
        if source is not None:
            self.take(source)

    def take(self, source: Path) -> None:
        """Take this file in under the chosen name, if everything loads with it."""
        chosen = self._chosen()
        if chosen is not None:
            self._worker.ask(partial(_read, source), done=partial(self._take, chosen.name), failed=self.refused, newest="take")

    def _take(self, name: str, content: bytes) -> None:
        desk = self.desk
        self.ask(lambda store: take_in(store, desk.actor, name, content, now=desk.now()), self._done(self.tr("%1 is taken in."), name))

    def _take_away(self) -> None:
        if (chosen := self._chosen()) is not None:
            desk, name = self.desk, chosen.name
            self.ask(
                lambda store: take_away(store, desk.actor, name, now=desk.now()), self._done(self.tr("%1 is the program’s again."), name)
            )

    def _put_back(self) -> None:
        if (chosen := self._chosen()) is not None:
            desk, name = self.desk, chosen.name
            self.ask(lambda store: put_back(store, desk.actor, name, now=desk.now()), self._done(self.tr("%1 is put back."), name))

    def _keep(self) -> None:
        if (chosen := self._chosen()) is not None:
            desk, name = self.desk, chosen.name

            def keep(store: Store) -> bytes:
                return content_in_use(store, desk.actor, name)

            self.ask(keep, partial(self._take, name))

    def _done(self, words: str, name: str) -> Callable[[object], None]:
        return self.said(self.tr("%1 Every desk has it at its next sign-in.").replace("%1", words.replace("%1", name)))

    def _write(self, target: Path, content: bytes) -> None:
        self._worker.ask(partial(write_whole, target, content), done=self._written, failed=self._not_written)

    def _written(self, path: Path) -> None:
        self.routes.said.emit(self.tr("Written: %1").replace("%1", str(path)))

    def _not_written(self, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        self.banner.say(self.tr("The file could not be written there. Choose another folder."))

    def _show(self, found: Found) -> None:
        outside, files = found
        self._files = tuple(sorted(files, key=lambda each: (each.state not in _OUTSIDE, each.state != "own", each.name)))
        self.table.show_rows([self._row(number, each) for number, each in enumerate(self._files)])
        if outside:
            words = self.tr("Changed outside the program, and in use: %1. Look at each, then keep it, put it back or take it away.")
            self.banner.say(words.replace("%1", ", ".join(each.name for each in outside)))
        elif self.banner.property("tone") == "danger":
            self.banner.hide()
        self._show_chosen()

    def _row(self, number: int, each: OwnFile) -> Row:
        path = PurePosixPath(each.name)
        state = Cell(first=self._states[each.state], tone=_TONES.get(each.state, ""), pill=True)
        told = " · ".join(part for part in (path.parent.name, self._told(each)) if part)
        return Row(key=number, cells=(Cell(first=path.name, second=told), state))

    def _told(self, each: OwnFile) -> str:
        if each.at is None:
            return self.tr("nobody took this in") if each.state == "unknown" else self.tr("as it comes with the program")
        at = each.at.astimezone(self.desk.zone)
        words = self.tr("taken in by %1 on %2, %3").replace("%1", each.by)
        return words.replace("%2", date_words(at.date())).replace("%3", time_words(at))

    def _chosen(self) -> OwnFile | None:
        key = self.table.current_key()
        return self._files[key] if key is not None and key < len(self._files) else None

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        state = chosen.state if chosen else "shipped"
        logo = chosen is not None and chosen.name.startswith("letterhead/")
        self.name_label.setText(chosen.name if chosen else "")
        self.told_label.setText(self._told(chosen) if chosen else "")
        shown = {
            "W": state != "gone", "S": state != "shipped" and not logo, "T": not logo, "A": state != "shipped" and not logo,
            "B": state in ("changed", "gone"), "K": state in ("changed", "unknown"),
        }  # fmt: skip
        for letter, button in self.buttons.items():
            button.setVisible(shown[letter] and chosen is not None)
        self.legend_changed.emit()

    def _lay_out(self) -> None:
        known, card = Card(self.tr("Files"), self.tr("what is asked, printed and promised")), Card(self.tr("Chosen file"))
        known.body.addWidget(self.table)
        card.body.addWidget(self.name_label)
        card.body.addWidget(self.told_label)
        for button in self.buttons.values():
            card.body.addLayout(row(button))
        told = self.tr(
            "A changed file is taken in only when everything loads with it. Never change a checklist that visits were recorded with: "
            "take it in under the next number, and name that in practice.toml."
        )
        card.body.addWidget(label(told, "hint", wrap=True))
        self.across.addWidget(known, 1)
        self.across.addWidget(column(card, width=ASIDE_WIDTH))

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.typed.connect(self._lettered)
        self._acts: dict[str, Callable[[], None]] = {
            "W": partial(self.write_out, shipped=False),
            "S": partial(self.write_out, shipped=True),
            "T": self.choose_file,
            "A": self._take_away,
            "B": self._put_back,
            "K": self._keep,
        }
        for letter, button in self.buttons.items():
            button.clicked.connect(partial(self._lettered, letter))

    def _lettered(self, letter: str, *_checked: bool) -> None:
        button = self.buttons.get(letter.upper())
        if button is not None and not button.isHidden():
            self._acts[letter.upper()]()


def _read(path: Path) -> bytes:
    """Return the bytes of a file, one more than may be of one that is too large. Raises IntakeError ``file_unreadable``."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise IntakeError("file_unreadable") from error
