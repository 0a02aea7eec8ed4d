"""Examination items: groups that open when they are wanted, each with a count of what is recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from intake.domain.review_form import Item, ItemGroup, ReviewForm
from ui.pages.chart.note_choices import ItemChoices, NoteChoices
from ui.pages.chart.note_field import NoteField
from ui.pages.chart.note_part import Part, Problems
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_line import NoteLine
from ui.pages.chart.state import ChartState
from ui.pages.intake.choice_paint import CHIP_HEIGHT
from ui.pages.intake.choices import Pick
from ui.widgets.labels import label

PATH = "findings"
_LABEL_WIDTH = 148
_TOP = Qt.AlignmentFlag.AlignTop


class FindingsPart(Part):
    """The groups as chips; an open one lists its items. A letter records an answer and goes on to the next item."""

    def __init__(self, form: ReviewForm, state: ChartState, book: SnippetBook) -> None:
        """Build it with every group folded."""
        super().__init__(state, book)
        self._groups = {group.key: group for group in form.groups}
        self._shown: dict[str, GroupItems] = {}
        self._writable = True
        self.fold = NoteChoices(self.tr("Examination items"), self._picks(), several=True)
        self.fold.picked.connect(self._open)
        self.fold.advanced.connect(self._enter)
        self.fold.retreated.connect(self.fold.focusPreviousChild)
        self.column.addWidget(NoteField(self.tr("Examination items"), self.fold))

    def begin(self) -> None:
        """Fold every group."""
        super().begin()
        self.fold.show_codes([])
        self._open([])

    def show_note(self) -> None:
        """Show what is recorded, in the groups that are open and as counts of all."""
        self._count()
        for shown in self._shown.values():
            shown.show_note()

    def set_writable(self, *, on: bool) -> None:
        """Let the items be recorded, or only read; groups open and close either way."""
        self._writable = on
        for shown in self._shown.values():
            shown.set_writable(on=on)

    def controls(self) -> Mapping[str, QWidget]:
        """Return the chips of the groups, and the items of those that are open."""
        found: dict[str, QWidget] = {PATH: self.fold}
        for key in self._groups:
            if key in self._shown and not self._shown[key].isHidden():
                found |= self._shown[key].controls()
        return found

    def open_at(self, path: str) -> QWidget | None:
        """Open the group of an item."""
        name = path.removeprefix(f"{PATH}.")
        for key, group in self._groups.items():
            if any(item.key == name for item in group.items):
                self.fold.show_codes([*self.fold.codes(), key])
                self._open(self.fold.codes())
        return super().open_at(path)

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong at the items."""
        for shown in self._shown.values():
            shown.show_problems(problems)

    def _picks(self) -> list[Pick]:
        return [Pick(code=key, label=self._words(group)) for key, group in self._groups.items()]

    def _words(self, group: ItemGroup) -> str:
        recorded = sum(bool(self.state.get(f"{PATH}.{item.key}")) for item in group.items)
        return f"{group.label} {recorded}/{len(group.items)}" if recorded else group.label

    def _count(self) -> None:
        self.fold.show_picks(self.fold.name, self._picks())

    def _open(self, keys: list[str]) -> None:
        for key in keys:
            if key not in self._shown:
                made = GroupItems(self._groups[key], self.state, self.book, self._count)
                made.show_note()
                made.set_writable(on=self._writable)
                self._shown[key] = made
                order = list(self._groups)
                before = sum(order.index(known) < order.index(key) for known in self._shown)
                self.column.insertWidget(1 + before, made)
        for key, shown in self._shown.items():
            shown.setVisible(key in keys)
        self.grown.emit()

    def _enter(self) -> None:
        """Go into the first open group; with none open the next field is meant."""
        opened = next((self._shown[key] for key in self.fold.codes()), None)
        if opened is None:
            self.fold.focusNextChild()
        else:
            next(iter(opened.controls().values())).setFocus()


class GroupItems(Part):
    """The items of one group, one line each."""

    def __init__(self, group: ItemGroup, state: ChartState, book: SnippetBook, told: Callable[[], None]) -> None:
        """Build the lines; ``told`` is called after each change."""
        super().__init__(state, book)
        self._told = told
        self._controls: dict[str, ItemChoices | NoteLine] = {}
        self._fields: dict[str, NoteField] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, item in enumerate(group.items):
            self._add(grid, row, item)
        self.column.addWidget(label(f"{group.label} · {group.note}" if group.note else group.label, "hint", wrap=True))
        self.column.addLayout(grid)

    def show_note(self) -> None:
        """Show what is recorded."""
        for path, control in self._controls.items():
            text = str(self.state.get(path))
            if isinstance(control, NoteLine):
                control.show_value(text)
            else:
                control.show_codes([text])

    def set_writable(self, *, on: bool) -> None:
        """Let the items be recorded, or only read."""
        for control in self._controls.values():
            if isinstance(control, NoteLine):
                control.lock(on=not on)
            else:
                control.setEnabled(on)

    def controls(self) -> Mapping[str, QWidget]:
        """Return the items."""
        return dict(self._controls)

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong at the items."""
        for path, field in self._fields.items():
            field.show_problem(problems.get(path, ""))

    def write(self, path: str, text: str) -> None:
        """Write an item, and count again."""
        super().write(path, text)
        self._told()

    def _add(self, grid: QGridLayout, row: int, item: Item) -> None:
        path = f"{PATH}.{item.key}"
        name = label(item.label, "", wrap=True)
        name.setFixedWidth(_LABEL_WIDTH)
        name.setMinimumHeight(CHIP_HEIGHT)
        control: ItemChoices | NoteLine
        if item.choices:
            control = ItemChoices(item.label, [Pick(code=each.code, label=each.label) for each in item.choices])
            control.picked.connect(partial(self._picked, path))
            control.advanced.connect(control.focusNextChild)
            control.retreated.connect(control.focusPreviousChild)
        else:
            control = self.line(path, placeholder=item.unit)
            control.setProperty("kind", "small")
            control.setAccessibleName(f"{item.label}, {item.unit}" if item.unit else item.label)
        field = NoteField("", control)
        self._controls[path] = control
        self._fields[path] = field
        grid.addWidget(name, row, 0, _TOP if item.choices else Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(field, row, 1)

    def _picked(self, path: str, codes: list[str]) -> None:
        self.write(path, next(iter(codes), ""))
