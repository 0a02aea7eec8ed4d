"""Signing: what is missing by name, or what is signed in short, and the password once more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake.errors import IntakeError
from ui.dialogs.overlay import Overlay
from ui.failures import words_of
from ui.pages.chart.note_words import Section
from ui.pages.chart.signing_box import MissingLine
from ui.pages.chart.signing_words import Missing
from ui.widgets.buttons import Button
from ui.widgets.field_box import FieldBox
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField
from ui.widgets.try_again import TryAgain, at

_WIDTH = 520


class SignOverlay(Overlay):
    """Lies over the chart until Escape. ``submitted`` carries the password, ``place_asked`` the place of what is missing."""

    submitted = Signal(str)
    place_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, width=_WIDTH)
        self.title_label = label("", "title", wrap=True)
        self.password_field = PasswordField()
        self.password_box = FieldBox(self.tr("Your password"), self.password_field)
        self.sign_button = Button(self.tr("Sign"), key="Enter", primary=True)
        self.sign_button.clicked.connect(self._submit)
        self.password_field.advanced.connect(self._submit)
        self.back_button = Button(self.tr("Back"), key="Esc")
        self.back_button.clicked.connect(self.close_over)
        self._wait = TryAgain(self.sign_button, self)
        self._content: QWidget | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(20, 16, 20, 16)
        self._inside.setSpacing(12)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.sign_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        self._inside.addWidget(self.title_label)
        self._inside.addWidget(self.password_box)
        self._inside.addLayout(buttons)

    def show_missing(self, missing: Sequence[Missing]) -> None:
        """Open with what stands between the chart and a signature, each a way to its place."""
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for each in missing:
            line = MissingLine(each.words, whole=True)
            line.clicked.connect(partial(self._go, each.place))
            column.addWidget(line)
        first = lines.findChild(MissingLine)
        self._show(self.tr("Not ready to be signed"), lines, asks=False)
        if first is not None:
            first.setFocus()

    def show_ready(self, title: str, sections: Sequence[Section], *, after: str, warnings: Sequence[str] = ()) -> None:
        """Open with what is signed, part by part, what needs another look, and what signing means; then ask for the password."""
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, each in enumerate(sections):
            grid.addWidget(label(each.title, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(each.text, "", wrap=True), row, 1)
        below = [*(label(f"⚠ {words}", "", tone="warning", wrap=True) for words in warnings), label(after, "hint", wrap=True)]
        for row, each_label in enumerate(below, start=len(sections)):
            grid.addWidget(each_label, row, 0, 1, 2)
        self.setAccessibleDescription("; ".join([*(f"{each.title}: {each.text}" for each in sections), *warnings]))
        self._show(title, content, asks=True)
        self.password_field.setFocus()

    def refuse(self, error: IntakeError) -> None:
        """Say at the password why nothing was signed; after too many wrong tries the seconds are counted down."""
        if not self._wait.begin(error, self.tr("Wrong password. Nothing was signed."), at(self.password_box)):
            self.password_box.show_problem(words_of(error))
        self.password_field.text_field.selectAll()
        self.password_field.setFocus()
        self._place()

    def close_over(self) -> None:
        """Hide it, and forget the password."""
        self.password_field.set_value("")
        super().close_over()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Keep the keyboard in the overlay: what lies under it is not to be typed into."""
        inside = [each for each in self.findChildren(QWidget) if each.isVisible() and each.isEnabled() and self._takes_tab(each)]
        current = self.focusWidget()
        if not inside:
            return True
        at = inside.index(current) if current in inside else -1
        inside[(at + (1 if next else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _takes_tab(self, widget: QWidget) -> bool:
        return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and widget.focusProxy() is None

    def _show(self, title: str, content: QWidget, *, asks: bool) -> None:
        if self._content is not None:
            self._inside.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._inside.insertWidget(1, content)
        content.show()
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.password_box.clear()
        self.password_box.setVisible(asks)
        self.sign_button.setVisible(asks)
        self.sign_button.setEnabled(not self._wait.waits)
        self.password_field.set_value("")
        if asks:
            self._wait.show()
        self.open()

    def _submit(self) -> None:
        if not self.sign_button.isEnabled():
            return
        password = self.password_field.value()
        if not password:
            self.password_box.show_problem(self.tr("Type your password."))
            return
        self.password_box.clear()
        self.submitted.emit(password)

    def _go(self, place: str) -> None:
        self.close_over()
        self.place_asked.emit(place)
