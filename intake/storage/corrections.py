"""Corrections of answers as kept. What the desk recorded stays where it is."""

from __future__ import annotations

import json
from collections.abc import Iterable

from intake.domain.answers import Answer
from intake.domain.reviews import Correction
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text


class Corrections:
    """The table of corrections. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def of_visit(self, visit_id: int) -> tuple[Correction, ...]:
        """Return a visit's corrections in the order they were made."""
        rows = self._connection.execute(
            "SELECT correction.path, correction.before, correction.after, correction.reason, staff.name, correction.at"
            " FROM correction JOIN staff ON staff.id = correction.staff_id WHERE correction.visit_id = ? ORDER BY correction.id",
            (visit_id,),
        )
        return tuple(
            Correction(path=path, before=_answer(before), after=_answer(after), reason=reason, by=by, at=instant(at))
            for path, before, after, reason, by, at in rows
        )

    def add(self, visit_id: int, staff_id: int, corrections: Iterable[Correction]) -> None:
        """Keep corrections that one person made."""
        self._connection.executemany(
            "INSERT INTO correction (visit_id, path, before, after, reason, staff_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (visit_id, made.path, _text(made.before), _text(made.after), made.reason, staff_id, instant_text(made.at))
                for made in corrections
            ],
        )


def _answer(text: str | None) -> Answer | None:
    if text is None:
        return None
    value: str | int | list[str] = json.loads(text)
    return tuple(value) if isinstance(value, list) else value


def _text(answer: Answer | None) -> str | None:
    return None if answer is None else json.dumps(answer, ensure_ascii=False)
