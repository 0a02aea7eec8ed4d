"""Drafts as kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

Kind = Literal["intake", "edit", "amendment"]
"""What is being typed: a whole intake, a change of a patient's demographics, or a patient's request to amend the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDraft:
    """One draft: what was typed, where the cursor stood, the patient it is for, a title for lists.

    ``patient_version`` is the version of the record that an edit began from; an intake has none.
    """

    id: int | None
    kind: Kind
    content: Mapping[str, Any]
    caret: Mapping[str, Any]
    patient_id: int | None
    patient_version: int | None
    title: str
    updated_at: datetime


class Drafts:
    """The table of drafts. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def add(self, staff_id: int, draft: KeptDraft) -> int:
        """Keep a new draft of this person and return its id; an id is never given twice."""
        return self._connection.execute(
            "INSERT INTO draft (staff_id, kind, content, caret, patient_id, patient_version, title, updated_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (staff_id, draft.kind, *_row(draft)),
        ).lastrowid

    def replace(self, draft_id: int, draft: KeptDraft) -> None:
        """Keep what is typed now in place of what was."""
        self._connection.execute(
            "UPDATE draft SET content = ?, caret = ?, patient_id = ?, patient_version = ?, title = ?, updated_at = ? WHERE id = ?",
            (*_row(draft), draft_id),
        )

    def owner(self, draft_id: int) -> int | None:
        """Return the id of a draft's owner, None when there is no such draft."""
        row = self._connection.execute("SELECT staff_id FROM draft WHERE id = ?", (draft_id,)).fetchone()
        return None if row is None else int(row[0])

    def of(self, staff_id: int, kind: Kind) -> tuple[KeptDraft, ...]:
        """Return a person's drafts of one kind, the latest first."""
        rows = self._connection.execute(
            "SELECT id, content, caret, patient_id, patient_version, title, updated_at FROM draft"
            " WHERE staff_id = ? AND kind = ? ORDER BY updated_at DESC, id DESC",
            (staff_id, kind),
        )
        return tuple(
            KeptDraft(
                id=draft_id,
                kind=kind,
                content=json.loads(content),
                caret=json.loads(caret),
                patient_id=patient_id,
                patient_version=patient_version,
                title=title,
                updated_at=instant(updated_at),
            )
            for draft_id, content, caret, patient_id, patient_version, title, updated_at in rows
        )

    def get(self, draft_id: int) -> tuple[Mapping[str, Any], int | None] | None:
        """Return what was typed into a draft and the patient it is for, None when there is no such draft."""
        row = self._connection.execute("SELECT content, patient_id FROM draft WHERE id = ?", (draft_id,)).fetchone()
        return None if row is None else (json.loads(row[0]), row[1])

    def of_form(self, sha256: str) -> tuple[tuple[int, int], ...]:
        """Return draft and owner of every draft that was read from the form with this SHA-256, the latest first."""
        rows = self._connection.execute(
            "SELECT id, staff_id FROM draft WHERE kind = 'intake' AND json_extract(content, '$.form.sha256') = ? ORDER BY id DESC",
            (sha256,),
        )
        return tuple((int(draft_id), int(staff_id)) for draft_id, staff_id in rows)

    def give_to(self, draft_id: int, staff_id: int) -> None:
        """Make a draft another person's."""
        self._connection.execute("UPDATE draft SET staff_id = ? WHERE id = ?", (staff_id, draft_id))

    def remove(self, draft_id: int) -> None:
        """Remove a draft."""
        self._connection.execute("DELETE FROM draft WHERE id = ?", (draft_id,))


def _row(draft: KeptDraft) -> tuple[str, str, int | None, int | None, str, str]:
    content = json.dumps(draft.content, ensure_ascii=False)
    return content, json.dumps(draft.caret), draft.patient_id, draft.patient_version, draft.title, instant_text(draft.updated_at)
