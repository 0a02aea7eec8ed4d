"""Errors a person can meet and problems a form can have, both as codes that never carry patient data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with one field.

    ``field`` is the dotted path of the field (``patient.dob``, ``answers.sx.twitching``); ``code`` names what is wrong and is
    turned into words by ``intake.wording``. An ``error`` stops a save; a ``warning`` is shown and lets it pass.
    """

    field: str
    code: str
    level: Level = "error"


class IntakeError(Exception):
    """Something a person can meet and act on.

    ``code`` is looked up in ``intake.wording``; ``facts`` fill its sentence and never hold patient data.
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        """Keep the code and the facts that its sentence needs."""
        super().__init__(code)
        self.code = code
        self.facts = facts


class InvalidInputError(IntakeError):
    """What was given cannot be saved; ``problems`` says why, field by field. Nothing was saved."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems."""
        super().__init__("invalid_input", count=len(problems))
        self.problems = problems


class ResourceError(IntakeError):
    """A file under ``resources/`` (or its override) is broken: named with its line and the reason."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        """Keep the file's name, the line (1-based, 0 when the whole file is meant) and the reason."""
        super().__init__("broken_resource", name=name, line=line, reason=reason)


class StoreError(IntakeError):
    """The store cannot be used or written; the code says why (newer_store, not_our_store, damaged_store, disk_full, read_only …)."""


class DeniedError(IntakeError):
    """The acting person may not do this."""


class ConflictError(IntakeError):
    """Another desk changed the record first; nothing was saved."""
