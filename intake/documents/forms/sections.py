"""The sections of the form as pieces of a document: headings, rows of short questions, details under their question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from intake.documents import style
from intake.documents.blocks import GAP, space
from intake.documents.forms.form_words import HEADING, INDENT, QUIET
from intake.documents.forms.layout import Layout, Piece
from intake.documents.forms.pens import Pen
from intake.documents.paper import Block, Paper
from intake.documents.text import wrap
from intake.domain.answers import YES
from intake.domain.forms import LINE_WIDTH, FormQuestion, FormSection

MOST_TOGETHER = 110.0
UNIT = (style.WIDTH - GAP * (LINE_WIDTH - 1)) / LINE_WIDTH


def section_blocks(section: FormSection, layout: Layout, pen: Pen) -> Iterator[Block]:
    """Yield the heading and every question of a section, a question and its details kept together."""
    yield from heading_blocks(section, layout)
    questions = list(section.questions)
    asked = {question.path: question for question in questions}
    start = 0
    while start < len(questions):
        end = _end_of_row(questions, start)
        if end > start + 1:
            yield _row(questions[start:end], section.key, layout, pen)
        else:
            end = _end_of_details(questions, start)
            yield from _together(_family(questions[start:end], asked, section.key, layout, pen))
        start = end
    yield space(4)


def heading_blocks(section: FormSection, layout: Layout) -> Iterator[Block]:
    """Yield the heading of a section with its rule, and its note if it has one."""
    title = section.title.in_language(layout.language)

    def draw(paper: Paper, top: float) -> None:
        paper.text(style.LEFT, top - 1, title, HEADING)
        paper.rule(style.LEFT, style.RIGHT, top - 19, color=style.ACCENT, width_pt=1)

    yield Block(height_pt=20.5, draw=draw, with_next=True)
    for line in wrap(section.note.in_language(layout.language), QUIET, style.WIDTH) if section.note.en else ():
        yield Block(height_pt=QUIET.leading_pt, draw=partial(_draw_line, line), with_next=True)


def _draw_line(line: str, paper: Paper, top: float) -> None:
    paper.text(style.LEFT, top, line, QUIET)


def _end_of_row(questions: Sequence[FormQuestion], start: int) -> int:
    """Return where the questions end that share a line with the one at ``start``."""
    used, end = 0, start
    while end < len(questions) and questions[end].depth == 0 and used + questions[end].width <= LINE_WIDTH:
        used += questions[end].width
        end += 1
    return max(end, start + 1)


def _end_of_details(questions: Sequence[FormQuestion], start: int) -> int:
    end = start + 1
    while end < len(questions) and questions[end].depth:
        end += 1
    return end


def _row(questions: Sequence[FormQuestion], section: str, layout: Layout, pen: Pen) -> Block:
    """Return questions side by side on one line, what is to be filled in at one height."""
    pieces: list[Piece] = []
    used = 0
    for question in questions:
        left = style.LEFT + used * (UNIT + GAP)
        pieces.append(layout.piece(question, section, left, question.width * UNIT + (question.width - 1) * GAP))
        used += question.width
    deepest = max(len(piece.words) for piece in pieces)
    level = [replace(piece, words=("",) * (deepest - len(piece.words)) + piece.words) for piece in pieces]

    def draw(paper: Paper, top: float) -> None:
        for piece in level:
            piece.draw(paper, pen, top)

    return Block(height_pt=max(piece.height_pt for piece in level), draw=draw)


def _family(questions: Sequence[FormQuestion], asked: dict[str, FormQuestion], section: str, layout: Layout, pen: Pen) -> Iterator[Block]:
    """Yield a question and its details, each condition said where it begins."""
    said: object = None
    for question in questions:
        prefix = "" if question.opens == said else _prefix(question, asked, layout)
        said = question.opens
        piece = layout.piece(question, section, style.LEFT, style.WIDTH, prefix=prefix)
        yield Block(height_pt=piece.height_pt, draw=partial(_draw_question, piece, question.depth, pen))


def _draw_question(piece: Piece, depth: int, pen: Pen, paper: Paper, top: float) -> None:
    if depth:
        paper.stroke([(piece.left - INDENT / 2, top), (piece.left - INDENT / 2, top - piece.height_pt)], color=style.LINE, width_pt=1.2)
    piece.draw(paper, pen, top)


def _prefix(question: FormQuestion, asked: dict[str, FormQuestion], layout: Layout) -> str:
    """Return when a detail is to be answered, nothing for a question that always is."""
    if not question.depth or question.opens is None or not question.opens[1]:
        return ""
    path, codes = question.opens
    if codes == (YES,):
        return layout.words.if_yes_above if question.also_opened_by else layout.words.if_yes
    options = {option.code: option.text.in_language(layout.language) for option in asked[path].options}
    return layout.words.if_marked.replace("%1", " / ".join(options[code] for code in codes))


def _together(blocks: Iterator[Block]) -> list[Block]:
    """Return the blocks so that no page ends among them; of a long family only the first detail stays with its question."""
    listed = list(blocks)
    short = sum(block.height_pt for block in listed) <= MOST_TOGETHER
    kept = len(listed) - 1 if short else 1
    return [replace(block, with_next=place < kept) for place, block in enumerate(listed)]
