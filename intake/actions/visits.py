"""Visits: opening them, the board of today, and where each stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

from intake.actions.request_opening import promise_again, release_note
from intake.definitions.bundle import Definitions
from intake.domain.numbers import VISIT_PREFIX, read_number
from intake.domain.records import BoardLine, VisitRecord
from intake.domain.staff import Actor, Task
from intake.domain.visits import Status
from intake.errors import ConflictError, IntakeError
from intake.storage.store import Store


def open_visit(store: Store, actor: Actor, visit: int | str, *, definitions: Definitions, now: datetime) -> VisitRecord:
    """Return a visit by id or by its number as typed, and record that the actor looked.

    Raises IntakeError ``visit_not_found``, or ``wrong_check_digit`` for a number that no visit can have.
    """
    actor.must(Task.SEE_PATIENTS)
    visit_id = visit_id_of(visit)
    with store.transaction():
        record = store.visits.get(visit_id, definitions)
        if record is None:
            raise IntakeError("visit_not_found")
        store.audit.add(actor, "open_visit", at=now, patient_id=record.patient.id, visit_id=visit_id)
    return record


def today(store: Store, actor: Actor, *, location: str | None, day: date, now: datetime | None = None) -> tuple[BoardLine, ...]:
    """Return a day's visits at a clinic, or at all, by arrival.

    Looking at the same board is recorded once per sign-in, for the board reads itself anew whenever anything changes; ``now``
    is this moment unless told.
    """
    actor.must(Task.SEE_PATIENTS)
    with store.reading():
        lines = store.board.of_day(day, location=location)
    if store.audit.tells(actor, f"board {day.isoformat()} {location}"):
        with store.transaction(lasting=False):
            store.audit.add(actor, "see_board", at=now or datetime.now(UTC), changes={"board": (None, location or "all")})
    return lines


def change_status(store: Store, actor: Actor, visit_id: int, status: Status, *, now: datetime) -> BoardLine:
    """Move a visit to a status and return its line; the move can be taken back until the next one.

    Raises IntakeError ``visit_not_found``, ConflictError ``visit_signed``. A visit that already stands there is left as it is.
    """
    actor.must(Task.CHANGE_STATUS)
    with store.transaction():
        line = _line(store, visit_id)
        if line.status is status:
            return line
        _refuse_signed(line)
        store.visits.move(visit_id, status, at=now)
        _promise(store, actor, line, status, now)
        _note(store, actor, "change_status", line, status, now)
        return _line(store, visit_id)


def undo_status(store: Store, actor: Actor, visit_id: int, *, now: datetime) -> BoardLine:
    """Take the last move of a visit back and return its line.

    Raises IntakeError ``visit_not_found``, ``nothing_to_undo``, ConflictError ``visit_signed``.
    """
    actor.must(Task.CHANGE_STATUS)
    with store.transaction():
        line = _line(store, visit_id)
        _refuse_signed(line)
        if not line.can_undo:
            raise IntakeError("nothing_to_undo")
        store.visits.move_back(visit_id)
        after = _line(store, visit_id)
        _promise(store, actor, line, after.status, now)
        _note(store, actor, "undo_status", line, after.status, now)
        return after


def _promise(store: Store, actor: Actor, before: BoardLine, status: Status, now: datetime) -> None:
    """Promise no note to a patient who left without being seen, and promise it again when the patient is here after all."""
    if status is Status.LEFT:
        release_note(store, actor, before.visit_id, now=now)
    elif before.status is Status.LEFT:
        promise_again(store, actor, before.visit_id, now=now)


def _note(store: Store, actor: Actor, action: str, line: BoardLine, status: Status, now: datetime) -> None:
    changes = {"visit.status": (line.status.value, status.value)}
    store.audit.add(actor, action, at=now, patient_id=line.patient_id, visit_id=line.visit_id, changes=changes)


def _refuse_signed(line: BoardLine) -> None:
    if line.signed_by is not None:
        raise ConflictError("visit_signed")


def _line(store: Store, visit_id: int) -> BoardLine:
    line = store.board.line(visit_id)
    if line is None:
        raise IntakeError("visit_not_found")
    return line


def visit_id_of(visit: int | str) -> int:
    """Return the id of a visit given by id or by its number as typed. Raises as ``open_visit``."""
    if isinstance(visit, int):
        return visit
    number = read_number(visit)
    if number is None:
        raise IntakeError("wrong_check_digit")
    if number[0] != VISIT_PREFIX:
        raise IntakeError("visit_not_found")
    return number[1]
