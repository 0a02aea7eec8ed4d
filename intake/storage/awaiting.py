"""The visits that await review, and the signed ones, as lines."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from intake.domain.numbers import record_number, visit_number
from intake.domain.patients import listed_name
from intake.domain.prompts import Level
from intake.domain.reviews import ReviewLine, SignedLine
from intake.domain.visits import Status
from intake.storage.driver import Connection
from intake.storage.rows import instant

_NAMES = "patient.legal_last, patient.legal_first, patient.legal_middle, patient.suffix, patient.dob"
_LINES = (
    f"SELECT visit.id, visit.patient_id, {_NAMES}, visit.location, visit.visit_type,"  # noqa: S608 - our own words
    " substr(visit.reason, 1, 300), visit.status, visit.arrived_at, holder.name"
    " FROM awaiting JOIN visit ON visit.id = awaiting.visit_id JOIN patient ON patient.id = visit.patient_id"
    " LEFT JOIN hold ON hold.visit_id = awaiting.visit_id LEFT JOIN staff AS holder ON holder.id = hold.staff_id"
)
_ORDER = " ORDER BY awaiting.place, awaiting.arrived_at, awaiting.visit_id LIMIT ?"
ALL = _LINES + _ORDER
HERE = _LINES + " WHERE awaiting.location = ?" + _ORDER
LEVELS = (
    "SELECT prompt.visit_id, prompt.level, count(*) FROM json_each(?) AS asked JOIN prompt ON prompt.visit_id = asked.value"
    " LEFT JOIN acknowledgement ON acknowledgement.prompt_id = prompt.id WHERE acknowledgement.prompt_id IS NULL GROUP BY 1, 2"
)
CALLED = "SELECT visit_id, at FROM call INDEXED BY call_open WHERE answered_at IS NULL AND visit_id IS NOT NULL"
COUNT_ALL = "SELECT count(*) FROM (SELECT 1 FROM awaiting LIMIT ?)"
COUNT_HERE = "SELECT count(*) FROM (SELECT 1 FROM awaiting WHERE location = ? LIMIT ?)"
_FREE = (
    "SELECT awaiting.visit_id FROM awaiting LEFT JOIN hold ON hold.visit_id = awaiting.visit_id"
    " WHERE (hold.staff_id IS NULL OR hold.staff_id = ?) AND (awaiting.place, awaiting.arrived_at, awaiting.visit_id) > (?, ?, ?)"
)
_FIRST = " ORDER BY awaiting.place, awaiting.arrived_at, awaiting.visit_id LIMIT 1"
NEXT_ALL = _FREE + _FIRST
NEXT_HERE = _FREE + " AND awaiting.location = ?" + _FIRST
_BEFORE_ALL = (-1, "", 0)
_REMEMBERED = 2_000
_LEVELS = {level.value: level for level in Level}
_STATUSES = {status.value: status for status in Status}
_SIGNED = (
    f"SELECT visit.id, visit.patient_id, {_NAMES}, review.location, review.staff_name, review.at,"  # noqa: S608 - our own words
    " (SELECT count(*) FROM addendum WHERE addendum.visit_id = review.visit_id)"
    " FROM review JOIN visit ON visit.id = review.visit_id JOIN patient ON patient.id = visit.patient_id"
)
SIGNED_ALL = _SIGNED + " ORDER BY review.at DESC, review.visit_id DESC LIMIT ?"
SIGNED_HERE = _SIGNED + " WHERE review.location = ? ORDER BY review.at DESC, review.visit_id DESC LIMIT ?"
URGENCY = (
    "UPDATE awaiting SET urgency = CASE"
    " WHEN EXISTS (SELECT 1 FROM call WHERE visit_id = awaiting.visit_id AND answered_at IS NULL) THEN 0"
    " ELSE coalesce((SELECT min(CASE prompt.level WHEN 'now' THEN 1 WHEN 'today' THEN 2 ELSE 3 END) FROM prompt"
    " LEFT JOIN acknowledgement ON acknowledgement.prompt_id = prompt.id"
    " WHERE prompt.visit_id = awaiting.visit_id AND acknowledgement.prompt_id IS NULL), 4) END"
    " WHERE visit_id = ?"
)


class Awaiting:
    """The table of visits without a signature, in the order they are to be reviewed. Writing goes inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def has(self, visit_id: int) -> bool:
        """Tell whether a visit is there and not signed."""
        return self._connection.execute("SELECT 1 FROM awaiting WHERE visit_id = ?", (visit_id,)).fetchone() is not None

    def after(self, visit_id: int, *, limit: int) -> tuple[int, ...]:
        """Return the ids of the next unsigned visits, by id."""
        rows = self._connection.execute("SELECT visit_id FROM awaiting WHERE visit_id > ? ORDER BY visit_id LIMIT ?", (visit_id, limit))
        return tuple(row[0] for row in rows)

    def of_patient(self, patient_id: int) -> tuple[int, ...]:
        """Return the ids of a patient's unsigned visits."""
        rows = self._connection.execute(
            "SELECT visit.id FROM visit JOIN awaiting ON awaiting.visit_id = visit.id WHERE visit.patient_id = ? ORDER BY visit.id",
            (patient_id,),
        )
        return tuple(row[0] for row in rows)

    def set_urgency(self, visit_id: int) -> None:
        """Put an unsigned visit where its call and its prompts without a word put it; a signed one is left alone."""
        self._connection.execute(URGENCY, (visit_id,))

    def lines(self, location: str | None, *, limit: int) -> tuple[ReviewLine, ...]:
        """Return the first visits of the list, at one clinic or at all."""
        parameters = (limit,) if location is None else (location, limit)
        rows = self._connection.execute(ALL if location is None else HERE, parameters).fetchall()
        levels = self._levels([row[0] for row in rows])
        called = dict(self._connection.execute(CALLED))
        return tuple(_line(row, tuple(levels.get(row[0], ())), called.get(row[0])) for row in rows)

    def count(self, location: str | None, *, most: int) -> int:
        """Return how many visits await review, counting no further than ``most``."""
        parameters = (most,) if location is None else (location, most)
        row = self._connection.execute(COUNT_ALL if location is None else COUNT_HERE, parameters).fetchone()
        return int(row[0]) if row else 0

    def next_free(self, location: str | None, *, after: int | None, staff_id: int) -> int | None:
        """Return the visit after this one in the list that nobody else has in hand, None after the last one.

        The first of all when ``after`` is None or is signed meanwhile.
        """
        row = self._connection.execute("SELECT place, arrived_at, visit_id FROM awaiting WHERE visit_id = ?", (after,)).fetchone()
        key = (staff_id, *(row or _BEFORE_ALL))
        found = self._connection.execute(*((NEXT_ALL, key) if location is None else (NEXT_HERE, (*key, location)))).fetchone()
        return None if found is None else int(found[0])

    def signed(self, location: str | None, *, limit: int) -> tuple[SignedLine, ...]:
        """Return the signed visits, the latest signature first, at one clinic or at all."""
        rows = self._connection.execute(*((SIGNED_ALL, (limit,)) if location is None else (SIGNED_HERE, (location, limit))))
        return tuple(_signed(row) for row in rows)

    def _levels(self, visit_ids: Collection[int]) -> dict[int, list[tuple[str, int]]]:
        """Return how many prompts without a word each of these visits has, by level."""
        found: dict[int, list[tuple[str, int]]] = {}
        rows: Iterable[tuple[Any, ...]] = self._connection.execute(LEVELS, (json.dumps(list(visit_ids)),))
        for visit_id, level, count in rows:
            found.setdefault(visit_id, []).append((level, count))
        return found


