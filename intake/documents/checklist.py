"""The symptom checklist on paper: every question with its answer as a mark and as a word, and ratings as scales."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from intake.documents import style
from intake.documents.blocks import GAP, NOT_ASKED, heading, long_answer, space
from intake.documents.paper import Block, Paper
from intake.documents.text import Style, width_of, wrap
from intake.documents.words import day_words
from intake.domain.checklist import Answer, Checklist, Group, Kind, Question

STATE_WORDS = {"yes": "Yes", "no": "No", "unsure": "Unsure"}
COLUMN = (style.WIDTH - 2 * GAP) / 2
INDENT = 15.0
LONG_TEXT = 120
HIGHEST = 320.0
BOX = 8.0
SCALE_CHOSEN = Style(size_pt=7, weight=600, color="FFFFFF", leading_pt=9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question as printed: its label, the word of its answer, the state its mark shows, the details below it."""

    label: str
    word: str
    state: str
    details: tuple[str, ...]

    @property
    def height_pt(self) -> float:
        """How much of the column the item takes."""
        return 14.0 + 10 * len(self.details)


def answer_words(question: Question, answer: Answer | None) -> str:
    """Return an answer as words, "not asked" when there is none."""
    if answer is None:
        return NOT_ASKED
    if question.kind is Kind.STATE:
        return STATE_WORDS[str(answer)]
    if isinstance(answer, tuple):
        return ", ".join(question.option(code).text.en for code in answer)
    if question.kind is Kind.CHOICE:
        return question.option(str(answer)).text.en
    if question.kind is Kind.DATE:
        return day_words(str(answer))
    return f"{answer} {question.unit.en}" if question.unit else str(answer)


def group_blocks(group: Group, checklist: Checklist, answers: Mapping[str, Answer]) -> Iterator[Block]:
    """Yield one group of the checklist: heading with its count, items in two columns, long answers below them."""
    opened = [question for question in group.questions if checklist.is_open(question, answers)]
    asked = sum(answers.get(question.key) is not None for question in opened)
    yield heading(group.text.en, f"{asked} asked · {len(opened) - asked} not asked")
    mains = [question for question in group.questions if question.parent is None]
    ratings = [question for question in mains if question.kind is Kind.RATING]
    if ratings:
        yield _ratings([(question, answers.get(question.key)) for question in ratings])
    items = [_item(question, checklist, answers) for question in mains if question.kind is not Kind.RATING]
    if items:
        yield from _columns(items)
    for question in group.questions:
        if _is_long(answer := answers.get(question.key)):
            yield from long_answer(question.short.en, str(answer))
    yield space(4)


def _is_long(answer: Answer | None) -> bool:
    return isinstance(answer, str) and (len(answer) > LONG_TEXT or "\n" in answer)


def _item(question: Question, checklist: Checklist, answers: Mapping[str, Answer]) -> Item:
    answer = answers.get(question.key)
    details = [
        f"{detail.short.en}: {'see below' if _is_long(answers.get(detail.key)) else answer_words(detail, answers.get(detail.key))}"
        for detail in _details(question.key, checklist)
        if checklist.is_open(detail, answers) or answers.get(detail.key) is not None
    ]
    word = "see below" if _is_long(answer) else answer_words(question, answer)
    if question.kind is not Kind.STATE and width_of(word, style.BODY) > COLUMN / 2:
        details.insert(0, word)
        word = ""
    lines = wrap(" · ".join(details), style.DETAIL, COLUMN - INDENT) if details else []
    state = "unasked" if answer is None else str(answer) if question.kind is Kind.STATE else "value"
    return Item(label=question.short.en, word=word, state=state, details=tuple(lines))


def _details(key: str, checklist: Checklist) -> Iterator[Question]:
    for detail in checklist.details(key):
        yield detail
        yield from _details(detail.key, checklist)


