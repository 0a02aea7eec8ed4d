"""Corrections of answers as kept. What the desk recorded stays where it is."""

from __future__ import annotations

import json
from collections.abc import Iterable

from intake.domain.answers import Answer
from intake.domain.reviews import Corrected, Correction
from intake.storage.closed_texts import ClosedTexts
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text


class Corrections:
    """The table of corrections. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, texts: ClosedTexts) -> None:
        """Work over this connection; ``texts`` encrypts the reasons and opens them."""
        self._connection = connection
        self._texts = texts

    def of_visit(self, visit_id: int) -> tuple[Correction, ...]:
        """Return a visit's corrections in the order they were made.

        Raises DeniedError without the key when there is one, IntakeError ``note_altered``.
        """
        rows = self._connection.execute(
            "SELECT correction.id, correction.path, correction.before, correction.after, correction.reason, staff.name, correction.at"
            " FROM correction JOIN staff ON staff.id = correction.staff_id WHERE correction.visit_id = ? ORDER BY correction.id",
            (visit_id,),
        ).fetchall()
        return tuple(
            Correction(
                path=path,
                before=_answer(before),
                after=_answer(after),
                reason=self._texts.open("correction", "reason", reason, visit_id, correction_id),
                by=by,
                at=instant(at),
            )
            for correction_id, path, before, after, reason, by, at in rows
        )

    def answers_of(self, visit_id: int) -> tuple[Corrected, ...]:
        """Return what a visit's corrections say now, in their order, for everybody at work: without the clinicians' reasons."""
        rows = self._connection.execute("SELECT path, before, after FROM correction WHERE visit_id = ? ORDER BY id", (visit_id,))
        return tuple(Corrected(path=path, before=_answer(before), after=_answer(after)) for path, before, after in rows)

    def add(self, visit_id: int, staff_id: int, corrections: Iterable[Correction]) -> None:
        """Keep corrections that one person made. Raises DeniedError without the key of the notes."""
        last = self._connection.execute("SELECT coalesce(max(id), 0) FROM correction").fetchone() or (0,)
        for correction_id, made in enumerate(corrections, int(last[0]) + 1):
            reason = self._texts.close("correction", "reason", made.reason, visit_id, correction_id)
            self._connection.execute(
                "INSERT INTO correction (id, visit_id, path, before, after, reason, staff_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (correction_id, visit_id, made.path, _text(made.before), _text(made.after), reason, staff_id, instant_text(made.at)),
            )


def _answer(text: str | None) -> Answer | None:
    if text is None:
        return None
    value: str | int | list[str] = json.loads(text)
    return tuple(value) if isinstance(value, list) else value


def _text(answer: Answer | None) -> str | None:
    return None if answer is None else json.dumps(answer, ensure_ascii=False)
