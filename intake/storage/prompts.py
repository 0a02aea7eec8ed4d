"""Prompts as kept with their visits, and the words they were acknowledged with. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from intake.domain.answers import Answer
from intake.domain.prompts import Acknowledgement, Finding, Level, Prompt
from intake.storage.closed_texts import ClosedTexts
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text

_SELECT = (
    "SELECT prompt.id, prompt.rule, prompt.level, prompt.rules_version, prompt.answers, prompt.unsure, prompt.raised_at,"
    " staff.name, acknowledgement.at, acknowledgement.words"
    " FROM prompt LEFT JOIN acknowledgement ON acknowledgement.prompt_id = prompt.id"
    " LEFT JOIN staff ON staff.id = acknowledgement.staff_id"
    " WHERE prompt.visit_id = ?"
    " ORDER BY CASE prompt.level WHEN 'now' THEN 0 WHEN 'today' THEN 1 ELSE 2 END, prompt.id"
)


class Prompts:
    """The tables of prompts and acknowledgements. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, texts: ClosedTexts) -> None:
        """Work over this connection; ``texts`` encrypts the words of acknowledgements and opens them."""
        self._connection = connection
        self._texts = texts

    def of_visit(self, visit_id: int) -> tuple[Prompt, ...]:
        """Return a visit's prompts, the most pressing first. Whether each still holds only its rule can tell: all say so here.

        Raises DeniedError without the key when one was acknowledged, IntakeError ``note_altered``.
        """
        return tuple(
            Prompt(
                id=prompt_id,
                rule_id=rule,
                level=Level(level),
                rules_version=version,
                answers={key: _answer(value) for key, value in json.loads(answers).items()},
                unsure=bool(unsure),
                raised_at=instant(raised_at),
                holds=True,
                acknowledgement=None if at is None else self._acknowledgement(visit_id, prompt_id, (by, at, words)),
            )
            for prompt_id, rule, level, version, answers, unsure, raised_at, by, at, words in self._connection.execute(
                _SELECT, (visit_id,)
            ).fetchall()
        )

    def raised(self, visit_id: int) -> set[tuple[str, Level, str, Answer]]:
        """Return rule and level of each prompt that a visit has already, with each answer that it brings to attention."""
        rows = self._connection.execute("SELECT rule, level, answers FROM prompt WHERE visit_id = ?", (visit_id,))
        return {(rule, Level(level), key, _answer(value)) for rule, level, answers in rows for key, value in json.loads(answers).items()}

    def add(self, visit_id: int, findings: Iterable[Finding], facts: Mapping[str, Answer], *, version: str, at: datetime) -> None:
        """Keep prompts that a visit does not have yet, each with the answers that raised it."""
        rows = [
            (
                visit_id,
                finding.rule_id,
                finding.level.value,
                version,
                json.dumps({key: facts[key] for key in finding.keys if key in facts}, ensure_ascii=False),
                int(finding.unsure),
                instant_text(at),
            )
            for finding in findings
        ]
        self._connection.executemany(
            "INSERT INTO prompt (visit_id, rule, level, rules_version, answers, unsure, raised_at) VALUES (?, ?, ?, ?, ?, ?, ?)", rows
        )

    def visit_of(self, prompt_id: int) -> int | None:
        """Return the id of the visit a prompt belongs to, None when there is no such prompt."""
        row = self._connection.execute("SELECT visit_id FROM prompt WHERE id = ?", (prompt_id,)).fetchone()
        return None if row is None else int(row[0])

    def is_acknowledged(self, prompt_id: int) -> bool:
        """Tell whether a clinician has said what was done about a prompt."""
        row = self._connection.execute("SELECT 1 FROM acknowledgement WHERE prompt_id = ?", (prompt_id,)).fetchone()
        return row is not None

    def acknowledge(self, visit_id: int, prompt_id: int, staff_id: int, *, words: str, at: datetime) -> None:
        """Keep what was done about a prompt. Raises DeniedError without the key of the notes."""
        kept = self._texts.close("acknowledgement", "words", words, visit_id, prompt_id)
        self._connection.execute(
            "INSERT INTO acknowledgement (prompt_id, staff_id, at, words) VALUES (?, ?, ?, ?)",
            (prompt_id, staff_id, instant_text(at), kept),
        )

    def _acknowledgement(self, visit_id: int, prompt_id: int, row: tuple[str, str, str]) -> Acknowledgement:
        by, at, kept = row
        words = self._texts.open("acknowledgement", "words", kept, visit_id, prompt_id)
        return Acknowledgement(by=by, at=instant(at), words=words)


def _answer(value: str | int | list[str]) -> Answer:
    return tuple(value) if isinstance(value, list) else value
