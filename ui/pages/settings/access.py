"""Access: who is asked for a second factor, the recovery key, and a new key for the store."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from intake.actions.key_advice import KeyAdvice, key_advice
from intake.actions.recovery import confirm_recovery_key, new_recovery_key, recovery_state
from intake.actions.second_factor import choose_roles_with_second_factor, roles_with_second_factor
from intake.domain.staff import Role
from ui.pages.page import Key
from ui.pages.settings.section import Section, column
from ui.widgets.brand import role_words
from ui.widgets.buttons import Button, Chip
from ui.widgets.card import Card, row
from ui.widgets.labels import label, set_tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake.storage.staff import Recovery
    from intake.storage.store import Store
    from ui.desk import Desk
    from ui.pages.recovery import RecoveryKey
    from ui.routes import Routes

_WIDE = 470
Found = tuple[frozenset[Role], "Recovery | None", KeyAdvice]


class AccessSection(Section):
    """Three cards; while a new recovery key is shown it takes the place of what its card says."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the cards; :meth:`entered` fills them."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Access")
        self.chips = {role: Chip(role_words(role)) for role in Role}
        self.save_button = Button(self.tr("Save"))
        self.recovery_label, self.key_label = label("", wrap=True), label("", wrap=True)
        self.recovery_button = Button(self.tr("Make a new recovery key"))
        self.key_button = Button(self.tr("Sign out and give a new key"))
        self.key: RecoveryKey | None = None
        self._known: frozenset[Role] | None = None
        self.recovery_card = Card(self.tr("Recovery key"), self.tr("opens the records when no password does"))
        self.across.addWidget(column(self._factor_card(), self.recovery_card, self._key_card(), width=_WIDE))
        self.across.addStretch(1)
        self.recovery_card.body.addWidget(self.recovery_label)
        self.recovery_card.body.addLayout(row(self.recovery_button))
        self.save_button.clicked.connect(self.save)
        self.recovery_button.clicked.connect(self.make_recovery_key)
        self.key_button.clicked.connect(self.routes.new_key)
        self.setFocusProxy(self.chips[Role.RECEPTIONIST])

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the cards."""
        return (
            Key(keys=("Tab",), text=self.tr("next")),
            Key(keys=("Space",), text=self.tr("choose, press")),
            Key(keys=("Esc",), text=self.tr("sections")),
        )

    def entered(self) -> None:
        """Ask how it stands."""
        self.reload()

    def leaving(self) -> None:
        """Show a key that was made no longer: it is not to stand on a screen that nobody looks at."""
        self._hide_key()

    def reload(self) -> None:
        """Ask how it stands."""
        actor = self.desk.actor

        def find(store: Store) -> Found:
            return roles_with_second_factor(store), recovery_state(store, actor), key_advice(store, actor)

        self.desk.store.ask(find, owner=self, done=self._show, newest="access")

    def save(self) -> None:
        """Keep who is asked for a second factor."""
        desk, chosen = self.desk, self._chosen()
        done = self.said(self.tr("Kept. It is asked from each person's next sign-in on."))
        self.ask(lambda store: choose_roles_with_second_factor(store, desk.actor, chosen, now=desk.now()), done)

    def _chosen(self) -> frozenset[Role]:
        return frozenset(role for role, chip in self.chips.items() if chip.isChecked())

    def make_recovery_key(self) -> None:
        """Make a recovery key in place of the one before, and show it."""
        desk = self.desk
        self.ask(lambda store: new_recovery_key(store, desk.actor, now=desk.now()), self._show_key)

    def _show_key(self, words: str) -> None:
        from intake.documents.recovery_sheet import recovery_sheet  # noqa: PLC0415 - hardly ever needed
        from ui.pages.recovery import RecoveryKey  # noqa: PLC0415 - as above

        desk = self.desk
        practice = desk.definitions.practice
        make = partial(
            recovery_sheet, words, practice=practice, location=practice.location(desk.location), by=desk.actor.staff.name,
            training=desk.paths.training, made_at=desk.now(),
        )  # fmt: skip
        self._hide_key()
        self.key = key = RecoveryKey(words, make)
        key.typed_back.connect(self._typed_back)
        self.recovery_button.hide()
        self.recovery_card.body.addWidget(key)
        key.setFocus()

    def _typed_back(self, typed: str) -> None:
        desk = self.desk
        self.desk.store.ask(
            lambda store: confirm_recovery_key(store, desk.actor, typed, now=desk.now()),
            owner=self,
            done=self._confirmed,
            failed=self._mistyped,
        )

    def _mistyped(self, error: Exception) -> None:
        if self.key is not None:
            self.key.refuse(error)

    def _confirmed(self, _: object) -> None:
        self._hide_key()
        self.said(self.tr("This recovery key counts from now on. Lock it away and shred the one before."))(None)
        self.recovery_button.setFocus()

    def _hide_key(self) -> None:
        if self.key is not None:
            self.key.hide()
            self.key.deleteLater()
            self.key = None
        self.recovery_button.show()

    def _show(self, found: Found) -> None:
        roles, recovery, advice = found
        if self._known is None or self._chosen() == self._known:  # what is chosen and not saved yet stays
            for role, chip in self.chips.items():
                chip.setChecked(role in roles)
        self._known = roles
        words, tone = self._recovery_words(recovery)
        self.recovery_label.setText(words)
        set_tone(self.recovery_label, tone)
        left = ", ".join(advice.left)
        since = self.tr("The store has had its key since %1.").replace("%1", self._day(advice.changed_at)) if advice.changed_at else ""
        advised = self.tr("⚠ %1 signed in with the present key and no longer does: a new key is due.").replace("%1", left)
        self.key_label.setText(advised if left else since or self.tr("The store has had its key since it was made."))
        set_tone(self.key_label, "warning" if left else "")

    def _recovery_words(self, kept: Recovery | None) -> tuple[str, str]:
        if kept is None:
            return self.tr("⚠ There is none yet. If every administrator forgets the password, the records are lost."), "warning"
        if kept.used_at is not None:
            return self.tr("⚠ It was used on %1. Make a new one.").replace("%1", self._day(kept.used_at)), "warning"
        if kept.confirmed_at is None:
            return self.tr("⚠ It was made on %1, but never typed back from a print.").replace("%1", self._day(kept.made_at)), "warning"
        return self.tr("Made on %1 and typed back from its print.").replace("%1", self._day(kept.made_at)), ""

    def _day(self, at: datetime) -> str:
        local = at.astimezone(self.desk.zone)
        return f"{local:%b} {local.day}, {local.year}"

    def _factor_card(self) -> Card:
        card = Card(self.tr("Second factor"), self.tr("a code from the phone, beside the password"))
        card.body.addWidget(label(self.tr("Asked of:"), "label"))
        card.body.addLayout(row(*self.chips.values(), spacing=6))
        told = self.tr("Each person of these roles adds a phone at the next sign-in and gets spare codes. Who loses both comes to you.")
        card.body.addWidget(label(told, "muted", wrap=True))
        card.body.addLayout(row(self.save_button))
        return card

    def _key_card(self) -> Card:
        card = Card(self.tr("New key for the store"), self.tr("shuts out what former staff may have kept"))
        told = self.tr("Everybody signs out, everything is written anew; a store of one gigabyte takes about a minute. Passwords stay.")
        card.body.addWidget(self.key_label)
        card.body.addWidget(label(told, "muted", wrap=True))
        card.body.addLayout(row(self.key_button))
        return card
