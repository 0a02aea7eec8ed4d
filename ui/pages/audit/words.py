"""Entries of the audit as rows and as lines, in the words of the window."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from intake.definitions.bundle import Definitions
from intake.domain.audit import CheckRun, Entry, Viewer
from intake.entry.audit_words import BY_ITSELF, ROLES, action_words, outcome_words, person_words, role_words, run_words
from intake.wording import label_of
from ui.models.board import Cell, date_words
from ui.models.patients import Row
from ui.models.requests import whole_moment
from ui.top_bar import time_words

_MINUTE_MS = 60_000


def entry_row(entry: Entry, zone: ZoneInfo, definitions: Definitions) -> Row:
    """Return an entry: when, who, what, whose record, what came of it."""
    when = entry.at.astimezone(zone)
    where = " · ".join(part for part in (role_words(entry), entry.workstation) if part)
    record = entry.patient_name or ""
    numbers = " · ".join(part for part in (entry.record_number, entry.visit_number) if part)
    done = entry.outcome == "done"
    return Row(
        key=entry.seq,
        cells=(
            Cell(first=time_words(when), second=date_words(when.date())),
            Cell(first=person_words(entry), second=where),
            Cell(first=action_words(entry.action), second=_aside(entry, definitions)),
            Cell(first=record, second=numbers),
            Cell(first=outcome_words(entry.outcome), tone="" if done else "danger", pill=not done),
        ),
    )


def time_of(when: datetime) -> str:
    """Return the time of day to the second."""
    return f"{when.hour % 12 or 12}:{when:%M:%S %p}"


def check_words(run: CheckRun, zone: ZoneInfo) -> str:
    """Return when a check was made, by whom, how long it took, and what it found."""
    by = run.by or BY_ITSELF
    took = f"{run.took_ms / 1000:.1f} s" if run.took_ms < _MINUTE_MS else f"{run.took_ms // _MINUTE_MS} min"
    told = _tr("%1, by %2, in %3").replace("%3", took).replace("%2", by).replace("%1", whole_moment(run.at, zone))
    if not run.good:
        return f"{run_words(run)}\n{told}"
    whole = _tr("All is whole: %1 audit entries").replace("%1", f"{run.entries:,}")
    return f"{whole} · {told}\n{_tr('Last link %1').replace('%1', run.last)}"


def viewer_words(viewer: Viewer, zone: ZoneInfo) -> tuple[str, str]:
    """Return who looked, and how often, first and last."""
    role = ROLES[viewer.role.value] if viewer.role else ""
    who = ", ".join(part for part in (viewer.name or BY_ITSELF, role) if part)
    if viewer.count == 1:
        return who, _tr("once, %1").replace("%1", whole_moment(viewer.last, zone))
    last, first = whole_moment(viewer.last, zone), whole_moment(viewer.first, zone)
    return who, _tr("%3 times, last %1, first %2").replace("%3", f"{viewer.count:,}").replace("%2", first).replace("%1", last)


def change_label(path: str, definitions: Definitions) -> str:
    """Return what a changed field is called."""
    called = label_of(path, definitions)
    return called if called != path else path.replace("_", " ").capitalize()


def _aside(entry: Entry, definitions: Definitions) -> str:
    return entry.reason or ", ".join(change_label(path, definitions) for path in entry.changes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Audit", text)
