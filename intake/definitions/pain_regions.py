"""The figure of the pain drawing with its regions and pain kinds, read from a versioned file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, cast

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.pain import BOX_SIZE, PATTERNS, PainKind, Polyline, Region, RegionSet, Side, View, ViewKey
from intake.domain.text import Text

_VIEWS: Final = ("front", "back", "left", "right")
_SIDES: Final = ("left", "right", "midline")
_CORNERS: Final = 3
_SMALLEST_AREA: Final = 100.0


def load_regions(files: ResourceFiles, version: str = "neck-regions-1") -> RegionSet:
    """Return one version of the figure; ResourceError names file, line and reason when its file is broken."""
    root = files.json_node(f"pain/{version}.json")
    root.child("id").beside(version).one_of((version,))
    kinds = tuple(_kind(part) for part in root.child("kinds").parts())
    views = tuple(_view(part) for part in root.child("views").parts())
    for name, values in (
        ("code", [kind.code for kind in kinds]),
        ("letter", [kind.letter for kind in kinds]),
        ("pattern", [kind.pattern for kind in kinds]),
        ("view", [view.key for view in views]),
        ("region", [region.key for view in views for region in view.regions]),
    ):
        _refuse_twice(root, name, values)
    if not kinds or {view.key for view in views} != set(_VIEWS):
        raise root.beside("views").broken("pain kinds and the four views are needed")
    return RegionSet(version=version, views=views, kinds=kinds)


def _refuse_twice(root: Node, name: str, values: Sequence[str]) -> None:
    for before, after in pairwise(sorted(values)):
        if before == after:
            raise root.beside(before).broken(f"the {name} {before} is given twice")


def _kind(node: Node) -> PainKind:
    kind = node.beside(node.child("code").string())
    letter = kind.child("letter").string()
    if len(letter) != 1:
        raise kind.broken("letter has to be one letter")
    return PainKind(
        code=kind.child("code").string(),
        text=_text(kind),
        letter=letter,
        pattern=kind.child("pattern").one_of(PATTERNS),
    )


def _view(part: Node) -> View:
    view = part.beside(part.child("key").string())
    key = cast("ViewKey", view.child("key").one_of(_VIEWS))
    return View(
        key=key,
        text=_text(view),
        outline=tuple(_polyline(stroke) for stroke in view.child("outline").parts()),
        details=tuple(_polyline(stroke) for stroke in view.child("details").parts()),
        regions=tuple(_region(region, key) for region in view.child("regions").parts()),
    )


def _region(part: Node, view: ViewKey) -> Region:
    region = part.beside(part.child("key").string())
    outline = _polyline(region.child("outline"))
    if len(outline) < _CORNERS or _area(outline) < _SMALLEST_AREA:
        raise region.broken("the outline encloses no area")
    return Region(
        key=region.child("key").string(),
        view=view,
        side=cast("Side", region.child("side").one_of(_SIDES)),
        text=_text(region),
        outline=outline,
    )


def _text(node: Node) -> Text:
    text = node.child("text")
    return Text(en=text.child("en").string(), es=text.child("es").string())


def _polyline(node: Node) -> Polyline:
    points = tuple(_point(part) for part in node.parts())
    if len(points) <= 1:
        raise node.broken("a line needs two points")
    return points


def _point(node: Node) -> tuple[float, float]:
    numbers = [part.number(low=0, high=BOX_SIZE) for part in node.parts()]
    if len(numbers) != 2:  # noqa: PLR2004 - a point is x and y
        raise node.broken("a point has two numbers")
    return numbers[0], numbers[1]


def _area(outline: Polyline) -> float:
    """Return the area of a polygon in square units of its box."""
    edges = zip(outline, (*outline[1:], outline[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges)) / 2
