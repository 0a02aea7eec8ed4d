"""The parts of papers that are no visit's: a head that says whose paper it is and what of, and plain tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from intake.documents import style
from intake.documents.frame import Frame, Heads, draw_marks
from intake.documents.letterhead import draw_logo, head_height, name_style, words_left
from intake.documents.paper import Block, Paper, accent_rule
from intake.documents.text import Style, width_of, wrap
from intake.documents.words import moment_words
from intake.domain.practice import Location, Practice

GAP = 8.0
ROW_GAP = 5.0
TITLE_WIDTH = 230.0
MOST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table; ``boxed`` draws an empty box to tick instead of words."""

    title: str
    width_pt: float
    right: bool = False
    boxed: bool = False


def report_frame(
    practice: Practice, location: Location, *, title: str, subtitle: str, notes: tuple[str, ...], training: bool, printed_at: datetime
) -> Frame:
    """Return what every page says of a paper that is no visit's and nobody's; of one patient's, ``replace`` says whose."""
    return Frame(
        practice=practice.name,
        location=location,
        title=title,
        subtitle=subtitle,
        patient="",
        person="",
        record_number="",
        visit_number="",
        dob="",
        printed=moment_words(printed_at.astimezone(practice.zone())),
        training=training,
        notes=notes,
    )


def report_heads(frame: Frame, facts: Sequence[str], columns: Sequence[Column] = (), *, of_a_clinic: bool = True) -> Heads:
    """Return the heads of a paper: letterhead, title, whose it is and ``facts``.

    With ``columns`` every page begins with their titles. The clinic's address stands there only on a paper ``of_a_clinic``.
    """
    titles = _titles(columns)
    address = frame.address() if of_a_clinic else []
    running = " · ".join(
        part for part in (frame.title, frame.patient, f"Record {frame.record_number}" if frame.record_number else "") if part
    )
    return Heads(first=_joined(_letterhead(frame, address, facts), titles), further=_joined(_running(frame, running), titles))


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, titled: bool = True, strong: int | None = None) -> Iterator[Block]:
    """Yield a table row by row; the row numbered ``strong`` is set so. A table without titles stands under a head that has them."""
    if titled:
        yield _titles(columns)
    for place, row in enumerate(rows):
        yield from _row(columns, row, style.STRONG if place == strong else style.BODY)


def _titles(columns: Sequence[Column]) -> Block:
    """Return the titles of the columns, standing on one line however many lines they have."""
    cells = [wrap(column.title, style.LABEL, column.width_pt) for column in columns]
    deepest = max((len(cell) for cell in cells), default=0)
    height = deepest * style.LABEL.leading_pt + 6 if cells else 0.0

    def draw(paper: Paper, top: float) -> None:
        for (column, left), lines in zip(_lefts(columns), cells, strict=True):
            _cell(paper, column, left, top - (deepest - len(lines)) * style.LABEL.leading_pt, lines, style.LABEL)
        if cells:
            paper.rule(style.LEFT, style.RIGHT, top - height + 3, color=style.MUTED)

    return Block(height_pt=height, draw=draw, with_next=True)


def _row(columns: Sequence[Column], row: Sequence[str], words: Style) -> Iterator[Block]:
    """Yield a row, kept together unless it is a long one."""
    cells = [wrap(text, words, column.width_pt) for column, text in zip(columns, row, strict=True)]
    lines = max(len(cell) for cell in cells)
    most = lines if lines <= MOST_LINES else 1
    for start in range(0, lines, most):
        part = [cell[start : start + most] for cell in cells]
        last = start + most >= lines
        height = most * words.leading_pt + (ROW_GAP if last else 0)
        yield Block(height_pt=height, draw=partial(_draw_row, tuple(columns), part, words, height if last else None))


def _draw_row(columns: Sequence[Column], cells: list[list[str]], words: Style, ruled_at: float | None, paper: Paper, top: float) -> None:
    """Draw a row or a part of it; the last part has the rule below."""
    for (column, left), lines in zip(_lefts(columns), cells, strict=True):
        if column.boxed:
            paper.box(left, top - 2, 9, 9, color=style.INK)
        else:
            _cell(paper, column, left, top, lines, words)
    if ruled_at is not None:
        paper.rule(style.LEFT, style.RIGHT, top - ruled_at + ROW_GAP / 2)


def _cell(paper: Paper, column: Column, left: float, top: float, lines: list[str], words: Style) -> None:
    for place, line in enumerate(lines):
        y = top - place * words.leading_pt
        if column.right:
            paper.text_right(left + column.width_pt, y, line, words)
        else:
            paper.text(left, y, line, words)


def _lefts(columns: Sequence[Column]) -> Iterator[tuple[Column, float]]:
    left = style.LEFT
    for column in columns:
        yield column, left
        left += column.width_pt + GAP


def _letterhead(frame: Frame, address: Sequence[str], facts: Sequence[str]) -> Block:
    title = [(line, style.TITLE) for line in wrap(frame.title, style.TITLE, TITLE_WIDTH)]
    title += [(line, style.SMALL) for line in wrap(frame.subtitle, style.SMALL, TITLE_WIDTH)]
    own = frame.location.letterhead
    letterhead = head_height(own, max(20 + len(address) * 10, sum(words.leading_pt for _, words in title))) + 8
    beside = max(width_of(line, words) for line, words in title) + GAP
    named_in = name_style(frame.practice, style.RIGHT - beside - words_left(own))
    named = wrap(frame.patient, style.PATIENT, style.WIDTH) if frame.patient else []
    told = [line for fact in facts for line in wrap(fact, style.BODY, style.WIDTH)]
    below = len(named) * style.PATIENT.leading_pt + len(told) * style.BODY.leading_pt

    def draw(paper: Paper, top: float) -> None:
        draw_logo(paper, own, top)
        paper.text(words_left(own), top, frame.practice, named_in)
        paper.lines(words_left(own), top - 20, address, style.SMALL)
        y = top
        for line, words in title:
            paper.text_right(style.RIGHT, y, line, words)
            y -= words.leading_pt
        draw_marks(paper, frame, top + 18)
        accent_rule(paper, top - letterhead, style.LEFT, style.RIGHT)
        paper.lines(style.LEFT, top - letterhead - 8, named, style.PATIENT)
        paper.lines(style.LEFT, top - letterhead - 8 - len(named) * style.PATIENT.leading_pt, told, style.BODY)

    return Block(height_pt=letterhead + below + 20, draw=draw)


def _running(frame: Frame, text: str) -> Block:
    lines = wrap(text, style.SMALL_STRONG, style.WIDTH)
    height = len(lines) * style.SMALL_STRONG.leading_pt + 18

    def draw(paper: Paper, top: float) -> None:
        paper.lines(style.LEFT, top, lines, style.SMALL_STRONG)
        draw_marks(paper, frame, top + 18)
        accent_rule(paper, top - height + 14, style.LEFT, style.RIGHT)

    return Block(height_pt=height, draw=draw)


def _joined(head: Block, titles: Block) -> Block:
    """Return two blocks as one, the second below the first."""

    def draw(paper: Paper, top: float) -> None:
        head.draw(paper, top)
        titles.draw(paper, top - head.height_pt)

    return Block(height_pt=head.height_pt + titles.height_pt, draw=draw)
