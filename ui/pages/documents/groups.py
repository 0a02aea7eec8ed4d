"""The lines of a list under headings: by urgency, by clinician, or by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from intake.domain.requests import RequestLine
from ui.models.requests import URGENCY_TONES, ListDay, Urgency, kind_words, urgency_of, urgency_words


class Grouping(StrEnum):
    """What the headings of the list are."""

    URGENCY = "urgency"
    CLINICIAN = "clinician"
    KIND = "kind"

    def after(self) -> Grouping:
        """Return the grouping that comes next."""
        every = list(Grouping)
        return every[(every.index(self) + 1) % len(every)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading over some lines: its words, how many lines follow, and the tint."""

    words: str
    count: int
    tone: str = ""


Entry = Heading | RequestLine


def grouping_words(grouping: Grouping) -> str:
    """Return what a grouping is called."""
    return {Grouping.URGENCY: _tr("By urgency"), Grouping.CLINICIAN: _tr("By clinician"), Grouping.KIND: _tr("By kind")}[grouping]


def grouped(lines: Sequence[RequestLine], grouping: Grouping, day: ListDay) -> tuple[Entry, ...]:
    """Return the lines in their order under headings; a heading that has the most pressing line comes first."""
    groups: dict[str, list[RequestLine]] = {}
    tones: dict[str, str] = {}
    for line in lines:
        words, tone = _heading(line, grouping, day)
        groups.setdefault(words, []).append(line)
        tones[words] = tone
    return tuple(_entries(groups, tones))


def _entries(groups: dict[str, list[RequestLine]], tones: dict[str, str]) -> Iterable[Entry]:
    for words, lines in groups.items():
        yield Heading(words=words, count=len(lines), tone=tones[words])
        yield from lines


def _heading(line: RequestLine, grouping: Grouping, day: ListDay) -> tuple[str, str]:
    match grouping:
        case Grouping.URGENCY:
            urgency = urgency_of(line, day.now)
            return urgency_words(urgency), URGENCY_TONES[urgency] if urgency is Urgency.OVERDUE else ""
        case Grouping.CLINICIAN:
            return line.clinician or _tr("No clinician yet"), ""
        case Grouping.KIND:
            return kind_words(line, day.kinds), ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Documents", text)
