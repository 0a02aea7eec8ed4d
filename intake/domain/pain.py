"""The pain drawing: named regions of a body figure seen from four sides, and the marks made on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from intake.domain.text import Text
from intake.errors import Problem

ViewKey = Literal["front", "back", "left", "right"]
Side = Literal["left", "right", "midline"]
Point = tuple[float, float]
Polyline = tuple[Point, ...]

BOX_SIZE: Final = 1000.0
"""Every view is drawn in a square of this many units, x to the right and y down."""

PATTERNS: Final = ("dots", "stripes_down", "stripes_up", "crosshatch", "horizontal", "vertical", "checks")
"""The fills that tell pain kinds apart on paper and without colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One kind of pain on one region."""

    region: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PainKind:
    """A kind of pain, told apart by a letter and a fill pattern (one of PATTERNS), never by colour alone."""

    code: str
    text: Text
    letter: str
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A named area of one view; ``side`` is the patient's own side, ``outline`` a closed polygon in the view's box."""

    key: str
    view: ViewKey
    side: Side
    text: Text
    outline: Polyline

    def contains(self, x: float, y: float) -> bool:
        """Tell whether a point of the view's box lies in the outline (even-odd rule)."""
        inside = False
        for (x1, y1), (x2, y2) in zip(self.outline, (*self.outline[1:], self.outline[0]), strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                inside = not inside
        return inside


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The body from one side.

    ``outline`` holds the strokes of the body's edge, ``details`` the finer ones inside it (face, ears, collar bones, fingers):
    draw these thinner. In the front view the patient's left is at the right, in the back view at the left.
    """

    key: ViewKey
    text: Text
    outline: tuple[Polyline, ...]
    details: tuple[Polyline, ...]
    regions: tuple[Region, ...]

    @property
    def figure(self) -> tuple[Polyline, ...]:
        """Every stroke of the figure, the body's edge first."""
        return self.outline + self.details

    def region_at(self, x: float, y: float) -> Region | None:
        """Return the region under a point of the view's box, None beside the body."""
        return next((region for region in self.regions if region.contains(x, y)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionSet:
    """One version of the figure; a visit keeps the version it was drawn on."""

    version: str
    views: tuple[View, ...]
    kinds: tuple[PainKind, ...]
    _by_key: dict[str, Region] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the regions by key."""
        object.__setattr__(self, "_by_key", {region.key: region for region in self.regions()})

    def regions(self) -> tuple[Region, ...]:
        """Return every region, view by view, from the head down."""
        return tuple(region for view in self.views for region in view.regions)

    def region(self, key: str) -> Region:
        """Return the region with this key; KeyError if this version has none."""
        return self._by_key[key]

    def view(self, key: str) -> View:
        """Return the view with this key; KeyError if there is none."""
        for view in self.views:
            if view.key == key:
                return view
        raise KeyError(key)

    def kind(self, code: str) -> PainKind:
        """Return the pain kind with this code; KeyError if this version has none."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise KeyError(code)

    def problems(self, marks: Sequence[Mark]) -> list[Problem]:
        """Return what is wrong with the marks, one Problem per mark, empty when nothing is."""
        codes = {kind.code for kind in self.kinds}
        seen: set[Mark] = set()
        found: list[Problem] = []
        for index, mark in enumerate(marks):
            code = None
            if mark.region not in self._by_key:
                code = "unknown_region"
            elif mark.kind not in codes:
                code = "unknown_pain_kind"
            elif mark in seen:
                code = "duplicate_mark"
            seen.add(mark)
            if code is not None:
                found.append(Problem(field=f"pain_drawing.{index}", code=code))
        return found