def _columns(items: Sequence[Item]) -> Iterator[Block]:
    """Yield the items in two columns: down the first, then down the second, as long as that fits on a page in one piece."""
    total = sum(item.height_pt for item in items)
    left: list[Item] = []
    while len(left) < len(items) and sum(item.height_pt for item in left) < total / 2:
        left.append(items[len(left)])
    right = items[len(left) :]
    height = sum(item.height_pt for item in left)
    if height <= HIGHEST:
        yield Block(height_pt=height, draw=partial(_draw_columns, (tuple(left), tuple(right))))
        return
    for start in range(0, len(items), 2):
        pair = ((items[start],), tuple(items[start + 1 : start + 2]))
        yield Block(height_pt=max(item.height_pt for column in pair for item in column), draw=partial(_draw_columns, pair))


def _draw_columns(columns: tuple[tuple[Item, ...], tuple[Item, ...]], paper: Paper, top: float) -> None:
    for index, items in enumerate(columns):
        x, y = style.LEFT + index * (COLUMN + 2 * GAP), top
        for item in items:
            _draw_item(item, paper, x, y)
            y -= item.height_pt


def _draw_item(item: Item, paper: Paper, x: float, top: float) -> None:
    state_mark(paper, x, top - 2.5, item.state)
    paper.text(x + INDENT, top, item.label, style.BODY)
    word = style.UNASKED if item.state == "unasked" else style.STRONG if item.state in {"yes", "unsure", "value"} else style.BODY
    paper.text_right(x + COLUMN, top, item.word, word)
    paper.lines(x + INDENT, top - 12, item.details, style.DETAIL)


def state_mark(paper: Paper, x: float, top: float, state: str) -> None:
    """Draw the mark of a state: a filled box with a tick, an empty box with a stroke, a box with ?, a dotted box."""
    middle = top - BOX / 2
    match state:
        case "yes":
            paper.box(x, top, BOX, BOX, filled=style.ACCENT, color=style.ACCENT)
            paper.stroke([(x + 1.8, middle), (x + 3.4, middle - 1.8), (x + 6.4, middle + 2.2)], color="FFFFFF", width_pt=1.1)
        case "no":
            paper.box(x, top, BOX, BOX, color=style.INK)
            paper.stroke([(x + 2, middle), (x + BOX - 2, middle)], width_pt=0.9)
        case "unsure":
            paper.box(x, top, BOX, BOX, color=style.INK)
            paper.text(x + 2.2, top + 1, "?", style.SMALL_STRONG)
        case "unasked":
            paper.canvas.setDash(1, 1.3)
            paper.box(x, top, BOX, BOX, color=style.MUTED)
            paper.canvas.setDash()
        case _:
            paper.stroke([(x + 2, middle + 2.4), (x + 5, middle), (x + 2, middle - 2.4)], color=style.ACCENT, width_pt=1)


def _ratings(ratings: Sequence[tuple[Question, Answer | None]]) -> Block:
    """Return the numeric ratings as scales from 0 to 10, four in a row."""
    rows = [ratings[start : start + 4] for start in range(0, len(ratings), 4)]
    cell = (style.WIDTH - 3 * GAP) / 4

    def draw(paper: Paper, top: float) -> None:
        for row_number, row in enumerate(rows):
            for column, (question, answer) in enumerate(row):
                _draw_scale(paper, style.LEFT + column * (cell + GAP), top - row_number * 32, question, answer)

    return Block(height_pt=32.0 * len(rows), draw=draw)


def _draw_scale(paper: Paper, left: float, top: float, question: Question, answer: Answer | None) -> None:
    cell = (style.WIDTH - 3 * GAP) / 4
    step = cell / (question.high - question.low + 1)
    paper.text(left, top, question.short.en, style.BODY)
    shown = NOT_ASKED if answer is None else f"{answer} of {question.high}"
    paper.text_right(left + cell, top, shown, style.UNASKED if answer is None else style.STRONG)
    for place, number in enumerate(range(question.low, question.high + 1)):
        chosen = number == answer
        x = left + place * step
        paper.box(x, top - 13, step, 12, filled=style.ACCENT if chosen else None)
        words = SCALE_CHOSEN if chosen else style.LABEL
        paper.text(x + (step - width_of(str(number), words)) / 2, top - 14.2, str(number), words)
