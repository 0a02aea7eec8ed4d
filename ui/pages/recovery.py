"""The recovery key on screen: shown once, printed, and typed back before anything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from intake.errors import IntakeError
from intake.security.recovery_key import doubtful_group
from ui.failures import words_of
from ui.handing_out import HandOut
from ui.pages.front import Front
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label

WIDE = 560
"""The whole key, as it is typed, fits into the field."""
_COLUMNS = 4


def mistyped_words(error: IntakeError, typed: str) -> str:
    """Return why a key is refused, and which group to compare first where that can be told."""
    group = doubtful_group(typed) if error.code == "recovery_key_mistyped" else None
    if group is None:
        return words_of(error)
    words = QCoreApplication.translate("RecoveryKey", "%1 Begin with group %2.")
    return words.replace("%2", str(group)).replace("%1", words_of(error))


class KeyGroups(QFrame):
    """The key in large groups, each with its number. Nothing of it can be selected: it belongs on paper, not in a clipboard."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        """Show the groups of ``words``."""
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        for place, group in enumerate(words.split()):
            cell = label(group, "number")
            cell.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            grid.addWidget(label(str(place + 1), "hint"), place // _COLUMNS, 2 * (place % _COLUMNS), Qt.AlignmentFlag.AlignRight)
            grid.addWidget(cell, place // _COLUMNS, 2 * (place % _COLUMNS) + 1)
        grid.setColumnStretch(2 * _COLUMNS, 1)
        self.setAccessibleName(self.tr("Recovery key"))
        self.setAccessibleDescription(words)


class RecoveryKey(QWidget):
    """The key, the ways to take it along, and the field to type it back from the print; ``typed_back`` carries what was typed."""

    typed_back = Signal(str)

    def __init__(self, words: str, make: Callable[[], bytes], *, parent: QWidget | None = None) -> None:
        """Show the key; ``make`` draws its sheet."""
        super().__init__(parent)
        told = self.tr(
            "Without a password only this key opens the records. It is shown now and never again. Print it, or save it to a stick, "
            "and keep it locked away from this computer. Then type it back from the print."
        )
        self.groups = KeyGroups(words)
        self.hand_out = HandOut(make, usual="recovery-key.pdf", title="Recovery key", parent=self)
        self.typed_field = TextField(max_length=200)
        self.typed_box = FieldBox(
            self.tr("Type it back"), self.typed_field, hint=self.tr("from the paper; small letters and spaces do not matter")
        )
        self.go_button = Button(self.tr("Go on"), key="Enter", primary=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        inside.addWidget(label(told, wrap=True))
        inside.addWidget(self.groups)
        inside.addWidget(self.hand_out)
        inside.addWidget(self.typed_box)
        inside.addLayout(row(self.go_button))
        self.typed_field.advanced.connect(self._submit)
        self.go_button.clicked.connect(self._submit)
        self.hand_out.handed_out.connect(self.typed_field.setFocus)
        self.setFocusProxy(self.hand_out.print_button)

    def refuse(self, error: Exception) -> None:
        """Say at the field why this is not the key, ready to be typed anew."""
        if not isinstance(error, IntakeError):
            raise error
        self.go_button.setEnabled(True)
        self.typed_box.show_problem(mistyped_words(error, self.typed_field.value()))
        self.typed_field.setFocus()
        self.typed_field.selectAll()

    def _submit(self) -> None:
        self.typed_box.clear()
        if self.typed_field.value().strip():
            self.go_button.setEnabled(False)
            self.typed_back.emit(self.typed_field.value())
        else:
            self.typed_box.show_problem(self.tr("Type the key as it stands on the print."))
            self.typed_field.setFocus()


class RecoveryPage(Front):
    """The recovery key before the work."""

    def __init__(self, words: str, make: Callable[[], bytes], *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page around a key; ``make`` draws its sheet."""
        super().__init__(training=training, parent=parent)
        self.card.setFixedWidth(WIDE)
        self.banner.setFixedWidth(WIDE)
        self.key = RecoveryKey(words, make)
        self.card.body.addWidget(label(self.tr("Recovery key"), "place"))
        self.card.body.addWidget(self.key)
        self.setFocusProxy(self.key)


class RecoveryAskPage(Front):
    """Asks an administrator whose clinic has no recovery key on paper to make one now; it can wait until the next sign-in."""

    agreed = Signal()
    postponed = Signal()

    def __init__(self, reason: str, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page; ``reason`` is ``none``, ``unconfirmed`` or ``used``."""
        super().__init__(training=training, parent=parent)
        why = {
            "none": self.tr("There is no recovery key yet."),
            "unconfirmed": self.tr("A recovery key was made, but nobody typed it back from a print."),
            "used": self.tr("The recovery key was used: it was typed at a screen and should open nothing any more."),
        }[reason]
        what = self.tr("If every administrator forgets the password, the records are lost without one. It takes two minutes and a printer.")
        self.make_button = Button(self.tr("Make one now"), key="Enter", primary=True)
        self.later_button = LinkButton(self.tr("At the next sign-in"))
        self.card.body.addWidget(label(self.tr("Recovery key"), "place"))
        self.card.body.addWidget(label("⚠ " + why, "strong", tone="warning", wrap=True))
        self.card.body.addWidget(label(what, wrap=True))
        self.card.body.addLayout(row(self.make_button, self.later_button, spacing=12))
        self.make_button.clicked.connect(self.agreed)
        self.later_button.clicked.connect(partial(self.postponed.emit))
        self.setFocusProxy(self.make_button)