@lru_cache(maxsize=_REMEMBERED)
def _line(row: tuple[Any, ...], levels: tuple[tuple[str, int], ...], called: str | None) -> ReviewLine:
    """Return a line; a list that is read anew is nearly the one before, and what did not change is not built again."""
    visit_id, patient_id, last, first, middle, suffix, dob, location, visit_type, reason, status, arrived, holder = row
    return ReviewLine(
        visit_id=visit_id,
        patient_id=patient_id,
        name=listed_name(last, first, middle, suffix),
        record_number=record_number(patient_id),
        visit_number=visit_number(visit_id),
        dob=date.fromisoformat(dob),
        location=location,
        visit_type=visit_type,
        reason=reason,
        status=_STATUSES[status],
        arrived_at=instant(arrived),
        called_at=None if called is None else instant(called),
        levels={_LEVELS[level]: count for level, count in levels},
        held_by=holder,
    )


@lru_cache(maxsize=_REMEMBERED)
def _signed(row: tuple[Any, ...]) -> SignedLine:
    visit_id, patient_id, last, first, middle, suffix, dob, location, signed_by, signed_at, addenda = row
    return SignedLine(
        visit_id=visit_id,
        patient_id=patient_id,
        name=listed_name(last, first, middle, suffix),
        record_number=record_number(patient_id),
        visit_number=visit_number(visit_id),
        dob=date.fromisoformat(dob),
        location=location,
        signed_by=signed_by,
        signed_at=instant(signed_at),
        addenda=addenda,
    )
