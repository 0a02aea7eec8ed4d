"""A document as it left: the kept bytes, to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.actions.issuing import content_of, document_of
from intake.domain.documents import IssuedDocument
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.models.requests import whole_moment
from ui.pages.documents.history import document_words
from ui.pages.page import Key, Page
from ui.preview.view import PreviewView
from ui.routes import Routes
from ui.widgets.labels import label

if TYPE_CHECKING:
    from intake.storage.store import Store


class IssuedPage(Page):
    """One issued document; nothing can be changed here."""

    def __init__(self, desk: Desk, routes: Routes, document_id: int, parent: QWidget | None = None) -> None:
        """Build the page; :meth:`entered` asks for the document."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Document as it left")
        self.document_id = document_id
        self.view = PreviewView()
        self.facts_label = label("", "muted", wrap=True)
        self._shown = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(self.facts_label)
        outer.addWidget(self.view, 1)
        self.setFocusProxy(self.view)
        QShortcut(QKeySequence("Esc"), self, routes.documents.emit)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the paper."""
        return (
            Key(keys=("PgUp", "PgDn"), text=self.tr("page")),
            Key(keys=("+", "−"), text=self.tr("zoom")),
            Key(keys=("0",), text=self.tr("fit width")),
            Key(keys=("Esc",), text=self.tr("documents")),
        )

    def entered(self) -> None:
        """Ask for the document once: it never changes."""
        self.view.setFocus()
        if self._shown:
            return
        desk, document_id = self.desk, self.document_id

        def look(store: Store) -> tuple[IssuedDocument, bytes]:
            return document_of(store, desk.actor, document_id, now=desk.now()), content_of(store, desk.actor, document_id)

        desk.store.ask(look, owner=self, done=self._show, failed=self._refuse, newest="document")

    def _show(self, found: tuple[IssuedDocument, bytes]) -> None:
        document, content = found
        self._shown = True
        kinds = {kind.key: kind.name.en for kind in self.desk.definitions.document_kinds.kinds}
        self.title = self.tr("%1 as it left").replace("%1", kinds.get(document.kind, document.kind))
        when = whole_moment(document.at, self.desk.zone)
        self.facts_label.setText(" · ".join((document_words(document), when, document.by)))
        self.view.show_pdf(content)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.view.show_words(words_of(error))
