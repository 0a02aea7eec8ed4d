"""What was recorded, in words, for the pages of a chart: never more than was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from intake.definitions.bundle import Definitions
from intake.documents.words import day_words, time_words
from intake.domain.answers import Answer, Kind
from intake.domain.checklist import Checklist, Question
from intake.domain.fields import Described
from intake.domain.prompting import label_of
from intake.domain.records import VisitRecord
from intake.domain.visits import all_fields
from intake.entry.dates import show_date
from intake.entry.showing import shown

STATES: Final = {"yes": "Yes", "no": "No", "unsure": "Unsure"}
NOT_ASKED: Final = "not asked"
_BARE: Final = frozenset(STATES)
_CHECKED: Final = {
    "V2": "Source compared with a secondary text only.",
    "R": "Source not yet compared with this rule.",
}
_FIELDS: Mapping[str, Described] = {field.path: field for field in all_fields()}


def checklist_of(visit: VisitRecord, definitions: Definitions) -> Checklist:
    """Return the checklist a visit was asked with."""
    return definitions.checklists.get(visit.checklist_version, definitions.checklist)


def answer_words(question: Question, answer: Answer | None) -> str:
    """Return an answer as words, "not asked" when there is none; a code that the question does not offer is shown as it is."""
    if answer is None:
        return NOT_ASKED
    if question.kind is Kind.STATE:
        return STATES.get(str(answer), str(answer))
    if question.options:
        known = {option.code: option.text.en for option in question.options}
        return ", ".join(known.get(code, code) for code in (answer if isinstance(answer, tuple) else (str(answer),)))
    if question.kind is Kind.DATE:
        return day_words(str(answer))
    if question.kind is Kind.RATING:
        return f"{answer} of {question.high}"
    return f"{answer} {question.unit.en}" if question.unit else str(answer)


def detail_words(question: Question, answer: Answer) -> str:
    """Return a detail on its parent's row: choices as they are, everything that needs it with its label before it."""
    words = answer_words(question, answer)
    given = set(answer) if isinstance(answer, tuple) else {answer}
    if question.options and not given & _BARE:
        return ", ".join(part[:1].lower() + part[1:] for part in words.split(", "))
    return f"{question.short.en.lower()}: {words}"


def field_words(path: str, value: Answer | None) -> str:
    """Return a field of the record as words, by its path; a path that is none shows its value as it is."""
    if value is None:
        return NOT_ASKED
    field = _FIELDS.get(path)
    return shown(field, str(value)) if field is not None else str(value)


def fact_words(key: str, answer: Answer, checklist: Checklist) -> str:
    """Return a fact that a rule looked at as answered: ``Blurry eyesight: Yes``."""
    try:
        words = answer_words(checklist.question(key), answer)
    except KeyError:
        words = field_words(key, answer)
    return f"{label_of(key, checklist)}: {words}"


def checked_words(checked: str) -> str:
    """Return how well a rule's source was compared, empty when it was with its own text."""
    return _CHECKED.get(checked, "" if checked == "V" else _CHECKED["R"])


def short_day(day: date, on: date) -> str:
    """Return a day without its year when that is the same: ``Jan 12``; else ``Jan 12, 2025``."""
    return show_date(day).rpartition(",")[0] if day.year == on.year else show_date(day)


def instant_words(instant: datetime, zone: ZoneInfo, on: date) -> str:
    """Return an instant at the clinic: the time alone on the day itself, else with its day."""
    local = instant.astimezone(zone)
    time = time_words(local)
    return time if local.date() == on else f"{short_day(local.date(), on)}, {time}"
