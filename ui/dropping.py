"""A file let go over the window: a filled form is offered to be imported, every other document is checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from intake.domain.staff import Task
from intake.errors import IntakeError
from ui.choosing import file_to_open
from ui.desk import Desk
from ui.places import Places
from ui.preview.worker import Worker
from ui.routes import IntakeStart, Routes
from ui.verifying import DocumentCheck, content
from ui.widgets.buttons import Button
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.actions.form_import import Imported
    from intake.definitions.bundle import Definitions
    from intake.interop.filled_form import FilledForm
    from intake.interop.pdf_reading import FieldReader
    from intake.storage.store import Store

LANGUAGES: Final = {"en": "English", "es": "Español"}
_TOLD_AS_FORM: Final = frozenset({"form_encrypted", "form_xfa", "form_empty"})
"""What is wrong with these files can be put right, whatever form they are; any other that is no form of ours is checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A file's bytes, and the form of ours that it is, None for any other document."""

    pdf: bytes
    form: FilledForm | None


class Dropping(QObject):
    """Takes files dropped anywhere on a window. Its ``banner`` offers the import: Enter takes it, Esc leaves it."""

    def __init__(self, desk: Desk, routes: Routes, places: Places, check: DocumentCheck, window: QWidget) -> None:
        """Watch for drops on the window that this widget is in, once it is shown."""
        super().__init__(window)
        self._desk = desk
        self._routes = routes
        self._places = places
        self._check = check
        self._window = window
        self._handle: QWindow | None = None
        self._reader: FieldReader | None = None
        self._form: FilledForm | None = None
        self._before: QWidget | None = None
        self._worker = Worker(self)
        self.banner = Banner()
        self.banner.pressed.connect(self._import)
        leave = Button(self.tr("Not now"), key=self.tr("Esc"))
        leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        leave.clicked.connect(self._leave)
        if (inside := self.banner.layout()) is not None:
            inside.addWidget(leave)
        QShortcut(QKeySequence("Esc"), self.banner, self._leave, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        window.setAcceptDrops(True)  # the window system offers files only to windows that take them
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files before any field under them takes their names for text; everything else goes its way."""
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Show:
                self._watch_handle()
        elif kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            return self._over(event)
        elif kind == QEvent.Type.DragLeave:
            self._let_go()
        return False

    def ask(self) -> None:
        """Have a file chosen, and look what it is."""
        folder = self._desk.paths.documents
        chosen = file_to_open(self._window, self.tr("Import a filled form"), folder, self.tr("PDF (*.pdf)"))
        if chosen is not None:
            self.take(chosen)

    def take(self, path: Path) -> None:
        """Look what a file is, and offer to import it or check it."""
        self._worker.ask(partial(self._look, path), done=self._looked, failed=self._check.fail)

    def _watch_handle(self) -> None:
        handle = self._window.window().windowHandle()  # there is one by now: this is called when the window is shown
        if handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _over(self, event: QDropEvent) -> bool:
        """Accept files; whatever else is dragged, such as text between fields, is left to the fields."""
        files = [Path(url.toLocalFile()) for url in _urls(event) if url.isLocalFile()]
        if not files:
            return False
        event.acceptProposedAction()
        match event.type():
            case QEvent.Type.DragEnter:
                self._get_ready()
                self._routes.said.emit(self.tr("Let go: a filled form is imported, another document is checked"))
            case QEvent.Type.Drop if len(files) == 1:
                self.take(files[0])
            case QEvent.Type.Drop:
                self._let_go()
                self._check.told.emit(self.tr("Drop one document at a time."), "warning")
        return True

    def _get_ready(self) -> None:
        """Start what reads forms while the file is still held: by the time it is let go, reading takes half as long."""
        self._worker.ask(self._prepare, failed=_not_ready, newest="prepare")

    def _let_go(self) -> None:
        """Stop what waits for a form that does not come."""
        self._worker.ask(self._close)

    def _prepare(self) -> None:
        self._field_reader().prepare()

    def _close(self) -> None:
        self._field_reader().close()

    def _field_reader(self) -> FieldReader:
        from intake.interop.pdf_reading import FieldReader  # noqa: PLC0415 - first needed when a file comes, on the worker's thread

        self._reader = self._reader or FieldReader()
        return self._reader

    def _look(self, path: Path) -> Dropped:
        try:
            return look(content(path), self._desk.definitions, self._field_reader())
        finally:
            self._close()

    def _looked(self, dropped: Dropped) -> None:
        if dropped.form is None:
            self._check.judge(dropped.pdf)
        elif not self._desk.may(Task.RECORD_INTAKE):
            self._check.told.emit(self.tr("This is a form that a patient filled in. Whoever records intakes can import it."), "info")
        else:
            self._offer(dropped.form)

    def _offer(self, form: FilledForm) -> None:
        self._form = form
        names = [str(form.raw["patient"].get(name, "")).strip() for name in ("legal_last", "legal_first")]
        who = ", ".join(name for name in names if name) or self.tr("no name")
        words = self.tr("Filled form of %1 · %2 · %3 answers. It becomes a draft of yours, in which you confirm each of them.")
        language = LANGUAGES.get(form.language, self.tr("language not told"))
        words = words.replace("%2", language).replace("%3", str(len(form.paths))).replace("%1", who)
        self._routes.said.emit("")
        self._before = QApplication.focusWidget()
        self.banner.say(words, tone="info", action=self.tr("Import · Enter"))
        self.banner.button.setFocus()

    def _import(self) -> None:
        form, self._form = self._form, None
        if form is None:
            return
        desk = self._desk

        def keep(store: Store) -> Imported:
            from intake.actions.form_import import keep_form  # noqa: PLC0415 - few desks import forms every day

            return keep_form(store, desk.actor, form, definitions=desk.definitions, location=None, now=desk.now())

        desk.store.ask(keep, owner=self, done=self._imported, failed=self._check.fail)
        self.banner.hide()

    def _imported(self, imported: Imported) -> None:
        page = next((page for page in self._places.intakes if getattr(page, "draft_id", None) == imported.draft_id), None)
        if page is not None:
            self._places.show_intake(page)
        else:
            self._routes.intake.emit(IntakeStart(draft_id=imported.draft_id))
        self._routes.changed.emit()
        if imported.already:
            self._check.told.emit(self.tr("This form was imported before. Its draft is still here: go on with it."), "info")
        else:
            self._routes.said.emit(self.tr("%1 answers to confirm").replace("%1", str(len(imported.to_confirm))))

    def _leave(self) -> None:
        self._form = None
        self.banner.hide()
        if self._before is not None:
            self._before.setFocus()


def look(pdf: bytes, definitions: Definitions, reader: FieldReader) -> Dropped:
    """Return what a file is: a form of ours, or another document.

    Raises IntakeError for a form of ours that cannot be read, and for a form of whomever that has to be saved another way first.
    """
    from intake.documents.keywords import named_in  # noqa: PLC0415 - they bring the PDF readers, and this is a thread of its own
    from intake.interop.filled_form import read_form, says_form  # noqa: PLC0415 - as above

    if named_in(pdf) is not None:
        return Dropped(pdf=pdf, form=None)
    try:
        return Dropped(pdf=pdf, form=read_form(pdf, definitions, reader))
    except IntakeError as error:
        if error.code in _TOLD_AS_FORM or says_form(pdf):
            raise
        return Dropped(pdf=pdf, form=None)


def _urls(event: QDropEvent) -> list[QUrl]:
    return event.mimeData().urls() if event.mimeData().hasUrls() else []


def _not_ready(_error: Exception) -> None:
    """Nobody waits for it: a form is read all the same."""
