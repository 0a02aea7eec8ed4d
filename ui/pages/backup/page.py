"""Backup: what would be lost now, where backups go, what lies there, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.actions import backup_targets as rules
from intake.domain.backups import BackupRow, Keep, Target
from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.backup.add_target import AddTarget
from ui.pages.backup.figure import Figure
from ui.pages.backup.keep_part import KeepPart
from ui.pages.backup.lying import Known, Lying
from ui.pages.backup.restoring import Restoring
from ui.pages.backup.targets_part import Tables, empty_words, on_the_same_disk
from ui.pages.page import Key, Page
from ui.routes import Routes
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.notices import Banner
from ui.widgets.scrolling import LowPage

if TYPE_CHECKING:
    from intake.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the store says of the backups; ``shared`` are the folders on the store's own disk."""

    state: rules.BackupState
    targets: tuple[Target, ...]
    shared: frozenset[int]
    homes: dict[int, Path]
    rows: dict[int, tuple[BackupRow, ...]]
    keep: Keep

    def known(self) -> Known:
        """Return of each folder what the store knows of it."""
        return {each.id: (self.homes[each.id], frozenset(row.name for row in self.rows[each.id])) for each in self.targets}


class BackupPage(Page):
    """The figure on top, the folders under it, the backups of the chosen folder below. Everybody backs up; administrators do the rest."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page; :meth:`entered` asks for what it shows."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Backup")
        self.found: _Found | None = None
        self._told_trouble = False
        self._manages, self._restores = desk.may(Task.MANAGE_PRACTICE), desk.may(Task.RESTORE)
        self.banner = Banner()
        self.figure = Figure()
        self.tables = Tables(self)
        self.lying = Lying(desk, self)
        self.keep_part = KeepPart(may=self._manages)
        self.add_button = Button(self.tr("Add a folder"), key="N")
        self.remove_button = Button(self.tr("Stop backing up here"), key="X")
        self.prove_button = Button(self.tr("Prove again"), key="P")
        self.restore_button = Button(self.tr("Bring back…"), key="R")
        self._lay_out()
        self.add_overlay = AddTarget(self)
        self.restoring = Restoring(desk, routes, self)
        self._connect()
        self.setFocusProxy(self.tables.targets)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys that work for this person."""
        keys = [Key(keys=("B",), text=self.tr("back up now")), Key(keys=("P",), text=self.tr("prove again"))]
        if self._restores:
            keys.append(Key(keys=("R",), text=self.tr("bring back")))
        if self._manages:
            keys += [Key(keys=("N",), text=self.tr("add a folder")), Key(keys=("X",), text=self.tr("stop backing up here"))]
        return (*keys, Key(keys=("Up", "Down"), text=self.tr("choose")))

    def entered(self) -> None:
        """Ask for the backups."""
        self.reload()
        self.tables.targets.setFocus()

    def reload(self) -> None:
        """Ask again."""
        desk = self.desk
        desk.store.ask(partial(_look, desk), owner=self, done=self._show, newest="backups")

    def back_up(self) -> None:
        """Back up to every folder now."""
        if self.found is not None and not self.found.targets:
            self._refuse_empty()
            return
        self.routes.back_up.emit()
        self.routes.said.emit(self.tr("Backing up. You can go on working."))

    def prove(self) -> None:
        """Read the chosen backup from the first page to the last."""
        backup = self._backup()
        if backup is not None and backup.other_keys:
            self.routes.refused.emit(self.tr("It is under other keys. R brings it back, and reads it whole before."))
        elif backup is not None:
            self.routes.prove.emit(backup.target_id, backup.id)
            self.routes.said.emit(self.tr("Reading the whole backup. You can go on working."))
        else:
            self._refuse_empty()

    def restore(self) -> None:
        """Go through bringing the chosen backup back."""
        backup, target = self._backup(), self._target()
        if not self._restores:
            return
        if backup is not None and target is not None:
            self.restoring.begin(target, backup)
        else:
            self._refuse_empty()

    def add(self) -> None:
        """Ask for one more folder."""
        if self._manages:
            self.add_overlay.begin()

    def remove(self) -> None:
        """Back up to the chosen folder no longer."""
        target, desk = self._target(), self.desk
        if not self._manages:
            return
        if target is None:
            self._refuse_empty()
        else:
            words = self.tr("No more backups go to %1. Those that lie there stay.").replace("%1", target.folder)
            desk.store.ask(
                lambda store: rules.remove_target(store, desk.actor, target.id, now=desk.now()),
                owner=self,
                done=partial(self._done, words),
                failed=self._refused,
            )

    def _refuse_empty(self) -> None:
        """Say why a key does nothing, and which one would, where there is no folder or no backup."""
        if self.found is not None:
            self.routes.refused.emit(empty_words(self.found.targets, manages=self._manages)[1])

    def _add(self, folder: str) -> None:
        desk = self.desk
        desk.store.ask(
            lambda store: rules.add_target(store, desk.actor, folder, now=desk.now()),
            owner=self,
            done=self._added,
            failed=self.add_overlay.refuse,
        )

    def _added(self, _target_id: int) -> None:
        self.add_overlay.folder_field.set_value("")
        self.add_overlay.close_over()
        self.routes.back_up.emit()
        self._done(self.tr("Backups go there from now on; the first is being written."), None)

    def _set_keep(self, keep: Keep) -> None:
        desk = self.desk
        desk.store.ask(
            lambda store: rules.set_keep_rule(store, desk.actor, keep, now=desk.now()),
            owner=self,
            done=partial(self._done, self.tr("Kept. What is too old goes with the next backup.")),
            failed=self._refused,
        )

    def _done(self, words: str, _nothing: object) -> None:
        self.banner.hide()
        self.routes.said.emit(words)
        self.reload()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        problems = getattr(error, "problems", ())
        self.banner.say(words_of(IntakeError(problems[0].code)) if problems else words_of(error))

    def _show(self, found: _Found) -> None:
        self.found = found
        now = self.desk.now()
        self.figure.show_state(found.state, now)
        self.tables.show_targets(found.targets, now, running=None, shared=set(found.shared))
        self.tables.show_empty(*empty_words(found.targets, manages=self._manages))
        self.keep_part.show_keep(found.keep)
        self._tell_trouble(found.targets)
        self._show_backups()
        self.lying.look(found.known())

    def _tell_trouble(self, found: tuple[Target, ...]) -> None:
        """Say in whole words why backups fail; several folders one after another."""
        told = [f"{each.folder}: {words_of(IntakeError(each.trouble))}" for each in found if each.trouble]
        if told:
            self.banner.say("  ".join(told))
        elif self._told_trouble:
            self.banner.hide()
        self._told_trouble = bool(told)

    def _show_backups(self) -> None:
        target, rows = self._target(), self._rows()
        self.tables.show_backups(rows, self.desk.now(), self.desk.zone)
        self.remove_button.setEnabled(target is not None)
        for each in (self.prove_button, self.restore_button):
            each.setEnabled(bool(rows))

    def _target(self) -> Target | None:
        key = self.tables.targets.current_key()
        return next((each for each in self.found.targets if each.id == key), None) if self.found else None

    def _backup(self) -> BackupRow | None:
        key = self.tables.backups.current_key()
        return next((each for each in self._rows() if each.id == key), None)

    def _rows(self) -> tuple[BackupRow, ...]:
        """Return what lies in the chosen folder, the newest first: what the store knows, and what is under other keys."""
        target = self._target()
        if self.found is None or target is None:
            return ()
        both = (*self.found.rows.get(target.id, ()), *self.lying.others.get(target.id, ()))
        return tuple(sorted(both, key=lambda row: (row.taken_at, row.id), reverse=True))

    def _lay_out(self) -> None:
        folders = Card(self.tr("Where backups go"), self.tr("each hour, at sign-out, and when you ask for it"))
        folders.body.addWidget(self.tables.targets, 1)
        folders.body.addLayout(row(self.add_button, self.remove_button))
        folders.body.addWidget(self.keep_part)
        kept = Card(self.tr("What lies there"), self.tr("each one is opened and read whole after it was written"))
        kept.body.addWidget(self.tables.backups, 1)
        kept.body.addLayout(row(self.prove_button, self.restore_button))
        self.add_button.setVisible(self._manages)
        self.remove_button.setVisible(self._manages)
        self.restore_button.setVisible(self._restores)
        inside = QVBoxLayout()
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(12)
        inside.addWidget(self.banner)
        inside.addWidget(self.figure)
        inside.addWidget(folders, 4)
        inside.addWidget(kept, 5)
        LowPage(self, inside)

    def _connect(self) -> None:
        self.figure.pressed.connect(self.back_up)
        self.lying.found.connect(self.reload)
        self.lying.others_shown.connect(self._show_backups)
        self.routes.backup_progressed.connect(self.figure.show_progress)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.prove_button.clicked.connect(self.prove)
        self.restore_button.clicked.connect(self.restore)
        self.add_overlay.chosen.connect(self._add)
        self.keep_part.chosen.connect(self._set_keep)
        self.tables.targets.selectionModel().currentRowChanged.connect(self._show_backups)
        self.tables.backups.opened.connect(self.restore)
        for table in (self.tables.targets, self.tables.backups):
            table.typed.connect(self._lettered)
        QShortcut(QKeySequence("Esc"), self, self.tables.targets.setFocus)

    def _lettered(self, letter: str) -> None:
        acts = {"B": self.back_up, "P": self.prove, "R": self.restore, "N": self.add, "X": self.remove}
        if (act := acts.get(letter.upper())) is not None:
            act()


def _look(desk: Desk, store: Store) -> _Found:
    now = desk.now()
    found = rules.targets(store, desk.actor, now=now)
    return _Found(
        state=rules.state(store, now=now),
        targets=found,
        shared=frozenset(each.id for each in found if on_the_same_disk(each.folder, desk.paths.data)),
        homes=rules.homes(store, found),
        rows={each.id: rules.backups_at(store, desk.actor, each.id) for each in found},
        keep=rules.keep_rule(store),
    )
