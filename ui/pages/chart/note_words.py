"""A note in words: section by section as it was written, and in short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from intake.domain.codes import CodeList
from intake.domain.review_form import Item, ReviewForm
from intake.domain.reviews import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a note under its heading."""

    title: str
    text: str


def sections_of(note: Note, form: ReviewForm, codes: CodeList) -> tuple[Section, ...]:
    """Return the parts of a note that have anything in them."""
    parts = (
        (_tr("History"), [note.history]),
        (_tr("Examination"), [note.examination, *_findings(note, form)]),
        (_tr("Impression"), [*_causes(note, form), *_codes(note, codes), note.impression]),
        (_tr("Plan"), [*_plan(note, form), note.plan_text]),
        (_tr("Measures"), [*_activities(note), *_totals(note, form)]),
    )
    return tuple(Section(title=title, text="\n".join(line for line in lines if line)) for title, lines in parts if any(lines))


def in_short(note: Note, form: ReviewForm) -> tuple[Section, ...]:
    """Return what is about to be signed, each part on one line: texts by their number of words, picks by name."""
    examined = [_words(note.examination), _count(len(note.findings), _tr("1 item"), _tr("%1 items"))]
    impression = [*_causes(note, form), " ".join(note.codes), _words(note.impression)]
    treatments = [form.treatment(key).label for key in note.plan]
    measures = [_count(len(note.activities), _tr("1 activity"), _tr("%1 activities")), *(form.measure(key).label for key in note.totals)]
    parts = (
        (_tr("History"), [_words(note.history)]),
        (_tr("Examination"), examined),
        (_tr("Impression"), impression),
        (_tr("Plan"), [*treatments, _words(note.plan_text)]),
        (_tr("Measures"), measures),
    )
    return tuple(Section(title=title, text=" · ".join(each for each in said if each) or _tr("nothing")) for title, said in parts)


def _findings(note: Note, form: ReviewForm) -> Iterator[str]:
    for group in form.groups:
        said = [f"{item.label}: {_found(item, note.findings[item.key])}" for item in group.items if item.key in note.findings]
        if said:
            yield f"{group.label}: " + "; ".join(said) + "."


def _found(item: Item, value: str) -> str:
    label = next((choice.label for choice in item.choices if choice.code == value), value)
    return f"{label} {item.unit}" if item.unit else label


def _causes(note: Note, form: ReviewForm) -> list[str]:
    named = ", ".join(cause.label for cause in form.causes if cause.key in note.causes)
    return [named] if named else []


def _codes(note: Note, codes: CodeList) -> Iterator[str]:
    for code in note.codes:
        known = codes.find(code)
        yield f"{code} {known.title}" if known else code


def _plan(note: Note, form: ReviewForm) -> Iterator[str]:
    for key, words in note.plan.items():
        label = form.treatment(key).label
        yield f"{label}: {words}" if words else label


def _activities(note: Note) -> Iterator[str]:
    for each in note.activities:
        rated = _tr("not rated") if each.score is None else _tr("%1 of 10 (0 unable, 10 as before)").replace("%1", str(each.score))
        yield f"{each.name}: {rated}"


def _totals(note: Note, form: ReviewForm) -> Iterator[str]:
    for key, total in note.totals.items():
        measure = form.measure(key)
        yield f"{measure.label}: {total} {measure.unit}, {_tr('higher is')} {measure.higher_is}"


def _words(text: str) -> str:
    return _count(len(text.split()), _tr("1 word"), _tr("%1 words"))


def _count(number: int, one: str, several: str) -> str:
    if not number:
        return ""
    return one if number == 1 else several.replace("%1", str(number))


def _tr(text: str) -> str:
    return QCoreApplication.translate("note", text)
