"""One section of fields: what applies is there, what is rare waits behind "more", what was typed stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from intake.domain.fields import Kind
from intake.entry.applying import MINOR, condition
from intake.errors import Problem
from intake.wording import text_of
from ui.pages.intake.document import FROM_ZIP, IntakeDocument
from ui.pages.intake.editors import SegmentEditor
from ui.pages.intake.field_editors import FieldEditor, editor_for
from ui.pages.intake.flow import FlowRows, laid_out_once
from ui.pages.intake.list_editor import ListEditor
from ui.pages.intake.more_row import MoreRow
from ui.pages.intake.notice import DECIDERS as OF_NOTICE
from ui.pages.intake.notice import notice_remark
from ui.pages.intake.plan import Place, SectionPlan, places
from ui.widgets.card import Card
from ui.widgets.field_box import FieldBox

DOB = "patient.dob"
MOST_AT_ONCE = 2
SHOWN_BACK = (Kind.DATE, Kind.TIME, Kind.PHONE, Kind.ZIP, Kind.STATE)
"""Under these stands how they were understood; room is kept for it, so that nothing moves while people type."""


class FieldsSection(Card):
    """The card of one section.

    ``advanced`` and ``retreated`` carry the editor that the keyboard is in. Editors are made when they first apply: a usual
    intake never builds the forty fields of an accident claim.
    """

    advanced = Signal(object)
    retreated = Signal(object)

    def __init__(self, plan: SectionPlan, document: IntakeDocument, parent: QWidget | None = None) -> None:
        """Build the card; :meth:`show_fields` fills it."""
        title = QCoreApplication.translate("Intake", plan.title)
        super().__init__(title, QCoreApplication.translate("Intake", plan.remark) if plan.remark else "", parent=parent)
        self.key = plan.key
        self._document = document
        self._places = places(plan.key)
        self._boxes: dict[str, FieldBox] = {}
        self._editors: dict[str, FieldEditor] = {}
        self._told: set[str] = set()
        self._refused: dict[str, tuple[Problem, str]] = {}
        self._opened = False
        self._usual, self._rare = FlowRows(), FlowRows()
        self._more = MoreRow()
        self._more.toggled.connect(self.toggle_more)
        self._arrange()
        document.changed.connect(self._follow)
        document.form_marks.changed.connect(self._follow_mark)
        self._deciders = {asked[0] for place in self._places if (asked := condition(place.field))}

    def show_fields(self, most: int = MOST_AT_ONCE) -> None:
        """Show exactly the fields that apply now; those that no longer do keep what was typed.

        At most ``most`` new editors are made at once, the others right after, so that the window does not stumble.
        """
        with laid_out_once(self._usual_area, self._rare_area):
            made = 0
            rare_shown = False
            for place in self._places:
                wanted = self._document.applies(place.path) and self._is_open(place)
                if wanted and place.path not in self._boxes and made < most:
                    self._build(place)
                    made += 1
                if box := self._boxes.get(place.path):
                    box.setVisible(wanted)
                rare_shown = rare_shown or (wanted and place.rare)
            hidden = [place.label for place in self._rare_places() if self._document.applies(place.path)]
            self._show_notice()
            self._more.show_names(hidden, opened=self._opened)
            self._rare_area.setVisible(rare_shown)
        if made == most:
            QTimer.singleShot(0, self, self.show_fields)

    def show_values(self) -> None:
        """Show what the document holds, after it was loaded."""
        self.show_fields(len(self._places))
        for path, editor in self._editors.items():
            with QSignalBlocker(editor):
                editor.show_value(self._document.text(path))
            self._note(path)

    def toggle_more(self) -> None:
        """Open or close the rare fields; one that holds something stays in sight."""
        self._opened = not self._opened
        self.show_fields(len(self._places))
        first = next((self._editors[place.path] for place in self._rare_places() if place.path in self._editors), None)
        if self._opened and first is not None:
            first.setFocus()

    def stops(self) -> list[tuple[str, QWidget]]:
        """Return the shown editors in order, each with the path of its field."""
        return [
            (place.path, self._editors[place.path])
            for place in self._places
            if place.path in self._boxes and not self._boxes[place.path].isHidden()
        ]

    def enter_stops(self) -> list[tuple[str, QWidget]]:
        """Return the editors that Enter visits: those that the program did not fill in itself and that still ask something."""
        document = self._document
        return [(path, editor) for path, editor in self.stops() if path not in document.proposed and not document.is_needless(path)]

    def editor(self, path: str) -> FieldEditor | None:
        """Return the editor of a field, opening what hides it; None when the field does not apply."""
        place = next((place for place in self._places if place.path == path), None)
        if place is None or not self._document.applies(path):
            return None
        self._opened = self._opened or not self._is_open(place)
        if path not in self._editors or self._boxes[path].isHidden():
            self.show_fields(len(self._places))
        return self._editors.get(path)

    def path_of(self, widget: QWidget) -> str | None:
        """Return the field a widget is the editor of."""
        return next((path for path, editor in self._editors.items() if editor is widget), None)

    def left(self, path: str) -> None:
        """Say what is wrong with a field that the keyboard has just left."""
        self._told.add(path)
        self._note(path)

    def clear_problems(self) -> None:
        """Take back what the last save was refused for."""
        refused, self._refused = self._refused, {}
        for path in refused:
            if path in self._boxes:
                self._note(path)

    def keep_only(self, errors: Sequence[Problem]) -> None:
        """Take back what the last save was refused for and is no error any more."""
        for path, (problem, _text) in tuple(self._refused.items()):
            if problem.level == "error" and problem not in errors:
                del self._refused[path]
                if path in self._boxes:
                    self._note(path)

    def show_problem(self, problem: Problem) -> None:
        """Show a problem found on save at its field, until what stands there is changed."""
        self._told.add(problem.field)
        self._refused[problem.field] = (problem, self._document.text(problem.field))
        if self.editor(problem.field) is not None:
            self._note(problem.field)

    def _arrange(self) -> None:
        self._usual_area, self._rare_area = QWidget(), QWidget()
        for area, flow in ((self._usual_area, self._usual), (self._rare_area, self._rare)):
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            area.setSizePolicy(policy)
            area.setLayout(flow)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._usual_area)
        column.addWidget(self._more)
        column.addWidget(self._rare_area)
        self.body.addLayout(column)

    def _is_open(self, place: Place) -> bool:
        return not place.rare or self._opened or (bool(self._document.text(place.path)) and place.path not in self._document.proposed)

    def _rare_places(self) -> Iterator[Place]:
        return (place for place in self._places if place.rare)

    def _build(self, place: Place) -> None:
        editor = editor_for(place.field, self._document.definitions)
        editor.show_value(self._document.text(place.path))
        about = place.field.about
        box = FieldBox(place.label, editor, hint=about.hint)
        box.setProperty("path", place.path)
        flow = self._rare if place.rare else self._usual
        built = [known.path for known in self._places if known.rare == place.rare and (known.path in self._boxes or known is place)]
        flow.insert(built.index(place.path), box, least=place.least, starts=place.starts)
        self._boxes[place.path] = box
        self._editors[place.path] = editor
        editor.typed.connect(partial(self._document.type, place.path))
        editor.advanced.connect(partial(self.advanced.emit, editor))
        editor.retreated.connect(partial(self.retreated.emit, editor))
        self._note(place.path)

    def _follow(self, path: str) -> None:
        """Show what another part of the form changed, and what now applies."""
        if path in self._deciders or (path == DOB and MINOR in self._deciders):
            self.show_fields()
        elif path in OF_NOTICE:
            self._show_notice()
        if editor := self._editors.get(path):
            if editor.value() != self._document.text(path):
                editor.show_value(self._document.text(path))
            self._note(path)

    def _follow_mark(self, path: str) -> None:
        """Show that a value was confirmed, or, for an empty path, all marks anew."""
        for each in self._boxes if not path else (path,):
            if each in self._boxes:
                self._note(each)

    def _show_notice(self) -> None:
        if self.key == "coverage":
            self.set_subtitle(notice_remark(self._document))

    def _note(self, path: str) -> None:
        """Say what was understood; a problem only once the field was left, and until it is mended."""
        self._say(path)
        box = self._boxes[path]
        box.show_mark(self._document.form_marks.words(path), "info" if self._document.form_marks.is_marked(path) else "ok")
        box.note.setVisible(bool(box.note.text()) or self._document.fields[path].about.kind in SHOWN_BACK)

    def _say(self, path: str) -> None:
        reading = self._document.read(path)
        box = self._boxes[path]
        refused, text = self._refused.get(path, (None, ""))
        told = path in self._told or self._document.form_marks.is_marked(path)  # nobody is typing what came from a form
        found = reading.problems[0] if told and reading.problems else None
        if refused is not None and text == self._document.text(path):
            found = refused
        if found is not None:
            box.show_problem(text_of(found), "danger" if found.level == "error" else "warning")
        elif path in FROM_ZIP and path in self._document.proposed:
            box.show_understood(self.tr("from the ZIP"))
        else:
            picked = isinstance(self._editors[path], SegmentEditor | ListEditor)
            box.show_understood("" if picked or reading.understood == self._document.text(path) else reading.understood)
