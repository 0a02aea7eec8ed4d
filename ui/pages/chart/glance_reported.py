"""The reported answers, painted in one go: a chart is read whole, and the next one is there at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.pages.chart.glance_item import Item, Section
from ui.pages.chart.glance_layout import Layout, arranged
from ui.pages.chart.glance_paint import paint_box
from ui.pages.intake.keys import is_advance, is_plain

_USUAL = 420
_EDITOR_GAP = 10


class ReportedList(QWidget):
    """Up and Down go line by line, Left and Right within a line. ``chosen`` carries the path to be corrected.

    ``pointed`` carries where the keyboard is, for what scrolls.
    """

    chosen = Signal(str)
    pointed = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._items: dict[str, Item] = {}
        self._current = ""
        self._editor: QWidget | None = None
        self._editor_path = ""
        self._arranged: dict[tuple[int, int], Layout] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Reported"))

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show these answers; the keyboard stays at its question when that is still there."""
        self._sections = tuple(sections)
        lines = [line for section in sections for line in section.lines]
        self._items = {item.path: item for line in lines for item in line.items}
        if self._current not in self._items:
            self._current = next(iter(self._items), "")
        self._measure_again()
        self._describe()

    def begin(self) -> None:
        """Forget where the keyboard was: the answers shown next are another patient's."""
        self._current = ""

    def items(self) -> tuple[Item, ...]:
        """Return every item in the order of reading."""
        return tuple(self._items.values())

    def current(self) -> Item | None:
        """Return the item the keyboard is at."""
        return self._items.get(self._current)

    def go_to(self, path: str) -> None:
        """Put the keyboard at an item."""
        if path in self._items:
            self._current = path
            self._describe()
            self.update()
            self.pointed.emit(self.place_of(path))

    def place_of(self, path: str) -> QRect:
        """Return where an item stands, empty when it is not shown."""
        for line in self._layout_now().lines:
            for known, rect in line:
                if known == path:
                    return rect.toAlignedRect()
        return QRect()

    def open_editor(self, path: str, editor: QWidget) -> None:
        """Make room for an editor under an item and show it there."""
        self._editor, self._editor_path = editor, path
        editor.setParent(self)
        self._measure_again()
        self._place_editor()
        editor.show()
        self._reveal_editor()

    def close_editor(self) -> None:
        """Take the editor away."""
        if self._editor is not None:
            self._editor.hide()
            self._editor, self._editor_path = None, ""
            self._measure_again()

    def sizeHint(self) -> QSize:
        """Return the size at the width it has, or a usual one: its height follows from its width."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_WState_Created) else _USUAL
        return QSize(_USUAL, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return a width at which words still fit."""
        return QSize(220, 0)

    def hasHeightForWidth(self) -> bool:
        """Answers wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all answers at a width."""
        return round(self._layout_at(width).height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or ask for a correction."""
        moves = {Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1)}
        if is_advance(event) and self._current:
            self.chosen.emit(self._current)
        elif is_plain(event) and (move := moves.get(Qt.Key(event.key()))):
            self._move(*move)
        elif is_plain(event) and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            places = list(self._items)
            self.go_to(places[0 if event.key() == Qt.Key.Key_Home else -1] if places else "")
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        if path := self._path_at(event.position()):
            self.go_to(path)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for a correction of what was clicked."""
        if path := self._path_at(event.position()):
            self.chosen.emit(path)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.pointed.emit(self.place_of(self._current))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the editor in its place."""
        super().resizeEvent(event)
        self._place_editor()

    def event(self, event: QEvent) -> bool:
        """Measure again when the editor grew, or the font did."""
        kind = event.type()
        if kind == QEvent.Type.LayoutRequest and self._editor is not None:
            self._measure_again()
            self._place_editor()
            QTimer.singleShot(0, self, self._reveal_editor)
        elif kind in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure_again()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is to be seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = QRectF(event.rect())
        focused = self._current if self.hasFocus() else ""
        for box in self._layout_now().boxes:
            if box.rect.intersects(seen):
                paint_box(painter, box, focused)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.tokens().color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.place_of(focused)).adjusted(1, 1, -1, -1), 4, 4)

    def _move(self, down: int, across: int) -> None:
        lines = [[path for path, _ in line] for line in self._layout_now().lines]
        at = next(((row, line.index(self._current)) for row, line in enumerate(lines) if self._current in line), None)
        if at is None:
            return
        row, column = at
        if across and 0 <= column + across < len(lines[row]):
            self.go_to(lines[row][column + across])
        elif 0 <= row + (down or across) < len(lines):
            target = lines[row + (down or across)]
            self.go_to(target[-1] if across < 0 else target[0])

    def _path_at(self, point: QPointF) -> str:
        return next((path for line in self._layout_now().lines for path, rect in line if rect.contains(point)), "")

    def _layout_now(self) -> Layout:
        return self._layout_at(self.width())

    def _layout_at(self, width: int) -> Layout:
        extra = 0
        if self._editor is not None:
            room = width - 2 * _EDITOR_GAP
            wants = self._editor.heightForWidth(room) if self._editor.hasHeightForWidth() else self._editor.sizeHint().height()
            extra = wants + _EDITOR_GAP
        key = (width, extra)
        if key not in self._arranged:
            self._arranged[key] = arranged(self._sections, width, open_path=self._editor_path, open_height=extra)
        return self._arranged[key]

    def _place_editor(self) -> None:
        if self._editor is None:
            return
        layout = self._layout_now()
        line = next((line for line in layout.lines if self._editor_path in (path for path, _ in line)), ())
        under = max((rect.bottom() for _, rect in line), default=0.0)
        row = next((box.rect for box in layout.boxes if box.rect.top() < under <= box.rect.bottom()), QRectF())
        room = self.width() - 2 * _EDITOR_GAP
        wants = self._editor.heightForWidth(room) if self._editor.hasHeightForWidth() else self._editor.sizeHint().height()
        self._editor.setGeometry(_EDITOR_GAP, round(row.bottom()), room, wants)

    def _reveal_editor(self) -> None:
        if self._editor is not None:
            self.pointed.emit(self._editor.geometry())

    def _measure_again(self) -> None:
        self._arranged = {}
        self.updateGeometry()
        self.update()

    def _describe(self) -> None:
        item = self.current()
        self.setAccessibleDescription(item.sentence() if item is not None else "")
