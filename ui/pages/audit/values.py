"""Old and new of an entry in words: what changed, and the values, which the audit keeps as codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.checklist import Question
from intake.entry.audit_words import ROLES, action_words, outcome_words
from intake.wording import SENTENCES, label_of, text_of
from ui.models.board import date_words
from ui.models.requests import whole_moment
from ui.pages.chart.glance_words import answer_words, field_words

_CODE: Final = re.compile(r"[a-z]+(_[a-z]+)*")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SHORT: Final = 16
_LABELS: Final = {
    "action": QT_TRANSLATE_NOOP("AuditValues", "Action"),
    "active": QT_TRANSLATE_NOOP("AuditValues", "Signs in"),
    "all_sealed": QT_TRANSLATE_NOOP("AuditValues", "Sealed from now on"),
    "anchor": QT_TRANSLATE_NOOP("AuditValues", "Series of links beside the store"),
    "board": QT_TRANSLATE_NOOP("AuditValues", "Clinic of the list"),
    "by": QT_TRANSLATE_NOOP("AuditValues", "By"),
    "clinic": QT_TRANSLATE_NOOP("AuditValues", "Clinic"),
    "consents": QT_TRANSLATE_NOOP("AuditValues", "Consented"),
    "entries": QT_TRANSLATE_NOOP("AuditValues", "Entries"),
    "form": QT_TRANSLATE_NOOP("AuditValues", "Form"),
    "hold": QT_TRANSLATE_NOOP("AuditValues", "Chart in hand of"),
    "idle_lock_min": QT_TRANSLATE_NOOP("AuditValues", "Minutes until a desk locks by itself"),
    "keep": QT_TRANSLATE_NOOP("AuditValues", "Backups that are kept"),
    "last_entry": QT_TRANSLATE_NOOP("AuditValues", "Its last audit entry"),
    "list": QT_TRANSLATE_NOOP("AuditValues", "Clinic of the list"),
    "more": QT_TRANSLATE_NOOP("AuditValues", "More of the same"),
    "outcome": QT_TRANSLATE_NOOP("AuditValues", "Outcome"),
    "pdf_sha256": QT_TRANSLATE_NOOP("AuditValues", "SHA-256 of the PDF"),
    "period": QT_TRANSLATE_NOOP("AuditValues", "Days"),
    "purpose": QT_TRANSLATE_NOOP("AuditValues", "For"),
    "replaced": QT_TRANSLATE_NOOP("AuditValues", "Noted before"),
    "requests": QT_TRANSLATE_NOOP("AuditValues", "Clinic of the list"),
    "rows_sha256": QT_TRANSLATE_NOOP("AuditValues", "SHA-256 of the rows"),
    "sealed": QT_TRANSLATE_NOOP("AuditValues", "Sealed"),
    "sha256": QT_TRANSLATE_NOOP("AuditValues", "SHA-256 of the file"),
    "staff": QT_TRANSLATE_NOOP("AuditValues", "Person"),
    "target": QT_TRANSLATE_NOOP("AuditValues", "Went to"),
    "uses": QT_TRANSLATE_NOOP("AuditValues", "Times"),
    "verdict": QT_TRANSLATE_NOOP("AuditValues", "Found"),
    "visit.status": QT_TRANSLATE_NOOP("AuditValues", "Status"),
}
"""What is called otherwise than its path, and has no label of its own."""
_ENDS: Final = ("first", "before")
"""Where a period begins, and what it ends before."""
_PEOPLE: Final = frozenset({"hold", "consents"})
_PLACES: Final = frozenset({"board", "list", "requests", "clinic", "location", "visit.location"})
_ACTIONS: Final = frozenset({"action", "purpose"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is known of the practice, for saying the values of an entry."""

    definitions: Definitions
    zone: ZoneInfo
    people: Mapping[int, str] = field(default_factory=dict)

    def label(self, path: str) -> str:
        """Return what a changed field is called."""
        if path in _LABELS:
            return _tr(str(_LABELS[path]))
        called = label_of(path, self.definitions)
        return called if called != path else path.replace("_", " ").capitalize()

    def value(self, path: str, value: str | None) -> str:
        """Return one value in words, a dash for none."""
        if value is None:
            return "–"
        for say in (self._of_record, self._of_practice, self._of_codes):
            if (said := say(path, value)) is not None:
                return said
        return _plain(value, self.zone)

    def change(self, path: str, old: str | None, new: str | None) -> str:
        """Return a change: only the value where there was none before, or where it did not change."""
        if old is None or old == new:
            return self.value(path, new)
        return f"{self.value(path, old)}  →  {self.value(path, new)}"

    def told(self, changes: Mapping[str, tuple[str | None, str | None]]) -> list[tuple[str, str]]:
        """Return what changed as names and values; the two ends of a period are one."""
        told = [(self.label(path), self.change(path, old, new)) for path, (old, new) in changes.items() if path not in _ENDS]
        first, before = ((changes.get(end) or (None, None))[1] for end in _ENDS)
        if first and before:
            last = datetime.fromisoformat(before).astimezone(self.zone) - timedelta(microseconds=1)
            days = f"{datetime.fromisoformat(first).astimezone(self.zone).date()}/{last.date()}"
            told.insert(0, (self.label("period"), self.value("period", days)))
        elif first:
            told.insert(0, (_tr("From"), self.value("first", first)))
        elif before:
            told.insert(0, (_tr("Before"), self.value("before", before)))
        return told

    def _of_record(self, path: str, value: str) -> str | None:
        """Say a field of the record, or an answer."""
        if path.startswith("answers."):
            question = next((each for each in self.definitions.checklist.questions() if each.key == path.removeprefix("answers.")), None)
            return answer_words(question, _answer(question, value)) if question is not None else None
        said = field_words(path, value)
        return said if said != value else None

    def _of_practice(self, path: str, value: str) -> str | None:
        """Say a clinic, people by their number, or how many backups are kept."""
        if path in _PLACES:
            known = {place.key: place.name for place in self.definitions.practice.locations}
            return _tr("All clinics") if value == "all" else known.get(value)
        if path == "replaced":
            return value.replace("data ", _tr("beside the store: "), 1).replace(" desk ", _tr(", at this desk: "), 1)
        if path in _PEOPLE:
            return ", ".join(self._person(each) for each in value.split()) or None
        kept = value.split()
        if path == "keep" and len(kept) == len(("hours", "days", "months")):
            return _filled(_tr("%1 hours, %2 days, %3 months"), *kept)
        return None

    def _of_codes(self, path: str, value: str) -> str | None:
        """Say a role, an action, an outcome."""
        if path in ("role", "roles") or path.endswith("second_factor_roles"):
            return ", ".join(ROLES.get(each, each) for each in value.replace(",", " ").split()) or _tr("nobody")
        if path in _ACTIONS:
            return action_words(value)
        return outcome_words(value) if path == "outcome" else None

    def _person(self, number: str) -> str:
        known = self.people.get(int(number)) if number.isdecimal() else None
        return known or _filled(_tr("account %1"), number)


