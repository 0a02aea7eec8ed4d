"""The panel beside the list: the paper of the current request, and its history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from intake.actions.issuing import content_of, document_of
from intake.actions.material import material_of
from intake.actions.requests import documents_of, steps_of
from intake.documents.material import Material
from intake.domain.documents import IssuedDocument
from intake.domain.requests import RequestLine, RequestState, RequestStep
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.models.requests import ListDay, kind_words
from ui.pages.documents.history import HistoryView
from ui.pages.documents.may_print import who_may
from ui.preview.worker import Worker
from ui.widgets.buttons import Chip
from ui.widgets.card import row
from ui.widgets.labels import ElidedLabel, label

if TYPE_CHECKING:
    from intake.storage.store import Store
    from ui.preview.view import PreviewView

_VIEW = "ui.preview.view"
_PAUSE_MS = 180
"""How long a line is the current one before its paper is asked for: who walks through the list needs none of them."""

_WIDE_PX = 1_120
"""The width of a window from which on list and panel have room side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What the store says of a request: its history, the bytes that left, or what the paper would be made of, or why neither."""

    steps: tuple[RequestStep, ...]
    documents: tuple[IssuedDocument, ...]
    kept: bytes | None = None
    material: Material | None = None
    refused: IntakeError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """A paper to show: as it left, or as it would be made now, preliminary while a signature is missing."""

    content: bytes
    preliminary: bool = False
    left: bool = False


class DocumentPanel(QWidget):
    """Shows one request. ``opened`` carries the id of an issued document that is to be seen whole."""

    opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build the panel with nothing to show."""
        super().__init__(parent)
        self._desk = desk
        self._line: RequestLine | None = None
        self._asked_for: bool | None = None
        self._day: ListDay | None = None
        self._worker = Worker(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.name_label = ElidedLabel("", "strong")
        self.state_label = label("", "hint", wrap=True)
        self.trouble_label = label("", tone="danger", wrap=True)
        self.trouble_label.hide()
        self._stack = QStackedWidget(self)
        self.preview: PreviewView | None = None
        self.words_label = label("", "muted", wrap=True)
        self.words_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._paper = QStackedWidget(self._stack)
        self._paper.addWidget(self.words_label)
        self.history = HistoryView(desk.zone, self._stack)
        self.history.opened.connect(self.opened)
        self.tabs = (Chip(self.tr("Preview"), checked=True, parent=self), Chip(self.tr("History"), parent=self))
        for place, (tab, view) in enumerate(zip(self.tabs, (self._paper, self.history), strict=True)):
            tab.clicked.connect(partial(self.show_tab, place))
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row(*self.tabs, spacing=6))
        for each in (self.name_label, self.trouble_label, self.state_label):
            column.addWidget(each)
        column.addWidget(self._stack, 1)
        self.show_line(None, None)

    def tab(self) -> int:
        """Return which tab is shown: 0 the paper, 1 the history."""
        return self._stack.currentIndex()

    def show_tab(self, place: int) -> None:
        """Show the paper, or the history."""
        for each, chip in enumerate(self.tabs):
            chip.setChecked(each == place)
        self._stack.setCurrentIndex(place)
        self.state_label.setVisible(place == 0)

    def shows_paper(self) -> bool:
        """Say whether a paper is on screen, and not words."""
        return self._paper.currentWidget() is not self.words_label

    def has_place(self, window: int) -> bool:
        """Tell whether the panel is shown beside the list in a window so wide: where there is room, or when it was asked for."""
        return window >= _WIDE_PX if self._asked_for is None else self._asked_for

    def turn(self, *, shown: bool) -> None:
        """Show the paper, then the history, then nothing; ``shown`` says whether the panel is on screen now."""
        if shown and self.tab() == 0:
            self.show_tab(1)
        else:
            self.ask_for(wanted=not shown)

    def ask_for(self, *, wanted: bool) -> None:
        """Have the panel with the paper on screen whatever room there is, or not at all."""
        self._asked_for = wanted
        self.show_tab(0)

    def show_line(self, line: RequestLine | None, day: ListDay | None) -> None:
        """Show a request a moment after the keyboard came to it; one that is shown as it stands is left alone."""
        same = line == self._line
        self._line, self._day = line, day
        self._tell_trouble(line)
        if line is None or day is None:
            self._pause.stop()
            self.name_label.setText("")
            self.state_label.setText("")
            self._say(self.tr("The paper of the request you stand on is shown here."))
        elif not same:
            self.name_label.setText(f"{kind_words(line, day.kinds)} · {line.name}")
            self._pause.start()
        elif not self._pause.isActive():
            self._read_history(line)

    def refresh(self) -> None:
        """Ask anew, though the line is the same: the record may have moved on."""
        if self._line is not None:
            self._pause.start()

    def _tell_trouble(self, line: RequestLine | None) -> None:
        """Say whole what a printer said when the document did not come out: a row of the list has no room for it."""
        trouble = line.trouble if line is not None else ""
        said = self.tr("Did not print: %1").replace("%1", trouble)
        self.trouble_label.setText(f"⚠ {said}\n{self.tr('S shows the printers of this desk.')}" if trouble else "")
        self.trouble_label.setVisible(bool(trouble))

    def _read_history(self, line: RequestLine) -> None:
        """Read what happened since; the paper of a line that stands as it did is the same."""
        actor = self._desk.actor

        def look(store: Store) -> tuple[tuple[RequestStep, ...], tuple[IssuedDocument, ...]]:
            return steps_of(store, actor, line.id), documents_of(store, actor, line.id)

        self._desk.store.ask(look, owner=self, done=partial(self._take_history, line), newest="history")

    def _take_history(self, line: RequestLine, found: tuple[tuple[RequestStep, ...], tuple[IssuedDocument, ...]]) -> None:
        if line == self._line and self._day is not None:
            self.history.show_history(line, self._day, *found)

    def _ask(self) -> None:
        line, desk = self._line, self._desk
        if line is None:
            return
        others = who_may(desk, line)
        if others:
            self._say(others)

        def look(store: Store) -> _Seen:
            steps, documents = steps_of(store, desk.actor, line.id), documents_of(store, desk.actor, line.id)
            seen = _Seen(steps=steps, documents=documents)
            if others:
                return seen
            try:
                if line.state in (RequestState.PRINTED, RequestState.DELIVERED) and documents:
                    last = document_of(store, desk.actor, documents[0].id, now=desk.now())
                    return _Seen(steps=steps, documents=documents, kept=content_of(store, desk.actor, last.id))
                material = material_of(store, desk.actor, line.id, definitions=desk.definitions, now=desk.now())
                return _Seen(steps=steps, documents=documents, material=material)
            except IntakeError as error:
                return _Seen(steps=steps, documents=documents, refused=error)

        desk.store.ask(look, owner=self, done=partial(self._take, line), newest="look")

    def _take(self, line: RequestLine, seen: _Seen) -> None:
        if line != self._line or self._day is None:
            return
        self.history.show_history(line, self._day, seen.steps, seen.documents)
        if seen.refused is not None:
            self._say(words_of(seen.refused))
        elif seen.kept is not None:
            self._worker.ask(partial(_kept, seen.kept), done=partial(self._show, line), failed=self._refuse, newest="paper")
        elif seen.material is not None:
            make = partial(_make, seen.material, self._desk)
            self._worker.ask(make, done=partial(self._show, line), failed=self._refuse, newest="paper")

    def _show(self, line: RequestLine, paper: _Paper) -> None:
        if line != self._line:
            return
        preliminary = self.tr("PRELIMINARY: not signed yet") if paper.preliminary else self.tr("As it would be printed now")
        self.state_label.setText(self.tr("As it was printed") if paper.left else preliminary)
        if self.preview is None:
            from ui.preview.view import PreviewView  # noqa: PLC0415 - loaded by then, where the paper was made

            self.preview = PreviewView(self._paper)
            self._paper.addWidget(self.preview)
        self.preview.show_pdf(paper.content)
        self._paper.setCurrentWidget(self.preview)

    def _say(self, text: str) -> None:
        """Say in words why there is no paper."""
        self.state_label.setText("")
        self.words_label.setText(text)
        self._paper.setCurrentWidget(self.words_label)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self._say(words_of(error))


def _make(material: Material, desk: Desk) -> _Paper:
    """Make the paper, and load what shows it: for a thread that is not the window's."""
    from intake.documents.making import make  # noqa: PLC0415 - the PDF library is read here, not before the list is on screen

    made = make(material, desk.definitions, training=desk.paths.training, printed_at=desk.now().astimezone(desk.zone))
    import_module(_VIEW)
    return _Paper(content=made.content, preliminary=made.preliminary)


def _kept(content: bytes) -> _Paper:
    """Return a paper as it left, when what shows it is loaded: for a thread that is not the window's."""
    import_module(_VIEW)
    return _Paper(content=content, left=True)
