"""What is different since an earlier visit, and what was written then: as recorded, without a judgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.definitions.bundle import Definitions
from intake.domain.checklist import Checklist, Kind, Question
from intake.domain.reviews import Chart, Note, Signature
from ui.pages.chart.glance_facts import safety_items
from ui.pages.chart.glance_words import NOT_ASKED, answer_words, checklist_of, detail_words, short_day
from ui.pages.chart.ratings_plot import Rated, Ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer that is another one now, both in words."""

    label: str
    before: str
    now: str

    def words(self) -> str:
        """Return it as a line."""
        return f"{self.label}: {self.before} → {self.now}"


def ratings_over(chart: Chart, before: Sequence[Chart], definitions: Definitions) -> tuple[Ratings, ...]:
    """Return every rating given at this visit or one before, over all of them; ``before`` has the latest first."""
    visits = [*reversed(before), chart]
    questions = [question for question in checklist_of(chart.visit, definitions).questions() if question.kind is Kind.RATING]
    found = []
    for question in questions:
        values = tuple(
            Rated(day=short_day(each.visit.visit_day, chart.visit.visit_day), value=_whole(each.answers.get(question.key)))
            for each in visits
        )
        if any(each.value is not None for each in values):
            found.append(Ratings(name=question.short.en, values=values))
    return tuple(found)


def changes(chart: Chart, then: Chart, definitions: Definitions) -> tuple[Change, ...]:
    """Return the answers that are not the same at both visits, in the order of asking, then those of the safety history."""
    return (*_answers(chart, then, definitions), *_safety(chart, then))


def note_parts(signature: Signature, definitions: Definitions) -> tuple[tuple[str, str], ...]:
    """Return the parts of a signed note that were written, each with its heading."""
    note = signature.note
    parts = (
        ("History", note.history),
        ("Examination", "\n".join(part for part in (note.examination, *_findings(signature, definitions)) if part)),
        ("Impression", "\n".join(part for part in (*_impression(signature, definitions), note.impression) if part)),
        ("Plan", "\n".join(part for part in (*_plan(signature, definitions), note.plan_text) if part)),
        ("Outcome measures", "\n".join((*_totals(signature, definitions), *_activities(note)))),
    )
    return tuple((heading, text) for heading, text in parts if text.strip())


def _answers(chart: Chart, then: Chart, definitions: Definitions) -> Iterator[Change]:
    now, before = (_told_at(each, checklist_of(each.visit, definitions)) for each in (chart, then))
    for question in checklist_of(chart.visit, definitions).main_questions():
        was, told = before.get(question.key, NOT_ASKED), now[question.key]
        if was != told:
            yield Change(label=question.short.en, before=was, now=told)


def _told_at(chart: Chart, checklist: Checklist) -> dict[str, str]:
    """Return every main question's answer at a visit in words, with its details."""
    return {question.key: " · ".join(_words(question, chart, checklist)) for question in checklist.main_questions()}


def _words(question: Question, chart: Chart, checklist: Checklist) -> Iterator[str]:
    answer = chart.answers.get(question.key)
    if question.parent is None:
        yield answer_words(question, answer)
    elif answer is not None:
        yield detail_words(question, answer)
    for detail in checklist.details(question.key):
        yield from _words(detail, chart, checklist)


def _safety(chart: Chart, then: Chart) -> Iterator[Change]:
    before = {item.path: _told(item.word, item.details) for item in safety_items(then)}
    for item in safety_items(chart):
        now, was = _told(item.word, item.details), before.get(item.path, NOT_ASKED)
        if now != was:
            yield Change(label=item.label, before=was, now=now)


def _told(word: str, details: str) -> str:
    return f"{word} ({details})" if details else word


def _findings(signature: Signature, definitions: Definitions) -> Iterator[str]:
    form = definitions.review_forms.get(signature.form_version, definitions.review_form)
    items = {item.key: item for group in form.groups for item in group.items}
    for key, value in signature.note.findings.items():
        item = items.get(key)
        choice = next((each.label for each in item.choices if each.code == value), value) if item else value
        unit = f" {item.unit}" if item and item.unit else ""
        yield f"{item.label if item else key}: {choice}{unit}"


def _impression(signature: Signature, definitions: Definitions) -> Iterator[str]:
    form = definitions.review_forms.get(signature.form_version, definitions.review_form)
    causes = {cause.key: cause.label for cause in form.causes}
    if signature.note.causes:
        yield ", ".join(causes.get(key, key) for key in signature.note.causes)
    codes = definitions.code_lists.get(signature.code_release, definitions.codes)
    for code in signature.note.codes:
        known = codes.find(code)
        yield f"{code} {known.title}" if known else code


def _plan(signature: Signature, definitions: Definitions) -> Iterator[str]:
    form = definitions.review_forms.get(signature.form_version, definitions.review_form)
    treatments = {treatment.key: treatment.label for treatment in form.treatments}
    for key, words in signature.note.plan.items():
        label = treatments.get(key, key)
        yield f"{label}: {words}" if words else label


def _totals(signature: Signature, definitions: Definitions) -> Iterator[str]:
    form = definitions.review_forms.get(signature.form_version, definitions.review_form)
    measures = {measure.key: measure for measure in form.measures}
    for key, total in signature.note.totals.items():
        measure = measures.get(key)
        yield f"{measure.label}: {total} {measure.unit}" if measure else f"{key}: {total}"


def _activities(note: Note) -> Iterator[str]:
    for activity in note.activities:
        yield f"{activity.name}: {'not rated' if activity.score is None else activity.score}"


def _whole(answer: object) -> int | None:
    return answer if isinstance(answer, int) else None
