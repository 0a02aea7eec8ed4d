"""What the practice puts at the head of its papers beside its name: a logo, and lines on which it is reached."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Final

from intake.documents import style
from intake.documents.paper import Paper
from intake.documents.text import Style, width_of, wrap
from intake.domain.practice import Letterhead, Logo

MOST_WIDTH: Final = 128.0
MOST_HEIGHT: Final = 40.0
BESIDE: Final = 12.0
BELOW: Final = 4.0
LEAST_PT: Final = 7.0


def logo_size(logo: Logo) -> tuple[float, float]:
    """Return width and height of a logo on paper, in points: as large as its room allows, in its own proportions."""
    scale = min(MOST_WIDTH / logo.width_px, MOST_HEIGHT / logo.height_px)
    return logo.width_px * scale, logo.height_px * scale


def logo_room(letterhead: Letterhead) -> tuple[float, float]:
    """Return how much the logo takes from a head's width when words stand beside it, and from its height when they stand below."""
    if letterhead.logo is None:
        return 0.0, 0.0
    width, height = logo_size(letterhead.logo)
    return width + BESIDE, height + BELOW


def name_style(name: str, width_pt: float, usual: Style = style.PRACTICE) -> Style:
    """Return how the practice's name is set so that it keeps to its width: as usual, or smaller when it is a long one."""
    wide = width_of(name, usual)
    return usual if wide <= width_pt else replace(usual, size_pt=max(usual.size_pt * width_pt / wide, LEAST_PT))


def words_left(letterhead: Letterhead) -> float:
    """Return where the words of a letterhead begin: after the logo, if there is one."""
    return style.LEFT + logo_room(letterhead)[0]


def head_height(letterhead: Letterhead, words_pt: float) -> float:
    """Return how high a head is whose words take ``words_pt``."""
    return max(words_pt, logo_room(letterhead)[1])


def reach_lines(letterhead: Letterhead, width_pt: float) -> list[str]:
    """Return the practice's own lines, wrapped to a width."""
    return wrap(" · ".join(letterhead.lines), style.SMALL, width_pt) if letterhead.lines else []


def draw_logo(paper: Paper, letterhead: Letterhead, top: float, *, left: float = style.LEFT) -> None:
    """Draw the logo, if there is one, below ``top``: at the left margin unless told."""
    if letterhead.logo is None:
        return
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415 - only a practice with a logo needs it

    width, height = logo_size(letterhead.logo)
    paper.canvas.drawImage(ImageReader(io.BytesIO(letterhead.logo.png)), left, top - height, width, height)
