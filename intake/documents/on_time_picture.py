"""The picture of the on-time report: one bar for each week, as high as the share of documents that were on time."""

from __future__ import annotations

import math
from typing import Any, Final

from intake.documents import style
from intake.documents.paper import Block, Paper
from intake.documents.text import Style, width_of
from intake.domain.on_time import OnTime, Week, percent
from intake.entry.dates import SHORT_MONTHS

HEIGHT: Final = 168.0
PLOT_HEIGHT: Final = 112.0
AXIS: Final = 34.0
"""Room at the left for the scale."""
BELOW: Final = 34.0
WIDEST_BAR: Final = 34.0
INSIDE: Final = Style(size_pt=7.5, weight=600, color="FFFFFF", leading_pt=10)
LEAST_BAR: Final = 14.0
LABEL_GAP: Final = 6.0
WHOLE: Final = 100


def picture(report: OnTime) -> Block:
    """Return the bars of all weeks, with the share above each bar and the counts below it where there is room."""
    return Block(height_pt=HEIGHT, draw=lambda paper, top: _draw(paper, top, report.weeks))


def _draw(paper: Paper, top: float, weeks: tuple[Week, ...]) -> None:
    from reportlab.graphics import renderPDF  # noqa: PLC0415 - only this paper needs it

    left, floor = style.LEFT + AXIS, top - HEIGHT + BELOW
    step = (style.RIGHT - left) / len(weeks)
    bar = min(step * 0.62, WIDEST_BAR)
    with paper.kept_state() as canvas:
        renderPDF.draw(_bars(weeks, step, bar), canvas, left, floor)
    _scale(paper, left, floor)
    every = math.ceil((width_of("99.9 %", style.SMALL_STRONG) + LABEL_GAP) / step)
    for place, week in enumerate(weeks):
        middle = left + (place + 0.5) * step
        if place % every == 0:
            _below(paper, middle, floor, week, counted=every == 1)
        if every == 1:
            _share(paper, middle, floor, week)


def _bars(weeks: tuple[Week, ...], step: float, bar: float) -> Any:
    """Return the bars as a drawing whose origin is the foot of the scale; the pale part is what was late or is owed."""
    from reportlab.graphics.shapes import Drawing, Line, Rect  # noqa: PLC0415 - as above
    from reportlab.lib.colors import HexColor  # noqa: PLC0415 - as above

    drawing = Drawing(step * len(weeks), PLOT_HEIGHT)
    line, ghost, accent = (HexColor(f"#{color}") for color in (style.LINE, style.GHOST, style.ACCENT))
    for part in (0.5, 1.0):
        y = PLOT_HEIGHT * part
        drawing.add(Line(0, y, step * len(weeks), y, strokeColor=line, strokeWidth=0.4, strokeDashArray=[2, 2]))
    for place, week in enumerate(weeks):
        if week.tally.share is None:
            continue
        x = (place + 0.5) * step - bar / 2
        drawing.add(Rect(x, 0, bar, PLOT_HEIGHT, fillColor=ghost, strokeColor=line, strokeWidth=0.4))
        drawing.add(Rect(x, 0, bar, PLOT_HEIGHT * week.tally.share, fillColor=accent, strokeColor=None))
    drawing.add(Line(0, 0, step * len(weeks), 0, strokeColor=HexColor(f"#{style.MUTED}"), strokeWidth=0.6))
    return drawing


def _scale(paper: Paper, left: float, floor: float) -> None:
    for part in (0, 50, WHOLE):
        y = floor + PLOT_HEIGHT * part / WHOLE
        paper.text_right(left - 6, y + 5, f"{part} %", style.DETAIL)


def _share(paper: Paper, middle: float, floor: float, week: Week) -> None:
    """Write the share into the upper end of a bar, above one that is too low for it."""
    if week.tally.share is None:
        _centered(paper, middle, floor + 12, "–", style.DETAIL)
        return
    height = PLOT_HEIGHT * week.tally.share
    inside = height > LEAST_BAR
    _centered(paper, middle, floor + height + (-2 if inside else 12), percent(week.tally.share), INSIDE if inside else style.SMALL_STRONG)


def _below(paper: Paper, middle: float, floor: float, week: Week, *, counted: bool) -> None:
    """Write the first day of a week below its bar, and how many of how many where there is room."""
    _centered(paper, middle, floor - 4, f"{SHORT_MONTHS[week.first.month - 1]} {week.first.day}", style.DETAIL)
    if counted and week.tally.due:
        _centered(paper, middle, floor - 14, f"{week.tally.on_time}/{week.tally.due}", style.DETAIL)


def _centered(paper: Paper, middle: float, top: float, words: str, how: Style) -> None:
    paper.text(middle - width_of(words, how) / 2, top, words, how)
