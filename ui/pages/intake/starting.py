"""How a form begins: empty, with a draft, for a known patient, or with what was typed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from intake.actions.drafts import Draft, my_drafts
from ui.desk import Desk
from ui.drafting import IntakeKeeper
from ui.pages.intake.confirming import Confirming
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.returning import Returning
from ui.pages.intake.warming import warm_up
from ui.routes import IntakeStart

LOCATION = "visit.location"


class Starting(QObject):
    """Fills the form once; ``filled`` tells that it holds something new, ``gone`` that the draft asked for is no more."""

    filled = Signal()
    gone = Signal()

    def __init__(
        self,
        desk: Desk,
        document: IntakeDocument,
        form: IntakeForm,
        keeper: IntakeKeeper,
        returning: Returning,
        confirming: Confirming,
        parent: QObject | None = None,
    ) -> None:
        """Fill this form; the caret is placed when its field is built."""
        super().__init__(parent)
        self._desk = desk
        self._document = document
        self._form = form
        self._keeper = keeper
        self._returning = returning
        self._confirming = confirming
        self._caret: tuple[str, int] | None = None
        form.built.connect(self._place_caret)

    def begin(self, start: IntakeStart) -> None:
        """Begin as asked; a draft and a patient are fetched and shown when they come."""
        self._desk.store.ask(warm_up, owner=self)
        if start.draft_id is not None:
            self._fetch(start.draft_id)
        if start.raw is not None:
            self._load(start.raw)
        if start.patient_id is not None:
            self._returning.begin(start.patient_id)

    def _fetch(self, draft_id: int) -> None:
        self._keeper.draft_id = draft_id
        self._form.setEnabled(False)
        actor = self._desk.actor
        self._desk.store.ask(
            lambda store: next((draft for draft in my_drafts(store, actor) if draft.id == draft_id), None),
            owner=self,
            done=self._show,
        )

    def _show(self, draft: Draft | None) -> None:
        self._form.setEnabled(True)
        if draft is None:
            self._keeper.draft_id = None
            self.gone.emit()
            return
        self._load(draft.content)
        if draft.patient_id is not None:
            self._returning.resume(draft.patient_id)
        self._caret = (str(draft.caret.get("field", "")), int(draft.caret.get("position", 0)))
        if self._form.is_built:
            self._place_caret()

    def _load(self, raw: Mapping[str, object]) -> None:
        self._document.load(raw)
        self._document.propose(LOCATION, self._desk.location)
        self._form.show_values()
        self.filled.emit()

    def _place_caret(self) -> None:
        """Put the caret back once its field is there; in a form nobody has looked at yet, at the first value of it."""
        if self._caret is not None:
            (path, position), self._caret = self._caret, None
            if not self._confirming.go_to_first() and not self._form.go_to(path, position):
                self._form.focus_first()
