"""What a patient reported, arranged for reading: in each part what was answered yes first, then unsure, no and not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from zoneinfo import ZoneInfo

from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer, Kind
from intake.domain.checklist import Checklist, Group, Question
from intake.domain.corrections import ANSWERS
from intake.domain.prompts import Level
from intake.domain.reviews import Chart, Correction
from ui.pages.chart.glance_facts import safety_items
from ui.pages.chart.glance_item import Item, Line, Section
from ui.pages.chart.glance_words import NOT_ASKED, STATES, answer_words, checklist_of, detail_words, field_words, instant_words, short_day

_ORDER = {"yes": 0, "unsure": 1, "no": 2, "not_asked": 3}


def sections(chart: Chart, before: Chart | None, definitions: Definitions, zone: ZoneInfo) -> tuple[Section, ...]:
    """Return everything reported at a visit, compared with the visit ``before``."""
    checklist = checklist_of(chart.visit, definitions)
    levels = _levels(chart)
    details: dict[str, list[Question]] = {}
    for question in checklist.questions():
        details.setdefault(question.parent or "", []).append(question)
    reader = _Reader(chart=chart, before=before, checklist=checklist, zone=zone, levels=levels, details=details)
    kept = [replace(item, history=reader.history(item.path), level=levels.get(item.path)) for item in safety_items(chart)]
    parts = [(group.text.en, [*reader.items(group)]) for group in checklist.groups] + [("Safety history", kept)]
    found = [_given(title, items) for title, items in parts]
    found += [_together(words, state, parts) for state, words in (("no", "Answered no"), ("not_asked", "Not asked"))]
    return tuple(section for section in found if section.lines)


def _given(title: str, items: list[Item]) -> Section:
    """Return a part's answers that stand on rows of their own: yes, unsure, and what else has more to tell than a word."""
    rows = sorted((item for item in items if not item.is_compact()), key=lambda item: _ORDER[item.state])
    missing = sum(item.state == "not_asked" for item in items)
    aside = f"{len(items) - missing} asked" + (f" · {missing} {NOT_ASKED}" if missing else "")
    return Section(title=title, aside=aside, lines=tuple(Line(items=(item,)) for item in rows))


def _together(title: str, state: str, parts: list[tuple[str, list[Item]]]) -> Section:
    """Return the answers of one state, part by part, several on a line."""
    lines = []
    for lead, items in parts:
        if same := tuple(item for item in items if item.is_compact() and item.state == state):
            lines.append(Line(items=same, lead=lead))
    count = sum(len(line.items) for line in lines)
    return Section(title=title, aside=str(count), lines=tuple(lines))


def _levels(chart: Chart) -> Mapping[str, Level]:
    """Return the most pressing level for which an answer is looked at, by path, of the prompts that hold."""
    order = list(Level)
    found: dict[str, Level] = {}
    for prompt in sorted((each for each in chart.prompts if each.holds), key=lambda each: order.index(each.level), reverse=True):
        for key in prompt.answers:
            found[key] = found[f"{ANSWERS}{key}"] = prompt.level
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads the items of one chart."""

    chart: Chart
    before: Chart | None
    checklist: Checklist
    zone: ZoneInfo
    levels: Mapping[str, Level]
    details: Mapping[str, Sequence[Question]]

    def items(self, group: Group) -> Iterator[Item]:
        for question in group.questions:
            if question.parent is None:
                yield self._item(question)

    def history(self, *paths: str) -> str:
        """Return what the desk recorded at these paths, and who put it right when and why, a line each; empty when nobody did."""
        seen: set[str] = set()
        lines = []
        made = [each for each in self.chart.corrections if each.path in paths]
        for (at, by, reason), together in groupby(made, key=lambda each: (each.at, each.by, each.reason)):
            corrections = list(together)
            lead = "then" if all(each.path in seen for each in corrections) else "desk recorded"
            seen |= {each.path for each in corrections}
            before = " · ".join(self._before(each) for each in corrections)
            when = instant_words(at, self.zone, self.chart.visit.visit_day)
            lines.append(f"{lead} {before}; corrected by {by}, {when}: {reason}")
        return "\n".join(lines)

    def _item(self, question: Question) -> Item:
        answers = self.chart.answers
        answer = answers.get(question.key)
        family = [*self._family(question.key)]
        given = [detail_words(each, answers[each.key]) for each in family if answers.get(each.key) is not None]
        open_ones = [each for each in family if answers.get(each.key) is None and self.checklist.is_open(each, answers)]
        path = f"{ANSWERS}{question.key}"
        paths = (path, *(f"{ANSWERS}{detail.key}" for detail in family))
        levels = [self.levels[each] for each in paths if each in self.levels]
        return Item(
            path=path,
            label=question.short.en,
            state=_state(question, answer),
            word=answer_words(question, answer),
            details=" · ".join(given),
            missing=", ".join(each.short.en.lower() for each in open_ones),
            chip=self._chip(question, answer),
            history=self.history(*paths),
            level=min(levels, key=list(Level).index, default=None),
        )

    def _family(self, key: str) -> Iterator[Question]:
        for detail in self.details.get(key, ()):
            yield detail
            yield from self._family(detail.key)

    def _chip(self, question: Question, answer: Answer | None) -> str:
        """Return what is different since the visit before; a question not asked at either visit tells nothing."""
        if self.before is None or question.kind is not Kind.STATE:
            return ""
        was = self.before.answers.get(question.key)
        day = short_day(self.before.visit.visit_day, self.chart.visit.visit_day)
        if answer is None or was == answer:
            return ""
        if answer == "yes" and was == "no":
            return f"new since {day}"
        if was is None:
            return f"{NOT_ASKED} {day}" if answer == "yes" else ""
        return f"was {STATES.get(str(was), str(was)).lower()} {day}"

    def _before(self, correction: Correction) -> str:
        question = self._question(correction.path)
        if question is None:
            return field_words(correction.path, correction.before)
        words = answer_words(question, correction.before)
        return words if question.parent is None else f"{question.short.en.lower()}: {words}"

    def _question(self, path: str) -> Question | None:
        try:
            return self.checklist.question(path.removeprefix(ANSWERS))
        except KeyError:
            return None


def _state(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return "not_asked"
    if question.kind is Kind.STATE:
        return str(answer)
    return "unsure" if answer in ("unsure", ("unsure",)) else "yes"
