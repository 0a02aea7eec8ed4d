"""A layout that puts fields side by side and starts a new line when they no longer fit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

WIDEST_SHARE = 2.6
"""How many times its least width a lone field may grow to, so that short answers keep short fields."""


@dataclass(slots=True)
class _Placed:
    """One item with the least width it can be used at; ``starts`` begins a new line."""

    item: QLayoutItem
    asked: int
    starts: bool
    own: int | None = None

    @property
    def least(self) -> int:
        """The width asked for, or the widget's own when none was."""
        if self.asked:
            return self.asked
        if self.own is None:
            self.own = self.item.sizeHint().width()
        return self.own


@contextmanager
def laid_out_once(*inner: QWidget) -> Iterator[None]:
    """Lay everything around these widgets out once at the end, not at each one that comes, goes or grows."""
    found: list[QLayout] = []
    for widget in inner:
        around: QWidget | None = widget
        while around is not None and (layout := around.layout()) is not None:
            found.append(layout)
            around = around.parentWidget()
    paused = [layout for layout in dict.fromkeys(found) if layout.isEnabled()]
    for layout in paused:
        layout.setEnabled(False)
    try:
        yield
    finally:
        for layout in paused:
            layout.setEnabled(True)
            layout.invalidate()


class FlowRows(QLayout):
    """Lines of widgets: each at least as wide as asked, sharing what is left, wrapping when the window is narrow."""

    def __init__(self, parent: QWidget | None = None, *, gap_x: int = 12, gap_y: int = 6, grows: bool = True) -> None:
        """Begin empty; the gaps are in pixels; ``grows`` lets widgets share the width that is left."""
        super().__init__(parent)
        self._placed: list[_Placed] = []
        self._gap_x = gap_x
        self._gap_y = gap_y
        self._most = WIDEST_SHARE if grows else 1.0
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def insert(self, index: int, widget: QWidget, *, least: int, starts: bool = False) -> None:
        """Put a widget at a place among the others."""
        self.addChildWidget(widget)
        self._placed.insert(index, _Placed(item=QWidgetItem(widget), asked=least, starts=starts))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's name
        """Append an item at its own width."""
        self._placed.append(_Placed(item=item, asked=0, starts=False))

    def count(self) -> int:
        """Return how many widgets there are."""
        return len(self._placed)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Return the item at an index, None past the end."""
        return self._placed[index].item if 0 <= index < len(self._placed) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - Qt's name
        """Remove and return the item at an index."""
        return self._placed.pop(index).item if 0 <= index < len(self._placed) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's name
        """Never ask for more height than the lines need."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Tell that the height depends on how many lines the width allows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width; Qt asks many times over."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured: a widget came, went or changed its size."""
        self._heights = {}
        for placed in self._placed:
            placed.own = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's name
        """Place every widget."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(640, self.heightForWidth(640))

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of the widest field."""
        widest = max((placed.least for placed in self._placed if not placed.item.isEmpty()), default=0)
        return QSize(widest, 0)

    def _lines(self, width: int) -> list[list[_Placed]]:
        lines: list[list[_Placed]] = []
        used = 0
        for placed in self._placed:
            if placed.item.isEmpty():
                continue
            if not lines or placed.starts or used + self._gap_x + placed.least > width:
                lines.append([placed])
                used = placed.least
            else:
                lines[-1].append(placed)
                used += self._gap_x + placed.least
        return lines

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            least = sum(placed.least for placed in line)
            room = max(rect.width() - self._gap_x * (len(line) - 1), least)
            share = min(room / max(least, 1), self._most)
            widths = [min(int(placed.least * share), rect.width()) for placed in line]
            height = max(_height(placed.item, width) for placed, width in zip(line, widths, strict=True))
            x = rect.x()
            for placed, width in zip(line, widths, strict=True):
                if place:
                    placed.item.setGeometry(QRect(x, y, width, height))
                x += width + self._gap_x
            y += height + self._gap_y
        return max(0, y - rect.y() - self._gap_y)


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
