"""Reading a clinician's note as it was typed; the one door to what a note is made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from intake.domain.answers import HIGHEST_RATING, LOWEST_RATING
from intake.domain.codes import CodeList
from intake.domain.fields import LONG_TEXT, SHORT_TEXT
from intake.domain.review_form import Item, Measure, ReviewForm
from intake.domain.reviews import BESIDE, Activity, Note, Raw
from intake.entry.answers import safe_name
from intake.entry.code_picking import code_warnings, find_code, search_codes
from intake.entry.tidy import as_words, has_control, plain_digits, tidy_long
from intake.errors import Problem

__all__ = ["NOT_EXAMINED", "NoteReading", "code_warnings", "missing_parts", "read_note", "search_codes"]

TEXTS: Final = ("history", "examination", "impression", "plan_text")
PARTS: Final = (*TEXTS, "findings", "causes", "codes", "plan", "totals", "activities", "addendum", "addendum_reason", *BESIDE)
NEEDS_WORDS: Final = "prescription"
"""The treatment that says nothing without words."""
NOT_EXAMINED: Final = "not_examined"
"""The answer that says a thing was left out of the examination."""
MOST_ACTIVITIES: Final = 5
_WHOLE = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteReading:
    """A note as understood, and every problem of it; what has an error is left out of the note, so it must not be signed."""

    note: Note
    problems: tuple[Problem, ...]


def read_note(raw: Raw, *, form: ReviewForm, codes: CodeList, on: date) -> NoteReading:
    """Return the note that was typed for a visit on a day. Never raises for what is in it.

    An addendum is no part of it, nor is what was typed beside it.
    """
    reader = _Reader()
    reader.unknown(raw, PARTS, "note")
    texts = {name: reader.text(raw.get(name), f"note.{name}") for name in TEXTS}
    note = Note(
        **texts,
        findings=reader.findings(raw.get("findings"), form),
        causes=reader.causes(raw.get("causes"), form),
        codes=reader.codes(raw.get("codes"), codes),
        plan=reader.plan(raw.get("plan"), form),
        totals=reader.totals(raw.get("totals"), form),
        activities=reader.activities(raw.get("activities")),
    )
    for warning in code_warnings(codes, note.codes, on):
        reader.add("note.codes" if warning.about == codes.release else f"note.codes.{warning.about}", warning.code, warning=True)
    return NoteReading(note=note, problems=tuple(reader.problems))


def missing_parts(note: Note) -> tuple[str, ...]:
    """Return which of examination, impression and plan have nothing in them; "not examined" alone is no examination."""
    examined = note.examination or any(found != NOT_EXAMINED for found in note.findings.values())
    parts = {
        "examination": examined,
        "impression": note.impression or note.causes or note.codes,
        "plan": note.plan or note.plan_text,
    }
    return tuple(name for name, content in parts.items() if not content)


class _Reader:
    """Reads part after part and keeps what is wrong."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, field: str, code: str, *, warning: bool = False) -> None:
        self.problems.append(Problem(field=field, code=code, level="warning" if warning else "error"))

    def unknown(self, given: Iterable[object], known: Iterable[str], field: str) -> None:
        allowed = tuple(known)  # what a draft holds may not be hashable
        for name in given:
            if name not in allowed:
                self.add(f"{field}.{safe_name(name)}", "unknown_note_part")

    def text(self, value: object, field: str, *, most: int = LONG_TEXT) -> str:
        """Return a text of several lines as it is kept, an empty one when there is none or it cannot be kept."""
        if value is None:
            return ""
        tidy = tidy_long(value) if isinstance(value, str) else ""
        if not isinstance(value, str):
            self.add(field, "not_a_text")
        elif has_control(tidy, lines=True):
            self.add(field, "control_characters")
        elif len(tidy) > most:
            self.add(field, "text_too_long")
        else:
            return tidy
        return ""

    def findings(self, value: object, form: ReviewForm) -> dict[str, str]:
        given = self._group(value, "note.findings")
        items = {item.key: item for group in form.groups for item in group.items}
        self.unknown(given, items, "note.findings")
        read = {key: self._finding(given[key], item) for key, item in items.items() if key in given}
        return {key: found for key, found in read.items() if found}

    def _finding(self, value: object, item: Item) -> str:
        field = f"note.findings.{item.key}"
        said = self.text(value, field)
        if not said or not item.choices:
            return said
        meant = next((each.code for each in item.choices if as_words(said) in (each.code, as_words(each.label))), "")
        if not meant:
            self.add(field, "not_a_choice")
        return meant

    def causes(self, value: object, form: ReviewForm) -> tuple[str, ...]:
        known = [cause.key for cause in form.causes]
        given = self._list(value, "note.causes")
        self.unknown(given, known, "note.causes")
        return tuple(key for key in known if key in given)

    def codes(self, value: object, codes: CodeList) -> tuple[str, ...]:
        """Return the codes of the list in the order picked, which is the order of billing."""
        read: dict[str, None] = {}
        for each in self._list(value, "note.codes"):
            found = find_code(codes, each) if isinstance(each, str) else None
            if found is None:
                self.add(f"note.codes.{safe_name(each)}", "code_not_in_list")
            else:
                read[found.code] = None
        return tuple(read)

    def plan(self, value: object, form: ReviewForm) -> dict[str, str]:
        given = self._group(value, "note.plan")
        known = [treatment.key for treatment in form.treatments]
        self.unknown(given, known, "note.plan")
        read = {key: self.text(given[key], f"note.plan.{key}") for key in known if given.get(key) is not None}
        if read.get(NEEDS_WORDS) == "":
            self.add(f"note.plan.{NEEDS_WORDS}", "prescription_without_words", warning=True)
        return read

    def totals(self, value: object, form: ReviewForm) -> dict[str, int]:
        given = self._group(value, "note.totals")
        measures = {measure.key: measure for measure in form.measures if measure.enabled}
        self.unknown(given, measures, "note.totals")
        read = {key: self._total(given[key], measure) for key, measure in measures.items() if key in given}
        return {key: total for key, total in read.items() if total is not None}

    def _total(self, value: object, measure: Measure) -> int | None:
        field = f"note.totals.{measure.key}"
        return self._number(value, field, low=measure.low, high=measure.high, code="not_a_number")

    def activities(self, value: object) -> tuple[Activity, ...]:
        given = self._list(value, "note.activities")
        read = [self._activity(part, f"note.activities.{place}") for place, part in enumerate(given[:MOST_ACTIVITIES])]
        if len(given) > MOST_ACTIVITIES:
            self.add("note.activities", "too_many_activities")
        return tuple(activity for activity in read if activity is not None)

    def _activity(self, value: object, field: str) -> Activity | None:
        given = self._group(value, field)
        self.unknown(given, ("name", "score"), field)
        name = self.text(given.get("name"), f"{field}.name", most=SHORT_TEXT)
        score = self._number(given.get("score"), f"{field}.score", low=LOWEST_RATING, high=HIGHEST_RATING, code="not_a_rating")
        if score is not None and not name:
            self.add(f"{field}.name", "activity_without_name")
        return Activity(name=name, score=score) if name else None

    def _number(self, value: object, field: str, *, low: int, high: int, code: str) -> int | None:
        """Return a whole number from low to high, None when nothing was typed or it is not one."""
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        typed = self.text(value, field)
        if not typed:
            return None
        digits = plain_digits(typed)
        if _WHOLE.fullmatch(digits) and low <= int(digits) <= high:
            return int(digits)
        self.add(field, code)
        return None

    def _group(self, value: object, field: str) -> Mapping[object, object]:
        if value is None or isinstance(value, Mapping):
            return value or {}
        self.add(field, "not_a_group")
        return {}

    def _list(self, value: object, field: str) -> list[object]:
        if value is None or isinstance(value, list | tuple):
            return list(value or ())
        self.add(field, "not_a_list")
        return []
