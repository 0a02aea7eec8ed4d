"""A document printed again: the kept bytes, page for page as they are, marked COPY with when and by whom."""

from __future__ import annotations

import io
from typing import Any, Final

import pypdf
from pypdf.generic import IndirectObject
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from intake.documents import style
from intake.documents.overlay import as_mark, put_mark
from intake.documents.paper import Paper, baseline
from intake.documents.text import Style, width_of, wrap

MARK: Final = "COPY"
HEAD_PT: Final = 18.0
"""The marks of a page stand in its upper margin, this far above its text; those of the paper itself stand at the right."""
BESIDE_PT: Final = 200.0
SIZES_PT: Final = (7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
MOST_LINES: Final = 2
APART_PT: Final = 150.0
GHOST: Final = Style(size_pt=92, weight=600, color=style.GHOST, leading_pt=92)
TURNED: Final = 52.0


def marked_copy(pdf: bytes, *, words: str) -> bytes:
    """Return the document with COPY and ``words`` (when it was printed again and by whom) on every page.

    Nothing else of it changes: the mark lies under what stands there, in the margin and pale across the page. The same arguments
    always give the same bytes.
    """
    copy = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(pdf)))
    marks: dict[tuple[float, float], IndirectObject] = {}
    for page in copy.pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        if size not in marks:
            marks[size] = as_mark(copy, pypdf.PdfReader(io.BytesIO(_mark(size, words))).pages[0])
        put_mark(copy, page, marks[size], under=True)
    target = io.BytesIO()
    copy.write(target)
    return target.getvalue()


def _mark(size: tuple[float, float], words: str) -> bytes:
    """Return one page with nothing but the mark."""
    rl_config.useA85 = 0
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1)
    paper = Paper(canvas)
    _across(paper, size)
    top = size[1] - (style.PAGE_HEIGHT - style.TOP) + HEAD_PT
    wide = width_of(MARK, style.TRAINING) + 12
    paper.box(style.LEFT, top, wide, 13, color=style.INK)
    paper.text(style.LEFT + 6, top - 1.5, MARK, style.TRAINING)
    lines, how = _beside(words)
    high = len(lines) * how.leading_pt
    paper.lines(style.LEFT + wide + 6, top - 6.5 + high / 2, lines, how)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def _beside(words: str) -> tuple[list[str], Style]:
    """Return the words as lines beside the box, smaller when they are many."""
    lines: list[str] = []
    how = style.SMALL
    for size in SIZES_PT:
        how = Style(size_pt=size, color=style.INK, leading_pt=size * 1.15)
        lines = wrap(words, how, BESIDE_PT)
        if len(lines) <= MOST_LINES:
            break
    return lines, how


def _across(paper: Paper, size: tuple[float, float]) -> None:
    """Draw the mark twice across the page, on both sides of where a paper has a mark of its own."""
    with paper.kept_state() as canvas:
        _turn(canvas, size)
        for side in (-1, 1):
            top = baseline(GHOST) - GHOST.size_pt * 0.36 + side * APART_PT
            paper.text(-width_of(MARK, GHOST) / 2, top, MARK, GHOST)


def _turn(canvas: Any, size: tuple[float, float]) -> None:
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(TURNED)
