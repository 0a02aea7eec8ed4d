"""The regions of the pain drawing as a list: everything the picture shows and does, by keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from intake.domain.pain import Mark, RegionSet
from ui import theme
from ui.pages.intake.keys import is_advance, is_plain, is_retreat

REGION = Qt.ItemDataRole.UserRole
ONE_WORD_MS = 1000
"""Letters that come sooner than this after each other are one word to find."""


class RegionList(QListWidget):
    """Regions grouped by view. Letters find by any word of a name ("jaw"), Space marks, a digit chooses the kind.

    ``toggled`` carries a region's key, ``kind_chosen`` the place of a kind among the kinds.
    """

    toggled = Signal(str)
    kind_chosen = Signal(int)
    pointed = Signal(str)
    advanced = Signal()
    retreated = Signal()

    def __init__(self, regions: RegionSet, parent: QWidget | None = None) -> None:
        """List every region."""
        super().__init__(parent)
        self._regions = regions
        self._items: dict[str, QListWidgetItem] = {}
        self._letters = ""
        self._since_letter = QElapsedTimer()
        self.setAccessibleName(self.tr("Regions of the pain drawing"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMinimumHeight(180)
        for view in regions.views:
            heading = QListWidgetItem(view.text.en)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            heading.setFont(theme.font(size_px=theme.LABEL_PX, weight=QFont.Weight.DemiBold))
            self.addItem(heading)
            for region in view.regions:
                item = QListWidgetItem()
                item.setData(REGION, region.key)
                self._items[region.key] = item
                self.addItem(item)
        self.show_marks(())
        self.setCurrentRow(1)
        self.currentItemChanged.connect(self._tell)
        self.itemClicked.connect(self._clicked)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Write the kinds behind each region's name."""
        for key, item in self._items.items():
            kinds = [self._regions.kind(mark.kind) for mark in marks if mark.region == key]
            name = self._regions.region(key).text.en
            item.setText(f"{name} — {' '.join(kind.letter for kind in kinds)}" if kinds else name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}: {', '.join(kind.text.en for kind in kinds) or self.tr('no mark')}")
            face = item.font()
            face.setBold(bool(kinds))
            item.setFont(face)

    def current_region(self) -> str:
        """Return the key of the region the keyboard is at, empty on a heading."""
        item: QListWidgetItem | None = self.currentItem()
        return "" if item is None else str(item.data(REGION) or "")

    def choose(self, key: str) -> None:
        """Put the keyboard at a region."""
        self.setCurrentItem(self._items[key])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark, choose a kind, go on, or find by letters."""
        if is_advance(event):
            self.advanced.emit()
        elif is_retreat(event):
            self.retreated.emit()
        elif is_plain(event) and event.key() == Qt.Key.Key_Space:
            if key := self.current_region():
                self.toggled.emit(key)
            self._letters = ""
        elif is_plain(event) and event.text().isdecimal():
            self.kind_chosen.emit(int(event.text()) - 1)
            self._letters = ""
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Go to the next region with a word that begins so; the same letter again goes on to the one after it."""
        goes_on = bool(self._letters) and not self._since_letter.hasExpired(ONE_WORD_MS)
        self._letters = (self._letters if goes_on else "") + search.casefold()
        self._since_letter.start()
        again = len(set(self._letters)) == 1
        wanted = self._letters[:1] if again else self._letters
        first = max(self.currentRow(), 0) + (1 if again else 0)
        for row in (*range(first, self.count()), *range(first)):
            words = self._regions.region(key).text.en.casefold() if (key := str(self.item(row).data(REGION) or "")) else ""
            if wanted and any(word.startswith(wanted) for word in words.replace("-", " ").split()):
                self.setCurrentRow(row)
                return

    def _clicked(self, item: QListWidgetItem) -> None:
        if key := item.data(REGION):
            self.toggled.emit(str(key))

    def _tell(self, _now: object, _before: object) -> None:
        self.pointed.emit(self.current_region())
