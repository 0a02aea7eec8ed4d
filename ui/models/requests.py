"""What a list says of a requested document: where it stands, how it leaves, how much time is left. Words only, nothing is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from intake.domain.document_kinds import DocumentKinds
from intake.domain.requests import WAYS, RequestLine, RequestState
from ui.desk import Desk
from ui.models.board import date_words, minutes_words
from ui.top_bar import time_words

SOON = timedelta(hours=4)
TODAY = timedelta(hours=24)
TO_PATIENT = "to_patient"
_FAR_DAYS = 2
_DAY_MIN = 24 * 60


class Urgency(StrEnum):
    """How pressing a document is, by the time that is left."""

    OVERDUE = "overdue"
    SOON = "soon"
    TODAY = "today"
    LATER = "later"


URGENCY_TONES: Mapping[Urgency, str] = {Urgency.OVERDUE: "danger", Urgency.SOON: "warning", Urgency.TODAY: "", Urgency.LATER: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDay:
    """What the lines are told with: the instant, the clinic's zone, the kinds of document, and the names of the clinics."""

    now: datetime
    zone: ZoneInfo
    kinds: DocumentKinds
    clinics: Mapping[str, str]


def list_day(desk: Desk) -> ListDay:
    """Return what the lines at a desk are told with now."""
    known = desk.definitions
    clinics = {each.key: each.name for each in known.practice.locations}
    return ListDay(now=desk.now(), zone=desk.zone, kinds=known.document_kinds, clinics=clinics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a request stands: an icon's name, the words, their tint; ``short`` and ``more`` say the same on two lines."""

    icon: str
    words: str
    tone: str
    short: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLeft:
    """The time until a document is due: words, the share of the time that is used up, and when that is."""

    words: str
    used: float
    urgency: Urgency
    due: str


def urgency_of(line: RequestLine, now: datetime) -> Urgency:
    """Return how pressing a line is at this instant."""
    left = line.due_at - now
    if left < timedelta(0):
        return Urgency.OVERDUE
    return Urgency.SOON if left <= SOON else Urgency.TODAY if left <= TODAY else Urgency.LATER


def urgency_words(urgency: Urgency) -> str:
    """Return the heading over the lines of one urgency."""
    return {
        Urgency.OVERDUE: _tr("Overdue"),
        Urgency.SOON: _tr("Due within 4 hours"),
        Urgency.TODAY: _tr("Due within 24 hours"),
        Urgency.LATER: _tr("Later"),
    }[urgency]


def span_words(span: timedelta) -> str:
    """Return a span of time, never negative: ``40 min``, ``3 h 05 min``, ``1 day 5 h``, ``9 days``."""
    minutes = int(abs(span).total_seconds()) // 60
    if minutes < _DAY_MIN:
        return minutes_words(minutes)
    days, rest = divmod(minutes, _DAY_MIN)
    if days >= _FAR_DAYS:
        return _tr("%1 days").replace("%1", str(days))
    return _tr("1 day %1 h").replace("%1", str(rest // 60)) if rest >= 60 else _tr("1 day")  # noqa: PLR2004 - minutes of an hour


def time_left(line: RequestLine, day: ListDay) -> TimeLeft:
    """Return how much time is left of a document that is owed."""
    left, whole = line.due_at - day.now, (line.due_at - line.opened_at).total_seconds()
    used = 1.0 if whole <= 0 else min(1.0, max(0.0, 1 - left.total_seconds() / whole))
    span = span_words(left)
    urgency = urgency_of(line, day.now)
    words = _tr("%1 late").replace("%1", span) if urgency is Urgency.OVERDUE else span
    return TimeLeft(words=words, used=used, urgency=urgency, due=moment_words(line.due_at, day))


def moment_words(moment: datetime, day: ListDay) -> str:
    """Return an instant at the clinic as short as it can be told: ``2:15 PM``, ``Mon 2:15 PM``, ``Dec 14``, ``Dec 14, 2027``."""
    local, here = moment.astimezone(day.zone), day.now.astimezone(day.zone)
    days = (local.date() - here.date()).days
    if days == 0:
        return time_words(local)
    if abs(days) < 7:  # noqa: PLR2004 - a weekday is told once in seven days
        return f"{local:%a} {time_words(local)}"
    words = date_words(local.date())
    return words.rpartition(",")[0] if local.year == here.year else words


def whole_moment(moment: datetime, zone: ZoneInfo) -> str:
    """Return an instant at the clinic in full: ``Nov 22, 2026, 4:05 PM``."""
    local = moment.astimezone(zone)
    return f"{date_words(local.date())}, {time_words(local)}"


def delivered_words(line: RequestLine, day: ListDay) -> tuple[str, str, str]:
    """Return when a document was handed over, whether that was on time, and the tint of that."""
    if line.delivered_at is None:
        return "–", "", ""
    when, late = moment_words(line.delivered_at, day), line.delivered_at - line.due_at
    if late > timedelta(0):
        return when, _tr("%1 late").replace("%1", span_words(late)), "warning"
    return when, _tr("on time"), "ok"


def stand_of(line: RequestLine) -> Stand:  # noqa: PLR0911 - one return for each way a request can stand
    """Return where a request stands, what needs attention before all else."""
    if line.state is RequestState.DELIVERED:
        return Stand(icon="check", words=_tr("Handed over"), tone="ok")
    if line.state is RequestState.WITHDRAWN:
        return Stand(icon="cross", words=_tr("Withdrawn"), tone="")
    if line.printing:
        return Stand(icon="printer", words=_tr("With the printer"), tone="info")
    if line.trouble:
        words = _tr("Did not print: %1").replace("%1", line.trouble)
        return Stand(icon="warning", words=words, tone="danger", short=_tr("Did not print"), more=line.trouble)
    if line.missing:
        words = _tr("1 thing missing") if line.missing == 1 else _tr("%1 things missing").replace("%1", str(line.missing))
        return Stand(icon="ask", words=words, tone="warning")
    if line.changed and line.state is RequestState.PRINTED:
        return Stand(icon="again", words=_tr("Changed since printed"), tone="warning")
    if line.state is RequestState.PRINTED:
        return Stand(icon="hand", words=_tr("Printed, to hand over"), tone="accent")
    if line.state is RequestState.READY:
        return Stand(icon="check", words=_tr("Ready to print"), tone="ok")
    return _unsigned(line)


def kind_words(line: RequestLine, kinds: DocumentKinds) -> str:
    """Return what a document is called; a kind that the practice no longer has goes by its key."""
    known = next((kind for kind in kinds.kinds if kind.key == line.kind), None)
    return known.name.en if known else line.kind.replace("_", " ")


def receiver_of(line: RequestLine, day: ListDay) -> str:
    """Return who a document is handed to as far as is known: its recipient, else the patient when it is for the patient."""
    known = next((kind for kind in day.kinds.kinds if kind.key == line.kind), None)
    own = known is None or (known.purpose == TO_PATIENT and line.leaves_by != "fax")
    return line.recipient or (line.name if own else "")


def way_words(way: str) -> str:
    """Return how a document leaves."""
    return next((each.label for each in WAYS if each.code == way), way)


def row_words(line: RequestLine, day: ListDay) -> str:
    """Return a whole line in words, for a screen reader."""
    parts = [line.name, line.record_number, kind_words(line, day.kinds), line.number, stand_of(line).words, way_words(line.leaves_by)]
    if line.state.open:
        left = time_left(line, day)
        parts.append(left.words if left.urgency is Urgency.OVERDUE else _tr("%1 left").replace("%1", left.words))
        parts.append(_tr("due %1").replace("%1", left.due))
    else:
        parts += delivered_words(line, day)[:2]
    return ", ".join(part for part in parts if part)


def _unsigned(line: RequestLine) -> Stand:
    """Return whose signature a document waits for."""
    if not line.clinician:
        words, more = _tr("Waiting for a signature"), _tr("no clinician yet")
    else:
        words, more = _tr("Waiting for %1’s signature").replace("%1", line.clinician), line.clinician
    return Stand(icon="pen", words=words, tone="warning", short=_tr("Waiting for signature"), more=more)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Documents", text)
