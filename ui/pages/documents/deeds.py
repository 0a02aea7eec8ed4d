"""What is done with requests: the forms that ask for it, and the doing on the store's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.handing_over import hand_over
from intake.actions.requests import change_request, note_delay, open_request, renew, request_of, withdraw
from intake.domain.requests import Handover, NewRequest, Request, RequestLine, RequestState
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.models.requests import ListDay, kind_words
from ui.pages.documents.change import ChangeOverlay
from ui.pages.documents.form_overlay import FormOverlay
from ui.pages.documents.hand_over import HandOverOverlay
from ui.pages.documents.may_print import may_print, who_may
from ui.pages.documents.new_request import NewRequestOverlay
from ui.pages.documents.reason import ReasonOverlay

if TYPE_CHECKING:
    from intake.storage.store import Store

F = TypeVar("F", bound=FormOverlay)
_Form = ReasonOverlay | HandOverOverlay | ChangeOverlay


class Deeds(QObject):
    """Forms over the page, each made when first asked for. ``said`` carries a short message, ``done`` the request it was about."""

    said = Signal(str)
    refused = Signal(str)
    """Why a key does nothing here."""
    done = Signal(int)
    opened = Signal(object)
    """A :class:`Request` that is new."""
    reprint_asked = Signal(int, str)
    print_asked = Signal(object)
    shown = Signal()
    """A form was opened or closed: other keys work now."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Work for this page."""
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._kinds = desk.definitions.document_kinds

    def open_form(self) -> FormOverlay | None:
        """Return the form that is open."""
        made = (each for each in vars(self).values() if isinstance(each, FormOverlay))
        return next((form for form in made if form.isVisible()), None)

    def ask_new(self, patient_id: int | None = None) -> None:
        """Ask for a new request, of this patient if one is given."""
        self.new_form.begin(patient_id)
        self._begun()

    def print_chosen(self, lines: Sequence[RequestLine]) -> None:
        """Have those of these printed that can be."""
        if may := tuple(line.id for line in lines if may_print(self._desk, line)):
            self.print_asked.emit(may)
        elif any(line.state is RequestState.READY and not line.printing for line in lines):
            self.refused.emit(self.tr("Your role does not print what is chosen here."))
        else:
            self.refused.emit(self.tr("Nothing chosen here is ready to print. F9 prints everything that is ready at this clinic."))

    def ask_hand_over(self, lines: Sequence[RequestLine], day: ListDay) -> None:
        """Ask to whom the printed ones of these are handed over; they must be one patient's."""
        printed = [line for line in lines if line.state is RequestState.PRINTED and not line.printing]
        if not printed:
            self.refused.emit(self.tr("Only what is printed can be handed over. F9 prints what is ready."))
        elif len({line.patient_id for line in printed}) > 1:
            self.refused.emit(self.tr("These documents are of several patients. Hand them over one patient at a time."))
        else:
            self.hand_over_form.begin(printed, day)
            self._begun()

    def ask_withdraw(self, lines: Sequence[RequestLine]) -> None:
        """Ask why these are not owed any more."""
        if owed := [line for line in lines if line.state.open]:
            self._ask_reason(self.withdraw_form, owed)
        else:
            self.refused.emit(self.tr("Only what is still owed can be withdrawn."))

    def ask_delay(self, lines: Sequence[RequestLine]) -> None:
        """Ask why these take longer."""
        if owed := [line for line in lines if line.state.open]:
            self._ask_reason(self.delay_form, owed)
        else:
            self.refused.emit(self.tr("Only what is still owed can be late."))

    def ask_reprint(self, line: RequestLine | None) -> None:
        """Ask why a document that came out is printed once more."""
        if line is None or line.state not in (RequestState.PRINTED, RequestState.DELIVERED):
            self.refused.emit(self.tr("Only what was printed before can be printed again as a copy."))
        elif others := who_may(self._desk, line):
            self.refused.emit(others)
        else:
            self._ask_reason(self.reprint_form, [line])

    def ask_change(self, line: RequestLine | None) -> None:
        """Ask where a document is to go instead."""
        if line is None or not line.state.open:
            self.refused.emit(self.tr("Only what is still owed can be changed."))
            return
        actor, request_id = self._desk.actor, line.id
        self._desk.store.ask(
            lambda store: request_of(store, actor, request_id), owner=self, done=partial(self._begin_change, line), failed=self._tell
        )

    def renew(self, line: RequestLine | None) -> None:
        """Have a document that changed since it was printed printed anew."""
        if line is None or not line.changed or line.state is not RequestState.PRINTED:
            self.refused.emit(self.tr("Nothing here changed since it was printed."))
            return
        actor, now = self._desk.actor, self._desk.now()
        words = self.tr("%1 is ready to be printed as it stands now.").replace("%1", line.number)
        self._do(lambda store, each: renew(store, actor, each, now=now), (line.id,), words, None)

    @cached_property
    def new_form(self) -> NewRequestOverlay:
        """The form of a new request."""
        form = NewRequestOverlay(self._desk, self._page)
        form.asked.connect(self._open)
        return self._known(form)

    @cached_property
    def hand_over_form(self) -> HandOverOverlay:
        """The form of a handover."""
        form = HandOverOverlay(self._page)
        form.given.connect(self._hand_over)
        return self._known(form)

    @cached_property
    def change_form(self) -> ChangeOverlay:
        """The form of a change."""
        form = ChangeOverlay(self._kinds, self._page)
        form.given.connect(self._change)
        return self._known(form)

    @cached_property
    def withdraw_form(self) -> ReasonOverlay:
        """The form of what is not owed any more."""
        text = self.tr("It is not owed any more, and stays so. A new request has a new clock.")
        form = ReasonOverlay(self._page, title=self.tr("Withdraw · %1"), text=text, action=self.tr("Withdraw"))
        form.given.connect(self._withdraw)
        return self._known(form)

    @cached_property
    def delay_form(self) -> ReasonOverlay:
        """The form of a delay."""
        text = self.tr("The clock goes on; the reason stands in the history.")
        form = ReasonOverlay(self._page, title=self.tr("Delay · %1"), text=text, action=self.tr("Note the delay"))
        form.given.connect(self._delay)
        return self._known(form)

    @cached_property
    def reprint_form(self) -> ReasonOverlay:
        """The form of a copy."""
        text = self.tr("The kept pages are printed again, each marked COPY with the date. No clock is stopped by it.")
        form = ReasonOverlay(self._page, title=self.tr("Reprint as COPY · %1"), text=text, action=self.tr("Print the copy"))
        form.given.connect(self._reprint)
        return self._known(form)

    def _begun(self) -> None:
        """Tell that a form is open; what was refused before is about something else."""
        self.refused.emit("")
        self.shown.emit()

    def _known(self, form: F) -> F:
        form.closed.connect(self.shown)
        return form

    def _about(self, lines: Sequence[RequestLine]) -> str:
        """Return what a form is about: one document by name, several by their number."""
        if len(lines) > 1:
            return self.tr("%1 documents").replace("%1", str(len(lines)))
        return f"{kind_words(lines[0], self._kinds)} · {lines[0].name} · {lines[0].number}"

    def _ask_reason(self, form: ReasonOverlay, lines: Sequence[RequestLine]) -> None:
        form.begin(lines, self._about(lines))
        self._begun()

    def _begin_change(self, line: RequestLine, request: Request) -> None:
        self.change_form.begin(request, self._about([line]))
        self._begun()

    def _open(self, new: NewRequest) -> None:
        desk, now = self._desk, self._desk.now()
        self._desk.store.ask(
            lambda store: open_request(store, desk.actor, new, definitions=desk.definitions, now=now),
            owner=self,
            done=self._opened,
            failed=self.new_form.refuse,
        )

    def _opened(self, request: Request) -> None:
        self.new_form.forget()
        self.new_form.close_over()
        self.said.emit(self.tr("%1 is open; its clock runs.").replace("%1", request.number))
        self.opened.emit(request)

    def _hand_over(self, ids: tuple[int, ...], handover: Handover) -> None:
        desk, now = self._desk, self._desk.now()
        words = self.tr("Handed over.") if len(ids) == 1 else self.tr("%1 documents handed over.").replace("%1", str(len(ids)))
        self._do(
            lambda store, each: hand_over(store, desk.actor, each, handover, definitions=desk.definitions, now=now),
            ids, words, self.hand_over_form,
        )  # fmt: skip

    def _change(self, request_id: int, values: dict[str, str]) -> None:
        desk, now = self._desk, self._desk.now()
        self._do(
            lambda store, each: change_request(store, desk.actor, each, **values, definitions=desk.definitions, now=now),
            (request_id,), self.tr("The changes are kept."), self.change_form,
        )  # fmt: skip

    def _withdraw(self, ids: tuple[int, ...], reason: str) -> None:
        actor, now = self._desk.actor, self._desk.now()
        self._do(
            lambda store, each: withdraw(store, actor, each, reason=reason, now=now), ids, self.tr("Withdrawn."), self.withdraw_form
        )  # fmt: skip

    def _delay(self, ids: tuple[int, ...], reason: str) -> None:
        actor, now = self._desk.actor, self._desk.now()
        self._do(
            lambda store, each: note_delay(store, actor, each, reason=reason, now=now), ids, self.tr("The delay is noted."), self.delay_form
        )  # fmt: skip

    def _reprint(self, ids: tuple[int, ...], reason: str) -> None:
        self.reprint_form.forget()
        self.reprint_form.close_over()
        for each in ids:
            self.reprint_asked.emit(each, reason)

    def _do(self, work: Callable[[Store, int], object], ids: tuple[int, ...], words: str, form: _Form | None) -> None:
        """Have the same done with each of these, one after another; the first that is refused ends it, what was done stays done."""

        def each_in_turn(store: Store) -> tuple[tuple[int, ...], IntakeError | None]:
            for place, each in enumerate(ids):
                try:
                    work(store, each)
                except IntakeError as error:
                    return ids[:place], error
            return ids, None

        self._desk.store.ask(each_in_turn, owner=self, done=partial(self._did, words, form))

    def _did(self, words: str, form: _Form | None, outcome: tuple[tuple[int, ...], IntakeError | None]) -> None:
        finished, error = outcome
        if finished:
            self.done.emit(finished[0])
        if error is not None:
            (form.refuse if form is not None else self._tell)(error)
            return
        if form is not None:
            form.forget()
            form.close_over()
        self.said.emit(words)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.refused.emit(words_of(error))
