"""The pain drawing of the form: the figure to mark by hand, and for a file to fill in a box per region and kind of pain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Final

from intake.documents import style
from intake.documents.blocks import kept_together, space
from intake.documents.drawing import figure_block
from intake.documents.forms.form_words import BODY, BOX, STRONG
from intake.documents.forms.layout import Layout
from intake.documents.forms.pens import Pen
from intake.documents.forms.sections import heading_blocks
from intake.documents.paper import Block, Paper
from intake.documents.text import width_of
from intake.domain.forms import FormSection
from intake.domain.pain import RegionSet, View
from intake.domain.text import Text
from intake.entry.form_fields import MARK, FormField, marks_of

COLUMN: Final = 26.0
ROW: Final = 16.0
TO_MARK: Final = Text(
    en="Mark the letter of what you feel beside each place where you feel it.",
    es="Marque la letra de lo que siente junto a cada lugar donde lo siente.",
)


def figure_to_mark(section: FormSection, regions: RegionSet, layout: Layout) -> Iterator[Block]:
    """Yield the figure and the letters to write on it, all on one page."""
    figure = figure_block(regions, layout.language, BODY)
    yield from kept_together([*heading_blocks(section, layout), *_letters(regions, layout), space(4), figure, space(8)], style.TOP)


def boxes_to_mark(section: FormSection, regions: RegionSet, layout: Layout, pen: Pen) -> Iterator[Block]:
    """Yield every region, view by view, with a box under the letter of each kind of pain."""
    yield from heading_blocks(replace(section, note=TO_MARK), layout)
    yield from _letters(regions, layout)
    fields = {region: list(marks) for region, marks in groupby(marks_of(section, regions), key=lambda field: field.code.partition(MARK)[0])}
    for view in regions.views:
        yield _letter_row(view, regions, layout)
        for place, region in enumerate(view.regions):
            words = region.text.in_language(layout.language)
            last = place == len(view.regions) - 1
            yield Block(height_pt=ROW, draw=partial(_draw_row, words, fields[region.key], pen), with_next=place == 0 and not last)
    yield space(8)


def _letters(regions: RegionSet, layout: Layout) -> Iterator[Block]:
    """Yield what each letter stands for."""
    lines = [""]
    for said in (f"{kind.letter} = {kind.text.in_language(layout.language)}" for kind in regions.kinds):
        longer = f"{lines[-1]}   {said}" if lines[-1] else said
        lines = [*lines[:-1], longer] if width_of(longer, STRONG) <= style.WIDTH else [*lines, said]
    for line in lines:
        yield Block(height_pt=STRONG.leading_pt + 1, draw=partial(_draw_line, line), with_next=True)


def _draw_line(line: str, paper: Paper, top: float) -> None:
    paper.text(style.LEFT, top, line, STRONG)


def _letter_row(view: View, regions: RegionSet, layout: Layout) -> Block:
    def draw(paper: Paper, top: float) -> None:
        paper.text(style.LEFT, top - 6, view.text.in_language(layout.language), STRONG)
        for place, kind in enumerate(regions.kinds):
            middle = _left_of(place, len(regions.kinds)) + BOX / 2
            paper.text(middle - width_of(kind.letter, STRONG) / 2, top - 6, kind.letter, STRONG)
        paper.rule(style.LEFT, style.RIGHT, top - 21, color=style.MUTED)

    return Block(height_pt=22, draw=draw, with_next=True)


def _draw_row(words: str, fields: Sequence[FormField], pen: Pen, paper: Paper, top: float) -> None:
    paper.text(style.LEFT, top - 1, words, BODY)
    for place, field in enumerate(fields):
        pen.box(paper, field, field.code, _left_of(place, len(fields)), top - 2)
    paper.rule(style.LEFT, style.RIGHT, top - ROW + 0.5, width_pt=0.3)


def _left_of(place: int, count: int) -> float:
    return style.RIGHT - (count - place) * COLUMN + (COLUMN - BOX)
