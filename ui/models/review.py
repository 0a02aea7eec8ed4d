"""Rows of the clinician's list: visits that await review, and signed ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from intake.domain.amendments import Amendment
from intake.domain.patients import age_on
from intake.domain.prompts import ORDER, Level
from intake.domain.records import PatientRecord
from intake.domain.reviews import ReviewLine, SignedLine
from intake.domain.visits import VISIT_TYPES, Status
from ui.models.board import BoardDay, Cell, date_words, minutes_words, status_tone, status_words
from ui.models.patients import Row
from ui.top_bar import time_words

AWAITING_SHARES = (20, 20, 15, 14, 16, 15)
AMENDMENT_SHARES = (26, 42, 14, 18)
SOON_DAYS = 14
SIGNED_SHARES = (34, 14, 30, 22)
_TONES = {Level.NOW: "danger", Level.TODAY: "warning", Level.REVIEW: "info"}


def awaiting_headings() -> tuple[str, ...]:
    """Return the headings of the list that awaits review."""
    return (_tr("Patient"), _tr("Prompts"), _tr("Visit"), _tr("Born"), _tr("Waiting"), _tr("Chart"))


def signed_headings() -> tuple[str, ...]:
    """Return the headings of the signed visits."""
    return (_tr("Patient"), _tr("Born"), _tr("Signed by"), _tr("Signed"))


def level_words(level: Level) -> str:
    """Return a level as it is shown."""
    return {Level.NOW: _tr("Now"), Level.TODAY: _tr("Today"), Level.REVIEW: _tr("Review")}[level]


def level_tone(level: Level) -> str:
    """Return the tint of a level."""
    return _TONES[level]


def levels_words(levels: Mapping[Level, int]) -> str:
    """Return how many prompts of each level nobody acknowledged: ``Now 1 · Today 2``."""
    return " · ".join(f"{level_words(level)} {levels[level]}" for level in ORDER if levels.get(level))


def awaiting_row(line: ReviewLine, day: BoardDay, *, all_clinics: bool) -> Row:
    """Return one visit that awaits review."""
    kind = next((each.label for each in VISIT_TYPES if each.code == line.visit_type and each.code != "none"), "")
    cells = (
        _patient(line.name, line.record_number, day.clinics.get(line.location, "") if all_clinics else ""),
        _prompts(line, day),
        Cell(first=" ".join(line.reason.split()), second=kind),
        _born(line, day),
        _waiting(line, day),
        _chart(line),
    )
    return Row(key=line.visit_id, cells=cells)


def signed_row(line: SignedLine, day: BoardDay, *, all_clinics: bool) -> Row:
    """Return one signed visit."""
    count = line.addenda
    added = "" if not count else _tr("1 addendum") if count == 1 else _tr("%1 addenda").replace("%1", str(count))
    cells = (
        _patient(line.name, line.record_number, day.clinics.get(line.location, "") if all_clinics else ""),
        _born(line, day),
        Cell(first=line.signed_by, second=added),
        _moment(line.signed_at, day),
    )
    return Row(key=line.visit_id, cells=cells)


def amendment_headings() -> tuple[str, ...]:
    """Return the headings of the open requests to amend."""
    return (_tr("Patient"), _tr("Request"), _tr("Received"), _tr("Act by"))


def amendment_row(amendment: Amendment, record: PatientRecord, on: date) -> Row:
    """Return one open request; ``on`` is today."""
    left = (amendment.due_on - on).days
    words = _tr("%1 days left").replace("%1", str(left)) if left >= 0 else _tr("⚠ %1 days late").replace("%1", str(-left))
    cells = (
        _patient(record.patient.full_name(), record.number, ""),
        Cell(first=" ".join(amendment.request.split()), second=_tr("taken down by %1").replace("%1", amendment.by)),
        Cell(first=date_words(amendment.received_on)),
        Cell(first=date_words(amendment.due_on), second=words, tone="danger" if left < 0 else "warning" if left <= SOON_DAYS else ""),
    )
    return Row(key=amendment.patient_id, cells=cells)


def _patient(name: str, number: str, clinic: str) -> Cell:
    return Cell(first=name, second=" · ".join(part for part in (number, clinic) if part))


def _born(line: ReviewLine | SignedLine, day: BoardDay) -> Cell:
    age = age_on(line.dob, day.now.astimezone(day.zone).date())
    return Cell(first=date_words(line.dob), second=_tr("%1 years").replace("%1", str(age)))


def _prompts(line: ReviewLine, day: BoardDay) -> Cell:
    words = levels_words(line.levels)
    if line.called_at is not None:
        called = _tr("called %1").replace("%1", time_words(line.called_at.astimezone(day.zone)))
        return Cell(first=f"⚑ {called}", second=words or _tr("a clinician was called"), tone="danger")
    level = next((level for level in ORDER if line.levels.get(level)), None)
    if level is None:
        return Cell(first="–", second=_tr("none to acknowledge"))
    return Cell(first=words, tone=level_tone(level), pill=True)


def _waiting(line: ReviewLine, day: BoardDay) -> Cell:
    minutes = max(0, int((day.now - line.arrived_at).total_seconds()) // 60)
    since = _moment(line.arrived_at, day)
    if line.arrived_at.astimezone(day.zone).date() != day.now.astimezone(day.zone).date():
        return since
    if line.status is not Status.WAITING:
        return Cell(first=_tr("arrived %1").replace("%1", since.first), second=minutes_words(minutes))
    late = minutes >= day.warn_after_min
    first = f"⚠ {minutes_words(minutes)}" if late else minutes_words(minutes)
    return Cell(first=first, second=_tr("since %1").replace("%1", since.first), tone="warning" if late else "")


def _chart(line: ReviewLine) -> Cell:
    if line.held_by:
        return Cell(first=_tr("open"), second=line.held_by, tone="info")
    return Cell(first=status_words(line.status), tone=status_tone(line.status), pill=True)


def _moment(moment: datetime, day: BoardDay) -> Cell:
    """Return an instant as a time of today, or as the date with the time below it."""
    local = moment.astimezone(day.zone)
    if local.date() == day.now.astimezone(day.zone).date():
        return Cell(first=time_words(local))
    return Cell(first=date_words(local.date()), second=time_words(local))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Review", text)
