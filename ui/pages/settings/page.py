"""Settings: the sections at the left, each with its number; the chosen one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.desk import Desk
from ui.pages.page import Key, Page
from ui.pages.settings.sections import PLACES, Place
from ui.routes import Routes
from ui.widgets.card import Card
from ui.widgets.labels import restyle

if TYPE_CHECKING:
    from intake.definitions.bundle import Definitions

_LIST_WIDTH: Final = 148
_AROUND: Final = (4, 16, 20, 16)
"""Left, above, right, below: whatever is a section stands where the others do."""
_TENTH: Final = 10
"""The number of the section whose key is 0."""
_INTO = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)


class SectionList(QListWidget):
    """The names of the sections: a number or an arrow chooses one, Enter goes into it."""

    entered_into = Signal()
    focused = Signal()
    """The focus came here, or left."""
    numbered = Signal(int)
    """A number was pressed: that section's place, from 0."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show at the chosen section that the focus is here."""
        super().focusInEvent(event)
        self._mark(here="true")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is not."""
        super().focusOutEvent(event)
        self._mark(here="false")

    def _mark(self, *, here: str) -> None:
        self.setProperty("here", here)
        restyle(self)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number, go into the section by Enter, move by arrow."""
        if event.text().isdigit() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.numbered.emit((int(event.text()) or _TENTH) - 1)
        elif event.key() in _INTO:
            self.entered_into.emit()
        else:
            super().keyPressEvent(event)


class SettingsPage(Page):
    """What is set up for the practice and for this desk, as far as the role goes."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the list; a section is made when it is first chosen."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Settings")
        self.places: tuple[Place, ...] = tuple(place for place in PLACES if place.task is None or desk.may(place.task))
        self.sections: dict[str, Page] = {}
        self.list = SectionList()
        self.list.setObjectName("sections")
        self.list.setAccessibleName(self.tr("Sections of the settings"))
        self._stack = QStackedWidget()
        self._stack.setObjectName("scrolled")
        for number, place in enumerate(self.places, start=1):
            item = QListWidgetItem(f"{number % _TENTH}   {QCoreApplication.translate('Settings', place.name)}")
            self.list.addItem(item)
        self._lay_out()
        self.list.currentRowChanged.connect(self._chosen)
        self.list.entered_into.connect(self._into)
        self.list.numbered.connect(self._numbered)
        self.list.focused.connect(self.legend_changed)
        for keys, step in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            QShortcut(QKeySequence(keys), self, lambda step=step: self._step(step))
        routes.practice_changed.connect(self._take)
        self.setFocusProxy(self.list)

    def section(self) -> Page | None:
        """Return the section that is shown."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the list, or those of the section that has the focus."""
        section = self.section()
        if section is not None and not self.list.hasFocus():
            return (*section.legend(), Key(keys=("Ctrl PgDn",), text=self.tr("next section")))
        return (
            Key(keys=("1", "–", str(len(self.places) % _TENTH)), text=self.tr("section")),
            Key(keys=("Up", "Down"), text=self.tr("choose")),
            Key(keys=("Enter",), text=self.tr("go into it")),
        )

    def entered(self) -> None:
        """Show the section that was shown last, the first one at first."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        elif (section := self.section()) is not None:
            section.entered()
        self.list.setFocus()
        self.legend_changed.emit()

    def reload(self) -> None:
        """Leave what is shown as it is: forms are typed here, and lists are asked for when a section is chosen."""

    def leaving(self) -> None:
        """Let the section write down what it holds."""
        if (section := self.section()) is not None:
            section.leaving()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape."""
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _chosen(self, row: int) -> None:
        place = self.places[row]
        page = self.sections.get(place.key)
        if page is None:
            page = self.sections[place.key] = place.make(self.desk, self.routes)
            if (frame := page.layout()) is not None:
                frame.setContentsMargins(*_AROUND)
            page.legend_changed.connect(self.legend_changed)
            self._stack.addWidget(page)
        if (before := self.section()) is not None and before is not page:
            before.leaving()
            self.routes.said.emit("")  # what was said of that section, and of its next step
        for each in self.sections.values():  # only the one that is shown asks for room
            policy = QSizePolicy.Policy.Preferred if each is page else QSizePolicy.Policy.Ignored
            each.setSizePolicy(policy, policy)
        self._stack.setCurrentWidget(page)
        page.entered()
        self.list.setFocus()
        self.legend_changed.emit()

    def _into(self) -> None:
        if (section := self.section()) is not None:
            section.setFocus()
            self.legend_changed.emit()

    def _numbered(self, place: int) -> None:
        if 0 <= place < len(self.places):
            self.list.setCurrentRow(place)
            self._into()

    def _step(self, step: int) -> None:
        row = self.list.currentRow() + step
        if 0 <= row < len(self.places):
            self.list.setCurrentRow(row)
            self._into()

    def _take(self, definitions: Definitions) -> None:
        self.desk.take(definitions)

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(self.list)
        if (frame := card.layout()) is not None:
            frame.setContentsMargins(8, 8, 8, 8)
        card.setFixedWidth(_LIST_WIDTH)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left = QVBoxLayout()
        left.setContentsMargins(20, 16, 8, 16)
        left.addWidget(card)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._stack)
        across.addWidget(area, 1)
