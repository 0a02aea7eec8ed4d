"""The rail of places at the left, with the drafts that are open and the person who works."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from intake.domain.staff import Staff, Task
from ui.pages.settings.sections import PLACES
from ui.widgets.brand import Mark, role_words
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import ElidedLabel, KeyHint, label, restyle, set_tone

WIDTH = 184
_MOST_DRAFTS = 8


class RailItem(QPushButton):
    """One place, or one open draft under its place."""

    def __init__(self, text: str, *, key: str = "", draft: bool = False, parent: QWidget | None = None) -> None:
        """Build the item; ``key`` is shown at its right."""
        super().__init__(parent)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tall = 26 if draft else 32
        self._name = ElidedLabel(text, "draft_name" if draft else "place_name")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._count = label("", "count")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(22 if draft else 10, 0, 10, 0)
        inside.addWidget(self._name, 1)
        inside.addWidget(self._count)
        self._key_hint = KeyHint(key)
        inside.addWidget(self._key_hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self._key_hint.setHidden(not key)  # not before it stands in the row: a widget alone is shown as a window
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.toggled.connect(self._show_here)
        self.setAccessibleName(text)
        self._text = text

    def show_count(self, count: int, *, tone: str = "") -> None:
        """Show a number at the right, nothing for 0."""
        self._count.setText(str(count) if count else "")
        set_tone(self._count, tone)
        self.setAccessibleDescription(self._count.text())

    def show_words(self, text: str, *, tone: str = "", spoken: str = "") -> None:
        """Show a count in words in the place of the key, nothing for no words; ``spoken`` is what a screen reader says."""
        self._count.setText(text)
        set_tone(self._count, tone)
        self._key_hint.setHidden(bool(text))
        self.setAccessibleDescription(spoken or text)

    def sizeHint(self) -> QSize:
        """Return one row of the rail."""
        return QSize(WIDTH - 16, self._tall)

    def minimumSizeHint(self) -> QSize:
        """Return one row of the rail."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _show_here(self, here: bool) -> None:  # noqa: FBT001 - the argument of Qt's toggled
        for each in (self._name, self._count):
            each.setProperty("here", here)
            restyle(each)


@dataclass(frozen=True, slots=True, kw_only=True)
class RailDraft:
    """One draft in the rail: what it is called, and what the window knows it by."""

    key: object
    title: str


class Rail(QFrame):
    """Places, drafts, and who is signed in."""

    chosen = Signal(str)
    """A place: today, intake, patients, review, documents, settings, audit, backup."""
    draft_chosen = Signal(object)
    lock = Signal()
    switch_user = Signal()

    def __init__(self, staff: Staff, may: Callable[[Task], bool], *, emergency: bool = False, parent: QWidget | None = None) -> None:
        """Build the rail for a person, with the places that they ``may`` go to; ``emergency`` access is told as long as they work."""
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Places"))
        places = (
            ("today", self.tr("Today"), "Ctrl T", True),
            ("intake", self.tr("New intake"), "Ctrl N", may(Task.RECORD_INTAKE)),
            ("patients", self.tr("Patients"), "Ctrl F", True),
            ("review", self.tr("Review"), "Ctrl R", may(Task.REVIEW)),
            ("documents", self.tr("Documents"), "Ctrl O", True),
            ("settings", self.tr("Settings"), "Ctrl U", any(place.task is None or may(place.task) for place in PLACES)),
            ("audit", self.tr("Audit"), "Ctrl H", may(Task.READ_AUDIT)),
            ("backup", self.tr("Backup"), "Ctrl B", may(Task.RESTORE)),
        )
        self.items = {place: RailItem(words, key=key) for place, words, key, offered in places if offered}
        self._drafts: list[tuple[RailDraft, RailItem]] = []
        self._draft_rows = QVBoxLayout()
        self._draft_rows.setSpacing(2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 13, 8, 12)
        self._column.setSpacing(2)
        self._column.addLayout(_head())
        self._column.addSpacing(14)
        for place, item in self.items.items():
            item.clicked.connect(lambda _=False, place=place: self.chosen.emit(place))
            self._column.addWidget(item)
            if place == "intake":
                self._column.addLayout(self._draft_rows)
        self._column.addStretch(1)
        self.emergency_label = label(self.tr("⚠ Emergency access, for 60 minutes"), "hint", tone="warning", wrap=True)
        self.emergency_label.setContentsMargins(10, 0, 0, 0)
        self.emergency_label.setVisible(emergency)
        self._column.addWidget(self.emergency_label)
        self._column.addLayout(self._foot(staff))

    def show_place(self, place: str, draft: object = None) -> None:
        """Mark where the person is."""
        for name, item in self.items.items():
            item.setChecked(name == place and draft is None)
        for each, item in self._drafts:
            item.setChecked(draft is not None and each.key == draft)

    def draft_titles(self) -> list[str]:
        """Return the titles of the drafts on show."""
        return [each.title for each in self.drafts()]

    def drafts(self) -> list[RailDraft]:
        """Return the drafts on show."""
        return [each for each, _ in self._drafts]

    def show_drafts(self, drafts: Sequence[RailDraft]) -> None:
        """List the open drafts under "New intake"."""
        if [each for each, _ in self._drafts] == list(drafts[:_MOST_DRAFTS]):
            return
        for _, item in self._drafts:
            self._draft_rows.removeWidget(item)
            item.deleteLater()
        self._drafts = []
        for each in drafts[:_MOST_DRAFTS]:
            item = RailItem(each.title, draft=True)
            item.setAccessibleName(self.tr("Draft: %1").replace("%1", each.title))
            item.clicked.connect(lambda _=False, key=each.key: self.draft_chosen.emit(key))
            self._draft_rows.addWidget(item)
            self._drafts.append((each, item))

    def _foot(self, staff: Staff) -> QVBoxLayout:
        foot = QVBoxLayout()
        foot.setSpacing(4)
        for told in (ElidedLabel(staff.name), label(role_words(staff.role), "muted")):
            told.setContentsMargins(10, 0, 10, 0)
            foot.addWidget(told)
        for words, key, asked in (
            (self.tr("Lock"), "Ctrl L", self.lock),
            (self.tr("Switch user"), "Ctrl Shift L", self.switch_user),
        ):
            link = LinkButton(words)
            link.setToolTip(key.replace(" ", "+"))
            link.setAccessibleDescription(link.toolTip())
            link.clicked.connect(asked)
            line = QHBoxLayout()
            line.setContentsMargins(6, 0, 10, 0)  # a link has four pixels of its own before its words
            line.setSpacing(0)
            line.addWidget(link)
            line.addStretch(1)
            line.addWidget(KeyHint(key))
            foot.addLayout(line)
        return foot


def _head() -> QHBoxLayout:
    head = QHBoxLayout()
    head.setContentsMargins(10, 0, 0, 0)
    head.setSpacing(9)
    head.addWidget(Mark())
    head.addWidget(label("Intake Desk", "title"))
    head.addStretch(1)
    return head
