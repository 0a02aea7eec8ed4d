"""One page being drawn: text in any script, rules, boxes and patterns, on a reportlab canvas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from intake.documents.style import ACCENT, INK, LINE
from intake.documents.text import Style, Writer

Point = tuple[float, float]


class Paper:
    """Draws on the current page. Places are PDF points, y upwards; ``top`` of a piece is its upper edge."""

    def __init__(self, canvas: Any) -> None:
        """Draw on ``canvas``."""
        self.canvas = canvas
        self.writer = Writer(canvas)
        self._stroke: tuple[str, float] | None = None

    def new_page(self) -> None:
        """Forget what a new page or a restored state has set back."""
        self.writer.new_page()
        self._stroke = None

    def text(self, x: float, top: float, text: str, style: Style) -> None:
        """Write one line whose box starts at (x, top); the baseline stands where the leading puts it."""
        self.writer.line(x, top - baseline(style), text, style)

    def text_right(self, right: float, top: float, text: str, style: Style) -> None:
        """Write one line that ends at ``right``."""
        self.writer.line_right(right, top - baseline(style), text, style)

    def lines(self, x: float, top: float, lines: Sequence[str], style: Style) -> None:
        """Write lines below one another."""
        for index, line in enumerate(lines):
            self.text(x, top - index * style.leading_pt, line, style)

    def pen(self, color: str = INK, width_pt: float = 0.5) -> None:
        """Set the colour and width of strokes."""
        if self._stroke != (color, width_pt):
            red, green, blue = bytes.fromhex(color)
            self.canvas.setStrokeColorRGB(red / 255, green / 255, blue / 255)
            self.canvas.setLineWidth(width_pt)
            self._stroke = (color, width_pt)

    def rule(self, left: float, right: float, y: float, *, color: str = LINE, width_pt: float = 0.5) -> None:
        """Draw a horizontal rule."""
        self.pen(color, width_pt)
        self.canvas.line(left, y, right, y)

    def box(self, x: float, top: float, width: float, height: float, *, filled: str | None = None, color: str = LINE) -> None:
        """Draw a box from its upper left corner, with a filling colour if one is given."""
        self.pen(color, 0.6)
        if filled:
            self.writer.color(filled)
        self.canvas.rect(x, top - height, width, height, stroke=1, fill=int(filled is not None))

    def stroke(self, points: Sequence[Point], *, color: str = INK, width_pt: float = 0.6) -> None:
        """Draw a line through the points."""
        self.pen(color, width_pt)
        self.canvas.drawPath(self.path(points, closed=False), stroke=1, fill=0)

    def path(self, points: Sequence[Point], *, closed: bool = True) -> Any:
        """Return a path through the points."""
        path = self.canvas.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        if closed:
            path.close()
        return path

    @contextmanager
    def kept_state(self) -> Iterator[Any]:
        """Set back after the block what the canvas is told in it (clipping, turning)."""
        self.canvas.saveState()
        yield self.canvas
        self.canvas.restoreState()
        self.new_page()


def baseline(style: Style) -> float:
    """Return how far below the upper edge of a line its baseline stands."""
    return (style.leading_pt + style.size_pt * 0.72) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a document that is never cut: its height, how to draw it below a given y, whether the next one must follow."""

    height_pt: float
    draw: Callable[[Paper, float], None]
    with_next: bool = False


def accent_rule(paper: Paper, y: float, left: float, right: float) -> None:
    """Draw the one strong rule of a page."""
    paper.rule(left, right, y, color=ACCENT, width_pt=1.5)
