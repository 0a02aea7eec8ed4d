"""One question as it stands on the form: its words, its boxes or its lines, and how high that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from intake.documents.forms.form_words import BODY, BOX, BOX_ROW, INDENT, LINE, QUIET, WORDS, WRITTEN, FormWords
from intake.documents.forms.pens import Pen, Values
from intake.documents.paper import Paper
from intake.documents.text import width_of, wrap
from intake.documents.words import Language
from intake.domain.checklist import Option
from intake.domain.forms import LINE_WIDTH, FormKind, FormQuestion
from intake.entry.form_fields import FieldKind, FormField, fields_of

GAP = 10.0
"""Between one answer and the next, and between a question and what stands beside it."""
AFTER_BOX = 4.0
ABOVE = 1.7
"""Free above each question."""
NUMBER_WIDTH = 52.0
LABEL_SHARE = 0.7
"""A question that takes more of its line than this has the line below it."""
BESIDE_SHARE = 0.6
"""Answers that take more of a row than this stand below the question."""
MOST_LINES = 3
"""A question of more lines has its answers below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One box with its answer: whose field it is, the code it stands for, the words, how wide all of it is."""

    field: FormField
    code: str
    words: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A question ready to draw at a left end: its lines, its rows of boxes, its lines to write on."""

    left: float
    words: tuple[str, ...]
    prefix: str
    rows: tuple[tuple[Choice, ...], ...]
    beside: bool
    field: FormField | None
    write_left: float
    write_width: float
    write_lines: int
    right: float
    unit: str = ""

    @property
    def words_height(self) -> float:
        """How high the words are."""
        return len(self.words) * BODY.leading_pt

    @property
    def height_pt(self) -> float:
        """How high the question is with everything to fill in."""
        if self.beside:
            return ABOVE + max(self.words_height + 2, LINE if self.field else BOX_ROW - 1)
        return ABOVE + self.words_height + len(self.rows) * BOX_ROW + self.write_lines * LINE

    def draw(self, paper: Paper, pen: Pen, top: float) -> None:
        """Draw the question below ``top``."""
        y = top - ABOVE
        self._say(paper, y)
        if self.field:
            below = y + 1.5 if self.beside else y - self.words_height
            pen.lines(paper, self.field, self.write_left, below, self.write_width, count=self.write_lines)
            paper.text(self.write_left + self.write_width + 5, y if self.beside else below - LINE + BODY.leading_pt, self.unit, BODY)
        below = y - 1 if self.beside else y - self.words_height - 2
        for row in self.rows:
            x = self.right - _row_width(row) if self.beside else self.left
            for choice in row:
                pen.box(paper, choice.field, choice.code, x, below)
                paper.text(x + BOX + AFTER_BOX, below + 1.2, choice.words, BODY)
                x += choice.width + GAP
            below -= BOX_ROW

    def _say(self, paper: Paper, y: float) -> None:
        """Write the question, a condition before it in quiet ink."""
        for place, line in enumerate(self.words):
            below = y - place * BODY.leading_pt
            if place == 0 and self.prefix and line.startswith(self.prefix):
                paper.text(self.left, below, self.prefix, QUIET)
                paper.text(self.left + width_of(f"{self.prefix} ", BODY), below, line.removeprefix(self.prefix).lstrip(), BODY)
            else:
                paper.text(self.left, below, line, BODY)


class Layout:
    """Sets questions in one language, with what is filled in already."""

    def __init__(self, language: Language, values: Values) -> None:
        """Set in this language."""
        self.language = language
        self.words: FormWords = WORDS[language]
        self._values = values

    def piece(self, question: FormQuestion, section: str, left: float, width: float, *, prefix: str = "") -> Piece:
        """Return the question set from ``left`` on, its details further in."""
        left, width = left + question.depth * INDENT, width - question.depth * INDENT
        fields = tuple(fields_of(question, section))
        if fields[0].kind in {FieldKind.TEXT, FieldKind.LONG}:
            return self._written(question, fields[0], left, width, prefix)
        choices = [self._choice(field, option) for field in fields for option in _answers(field)]
        return _boxed(self._said(question, prefix), prefix, choices, left, width, alone=question.width == LINE_WIDTH)

    def _said(self, question: FormQuestion, prefix: str) -> str:
        said = question.text.in_language(self.language)
        return f"{prefix} {said}" if prefix else said

    def _choice(self, field: FormField, option: Option) -> Choice:
        words = option.text.in_language(self.language)
        return Choice(field=field, code=option.code, words=words, width=BOX + AFTER_BOX + width_of(words, BODY))

    def _written(self, question: FormQuestion, field: FormField, left: float, width: float, prefix: str) -> Piece:
        said = self._said(question, prefix)
        said = f"{said} ({self.words.date})" if question.kind is FormKind.DATE else said
        beside = question.width == LINE_WIDTH and question.kind is not FormKind.LONG and width_of(said, BODY) <= width * LABEL_SHARE
        shift = width_of(said, BODY) + 8 if beside else 0.0
        room = width - shift
        if question.kind is FormKind.NUMBER:
            room = NUMBER_WIDTH
        known = len(wrap(self._values.get(question.path, ""), WRITTEN, room))
        lines = max(question.lines if question.kind is FormKind.LONG else 1, known)
        return Piece(
            left=left,
            words=tuple(wrap(said, BODY, width)),
            prefix=prefix,
            rows=(),
            beside=beside and lines == 1,
            field=field,
            write_left=left + (shift if lines == 1 else 0.0),
            write_width=room if lines == 1 else width,
            write_lines=lines,
            right=left + width,
            unit=question.unit.in_language(self.language) if question.unit else "",
        )


def _answers(field: FormField) -> Sequence[Option]:
    return field.options or (Option(code=field.code, text=field.label),)


def _boxed(said: str, prefix: str, choices: Sequence[Choice], left: float, width: float, *, alone: bool) -> Piece:
    """Return a question with boxes: beside it when it has the line alone and they take little of it, below it otherwise."""
    one = _row_width(choices)
    words = wrap(said, BODY, max(width - one - GAP, 1.0))
    beside = alone and (len(words) == 1 or (one <= width * BESIDE_SHARE and len(words) <= MOST_LINES))
    return Piece(
        left=left,
        words=tuple(words if beside else wrap(said, BODY, width)),
        prefix=prefix,
        rows=(tuple(choices),) if beside else tuple(_rows(choices, width)),
        beside=beside,
        field=None,
        write_left=left,
        write_width=width,
        write_lines=0,
        right=left + width,
    )


def _row_width(choices: Sequence[Choice]) -> float:
    return sum(choice.width for choice in choices) + GAP * (len(choices) - 1)


def _rows(choices: Sequence[Choice], width: float) -> Iterator[tuple[Choice, ...]]:
    """Yield the choices row by row, as many as fit."""
    row: list[Choice] = []
    for choice in choices:
        if row and _row_width([*row, choice]) > width:
            yield tuple(row)
            row = []
        row.append(choice)
    yield tuple(row)
