"""Entries of the audit as rows and as lines, in the words of the window."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from intake.domain.audit import CheckRun, Entry, Viewer
from intake.entry.audit_words import BY_ITSELF, ROLES, action_words, finding_words, outcome_words, person_words, role_words
from ui.models.board import Cell, date_words
from ui.models.patients import Row
from ui.models.requests import whole_moment
from ui.pages.audit.values import Words, reason_words
from ui.top_bar import time_words

_MINUTE_MS = 60_000
_MOST_FINDINGS = 200
_QUIET = ("anchor",)
"""What is noted for who looks into an entry, and tells nothing in the list."""


def entry_row(entry: Entry, said: Words) -> Row:
    """Return an entry: when, who, what, whose record, what came of it."""
    when = entry.at.astimezone(said.zone)
    where = " · ".join(part for part in (role_words(entry), entry.workstation) if part)
    record = entry.patient_name or ""
    numbers = " · ".join(part for part in (entry.record_number, entry.visit_number) if part)
    done = entry.outcome == "done"
    return Row(
        key=entry.seq,
        cells=(
            Cell(first=time_words(when), second=date_words(when.date())),
            Cell(first=person_words(entry), second=where),
            Cell(first=action_words(entry.action), second=_aside(entry, said)),
            Cell(first=record, second=numbers),
            Cell(first=outcome_words(entry.outcome), tone="" if done else "danger", pill=not done),
        ),
    )


def time_of(when: datetime) -> str:
    """Return the time of day to the second."""
    return f"{when.hour % 12 or 12}:{when:%M:%S %p}"


def check_words(run: CheckRun, zone: ZoneInfo) -> str:
    """Return whether all was whole, when that was checked, by whom, and how long it took."""
    by = run.by or BY_ITSELF
    took = f"{run.took_ms / 1000:.1f} s" if run.took_ms < _MINUTE_MS else f"{run.took_ms // _MINUTE_MS} min"
    told = _tr("%1, by %2, in %3").replace("%3", took).replace("%2", by).replace("%1", whole_moment(run.at, zone))
    if not run.good:
        count = len(run.findings)
        broken = _tr("Not whole: 1 finding") if count == 1 else _tr("Not whole: %1 findings").replace("%1", f"{count:,}")
        return f"{broken} · {told}"
    whole = _tr("All is whole: %1 audit entries").replace("%1", f"{run.entries:,}")
    return f"{whole} · {told}\n{_tr('Last link %1').replace('%1', run.last)}"


def findings_words(run: CheckRun) -> str:
    """Return everything a check found, each finding with its place on a line of its own."""
    lines = [f"⚑ {words[:1].upper()}{words[1:]}." for words in (finding_words(each) for each in run.findings[:_MOST_FINDINGS])]
    if len(run.findings) > _MOST_FINDINGS:
        lines.append(_tr("and %1 more").replace("%1", f"{len(run.findings) - _MOST_FINDINGS:,}"))
    return "\n".join(lines)


def next_words(run: CheckRun, *, offered: bool, may: bool) -> str:
    """Return what to do about what a check found: accept what is ``offered``, for who ``may``, and restore what is altered within."""
    codes = {finding.code for finding in run.findings}
    if "pages_damaged" in codes:
        return _tr("Nothing is written to a damaged file: sign out, and restore the latest proven backup (Ctrl B).")
    if not offered:
        return _tr("Find out who worked at that time. What is altered stays shown; a backup from before it has it as it was (Ctrl B).")
    if not may:
        return _tr("Find out who had access to the store's folder. An administrator can then accept the store as it is.")
    return _tr("Find out who had access to the store's folder. Once you know, accept the store as it is, with your reason.")


def viewer_words(viewer: Viewer, zone: ZoneInfo) -> tuple[str, str]:
    """Return who looked, and how often, first and last."""
    role = ROLES[viewer.role.value] if viewer.role else ""
    who = ", ".join(part for part in (viewer.name or BY_ITSELF, role) if part)
    if viewer.count == 1:
        return who, _tr("once, %1").replace("%1", whole_moment(viewer.last, zone))
    last, first = whole_moment(viewer.last, zone), whole_moment(viewer.first, zone)
    return who, _tr("%3 times, last %1, first %2").replace("%3", f"{viewer.count:,}").replace("%2", first).replace("%1", last)


def empty_words(*, narrowed: bool) -> tuple[str, str]:
    """Return what is said where no entry is listed, and what to do next."""
    if narrowed:
        return _tr("Nothing fits"), _tr("No entry of these days fits what is chosen. Esc shows them all.")
    return _tr("Nothing on these days"), _tr("Y shows the last twelve months; F and L set other days.")


def _aside(entry: Entry, said: Words) -> str:
    """Say why, or what changed; what is one thing only with its value."""
    if entry.reason:
        return reason_words(entry.reason)
    told = said.told({path: change for path, change in entry.changes.items() if path not in _QUIET})
    if len(told) == 1:
        return ": ".join(told[0])
    return ", ".join(name for name, _ in told)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Audit", text)
