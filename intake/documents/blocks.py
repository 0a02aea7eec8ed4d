"""The pieces documents are set from: headings, grids of labelled values, long answers, signature lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from intake.documents import style
from intake.documents.paper import Block, Paper
from intake.documents.text import Style, width_of, wrap

NOT_ASKED = "not asked"
GAP = 12.0
LONG_LINES = 3
SHORT_SECTION = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A label and what was entered for it; None is printed as not asked. ``span`` is how many columns it takes."""

    label: str
    value: str | None
    span: int = 1


def space(height_pt: float) -> Block:
    """Return an empty piece."""
    return Block(height_pt=height_pt, draw=lambda _paper, _top: None)


def kept_together(blocks: Iterable[Block], most_pt: float = SHORT_SECTION) -> list[Block]:
    """Return the blocks so that no page ends among them, as long as they are a short section."""
    section = list(blocks)
    if sum(block.height_pt for block in section) > most_pt:
        return section
    return [replace(block, with_next=True) for block in section[:-1]] + section[-1:]


def heading(text: str, aside: str = "") -> Block:
    """Return a section's heading with its hairline; ``aside`` stands at the right end. The next piece stays with it."""

    def draw(paper: Paper, top: float) -> None:
        paper.text(style.LEFT, top - 5, text, style.HEADING)
        paper.text_right(style.RIGHT, top - 7, aside, style.SMALL)
        paper.rule(style.LEFT, style.RIGHT, top - 20)

    return Block(height_pt=24, draw=draw, with_next=True)


def grid(entries: Sequence[Entry], columns: int) -> Iterator[Block]:
    """Yield rows of labelled values; a value too long for its cell gets the full width and flows."""
    unit = (style.WIDTH - GAP * (columns - 1)) / columns
    row: list[tuple[Entry, float, list[str]]] = []
    used = 0
    for entry in entries:
        width = unit * entry.span + GAP * (entry.span - 1)
        lines = wrap(entry.value or NOT_ASKED, style.BODY, width)
        if len(lines) > LONG_LINES:
            yield from _row(row)
            row, used = [], 0
            yield from long_answer(entry.label, entry.value)
            continue
        if used + entry.span > columns:
            yield from _row(row)
            row, used = [], 0
        row.append((entry, style.LEFT + used * (unit + GAP), lines))
        used += entry.span
    yield from _row(row)


def _row(row: list[tuple[Entry, float, list[str]]]) -> Iterator[Block]:
    if row:
        height = 9 + 12 * max(len(lines) for _, _, lines in row) + 3
        yield Block(height_pt=height, draw=partial(_draw_row, tuple(row)))


def _draw_row(row: Sequence[tuple[Entry, float, list[str]]], paper: Paper, top: float) -> None:
    for entry, x, lines in row:
        paper.text(x, top, entry.label, style.LABEL)
        paper.lines(x, top - 9, lines, style.UNASKED if entry.value is None else style.BODY)


def long_answer(label: str, value: str | None) -> Iterator[Block]:
    """Yield a label and its answer over the full width, line by line so that it flows over pages."""
    yield Block(height_pt=9, draw=lambda paper, top: paper.text(style.LEFT, top, label, style.LABEL), with_next=True)
    yield from flowing(value or NOT_ASKED, style.UNASKED if value is None else style.BODY)
    yield space(3)


def flowing(text: str, words: Style, *, left: float = style.LEFT, width: float = style.WIDTH) -> Iterator[Block]:
    """Yield the lines of a text, each a piece of its own."""
    for line in wrap(text, words, width):
        yield Block(height_pt=words.leading_pt, draw=partial(_draw_line, line, words, left))


def _draw_line(line: str, words: Style, left: float, paper: Paper, top: float) -> None:
    paper.text(left, top, line, words)


def not_asked_line(labels: Sequence[str]) -> Iterator[Block]:
    """Yield one quiet paragraph that names what was not asked, nothing when all was."""
    if labels:
        yield from flowing("Not asked: " + " · ".join(labels), style.SMALL)
        yield space(2)


def signature(who: str, note: str) -> Block:
    """Return a line to sign on, with a shorter one for the date."""
    wide = style.WIDTH * 0.66

    def draw(paper: Paper, top: float) -> None:
        y = top - 28
        paper.rule(style.LEFT, style.LEFT + wide, y, color=style.INK)
        paper.rule(style.LEFT + wide + 24, style.RIGHT, y, color=style.INK)
        paper.text(style.LEFT, y - 2, who, style.SMALL_STRONG)
        paper.text(style.LEFT + width_of(who, style.SMALL_STRONG) + 8, y - 2, note, style.SMALL)
        paper.text(style.LEFT + wide + 24, y - 2, "Date and time", style.SMALL_STRONG)

    return Block(height_pt=44, draw=draw)
