"""What clinicians are typing, who has a chart in hand, and snippets of their own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from intake.domain.review_form import Snippet
from intake.domain.reviews import Hold, Raw
from intake.storage.closed_texts import ClosedTexts
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """What one clinician typed into one chart: the raw note, where the cursor stood, and when it was kept."""

    content: Raw
    caret: Raw
    updated_at: datetime


class NoteDrafts:
    """The table of notes being typed, one for each visit and clinician. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, texts: ClosedTexts) -> None:
        """Work over this connection; ``texts`` encrypts what is typed and opens it. Without the key that raises DeniedError."""
        self._connection = connection
        self._texts = texts

    def get(self, visit_id: int, staff_id: int) -> NoteDraft | None:
        """Return what this person typed into this chart, None when it is nothing. Raises IntakeError ``note_altered``."""
        row = self._connection.execute(
            "SELECT content, caret, updated_at FROM note_draft WHERE visit_id = ? AND staff_id = ?", (visit_id, staff_id)
        ).fetchone()
        if row is None:
            return None
        content, caret = (
            json.loads(self._texts.open("note_draft", name, kept, visit_id, staff_id))
            for name, kept in zip(("content", "caret"), row, strict=False)
        )
        return NoteDraft(content=content, caret=caret, updated_at=instant(row[2]))

    def put(self, visit_id: int, staff_id: int, *, content: Raw, caret: Raw, at: datetime) -> None:
        """Keep what is typed now in place of what was. Escaped, so that whatever a keyboard sends can be kept."""
        typed = {"content": content, "caret": caret}
        kept = (self._texts.close("note_draft", name, json.dumps(each), visit_id, staff_id) for name, each in typed.items())
        self._connection.execute(
            "INSERT INTO note_draft (visit_id, staff_id, content, caret, updated_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (visit_id, staff_id) DO UPDATE SET"
            " content = excluded.content, caret = excluded.caret, updated_at = excluded.updated_at",
            (visit_id, staff_id, *kept, instant_text(at)),
        )

    def remove(self, visit_id: int, staff_id: int) -> None:
        """Remove what this person typed into this chart."""
        self._connection.execute("DELETE FROM note_draft WHERE visit_id = ? AND staff_id = ?", (visit_id, staff_id))


class Holds:
    """The table of charts in hand. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def of(self, visit_id: int) -> Hold | None:
        """Return who has a chart in hand, None when nobody has."""
        row = self._connection.execute(
            "SELECT hold.staff_id, staff.name, hold.workstation, hold.since, hold.reason"
            " FROM hold JOIN staff ON staff.id = hold.staff_id WHERE hold.visit_id = ?",
            (visit_id,),
        ).fetchone()
        if row is None:
            return None
        return Hold(staff_id=row[0], name=row[1], workstation=row[2], since=instant(row[3]), reason=row[4])

    def put(self, visit_id: int, staff_id: int, *, workstation: str, reason: str, at: datetime) -> None:
        """Put a chart into this person's hands, out of whoever's it was."""
        self._connection.execute(
            "INSERT INTO hold (visit_id, staff_id, workstation, since, reason) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (visit_id) DO UPDATE SET staff_id = excluded.staff_id, workstation = excluded.workstation,"
            " since = excluded.since, reason = excluded.reason",
            (visit_id, staff_id, workstation, instant_text(at), reason),
        )

    def remove(self, visit_id: int) -> None:
        """Put a chart out of everybody's hands."""
        self._connection.execute("DELETE FROM hold WHERE visit_id = ?", (visit_id,))


class Snippets:
    """The table of people's own snippets. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def of(self, staff_id: int) -> tuple[Snippet, ...]:
        """Return a person's snippets by abbreviation."""
        rows = self._connection.execute(
            "SELECT abbreviation, text FROM snippet WHERE staff_id = ? ORDER BY abbreviation", (staff_id,)
        ).fetchall()
        return tuple(Snippet(abbreviation=abbreviation, text=text) for abbreviation, text in rows)

    def put(self, staff_id: int, snippet: Snippet) -> None:
        """Keep a snippet in place of the one of that abbreviation."""
        self._connection.execute(
            "INSERT INTO snippet (staff_id, abbreviation, text) VALUES (?, ?, ?)"
            " ON CONFLICT (staff_id, abbreviation) DO UPDATE SET text = excluded.text",
            (staff_id, snippet.abbreviation, snippet.text),
        )

    def remove(self, staff_id: int, abbreviation: str) -> None:
        """Remove a snippet."""
        self._connection.execute("DELETE FROM snippet WHERE staff_id = ? AND abbreviation = ?", (staff_id, abbreviation))