def reason_words(reason: str) -> str:
    """Return a reason: as somebody typed it, or a code of the program in words."""
    return text_of(reason) if reason in SENTENCES else reason


def _answer(question: Question, value: str) -> Answer:
    return tuple(value.split()) if question.options and " " in value else value


def _plain(value: str, zone: ZoneInfo) -> str:
    """Say what tells by its form what it is: days, moments, digests, words of the program."""
    first, _, last = value.partition("/")
    if _DAY.fullmatch(first) and _DAY.fullmatch(last):
        return f"{_day(first)} – {_day(last)}"
    if _DAY.fullmatch(value):
        return _day(value)
    if _SHA256.fullmatch(value):
        return f"{value[:_SHORT]}…"
    if "_" in value and _CODE.fullmatch(value):
        return value.replace("_", " ")
    return _moment(value, zone) or value


def _day(text: str) -> str:
    try:
        return date_words(date.fromisoformat(text))
    except ValueError:
        return text


def _moment(text: str, zone: ZoneInfo) -> str:
    if not (_DAY.match(text) and "T" in text):
        return ""
    try:
        return whole_moment(datetime.fromisoformat(text), zone)
    except ValueError:
        return ""


def _filled(words: str, *values: str) -> str:
    for number, value in reversed(tuple(enumerate(values, start=1))):
        words = words.replace(f"%{number}", value)
    return words


def _tr(text: str) -> str:
    return QCoreApplication.translate("AuditValues", text)
