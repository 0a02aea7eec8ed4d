"""The look of paper: one type scale, one accent, a 4-point grid; every colour is dark enough to print in black and white."""

from __future__ import annotations

from intake.documents.text import Style

PAGE_WIDTH, PAGE_HEIGHT = 612.0, 792.0
MARGIN = 48.0
LEFT, RIGHT = MARGIN, PAGE_WIDTH - MARGIN
WIDTH = RIGHT - LEFT
TOP = PAGE_HEIGHT - 36.0

ACCENT = "0B6E6E"
INK = "18212C"
MUTED = "4B5766"
LINE = "B9C2CC"
GHOST = "EEF1F3"

BODY = Style(size_pt=9, color=INK, leading_pt=12)
STRONG = Style(size_pt=9, weight=600, color=INK, leading_pt=12)
LABEL = Style(size_pt=7, color=MUTED, leading_pt=9)
DETAIL = Style(size_pt=7.5, color=MUTED, leading_pt=10)
SMALL = Style(size_pt=7.5, color=MUTED, leading_pt=10)
SMALL_STRONG = Style(size_pt=7.5, weight=600, color=INK, leading_pt=10)
UNASKED = Style(size_pt=9, color=MUTED, leading_pt=12)
HEADING = Style(size_pt=10, weight=600, color=ACCENT, leading_pt=14)
PRACTICE = Style(size_pt=16, weight=600, color=ACCENT, leading_pt=20)
TITLE = Style(size_pt=12, weight=600, color=INK, leading_pt=16)
PATIENT = Style(size_pt=14, weight=600, color=INK, leading_pt=18)
TRAINING = Style(size_pt=8, weight=600, color=INK, leading_pt=10)
WATERMARK = Style(size_pt=92, weight=600, color=GHOST, leading_pt=92)
