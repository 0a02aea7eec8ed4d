"""Where the pages of a document lie, one under the other: numbers only, no window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF

MARGIN = 12.0
GAP = 12.0
SMALLEST = 0.25
LARGEST = 4.0
STEP = 1.25


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLayout:
    """Pages at ``scale`` units to the point, in a view ``width`` wide; what is narrower than the view stands in its middle."""

    sizes: Sequence[QSizeF]
    scale: float
    width: float

    def rects(self) -> tuple[QRectF, ...]:
        """Return each page's place."""
        top, found = MARGIN, []
        for size in self.sizes:
            wide, high = size.width() * self.scale, size.height() * self.scale
            found.append(QRectF(round(max(MARGIN, (self.width - wide) / 2)), round(top), round(wide), round(high)))
            top += high + GAP
        return tuple(found)

    def extent(self) -> QSizeF:
        """Return the room that all pages need."""
        rects = self.rects()
        if not rects:
            return QSizeF(0, 0)
        return QSizeF(max(rect.right() for rect in rects) + MARGIN, rects[-1].bottom() + MARGIN)

    def page_at(self, top: float, height: float) -> int:
        """Return the page (from 0) that a person reads: the one that takes most of the view."""
        shares = [min(rect.bottom(), top + height) - max(rect.top(), top) for rect in self.rects()]
        return max(range(len(shares)), key=shares.__getitem__) if shares else 0


def fitting_scale(sizes: Sequence[QSizeF], width: float) -> float:
    """Return the scale at which the widest page fills the width."""
    widest = max((size.width() for size in sizes), default=1.0)
    return held((width - 2 * MARGIN) / widest)


def held(scale: float) -> float:
    """Return the scale within what can be read and what fits into memory."""
    return min(max(scale, SMALLEST), LARGEST)
