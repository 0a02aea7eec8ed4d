"""How long records stay, and the steps of a removal, in words and rows."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from intake.domain.retention import CONSENTS, Reckoned, Removal, Stays
from ui.models.board import Cell, date_words
from ui.models.patients import Row
from ui.models.requests import whole_moment


class Listing(IntEnum):
    """What the table shows."""

    DUE = 0
    PROPOSED = 1
    REMOVED = 2


def headings() -> tuple[str, ...]:
    """Return the heads of the columns."""
    return (_tr("Record"), _tr("When"), _tr("State"))


def record_row(line: Reckoned, removal: Removal | None, *, today: date, zone: ZoneInfo) -> Row:
    """Return a record: whose it is, from when on it may go, when it was last written, and how it stands."""
    newest = date_words(line.last_at.astimezone(zone).date())
    return Row(
        key=line.patient_id,
        cells=(
            Cell(first=line.name, second=line.number),
            Cell(first=_tr("from %1").replace("%1", date_words(line.free_on)), second=_tr("newest %1").replace("%1", newest)),
            _state(line, removal, today),
        ),
    )


def removed_row(removal: Removal, *, zone: ZoneInfo) -> Row:
    """Return a record that is gone: its number, when and by whom; there is no name any more."""
    ended = removal.ended or removal.proposed
    return Row(
        key=removal.patient_id,
        cells=(
            Cell(first=removal.number),
            Cell(first=date_words(ended.at.astimezone(zone).date()), second=_tr("by %1").replace("%1", ended.by)),
            Cell(first=_tr("Removed"), pill=True),
        ),
    )


def stays_words(line: Reckoned, today: date) -> str:
    """Return why a record stays and until when, or that it may go."""
    stays = line.stays(today)
    day = date_words(line.free_on)
    if stays is Stays.NOT_DUE:
        return _tr("The law keeps this record. It may go from %1 on.").replace("%1", day)
    if stays is Stays.KEPT and line.keep is not None:
        return _tr("Kept whatever its age: %1 (%2)").replace("%1", line.keep.reason).replace("%2", line.keep.by)
    if stays is Stays.LAST_NUMBER:
        return _tr("It holds the last number of its kind, which must not be given twice. It may go once there is a later one.")
    return _tr("Its time was over on %1.").replace("%1", day)


def step_words(removal: Removal | None, zone: ZoneInfo) -> tuple[tuple[bool, str], ...]:
    """Return each step of a removal, and whether it is done."""
    if removal is None:
        return ((False, _tr("Proposed")), (False, _tr("Copy written")), (False, _tr("Two people consented")), (False, _tr("Removed")))
    copy, ended = removal.copy, removal.ended
    given = " · ".join(f"{each.by}, {whole_moment(each.at, zone)}" for each in removal.consents)
    count = _tr("%1 of %2 people consented").replace("%1", str(len(removal.consents))).replace("%2", str(CONSENTS))
    return (
        (True, _done(_tr("Proposed"), removal.proposed.by, removal.proposed.at, zone)),
        (copy is not None, _done(_tr("Copy written"), copy.by, copy.at, zone) if copy else _tr("Copy written")),
        (len(removal.consents) >= CONSENTS, f"{count}: {given}" if given else count),
        (ended is not None, _done(_tr("Removed"), ended.by, ended.at, zone) if ended else _tr("Removed")),
    )


def _state(line: Reckoned, removal: Removal | None, today: date) -> Cell:
    stays = line.stays(today)
    if stays is Stays.KEPT:
        return Cell(first=_tr("Kept longer"), tone="warning", pill=True)
    if stays is not None:
        return Cell(first=_tr("Last number") if stays is Stays.LAST_NUMBER else _tr("Stays"), tone="neutral", pill=True)
    if removal is None:
        return Cell(first=_tr("May go"), tone="ok", pill=True)
    if removal.copy is None:
        return Cell(first=_tr("Copy next"), tone="info", pill=True)
    if not removal.complete:
        return Cell(first=_tr("Consents"), tone="info", pill=True)
    return Cell(first=_tr("Ready"), tone="warning", pill=True)


def _done(what: str, by: str, at: datetime, zone: ZoneInfo) -> str:
    return f"{what}: {by}, {whole_moment(at, zone)}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Retention", text)
