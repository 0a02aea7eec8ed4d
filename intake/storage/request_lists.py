"""Requests as lines of a list, and how many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final

from intake.domain.numbers import document_number, record_number
from intake.domain.patients import listed_name
from intake.domain.requests import Counts, Filter, RequestLine, RequestState
from intake.storage.documents import LAST_STAMP, STAMP_OF
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

OWED: Final = (RequestState.REQUESTED, RequestState.WAITING, RequestState.READY, RequestState.PRINTED)
_REMEMBERED = 2_000
_LINES = (
    "SELECT asked.id, asked.patient_id, asked.visit_id, patient.legal_last, patient.legal_first, patient.legal_middle, patient.suffix,"  # noqa: S608 - our own words
    " asked.kind, asked.location, asked.leaves_by, asked.recipient, asked.state, asked.opened_at, asked.due_at, clinician.name,"
    f" asked.delivered_at, asked.state IN ('printed', 'delivered') AND coalesce({LAST_STAMP} <> {STAMP_OF}, 0),"
    " EXISTS (SELECT 1 FROM print_job WHERE print_job.request_id = asked.id"
    " AND print_job.state IN ('claimed', 'sending', 'sent', 'lost')), asked.trouble, asked.missing"
    " FROM json_each(?) AS picked CROSS JOIN request AS asked ON asked.id = picked.value"
    " CROSS JOIN patient ON patient.id = asked.patient_id LEFT JOIN staff AS clinician ON clinician.id = asked.clinician_id"
    " ORDER BY picked.key"
)
_OF_PATIENT = (
    "SELECT id FROM request WHERE patient_id = ? ORDER BY state IN ('delivered', 'withdrawn'),"
    " CASE WHEN state IN ('delivered', 'withdrawn') THEN NULL ELSE due_at END, listed_at DESC, id LIMIT ?"
)
CLINICIANS = (
    "SELECT staff.id, staff.name FROM staff WHERE EXISTS (SELECT 1 FROM request INDEXED BY request_clinician"
    " WHERE request.state IN ('requested', 'waiting', 'ready', 'printed') AND request.clinician_id = staff.id"
    " AND (?1 IS NULL OR request.location = ?1)) ORDER BY staff.name, staff.id"
)
Walk = tuple[str, list[Any]]


class RequestLists:
    """The reading side of requests."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def lines(self, where: Filter, *, limit: int) -> tuple[RequestLine, ...]:
        """Return the first requests of a list: what is owed by the clock, then what was delivered or withdrawn, the latest first."""
        states = where.states or OWED
        owed = [state for state in states if state in OWED]
        closed = [state for state in states if state not in OWED]
        found = self._walk(where, owed, limit, latest_first=False)
        found += self._walk(where, closed, limit - len(found), latest_first=True) if len(found) < limit else []
        return self._read(found)

    def of_patient(self, patient_id: int, *, limit: int) -> tuple[RequestLine, ...]:
        """Return a patient's requests: what is owed by the clock, then the others, the latest first."""
        return self._read([row[0] for row in self._connection.execute(_OF_PATIENT, (patient_id, limit))])

    def line(self, request_id: int) -> RequestLine | None:
        """Return one request as a line, None when there is none with this id."""
        return next(iter(self._read([request_id])), None)

    def counts(self, location: str | None, *, now: str, most: int) -> Counts:
        """Return how many are owed, overdue and ready, each counted no further than ``most``; ``now`` is an instant as stored."""
        here = Filter(location=location)
        owed = sum(self._count(here, state, most) for state in OWED)
        overdue = sum(self._count(here, state, most, before=now) for state in OWED)
        ready = self._count(here, RequestState.READY, most)
        return Counts(owed=min(owed, most), overdue=min(overdue, most), ready=ready)

    def clinicians(self, location: str | None) -> tuple[tuple[int, str], ...]:
        """Return account and name of each clinician for whom something owed waits, or who signed it."""
        return tuple((row[0], row[1]) for row in self._connection.execute(CLINICIANS, (location,)))

    def _walk(self, where: Filter, states: Sequence[RequestState], limit: int, *, latest_first: bool) -> list[int]:
        found: list[tuple[str, int]] = []
        for state in states:
            terms, values = walk(where, state)
            order = " ORDER BY listed_at DESC, id DESC LIMIT ?" if latest_first else " ORDER BY listed_at, id LIMIT ?"
            rows = self._connection.execute(f"SELECT listed_at, id {terms}{order}", (*values, limit))
            found += [(row[0], row[1]) for row in rows]
        found.sort(reverse=latest_first)
        return [request_id for _, request_id in found[:limit]]

    def _count(self, where: Filter, state: RequestState, most: int, *, before: str | None = None) -> int:
        terms, values = walk(where, state)
        if before is not None:
            terms, values = f"{terms} AND listed_at < ?", [*values, before]
        sql = f"SELECT count(*) FROM (SELECT 1 {terms} LIMIT ?)"  # noqa: S608 - our own words
        row = self._connection.execute(sql, (*values, most)).fetchone()
        return int(row[0]) if row else 0

    def _read(self, ids: Sequence[int]) -> tuple[RequestLine, ...]:
        rows: Iterable[tuple[Any, ...]] = self._connection.execute(_LINES, (json.dumps(ids),))
        return tuple(_line(row) for row in rows)


def walk(where: Filter, state: RequestState) -> Walk:
    """Return from where, and by which terms, the requests of one state are read along an index, with the values of the terms."""
    if where.clinician_id is not None:
        index = "request_clinician"
    elif where.kind is not None:
        index = "request_kind_all" if where.location is None else "request_kind_here"
    else:
        index = "request_all" if where.location is None else "request_here"
    terms, values = f"FROM request INDEXED BY {index} WHERE state = ?", [state.value]
    given: list[Any] = values
    for column, value in (("clinician_id", where.clinician_id), ("kind", where.kind), ("location", where.location)):
        if value is not None:
            terms, given = f"{terms} AND {column} = ?", [*given, value]
    if where.due_before is not None:
        clock = "listed_at" if state in OWED else "due_at"
        terms, given = f"{terms} AND {clock} < ?", [*given, instant_text(where.due_before)]
    return terms, given


@lru_cache(maxsize=_REMEMBERED)
def _line(row: tuple[Any, ...]) -> RequestLine:
    """Return a line; a list that is read anew is nearly the one before, and what did not change is not built again."""
    (
        request_id, patient_id, visit_id, last, first, middle, suffix, kind, location, leaves_by, recipient, state, opened_at, due_at,
        clinician, delivered_at, changed, printing, trouble, missing,
    ) = row  # fmt: skip
    return RequestLine(
        id=request_id,
        number=document_number(request_id),
        patient_id=patient_id,
        visit_id=visit_id,
        name=listed_name(last, first, middle, suffix),
        record_number=record_number(patient_id),
        kind=kind,
        location=location,
        leaves_by=leaves_by,
        recipient=recipient,
        state=RequestState(state),
        opened_at=instant(opened_at),
        due_at=instant(due_at),
        clinician=clinician,
        delivered_at=instant(delivered_at) if delivered_at else None,
        changed=bool(changed),
        printing=bool(printing),
        trouble=trouble,
        missing=missing,
    )
