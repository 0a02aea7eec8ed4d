"""The practice: its name, the lines and the logo of its letterhead, beside the paper they stand on."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QSizePolicy

from intake.actions.practice_settings import PracticeForm, change_practice, practice_form, sound_practice
from intake.actions.sample_papers import proposed
from intake.definitions.logo import MOST_BYTES, read_logo
from intake.domain.practice import Letterhead
from intake.errors import IntakeError, InvalidInputError, Problem
from ui.choosing import file_to_open
from ui.desk import Desk
from ui.pages.page import Key
from ui.pages.settings.sample import SampleCard
from ui.pages.settings.section import BAR, FORM_WIDTH, Section, column, holder
from ui.preview.worker import Worker
from ui.routes import Routes
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake.definitions.bundle import Definitions

_LINES = 3
_BESIDE_FROM = 760
"""The width from which on the paper has room beside the form."""
_HEAD_PX = 250
"""So high is the paper above the form: its letterhead."""
_ANY_PX = 16_777_215
"""What Qt takes for no limit."""


class PracticeSection(Section):
    """The form at the left, kept with Ctrl+S; at the right the paper as it would be."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the form; :meth:`entered` fills it."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Practice & letterhead")
        self._begun: PracticeForm | None = None
        self._narrow = False
        self.logo: bytes | None = None
        self._worker = Worker(self)
        self.name_field = TextField(max_length=200)
        self.line_fields = [TextField(max_length=200) for _ in range(_LINES)]
        self.logo_label = label("", "muted")
        self.choose_button = Button(self.tr("Choose…"))
        self.remove_button = Button(self.tr("No logo"))
        self.save_button = Button(self.tr("Save"), key="Ctrl S", primary=True)
        self.sample = SampleCard(desk.now)
        logo_hint = self.tr("PNG or JPEG, at most 1 MB and 2000 pixels; printed up to 1.8 by 0.55 inches, never distorted")
        self.boxes = {
            "name": FieldBox(self.tr("Name of the practice"), self.name_field, hint=self.tr("as it stands on every paper")),
            "lines": FieldBox(self.tr("Lines under the name"), self.line_fields[0], hint=""),
            "logo": FieldBox(self.tr("Logo"), holder(self.choose_button, self.remove_button, self.logo_label), hint=logo_hint),
        }
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.name_field)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the form."""
        return (
            Key(keys=("Ctrl S",), text=self.tr("save")),
            Key(keys=("Enter",), text=self.tr("next field")),
            Key(keys=("Esc",), text=self.tr("sections")),
        )

    def entered(self) -> None:
        """Show the practice as it stands, unless something is typed already."""
        if self._begun is None or self.typed() == self._begun:
            self.reload()

    def reload(self) -> None:
        """Ask for the practice as it stands."""
        desk = self.desk
        desk.store.ask(lambda store: practice_form(store, desk.actor), owner=self, done=self._show, failed=self.refused, newest="practice")

    def typed(self) -> PracticeForm:
        """Return what is typed."""
        lines = tuple(text for field in self.line_fields if (text := field.value()))
        return PracticeForm(name=self.name_field.value(), lines=lines, logo=self.logo, begun=self._begun.begun if self._begun else "")

    def save(self) -> None:
        """Keep what is typed."""
        desk, form = self.desk, self.typed()
        if self._begun is not None:
            self.ask(lambda store: change_practice(store, desk.actor, form, now=desk.now()), self._saved)

    def choose_logo(self) -> None:
        """Ask for a picture."""
        chosen = file_to_open(self, self.tr("Choose the logo"), "", self.tr("Pictures (*.png *.jpg *.jpeg)"))
        if chosen is not None:
            self.take_logo(chosen)

    def take_logo(self, path: Path) -> None:
        """Take the picture of a file, if it will do; otherwise say why at its field."""
        self._worker.ask(partial(_read, path), done=self._take, failed=self._logo_refused, newest="logo")

    def remove_logo(self) -> None:
        """Go without a logo."""
        self._take(None)

    def _take(self, content: bytes | None) -> None:
        self.boxes["logo"].clear()
        self.logo = content
        self._tell_logo()
        self._propose()

    def _logo_refused(self, error: Exception) -> None:
        known = isinstance(error, IntakeError)
        self.refused(InvalidInputError((Problem(field="logo", code=error.code),)) if isinstance(error, IntakeError) else error)
        if known:
            self._tell_logo()

    def _show(self, form: PracticeForm) -> None:
        self._begun, self.logo = form, form.logo
        self.name_field.set_value(form.name)
        for place, field in enumerate(self.line_fields):
            field.set_value(form.lines[place] if place < len(form.lines) else "")
        self._tell_logo()
        self._propose(at_once=True)

    def _saved(self, definitions: Definitions) -> None:
        self.routes.practice_changed.emit(definitions)
        self._say(self.tr("Kept. Papers of this desk have it from now on; other desks at their next sign-in."), None)

    def _propose(self, *, at_once: bool = False) -> None:
        self.sample.propose(partial(_dressed, self.desk.definitions, self.typed()), self.desk.location, at_once=at_once)

    def _edited(self) -> None:
        self._propose()

    def _tell_logo(self) -> None:
        kept = len(self.logo) if self.logo else 0
        words = self.tr("A picture of %1 KB.").replace("%1", str(max(kept // 1024, 1))) if kept else self.tr("No logo.")
        self.logo_label.setText(words)
        self.remove_button.setEnabled(kept > 0)

    def _lay_out(self) -> None:
        self._card = card = Card(self.tr("Practice & letterhead"), self.tr("on every paper"))
        card.body.addWidget(self.boxes["name"])
        self.boxes["lines"].note.hide()
        card.body.addWidget(self.boxes["lines"])
        for number, field in enumerate(self.line_fields[1:], start=2):
            field.setAccessibleName(self.tr("Line %1 under the name").replace("%1", str(number)))
            card.body.addWidget(field)
        card.body.addWidget(label(self.tr("phones, web address, what patients should know; empty lines are left out"), "hint", wrap=True))
        card.body.addWidget(self.boxes["logo"])
        card.body.addSpacing(4)
        card.body.addLayout(row(self.save_button))
        card.body.addWidget(label(self.tr("What was printed or handed over before stays as it left."), "hint", wrap=True))
        self._form = column(card)
        self.across.addWidget(self._form)
        self.across.addWidget(self.sample, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the form, show the head of the paper above it, as wide as the window allows."""
        super().resizeEvent(event)
        narrow = self.width() < _BESIDE_FROM
        if narrow is self._narrow:
            return
        self._narrow = narrow
        self.across.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self.across.setStretchFactor(self._form, 1 if narrow else 0)
        self.across.setStretchFactor(self.sample, 0 if narrow else 1)
        self.sample.setMinimumHeight(_HEAD_PX if narrow else 0)
        self.sample.setMaximumHeight(_HEAD_PX if narrow else _ANY_PX)
        for each, wide in ((self._card, FORM_WIDTH), (self._form, FORM_WIDTH + BAR)):
            each.setMinimumWidth(0 if narrow else wide)
            each.setMaximumWidth(_ANY_PX if narrow else wide)
        policy = QSizePolicy.Policy.Ignored if narrow else QSizePolicy.Policy.Expanding
        self._form.setSizePolicy(QSizePolicy.Policy.Expanding, policy)  # what does not fit below the paper is scrolled
        QTimer.singleShot(0, self, partial(self.sample.view.canvas.go_to, 1))

    def _connect(self) -> None:
        fields = [self.name_field, *self.line_fields]
        for field, after in zip(fields, [*fields[1:], self.choose_button], strict=True):
            field.advanced.connect(after.setFocus)
            field.edited.connect(self._edited)
        self.choose_button.clicked.connect(self.choose_logo)
        self.remove_button.clicked.connect(self.remove_logo)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)


def _read(path: Path) -> bytes:
    """Return the bytes of a picture that will do. Raises IntakeError with the reason when it will not."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise IntakeError("file_unreadable") from error
    read_logo(content)
    return content


def _dressed(definitions: Definitions, form: PracticeForm) -> Definitions:
    """Return the definitions with what is typed. Raises InvalidInputError while it will not do."""
    sound = sound_practice(form)
    own = Letterhead(logo=read_logo(sound.logo) if sound.logo else None, lines=sound.lines)
    return proposed(definitions, name=sound.name, letterhead=own)
