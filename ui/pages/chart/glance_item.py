"""What one line of the reported answers holds."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.prompts import Level

COMPACT = ("no", "not_asked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One main question with its answer in words.

    ``state`` is ``yes`` (any answer that is no other state), ``unsure``, ``no`` or ``not_asked``; ``chip`` what is new since the
    visit before; ``history`` what was recorded first, when a clinician corrected it; ``level`` that of the prompt it raised.
    """

    path: str
    label: str
    state: str
    word: str
    details: str = ""
    missing: str = ""
    chip: str = ""
    history: str = ""
    level: Level | None = None

    def is_compact(self) -> bool:
        """Say whether it shares its line with others."""
        return self.state in COMPACT and not (self.chip or self.history or self.details or self.level)

    def sentence(self) -> str:
        """Return all of it for a screen reader."""
        parts = (f"{self.label}: {self.word}", self.details, f"not asked: {self.missing}" if self.missing else "", self.chip, self.history)
        return ". ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a single item, or all those of a part (its ``lead``) that were answered no, or were not asked."""

    items: tuple[Item, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the checklist under its heading."""

    title: str
    aside: str
    lines: tuple[Line, ...]
