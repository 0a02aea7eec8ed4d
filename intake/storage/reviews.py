"""Signed reviews and their addenda, as kept: only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.domain.reviews import Addendum
from intake.storage.closed_texts import ClosedTexts
from intake.storage.driver import Connection
from intake.storage.rows import insert_sql, instant, instant_text, select_sql

_REVIEW = (
    "visit_id", "content", "fingerprint", "staff_id", "staff_name", "staff_role", "at", "location", "form_version", "rules_version",
    "code_release",
)  # fmt: skip
_ADDENDUM = ("visit_id", "number", "text", "reason", "fingerprint", "staff_id", "staff_name", "staff_role", "at")
_INSERT = insert_sql("review", _REVIEW)
_SELECT = select_sql("review", _REVIEW, "visit_id")
_PAGE = "SELECT visit_id FROM review WHERE visit_id > ? ORDER BY visit_id LIMIT ?"
_INSERT_ADDENDUM = insert_sql("addendum", _ADDENDUM)
_SELECT_ADDENDA = select_sql("addendum", _ADDENDUM, "visit_id") + " ORDER BY number"
_SIGNED_OTHERWISE = (
    "SELECT review.visit_id FROM review JOIN audit ON audit.action = 'sign_review' AND audit.outcome = 'done'"
    " AND audit.visit_id = review.visit_id"
    " WHERE (audit.staff_id, audit.staff_role, audit.at) IS NOT (review.staff_id, review.staff_role, review.at)"
    " UNION SELECT addendum.visit_id FROM addendum JOIN audit ON audit.action = 'add_addendum' AND audit.outcome = 'done'"
    " AND audit.visit_id = addendum.visit_id AND audit.object_version = addendum.number + 1"
    " WHERE (audit.staff_id, audit.staff_role, audit.at) IS NOT (addendum.staff_id, addendum.staff_role, addendum.at)"
)
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

    def __init__(self, connection: Connection, texts: ClosedTexts) -> None:
        """Work over this connection; ``texts`` encrypts what is signed and opens it. Without the key that raises DeniedError."""
        self._connection = connection
        self._texts = texts

    def get(self, visit_id: int) -> KeptReview | None:
        """Return the signed review of a visit, None until it is signed. Raises IntakeError ``note_altered``."""
        row = self._connection.execute(_SELECT, (visit_id,)).fetchone()
        return None if row is None else self._review(row)

    def signed(self, visit_id: int) -> bool:
        """Tell whether a visit is signed."""
        return self._connection.execute("SELECT 1 FROM review WHERE visit_id = ?", (visit_id,)).fetchone() is not None

    def signed_by(self, visit_id: int) -> tuple[str, datetime] | None:
        """Return who signed a visit and when, None until it is signed; everybody may know."""
        row = self._connection.execute("SELECT staff_name, at FROM review WHERE visit_id = ?", (visit_id,)).fetchone()
        return None if row is None else (str(row[0]), instant(row[1]))

    def version(self, visit_id: int) -> int:
        """Return the version of a visit's note: 0 until it is signed, one more with each addendum."""
        row = self._connection.execute(
            "SELECT (SELECT count(*) FROM review WHERE visit_id = ?1) + (SELECT count(*) FROM addendum WHERE visit_id = ?1)", (visit_id,)
        ).fetchone()
        return int(row[0]) if row else 0

    def add(self, review: KeptReview) -> None:
        """Keep a signed review; from then on the visit is locked."""
        values = {name: getattr(review, name) for name in _REVIEW}
        values |= {"at": instant_text(review.at), "content": self._texts.close("review", "content", review.content, review.visit_id)}
        self._connection.execute(_INSERT, tuple(values.values()))

    def addenda(self, visit_id: int) -> tuple[KeptAddendum, ...]:
        """Return the addenda of a signed review, the first first. Raises IntakeError ``note_altered``."""
        return tuple(self._addendum(row) for row in self._connection.execute(_SELECT_ADDENDA, (visit_id,)).fetchall())

    def add_addendum(self, visit_id: int, kept: KeptAddendum) -> None:
        """Keep one more addendum; its number is the next one."""
        each = kept.addendum
        text, reason = (self._texts.close("addendum", name, getattr(each, name), visit_id, each.number) for name in ("text", "reason"))
        row = (visit_id, each.number, text, reason, each.fingerprint, kept.staff_id, each.by, each.role, instant_text(each.at))
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

    def page(self, *, after: int, limit: int) -> list[int]:
        """Return the next signed visits by id."""
        return [int(row[0]) for row in self._connection.execute(_PAGE, (after, limit))]

    def count(self) -> int:
        """Return how many visits are signed."""
        row = self._connection.execute("SELECT count(*) FROM review").fetchone()
        return int(row[0]) if row else 0

    def signed_otherwise(self) -> set[int]:
        """Return the visits of whose signature or addenda the audit tells another person, role or moment."""
        return {row[0] for row in self._connection.execute(_SIGNED_OTHERWISE)}

    def in_no_list(self) -> int:
        """Return how many visits are neither signed nor awaited, or both."""
        row = self._connection.execute(
            "SELECT count(*) FROM visit LEFT JOIN awaiting ON awaiting.visit_id = visit.id LEFT JOIN review ON review.visit_id = visit.id"
            " WHERE (awaiting.visit_id IS NULL) = (review.visit_id IS NULL)"
        ).fetchone()
        return int(row[0]) if row else 0

    def _review(self, row: tuple[Any, ...]) -> KeptReview:
        values = dict(zip(_REVIEW, row, strict=True))
        content = self._texts.open("review", "content", values["content"], values["visit_id"])
        return KeptReview(**{**values, "content": content, "at": instant(values["at"])})

    def _addendum(self, row: tuple[Any, ...]) -> KeptAddendum:
        values = dict(zip(_ADDENDUM, row, strict=True))
        place = (values["visit_id"], values["number"])
        addendum = Addendum(
            number=values["number"],
            text=self._texts.open("addendum", "text", values["text"], *place),
            reason=self._texts.open("addendum", "reason", values["reason"], *place),
            by=values["staff_name"],
            role=values["staff_role"],
            at=instant(values["at"]),
            fingerprint=values["fingerprint"],
        )
        return KeptAddendum(addendum=addendum, staff_id=values["staff_id"])
