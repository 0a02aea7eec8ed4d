"""ICD-10-CM codes as the practice uses them, picked by a clinician and never derived from answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of the list. ``excludes`` are the code prefixes that the release says are not coded together with it (Excludes1)."""

    code: str
    title: str
    topic: str
    billable: bool
    excludes: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWarning:
    """Why a pick needs another look: ``code`` is ``not_billable``, ``excludes`` (``other`` names the second code) or ``other_release``."""

    code: str
    about: str
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeList:
    """One release of the codes; ``in_force`` is the first day of service it is for, ``superseded_on`` the first day of the next one."""

    release: str
    in_force: date
    source: str
    codes: tuple[Code, ...]
    superseded_on: date | None = None

    def find(self, code: str) -> Code | None:
        """Return a code of the list, None when it is not on it."""
        return next((each for each in self.codes if each.code == code), None)
