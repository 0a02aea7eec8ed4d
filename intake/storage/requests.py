"""Requests as kept: what was promised, when it is due, where it stands, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from intake.domain.numbers import document_number
from intake.domain.requests import Handover, NewRequest, Request, RequestState, RequestStep
from intake.domain.staff import Task
from intake.storage.driver import Connection
from intake.storage.rows import insert_sql, instant, instant_text
from intake.storage.seals import Seals
from intake.storage.treatments import first_treated_on

OPEN = "state IN ('requested', 'waiting', 'ready', 'printed')"
_NEW = (
    "patient_id", "visit_id", "kind", "paper", "waits_for", "task", "location", "asked_by", "leaves_by", "recipient", "address", "purpose",
    "language", "state", "missing", "clinician_id", "opened_at", "opened_by", "due_at",
)  # fmt: skip
_INSERT = insert_sql("request", _NEW)
_SELECT = (
    "SELECT request.id, request.patient_id, request.visit_id, request.kind, request.location, request.asked_by, request.leaves_by,"
    " request.recipient, request.address, request.purpose, request.language, request.state, request.opened_at, opener.name,"
    " request.due_at, clinician.name, request.printed_at, request.delivered_at"
    " FROM request JOIN staff AS opener ON opener.id = request.opened_by"
    " LEFT JOIN staff AS clinician ON clinician.id = request.clinician_id WHERE request.id = ?"
)
_STEP = (
    "INSERT INTO request_step (request_id, number, what, words, staff_id, at)"
    " SELECT ?1, 1 + count(*), ?2, ?3, ?4, ?5 FROM request_step WHERE request_id = ?1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the program itself knows of a new request: ids of accounts, instants, what it waits for, and fields still asked for."""

    paper: str
    waits_for: str
    task: Task
    location: str
    purpose: str
    leaves_by: str
    state: RequestState
    missing: int
    clinician_id: int | None
    opened_at: datetime
    opened_by: int
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides where a request stands next. ``signed`` is about what it waits for, true when it waits for nothing.

    ``task`` is what a role must permit to see or print the document.
    """

    state: RequestState
    paper: str
    waits_for: str
    task: Task
    missing: int
    signed: bool
    printing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """How a document leaves; what may change while it is owed."""

    leaves_by: str
    recipient: str
    address: str
    purpose: str
    language: str


class Requests:
    """The table of requests and their steps. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        """Work over this connection; each row that is added or changed is sealed."""
        self._connection = connection
        self._seals = seals

    def add(self, new: NewRequest, opening: Opening, *, at: datetime) -> int:
        """Keep a request with its first step, which is at ``at``, and return its id."""
        row = (
            new.patient_id, new.visit_id, new.kind, opening.paper, opening.waits_for, opening.task.value, opening.location, new.asked_by,
            opening.leaves_by, new.recipient, new.address, opening.purpose, new.language, opening.state.value, opening.missing,
            opening.clinician_id, instant_text(opening.opened_at), opening.opened_by, instant_text(opening.due_at),
        )  # fmt: skip
        request_id = int(self._connection.execute(_INSERT, row).lastrowid or 0)
        self._seals.add("request", request_id, at=at)
        self.add_step(request_id, opening.state.value, staff_id=opening.opened_by, at=at)
        return request_id

    def get(self, request_id: int) -> Request | None:
        """Return a request, None when there is none with this id."""
        row = self._connection.execute(_SELECT, (request_id,)).fetchone()
        return None if row is None else _request(row)

    def standing(self, request_id: int) -> Standing:
        """Return what decides where a request goes from here. Raises LookupError."""
        row = self._connection.execute(
            "SELECT state, paper, waits_for, missing, CASE waits_for WHEN 'visit' THEN EXISTS (SELECT 1 FROM review"
            " WHERE review.visit_id = request.visit_id) WHEN 'letter' THEN EXISTS (SELECT 1 FROM letter_signature"
            " WHERE letter_signature.request_id = request.id) ELSE 1 END, EXISTS (SELECT 1 FROM print_job"
            " WHERE print_job.request_id = request.id AND print_job.state IN ('claimed', 'sending', 'sent', 'lost')), task"
            " FROM request WHERE id = ?",
            (request_id,),
        ).fetchone()
        if row is None:
            raise LookupError
        return Standing(
            state=RequestState(row[0]),
            paper=row[1],
            waits_for=row[2],
            task=Task(row[6]),
            missing=row[3],
            signed=bool(row[4]),
            printing=bool(row[5]),
        )

    def add_step(self, request_id: int, what: str, *, staff_id: int, at: datetime, words: str = "") -> None:
        """Keep one more thing that happened to a request."""
        self._connection.execute(_STEP, (request_id, what, words, staff_id, instant_text(at)))
        self._seals.add("request_step", request_id, at=at)

    def move(self, request_id: int, state: RequestState, *, staff_id: int, at: datetime, words: str = "") -> None:
        """Move a request to a state, with its step; handing over is kept as a handover and moves it by itself."""
        moment = instant_text(at) if state is RequestState.PRINTED else None
        self._connection.execute(
            "UPDATE request SET state = ?, printed_at = coalesce(?, printed_at), trouble = '' WHERE id = ?",
            (state.value, moment, request_id),
        )
        self.add_step(request_id, state.value, staff_id=staff_id, at=at, words=words)

    def set_missing(self, request_id: int, missing: int, *, staff_id: int, at: datetime) -> RequestState:
        """Keep how many fields of its letter are still asked for, move the request where that puts it, and return that state.

        Something missing makes it ``requested`` again; nothing missing lets it wait for its signature, or be ready.
        """
        before = self.standing(request_id)
        state = _state(before, missing)
        if missing:
            self._put(request_id, before.state, state, staff_id=staff_id, at=at)
        self._connection.execute("UPDATE request SET missing = ?1 WHERE id = ?2 AND missing <> ?1", (missing, request_id))
        if not missing:
            self._put(request_id, before.state, state, staff_id=staff_id, at=at)
        return state

    def narrow(self, request_id: int, task: Task, *, at: datetime) -> None:
        """Keep that another task is needed to see a request's document than when it was opened."""
        if self._connection.execute("UPDATE request SET task = ?1 WHERE id = ?2 AND task <> ?1", (task.value, request_id)).rowcount:
            self._seals.add("request", request_id, at=at)

    def set_trouble(self, request_id: int, words: str) -> None:
        """Keep what a printer said when a document did not come out; empty when it is nothing any more."""
        self._connection.execute("UPDATE request SET trouble = ? WHERE id = ?", (words, request_id))

    def set_leaving(self, request_id: int, leaving: Leaving, *, at: datetime) -> None:
        """Keep how a document is to leave now."""
        self._connection.execute(
            "UPDATE request SET leaves_by = ?, recipient = ?, address = ?, purpose = ?, language = ? WHERE id = ?",
            (leaving.leaves_by, leaving.recipient, leaving.address, leaving.purpose, leaving.language, request_id),
        )
        self._seals.add("request", request_id, at=at)

    def hand_over(self, request_id: int, row: tuple[int, str, str, str], *, staff_id: int, at: datetime) -> None:
        """Keep the handover of a document (its id, to whom, how identity was checked, why late); that delivers the request."""
        self._connection.execute(
            "INSERT INTO handover (request_id, document_id, recipient, identity, late_reason, staff_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (request_id, *row, staff_id, instant_text(at)),
        )
        self._seals.add("handover", request_id, at=at)

    def latest_at(self, request_id: int) -> datetime | None:
        """Return the instant of the last thing that happened to a request, None when there is none with this id."""
        row = self._connection.execute(
            "SELECT max(opened_at, coalesce(printed_at, ''), coalesce((SELECT max(at) FROM request_step"
            " WHERE request_step.request_id = request.id), '')) FROM request WHERE id = ?",
            (request_id,),
        ).fetchone()
        return None if row is None else instant(row[0])

    def steps(self, request_id: int) -> tuple[RequestStep, ...]:
        """Return what happened to a request, the first first."""
        rows = self._connection.execute(
            "SELECT request_step.what, request_step.at, staff.name, request_step.words FROM request_step"
            " JOIN staff ON staff.id = request_step.staff_id WHERE request_step.request_id = ? ORDER BY request_step.number",
            (request_id,),
        ).fetchall()
        delivered = RequestState.DELIVERED.value
        return tuple(
            RequestStep(what=what, at=instant(at), by=by, words=words, handover=self._handover(request_id) if what == delivered else None)
            for what, at, by, words in rows
        )

    def of_visit(self, visit_id: int, kind: str) -> tuple[int, ...]:
        """Return the ids of a visit's requests of a kind that are still owed, the first due first."""
        rows = self._connection.execute(
            f"SELECT id FROM request WHERE visit_id = ? AND kind = ? AND {OPEN} ORDER BY due_at, id",  # noqa: S608 - our own words
            (visit_id, kind),
        )
        return tuple(row[0] for row in rows)

    def ever_of_visit(self, visit_id: int, kind: str) -> tuple[int, ...]:
        """Return the ids of a visit's requests of a kind that are owed or were delivered, the first due first."""
        rows = self._connection.execute(
            "SELECT id FROM request WHERE visit_id = ? AND kind = ? AND state <> 'withdrawn' ORDER BY due_at, id", (visit_id, kind)
        )
        return tuple(row[0] for row in rows)

    def latest_by_itself(self, visit_id: int, kind: str) -> int | None:
        """Return the id of the latest request that a visit opened by itself, None when it opened none."""
        row = self._connection.execute(
            "SELECT max(id) FROM request WHERE visit_id = ? AND kind = ? AND asked_by = 'visit'", (visit_id, kind)
        ).fetchone()
        return row[0] if row else None

    def clinician_of(self, visit_id: int) -> int | None:
        """Return the account that signed a visit, or has its chart in hand; None when nobody did or has."""
        row = self._connection.execute(
            "SELECT coalesce((SELECT staff_id FROM review WHERE visit_id = ?1), (SELECT staff_id FROM hold WHERE visit_id = ?1))",
            (visit_id,),
        ).fetchone()
        return row[0] if row else None

    def first_treated_on(self, visit_id: int) -> date | None:
        """Return the day on which treatment began for the accident that brought the patient to a visit."""
        return first_treated_on(self._connection, visit_id)

    def latest_place_of(self, patient_id: int) -> str | None:
        """Return the clinic of a patient's latest visit, None when there was none."""
        row = self._connection.execute(
            "SELECT location FROM visit WHERE patient_id = ? ORDER BY arrived_at DESC, id DESC LIMIT 1", (patient_id,)
        ).fetchone()
        return None if row is None else str(row[0])

    def _handover(self, request_id: int) -> Handover | None:
        row = self._connection.execute(
            "SELECT recipient, identity, late_reason FROM handover WHERE request_id = ?", (request_id,)
        ).fetchone()
        return None if row is None else Handover(to=row[0], identity=row[1], late_reason=row[2])

    def _put(self, request_id: int, before: RequestState, state: RequestState, *, staff_id: int, at: datetime) -> None:
        if state is not before:
            self.move(request_id, state, staff_id=staff_id, at=at)


def _state(before: Standing, missing: int) -> RequestState:
    """Return where a request stands that is still owed."""
    if missing:
        return RequestState.REQUESTED
    if not before.signed:
        return RequestState.WAITING
    return before.state if before.state is RequestState.PRINTED else RequestState.READY


def _request(row: tuple[Any, ...]) -> Request:
    (
        request_id, patient_id, visit_id, kind, location, asked_by, leaves_by, recipient, address, purpose, language, state, opened_at,
        opened_by, due_at, clinician, printed_at, delivered_at,
    ) = row  # fmt: skip
    return Request(
        id=request_id,
        number=document_number(request_id),
        patient_id=patient_id,
        visit_id=visit_id,
        kind=kind,
        location=location,
        asked_by=asked_by,
        leaves_by=leaves_by,
        recipient=recipient,
        address=address,
        purpose=purpose,
        language=language,
        state=RequestState(state),
        opened_at=instant(opened_at),
        opened_by=opened_by,
        due_at=instant(due_at),
        clinician=clinician,
        printed_at=instant(printed_at) if printed_at else None,
        delivered_at=instant(delivered_at) if delivered_at else None,
    )
