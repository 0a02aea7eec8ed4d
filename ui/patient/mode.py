"""Patient mode from its beginning to its end: the answers into the draft, the calls, the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from intake.actions.calls import call_clinician
from intake.actions.drafts import Draft
from intake.actions.patient_mode import end_patient_mode
from intake.entry.from_form import FORM
from intake.errors import IntakeError
from ui.desk import Desk
from ui.drafting import DraftKeeper
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.starting import LOCATION
from ui.pages.sign_in import Credentials
from ui.patient import words
from ui.patient.form import PatientForm
from ui.patient.guard import Guard
from ui.patient.handback import HandbackScreen, Why
from ui.patient.idle import Idle
from ui.patient.marks import Marks
from ui.patient.urgent import Urgent
from ui.patient.windows import Windows

if TYPE_CHECKING:
    from intake.domain.staff import Actor
    from intake.storage.store import Store

_CALL_AGAIN_MS = 5_000


class PatientMode(QObject):
    """One patient at the screen. ``ended`` carries who of the staff took it back."""

    ended = Signal(object)

    def __init__(
        self,
        desk: Desk,
        *,
        draft: Draft,
        under: QWidget,
        screen: QScreen,
        parent: QObject | None = None,
    ) -> None:
        """Put the form over everything; ``under`` is the window of the staff, gone from sight until the end."""
        super().__init__(parent)
        self._desk = desk
        self._under = under
        self.document = IntakeDocument(desk.definitions, desk.today(), self)
        self.document.load({part: value for part, value in draft.content.items() if part != FORM})
        self.document.propose(LOCATION, desk.location)
        self.patient_id = draft.patient_id
        self.marks = Marks(self.document, draft.content)
        self.keeper = DraftKeeper(desk, self._draft, self)
        self.keeper.draft_id = draft.id
        self.form = PatientForm(self.document, on_record=draft.patient_id is not None, training=desk.paths.training)
        self.windows = Windows(self.form, screen, self)
        self.idle = Idle(parent=self)
        self.urgent = Urgent(self.document, self)
        self._guard = Guard(self.windows.all, self._touched, self)
        self._guard.begin()
        under.hide()
        self._connect()
        self.idle.touch()

    def abandon(self) -> None:
        """Stop because the account that gave the screen away is signed out: the sign-in stands there next."""
        self.keeper.finish()
        self._end()

    def _draft(self) -> Draft:
        content = self.marks.content(self.form.language)
        return Draft(content=content, caret={}, patient_id=self.patient_id, title=self._title())

    def _title(self) -> str:
        names = [self.document.text(path).strip() for path in ("patient.legal_last", "patient.legal_first")]
        return ", ".join(name for name in names if name)

    def _changed(self, _path: str) -> None:
        self.keeper.note()

    def _connect(self) -> None:
        self.document.changed.connect(self._changed)
        self.form.submitted.connect(self._take_back)
        self.form.gave_back.connect(self._gave_back)
        self.form.resumed.connect(self.idle.touch)
        self.idle.asked.connect(self._ask_whether_there)
        self.idle.gone.connect(self._walked_away)
        self.urgent.raised.connect(self._hand_over_now)
        self.keeper.failed.connect(self._not_kept)
        self.keeper.kept.connect(self.form.trouble.hide)

    def _touched(self) -> None:
        self.form.still_there.hide()
        self._gave_back()

    def _gave_back(self) -> None:
        """Wait for a touch as long as the patient can see the answers, or call them back."""
        if not self.form.hidden_answers or self._may_resume():
            self.idle.touch()
        else:
            self.idle.stop()

    def _ask_whether_there(self, seconds: int) -> None:
        language = self.form.language
        left = words.SECONDS.in_language(language).replace("%1", str(seconds))
        self.form.still_there.say(words.STILL_THERE.in_language(language), left)

    def _walked_away(self) -> None:
        self.form.hand_back(Why.DONE)

    def _may_resume(self) -> bool:
        shown = self.form.shown
        return isinstance(shown, HandbackScreen) and shown.why.goes_back

    def _hand_over_now(self) -> None:
        """Ask for the screen at once, and call a clinician to the draft: nothing of the answer is shown."""
        self.form.hand_back(Why.NOW)
        self.keeper.settle(self._call)

    def _call(self) -> None:
        desk, draft_id = self._desk, self.keeper.draft_id
        if draft_id is None:
            QTimer.singleShot(_CALL_AGAIN_MS, self, self._hand_over_now_again)
            return
        title = self._title() or self.tr("Patient at the screen")
        location = str(self.document.read(LOCATION).value or desk.location)

        def call(store: Store) -> None:
            call_clinician(store, desk.actor, draft_id=draft_id, location=location, title=title, now=desk.now())

        desk.store.ask(call, owner=self, failed=self._not_called)  # made, nothing changes on the screen: the desk sees it on its own

    def _hand_over_now_again(self) -> None:
        self.keeper.settle(self._call)

    def _not_called(self, _error: Exception) -> None:
        QTimer.singleShot(_CALL_AGAIN_MS, self, self._hand_over_now_again)

    def _not_kept(self, _error: Exception) -> None:
        self.form.trouble.say(words.NOT_KEPT.in_language(self.form.language))

    def _take_back(self, typed: Credentials) -> None:
        self.keeper.settle(lambda: self._ask_back(typed))

    def _ask_back(self, typed: Credentials) -> None:
        desk, keeper = self._desk, self.keeper

        def take(store: Store) -> Actor:
            return end_patient_mode(
                store,
                desk.actor,
                login=typed.login,
                password=typed.password,
                draft_id=keeper.draft_id,
                patient_id=self.patient_id,
                now=desk.now(),
            )

        if keeper.is_behind():
            self._refused(IntakeError("draft_not_kept"))
        else:
            desk.store.ask(take, owner=self, done=self._taken, failed=self._refused)

    def _taken(self, taker: Actor) -> None:
        self._end()
        self.ended.emit(taker)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        if isinstance(shown := self.form.shown, HandbackScreen):
            shown.refuse(error)

    def _end(self) -> None:
        self.idle.stop()
        self.keeper.close()
        self._guard.end()
        self._under.show()
        self.windows.end()
        self._under.activateWindow()
