"""A form that lies over the list for a moment: a title, fields, one button that does it, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from intake.errors import IntakeError, InvalidInputError, Problem
from ui.dialogs.overlay import Overlay
from ui.failures import words_of, words_of_problem
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.labels import label

_TOP = 24
_EDGE = 20
_SUBMITS = ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter")


class FormOverlay(Overlay):
    """Ctrl+S or Ctrl+Enter submits, Escape closes; what was typed stays. ``submitted`` tells the first, ``closed`` the second."""

    submitted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, *, action: str, width: int = 560) -> None:
        """Build it hidden; ``action`` is what its button says. Put fields into :attr:`body`."""
        super().__init__(parent, width=width, top=_TOP)
        self.title_label = label("", "title", wrap=True)
        self.text_label = label("", "muted", wrap=True)
        self.trouble_label = label("", tone="danger", wrap=True)
        self.submit_button = Button(action, key="Ctrl S", primary=True)
        self.submit_button.clicked.connect(self.submitted)
        self.back_button = Button(self.tr("Back"), key="Esc")
        self.back_button.clicked.connect(self.close_over)
        self.boxes: Mapping[str, FieldBox] = {}
        inside = QWidget()
        inside.setObjectName("scrolled")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 4, 0)
        self.body.setSpacing(6)
        self._scroller = _Scroller(inside)
        self.foot = row(self.submit_button, self.back_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 16, _EDGE, 16)
        column.setSpacing(8)
        for each in (self.title_label, self.text_label):
            column.addWidget(each)
        column.addWidget(self._scroller, 1)
        column.addWidget(self.trouble_label)
        column.addLayout(self.foot)
        self.trouble_label.hide()
        for keys in _SUBMITS:
            QShortcut(QKeySequence(keys), self, self.submitted.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def say(self, title: str, text: str = "") -> None:
        """Say what the form is about."""
        self.title_label.setText(title)
        self.text_label.setText(text)
        self.text_label.setVisible(bool(text))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say at each field what is wrong, and go to the first."""
        self.clear_problems()
        for problem in reversed(problems):
            box = self.boxes.get(problem.field.rpartition(".")[2])
            if box is None:
                self.show_trouble(words_of_problem(problem))
            else:
                box.show_problem(words_of_problem(problem))
                box.setFocus()
        self._place()

    def refuse(self, error: Exception) -> None:
        """Say why nothing was done; the form stays as it is. Raises what no person can meet."""
        if isinstance(error, InvalidInputError):
            self.show_problems(error.problems)
        elif isinstance(error, IntakeError):
            self.clear_problems()
            self.show_trouble(words_of(error))
        else:
            raise error

    def show_trouble(self, text: str) -> None:
        """Say what stopped it, above the buttons."""
        self.trouble_label.setText("⚠ " + text)
        self.trouble_label.show()
        self._place()

    def clear_problems(self) -> None:
        """Take what was wrong away."""
        self.trouble_label.hide()
        self.trouble_label.clear()
        for box in self.boxes.values():
            box.clear()

    def _place(self) -> None:
        """Measure anew what is in it: a list came or went, a line of words grew."""
        for each in self.findChildren(FieldBox):
            each.updateGeometry()  # the words under a field are measured with it, and not only once Qt comes round to it
        self.body.invalidate()
        self._scroller.updateGeometry()
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
        super()._place()

    def close_over(self) -> None:
        """Hide it, and tell that it is closed."""
        super().close_over()
        self.closed.emit()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Keep the keyboard in the form: what lies under it is not to be typed into."""
        inside = [each for each in self.findChildren(QWidget) if each.isVisible() and each.isEnabled() and _takes_tab(each)]
        current = self.focusWidget()
        if inside:
            at = inside.index(current) if current in inside else -1
            inside[(at + (1 if next else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True


class _Scroller(QScrollArea):
    """As high as what is in it, and scrolled only where the window is too low for that."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        measured = self.sizePolicy()
        measured.setHeightForWidth(True)
        self.setSizePolicy(measured)
        QApplication.instance().focusChanged.connect(self._follow)  # type: ignore[union-attr]  # there is one
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Bring the field the keyboard came to into view."""
        if now is not None and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self._inside.layout()
        wraps = layout is not None and layout.hasHeightForWidth()
        return layout.totalHeightForWidth(width) if layout is not None and wraps else self._inside.sizeHint().height()


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and widget.focusProxy() is None


def enter_walks(*fields: QWidget) -> None:
    """Let Enter in a field go on to the next of these."""
    for field, after in pairwise(fields):
        advanced = getattr(field, "advanced", None)
        if advanced is not None:
            advanced.connect(after.setFocus)


def two_columns(boxes: Iterable[QWidget]) -> QGridLayout:
    """Return boxes side by side, two in a line."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    for place, box in enumerate(boxes):
        grid.addWidget(box, place // 2, place % 2)
    for column in (0, 1):
        grid.setColumnStretch(column, 1)
    return grid
