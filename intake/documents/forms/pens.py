"""What fills the places of the form: ink for paper. The file to fill in has a pen of its own, on the same places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from intake.documents import style
from intake.documents.forms.form_words import BOX, LINE, WRITTEN
from intake.documents.paper import Paper
from intake.documents.text import wrap
from intake.entry.form_fields import FormField

Values = Mapping[str, str]
"""What is filled in already: a code or the words of an answer, by path."""


class Pen(Protocol):
    """Puts a box to mark, or lines to write on, where the layout says."""

    def box(self, paper: Paper, field: FormField, code: str, x: float, top: float) -> None:
        """Put the box of one answer, its upper left corner at (x, top)."""

    def lines(self, paper: Paper, field: FormField, x: float, top: float, width: float, *, count: int) -> None:
        """Put lines to write on below ``top``, LINE points apart."""


class Ink:
    """Draws boxes and lines for a hand to fill in, and what is known already."""

    def __init__(self, values: Values) -> None:
        """Draw with these values filled in."""
        self._values = values

    def box(self, paper: Paper, field: FormField, code: str, x: float, top: float) -> None:
        """Draw the box, crossed when it is the answer that is known."""
        draw_box(paper, x, top)
        if self._values.get(field.path) == code:
            inside = ((x + 2.2, top - 2.2), (x + BOX - 2.2, top - BOX + 2.2), (x + 2.2, top - BOX + 2.2), (x + BOX - 2.2, top - 2.2))
            paper.stroke(inside[:2], color=style.INK, width_pt=1.4)
            paper.stroke(inside[2:], color=style.INK, width_pt=1.4)

    def lines(self, paper: Paper, field: FormField, x: float, top: float, width: float, *, count: int) -> None:
        """Draw the lines, with what is known on them."""
        written = wrap(self._values.get(field.path, ""), WRITTEN, width)
        for place in range(count):
            below = top - (place + 1) * LINE
            paper.rule(x, x + width, below + 2, color=style.MUTED, width_pt=0.5)
            if place < len(written):
                paper.text(x + 1, below + 3 + WRITTEN.leading_pt, written[place], WRITTEN)


def draw_box(paper: Paper, x: float, top: float) -> None:
    """Draw an empty box to mark."""
    paper.pen(style.INK, 0.8)
    paper.canvas.rect(x, top - BOX, BOX, BOX, stroke=1, fill=0)
