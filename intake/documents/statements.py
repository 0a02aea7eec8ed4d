"""Statements: a short label at the left and what is said beside it, flowing over pages line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from intake.documents import style
from intake.documents.blocks import space
from intake.documents.paper import Block, Paper
from intake.documents.text import Style, width_of, wrap

INDENT = 76.0
CHIP = Style(size_pt=7.5, weight=600, color=style.INK, leading_pt=10)
CHIP_FILLED = Style(size_pt=7.5, weight=600, color="FFFFFF", leading_pt=10)


def statement(label: str, text: str, words: Style = style.BODY) -> Iterator[Block]:
    """Yield the lines of a text beside its label, each a piece of its own; the first two lines stay together."""
    lines = wrap(text, words, style.WIDTH - INDENT)
    for place, line in enumerate(lines):
        draw = partial(_draw_line, label if place == 0 else "", line, words)
        yield Block(height_pt=words.leading_pt, draw=draw, with_next=place == 0 and len(lines) > 1)


def _draw_line(label: str, line: str, words: Style, paper: Paper, top: float) -> None:
    paper.text(style.LEFT, top, label, style.SMALL_STRONG if words.leading_pt <= style.SMALL.leading_pt else style.STRONG)
    paper.text(style.LEFT + INDENT, top, line, words)


def quiet(label: str, text: str) -> Iterator[Block]:
    """Yield a statement in small letters."""
    yield from statement(label, text, style.SMALL)


def subheading(text: str) -> Block:
    """Return a heading within a section; the next piece stays with it."""
    return Block(height_pt=14, draw=lambda paper, top: paper.text(style.LEFT, top - 1, text, style.STRONG), with_next=True)


def chip(text: str, *, filled: bool) -> Block:
    """Return a boxed word that takes no height: what follows stands beside it."""

    def draw(paper: Paper, top: float) -> None:
        words = CHIP_FILLED if filled else CHIP
        paper.box(style.LEFT, top - 0.5, width_of(text, words) + 12, 12, filled=style.INK if filled else None, color=style.INK)
        paper.text(style.LEFT + 6, top - 1.2, text, words)

    return Block(height_pt=0, draw=draw, with_next=True)


def notice(title: str, lines: Sequence[str]) -> Iterator[Block]:
    """Yield a boxed notice over the full width: a title and what it means."""
    wrapped = [line for text in lines for line in wrap(text, style.BODY, style.WIDTH - 20)]
    height = 12 + 12 * len(wrapped) + 10

    def draw(paper: Paper, top: float) -> None:
        paper.box(style.LEFT, top, style.WIDTH, height, color=style.INK)
        paper.text(style.LEFT + 10, top - 5, title, style.STRONG)
        paper.lines(style.LEFT + 10, top - 17, wrapped, style.BODY)

    yield Block(height_pt=height, draw=draw)
    yield space(8)


def lowered(label: str) -> str:
    """Return a label as it stands within a sentence: its first letter small, unless the word is an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] in (" ", "") else label


def quoted(text: str) -> str:
    """Return words of a person as such."""
    return f"“{text}”"
