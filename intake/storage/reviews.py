"""Signed reviews and their addenda, as kept: only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.domain.reviews import Addendum
from intake.storage.driver import Connection
from intake.storage.rows import insert_sql, instant, instant_text, select_sql

_REVIEW = (
    "visit_id", "content", "fingerprint", "staff_id", "staff_name", "staff_role", "at", "location", "form_version", "rules_version",
    "code_release",
)  # fmt: skip
_ADDENDUM = ("visit_id", "number", "text", "reason", "fingerprint", "staff_id", "staff_name", "staff_role", "at")
_INSERT = insert_sql("review", _REVIEW)
_SELECT = select_sql("review", _REVIEW, "visit_id")
_PAGE = f"SELECT {', '.join(_REVIEW)} FROM review WHERE visit_id > ? ORDER BY visit_id LIMIT ?"  # noqa: S608 - our own names
_INSERT_ADDENDUM = insert_sql("addendum", _ADDENDUM)
_SELECT_ADDENDA = select_sql("addendum", _ADDENDUM, "visit_id") + " ORDER BY number"
VISIT_ROW = (
    "patient_id", "status", "status_at", "before_status", "before_status_at", "arrived_at", "visit_day", "recorded_by", "recorded_at",
    "checklist_version", "regions_version",
)  # fmt: skip
_SELECT_VISIT = select_sql("visit", VISIT_ROW, "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReview:
    """A signed review: ``content`` is the canonical form of everything signed, ``fingerprint`` that of it."""

    visit_id: int
    content: str
    fingerprint: str
    staff_id: int
    staff_name: str
    staff_role: str
    at: datetime
    location: str
    form_version: str
    rules_version: str
    code_release: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAddendum:
    """An addendum with the account of its author."""

    addendum: Addendum
    staff_id: int


class Reviews:
    """The tables of signed reviews and addenda. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def get(self, visit_id: int) -> KeptReview | None:
        """Return the signed review of a visit, None until it is signed."""
        row = self._connection.execute(_SELECT, (visit_id,)).fetchone()
        return None if row is None else _review(row)

    def signed(self, visit_id: int) -> bool:
        """Tell whether a visit is signed."""
        return self._connection.execute("SELECT 1 FROM review WHERE visit_id = ?", (visit_id,)).fetchone() is not None

    def add(self, review: KeptReview) -> None:
        """Keep a signed review; from then on the visit is locked."""
        row = tuple(getattr(review, name) for name in _REVIEW)
        self._connection.execute(_INSERT, tuple(instant_text(part) if isinstance(part, datetime) else part for part in row))

    def addenda(self, visit_id: int) -> tuple[KeptAddendum, ...]:
        """Return the addenda of a signed review, the first first."""
        return tuple(_addendum(row) for row in self._connection.execute(_SELECT_ADDENDA, (visit_id,)))

    def add_addendum(self, visit_id: int, kept: KeptAddendum) -> None:
        """Keep one more addendum; its number is the next one."""
        each = kept.addendum
        row = (visit_id, each.number, each.text, each.reason, each.fingerprint, kept.staff_id, each.by, each.role, instant_text(each.at))
        self._connection.execute(_INSERT_ADDENDUM, row)

    def accounts(self, visit_id: int) -> dict[str, Any]:
        """Return what a visit's rows say beyond its record: its own columns, and the account ids behind every name."""
        row = self._connection.execute(_SELECT_VISIT, (visit_id,)).fetchone()
        acknowledged = self._connection.execute(
            "SELECT prompt.id, acknowledgement.staff_id FROM prompt JOIN acknowledgement ON acknowledgement.prompt_id = prompt.id"
            " WHERE prompt.visit_id = ? ORDER BY prompt.id",
            (visit_id,),
        )
        corrected = self._connection.execute("SELECT id, staff_id FROM correction WHERE visit_id = ? ORDER BY id", (visit_id,))
        return {
            "visit": dict(zip(VISIT_ROW, row or (), strict=False)),
            "acknowledged_by": [list(pair) for pair in acknowledged],
            "corrected_by": [list(pair) for pair in corrected],
        }

    def fingerprint(self, visit_id: int, version: int) -> str | None:
        """Return the fingerprint of a signed note as it stood at a version: 1 the signature, 2 the first addendum …."""
        if version == 1:
            row = self._connection.execute("SELECT fingerprint FROM review WHERE visit_id = ?", (visit_id,)).fetchone()
        else:
            row = self._connection.execute(
                "SELECT fingerprint FROM addendum WHERE visit_id = ? AND number = ?", (visit_id, version - 1)
            ).fetchone()
        return None if row is None else str(row[0])

    def page(self, *, after: int, limit: int) -> list[KeptReview]:
        """Return the next signed reviews by visit."""
        return [_review(row) for row in self._connection.execute(_PAGE, (after, limit))]

    def in_no_list(self) -> int:
        """Return how many visits are neither signed nor awaited, or both."""
        row = self._connection.execute(
            "SELECT count(*) FROM visit LEFT JOIN awaiting ON awaiting.visit_id = visit.id LEFT JOIN review ON review.visit_id = visit.id"
            " WHERE (awaiting.visit_id IS NULL) = (review.visit_id IS NULL)"
        ).fetchone()
        return int(row[0]) if row else 0


def _review(row: tuple[Any, ...]) -> KeptReview:
    values = dict(zip(_REVIEW, row, strict=True))
    return KeptReview(**{**values, "at": instant(values["at"])})


def _addendum(row: tuple[Any, ...]) -> KeptAddendum:
    values = dict(zip(_ADDENDUM, row, strict=True))
    addendum = Addendum(
        number=values["number"],
        text=values["text"],
        reason=values["reason"],
        by=values["staff_name"],
        role=values["staff_role"],
        at=instant(values["at"]),
        fingerprint=values["fingerprint"],
    )
    return KeptAddendum(addendum=addendum, staff_id=values["staff_id"])
