"""The form itself: sections under each other, built a slice at a time, walked through by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from intake.errors import Problem
from ui.pages.intake.checklist import ChecklistSection
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.drawing import DrawingSection
from ui.pages.intake.fields_section import FieldsSection
from ui.pages.intake.flow import laid_out_once
from ui.pages.intake.plan import SECTIONS, section_of
from ui.pages.intake.problem_list import ProblemList
from ui.pages.intake.region_list import RegionList
from ui.widgets.buttons import Button
from ui.widgets.field_box import FieldBox

Section = FieldsSection | ChecklistSection | DrawingSection
Stop = tuple[str, QWidget]
MARGIN_PX = 70
AT_FIRST = 1
"""Fields that are there when the page is shown; the keyboard goes into the first, the others come while the page is painted."""


class IntakeForm(QScrollArea):
    """All sections in one scrolling page.

    ``built`` tells that every section is there; ``moved`` carries the section and the path the keyboard came to.
    """

    built = Signal()
    moved = Signal(str, str)

    def __init__(self, document: IntakeDocument, parent: QWidget | None = None) -> None:
        """Build the first section now and the others in slices."""
        super().__init__(parent)
        self._document = document
        self._sections: dict[str, Section] = {}
        self._to_mark: list[tuple[str, list[Problem]]] = []
        self.is_built = False
        self.current = SECTIONS[0].key
        self.problems = ProblemList(document.definitions)
        self.problems.chosen.connect(self.go_to)
        self.save_button = Button(self.tr("Save"), key=self.tr("Ctrl S"), primary=True)
        self.print_button = Button(self.tr("Save and print"), key=self.tr("Ctrl P"))
        self._arrange()
        self._slices = self._build()
        next(self._slices)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._timer.start()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def show_values(self) -> None:
        """Show what the document holds, after it was loaded."""
        for section in self._sections.values():
            section.show_values()

    def section(self, key: str) -> Section:
        """Return a section that is built."""
        return self._sections[key]

    @property
    def checklist(self) -> ChecklistSection | None:
        """The checklist, None while it is not built yet."""
        found = self._sections.get("checklist")
        return found if isinstance(found, ChecklistSection) else None

    def focus_first(self) -> None:
        """Put the keyboard where work begins: the first field without an answer of the first section."""
        stops = self._sections[SECTIONS[0].key].stops()
        stops[0][1].setFocus()

    def resume(self) -> None:
        """Put the keyboard back where it was, at first on the first field."""
        widget: QWidget | None = self.focusWidget()
        if widget is None or widget is self:
            self.focus_first()
        else:
            widget.setFocus()

    def go_to_section(self, key: str) -> None:
        """Put the keyboard on a section's first field and the section at the top."""
        section = self._sections.get(key)
        if section is None:
            return
        stops = section.enter_stops() or section.stops()
        if stops:
            stops[0][1].setFocus()
        self._settle()
        self.verticalScrollBar().setValue(section.pos().y())

    def next_section(self, step: int) -> None:
        """Go to the next section, or the previous one."""
        keys = [plan.key for plan in SECTIONS]
        self.go_to_section(keys[min(max(keys.index(self.current) + step, 0), len(keys) - 1)])

    def go_to(self, path: str, position: int | None = None) -> bool:
        """Put the keyboard on a field, opening what hides it; return False when it does not apply."""
        section = self._sections.get(section_of(path))
        editor = section.editor(path) if section else None
        if editor is None:
            return False
        self._settle()
        editor.setFocus()
        if position is not None and hasattr(editor, "place_caret"):
            editor.place_caret(position)
        return True

    def paths(self) -> list[str]:
        """Return every field that Tab visits, in the order of the page."""
        return [path for path, _stop in self._all_stops() if path]

    def path_at(self) -> tuple[str, int]:
        """Return the field the keyboard is in and where the caret stands in it."""
        widget = self.focusWidget()
        path = next((path for path, stop in self._all_stops() if stop is widget), "")
        caret = getattr(widget, "caret", None)
        return path, caret() if caret else 0

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show every problem at its field, and the errors in the list on top."""
        self.problems.show_problems([problem for problem in problems if problem.level == "error"])
        self._to_mark = [(key, [problem for problem in problems if section_of(problem.field) == key]) for key in self._sections]
        self._mark_next()

    def keep_only(self, errors: tuple[Problem, ...]) -> None:
        """Take back what was told of fields that other fields have mended meanwhile: a city, of a patient without an address."""
        self.problems.keep_only(errors)
        for section in self._sections.values():
            if not isinstance(section, DrawingSection):
                section.keep_only(errors)

    def _mark_next(self) -> None:
        """Show the problems of one section, and those of the next a moment later."""
        if not self._to_mark:
            return
        key, problems = self._to_mark.pop(0)
        section = self._sections[key]
        with laid_out_once(*section.findChildren(FieldBox)):
            section.clear_problems()
            for problem in problems:
                section.show_problem(problem)
        QTimer.singleShot(0, self, self._mark_next)

    def toggle_more(self) -> None:
        """Open or close the rare fields of the section the keyboard is in."""
        section = self._sections.get(self.current)
        if isinstance(section, FieldsSection):
            section.toggle_more()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - as Qt calls it
        """Walk with Tab in the order of asking, whatever order the fields were made in."""
        found = self._step(self.focusWidget(), 1 if next else -1, enter=False)
        if found is None:
            return super().focusNextPrevChild(next)
        found.setFocus()
        return True

    def advance(self, widget: QWidget) -> None:
        """Go to the next field that Enter visits."""
        self._focus_on(self._step(widget, 1, enter=True))

    def retreat(self, widget: QWidget) -> None:
        """Go back to the field before."""
        self._focus_on(self._step(widget, -1, enter=True))

    def _focus_on(self, widget: QWidget | None) -> None:
        if widget is not None:
            widget.setFocus()

    def _step(self, widget: QWidget | None, step: int, *, enter: bool) -> QWidget | None:
        stops = self._all_stops()
        visited = {id(stop) for stop in self._enter_stops()} if enter else {id(stop) for _path, stop in stops}
        at = next((index for index, (_path, stop) in enumerate(stops) if stop is widget), None)
        if at is None:
            return None
        onward = stops[at + 1 :] if step > 0 else stops[at - 1 :: -1] if at else []
        return next((stop for _path, stop in onward if id(stop) in visited), None)

    def _all_stops(self) -> list[Stop]:
        stops = [stop for plan in SECTIONS if plan.key in self._sections for stop in self._sections[plan.key].stops()]
        return [*stops, ("", self.save_button), ("", self.print_button)]

    def _enter_stops(self) -> list[QWidget]:
        stops = [stop for section in self._sections.values() for _path, stop in section.enter_stops()]
        return [*stops, self.save_button]

    def _arrange(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(20, 0, 20, 16)
        self._column.setSpacing(12)
        foot = QHBoxLayout()
        foot.addWidget(self.save_button)
        foot.addWidget(self.print_button)
        foot.addStretch(1)
        self._column.addLayout(foot)
        self._column.addStretch(1)
        self.setWidget(inside)

    def _build(self) -> Iterator[None]:
        """Build section after section; each step is short enough for the window not to stumble."""
        for place, plan in enumerate(SECTIONS):
            section = self._new_section(plan.key, place)
            yield
            if isinstance(section, FieldsSection):
                section.show_fields()
                yield
            if isinstance(section, ChecklistSection):
                while section.build_next():
                    yield

    def _new_section(self, key: str, place: int) -> Section:
        plan = SECTIONS[place]
        made: dict[str, type[ChecklistSection | DrawingSection]] = {"checklist": ChecklistSection, "drawing": DrawingSection}
        section: Section = made[key](self._document) if key in made else FieldsSection(plan, self._document)
        if isinstance(section, FieldsSection) and place == 0:
            section.show_fields(AT_FIRST)
        if isinstance(section, DrawingSection):
            section.regions.pointed.connect(partial(self._show_row, section.regions))
        section.advanced.connect(self.advance)
        section.retreated.connect(self.retreat)
        self._sections[key] = section
        self._column.insertWidget(place, section)
        return section

    def _go_on(self) -> None:
        if next(self._slices, self) is self:
            self._timer.stop()
            self.is_built = True
            self.built.emit()

    def _settle(self) -> None:
        """Have everything in its place before scrolling to it."""
        self._column.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field in hand in sight when a notice comes above the form, or the window shrinks."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QWidget) and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused, 0, MARGIN_PX)

    def _show_whole(self, section: QWidget) -> None:
        """Have a section in sight from its top to its bottom, or at least from its top: its one field works on all of it."""
        bar, room = self.verticalScrollBar(), self.height()
        top, bottom = section.y(), section.y() + section.height()
        bar.setValue(min(max(bar.value(), bottom - room), top))

    def _show_row(self, regions: RegionList, _region: str) -> None:
        """Have the region the keyboard is at in sight, also where the window is lower than the drawing."""
        inside = self.widget()
        if inside is not None and regions.hasFocus():
            place = regions.viewport().mapTo(inside, regions.visualItemRect(regions.currentItem()).center())
            self.ensureVisible(place.x(), place.y(), 0, MARGIN_PX)

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        paths = {id(stop): path for path, stop in self._all_stops()}
        if old is not None and (path := paths.get(id(old))):
            self._sections[section_of(path)].left(path)
        if now is None or id(now) not in paths:
            return
        path = paths[id(now)]
        if path:
            self.current = section_of(path)
        self._settle()
        self.ensureWidgetVisible(now, 0, MARGIN_PX)
        if isinstance(drawing := self._sections.get(self.current), DrawingSection):
            self._show_whole(drawing)
        self.moved.emit(self.current, path)
