"""The pain drawing on paper: the same regions as on the screen, marked by pattern and letter, with the list in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from intake.documents import style
from intake.documents.blocks import flowing, heading, space
from intake.documents.paper import Block, Paper, Point
from intake.documents.text import Style, width_of
from intake.documents.words import Language
from intake.domain.pain import Mark, PainKind, Polyline, Region, RegionSet

BETWEEN = 22.0
HIGHEST = 196.0
PITCH = 3.4
SWATCH = 13.0
LETTER = Style(size_pt=7.5, weight=600, color=style.INK, leading_pt=9)
REGION_LINE = "D3DAE0"


def pain_drawing(marks: Sequence[Mark], regions: RegionSet) -> Iterator[Block]:
    """Yield the four views side by side with the marks, what the patterns mean, and the marks in words."""
    count = f"{len(marks)} marked" if marks else "nothing marked"
    yield heading("Pain drawing", count)
    layout = _layout(regions)
    yield Block(height_pt=layout.height_pt + 16, draw=partial(_draw_views, layout, tuple(marks), regions), with_next=True)
    yield _legend(regions.kinds)
    for kind in regions.kinds:
        places = [regions.region(mark.region) for mark in marks if mark.kind == kind.code]
        if places:
            words = "; ".join(region.text.en for region in places)
            yield from flowing(f"{kind.letter} · {kind.text.en}: {words}", style.BODY)
    yield space(4)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """One scale for all views; for each, the left end of its strokes in its own box, and where and how wide it stands."""

    scale: float
    top: float
    height_pt: float
    lefts: tuple[float, ...]
    origins: tuple[float, ...]
    widths: tuple[float, ...]


@lru_cache(maxsize=8)
def _layout(regions: RegionSet) -> _Layout:
    """Return the largest common scale at which the views stand side by side."""
    points = [[point for line in view.figure for point in line] for view in regions.views]
    lefts = tuple(min(x for x, _ in view) for view in points)
    wides = [max(x for x, _ in view) - left for view, left in zip(points, lefts, strict=True)]
    top, bottom = min(y for view in points for _, y in view), max(y for view in points for _, y in view)
    scale = min((style.WIDTH - BETWEEN * (len(wides) - 1)) / sum(wides), HIGHEST / (bottom - top))
    between = (style.WIDTH - sum(wides) * scale) / (len(wides) - 1)
    origins = tuple(sum(wides[:index]) * scale + index * between for index in range(len(wides)))
    widths = tuple(wide * scale for wide in wides)
    return _Layout(scale=scale, top=top, height_pt=(bottom - top) * scale, lefts=lefts, origins=origins, widths=widths)


def _draw_views(layout: _Layout, marks: Sequence[Mark], regions: RegionSet, paper: Paper, top: float) -> None:
    kinds: dict[str, list[PainKind]] = {}
    for mark in marks:
        kinds.setdefault(mark.region, []).append(regions.kind(mark.kind))
    _draw_titles(layout, regions, "en", style.SMALL, paper, top)
    marked = [
        (region, _placed(region.outline, layout, index, style.LEFT, top - 12))
        for index, view in enumerate(regions.views)
        for region in view.regions
        if region.key in kinds
    ]
    for region, outline in marked:
        _fill(paper, outline, kinds[region.key])
    paper.canvas.addLiteral(f"q 1 0 0 1 {style.LEFT:.2f} {top - 12:.2f} cm {_figure(regions)} Q")
    for region, outline in marked:
        paper.stroke([*outline, outline[0]], color=style.ACCENT, width_pt=0.9)
        _letters(paper, region, outline, kinds[region.key])


def figure_block(regions: RegionSet, language: Language, title: Style) -> Block:
    """Return the four views with nothing marked, to be marked by hand; ``title`` is how their names are set."""
    layout = _layout(regions)

    def draw(paper: Paper, top: float) -> None:
        _draw_titles(layout, regions, language, title, paper, top)
        paper.canvas.addLiteral(f"q 1 0 0 1 {style.LEFT:.2f} {top - title.leading_pt - 2:.2f} cm {_figure(regions)} Q")

    return Block(height_pt=layout.height_pt + title.leading_pt + 8, draw=draw)


def _draw_titles(layout: _Layout, regions: RegionSet, language: Language, title: Style, paper: Paper, top: float) -> None:
    """Write the name of each view over its middle."""
    for view, origin, wide in zip(regions.views, layout.origins, layout.widths, strict=True):
        words = view.text.in_language(language)
        paper.text(style.LEFT + origin + (wide - width_of(words, title)) / 2, top, words, title)


def _placed(points: Polyline, layout: _Layout, index: int, left: float, top: float) -> list[Point]:
    x0 = left + layout.origins[index] - layout.lefts[index] * layout.scale
    y0 = top + layout.top * layout.scale
    return [(x0 + x * layout.scale, y0 - y * layout.scale) for x, y in points]


@lru_cache(maxsize=8)
def _figure(regions: RegionSet) -> str:
    """Return the PDF operators of the unmarked figure, its upper left corner at the origin: the same on every form."""
    layout = _layout(regions)
    strokes: list[str] = []
    for index, view in enumerate(regions.views):
        closed = tuple((*region.outline, region.outline[0]) for region in view.regions)
        for color, width, lines in ((REGION_LINE, 0.3, closed), (style.INK, 0.8, view.outline), (style.MUTED, 0.4, view.details)):
            strokes.append(" ".join(f"{part / 255:.3f}" for part in bytes.fromhex(color)) + f" RG {width} w")
            for line in lines:
                (x, y), *others = _placed(line, layout, index, 0, 0)
                strokes.append(f"{x:.2f} {y:.2f} m " + " ".join(f"{x:.2f} {y:.2f} l" for x, y in others) + " S")
    return "\n".join(strokes)


def _fill(paper: Paper, outline: Sequence[Point], kinds: Sequence[PainKind]) -> None:
    """Fill a region with the patterns of its kinds, one over the other."""
    with paper.kept_state() as canvas:
        canvas.clipPath(paper.path(outline), stroke=0, fill=0)
        for kind in kinds:
            _draw_pattern(paper, kind.pattern, outline)


def _letters(paper: Paper, region: Region, outline: Sequence[Point], kinds: Sequence[PainKind]) -> None:
    """Write the letters of a region's kinds on a white patch in its middle."""
    letters = "".join(kind.letter for kind in kinds)
    width = width_of(letters, LETTER)
    x, y = _middle(region, outline)
    paper.box(x - width / 2 - 1.5, y + 4.5, width + 3, 9, filled="FFFFFF", color=style.ACCENT)
    paper.text(x - width / 2, y + 4.5, letters, LETTER)


def _middle(region: Region, outline: Sequence[Point]) -> Point:
    """Return the middle of the region's extent, or of its corners when that lies outside."""
    xs, ys = zip(*region.outline, strict=True)
    if region.contains((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2):
        xs, ys = zip(*outline, strict=True)
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline)


def _draw_pattern(paper: Paper, pattern: str, outline: Sequence[Point]) -> None:
    """Draw a pattern over the extent of an outline; the caller clips it."""
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    if pattern in {"dots", "checks"}:
        _draw_spots(paper, (left, right, low, high), checks=pattern == "checks")
        return
    slopes = {
        "stripes_up": ((1, 1),), "stripes_down": ((1, -1),), "crosshatch": ((1, 1), (1, -1)),
        "horizontal": ((1, 0),), "vertical": ((0, 1),),
    }[pattern]  # fmt: skip
    paper.pen(style.ACCENT, 0.7)
    reach = max(right - left, high - low)
    for across, up in slopes:
        for place in range(-int(reach / PITCH) - 1, int(reach / PITCH) + 2):
            x = left + (0 if not up else place * PITCH)
            y = (low if up >= 0 else high) + (place * PITCH if not up else 0)
            paper.canvas.line(x, y, x + across * 2 * reach, y + up * 2 * reach)


def _draw_spots(paper: Paper, extent: tuple[float, float, float, float], *, checks: bool) -> None:
    left, right, low, high = extent
    paper.writer.color(style.ACCENT)
    for row in range(int((high - low) / PITCH) + 2):
        for column in range(int((right - left) / PITCH) + 2):
            x, y = left + column * PITCH, low + row * PITCH
            if not checks:
                paper.canvas.circle(x + (row % 2) * PITCH / 2, y, 0.7, stroke=0, fill=1)
            elif (row + column) % 2 == 0:
                paper.canvas.rect(x, y, PITCH, PITCH, stroke=0, fill=1)


def _legend(kinds: Sequence[PainKind]) -> Block:
    """Return what says which pattern and letter stands for which kind of pain."""
    labels = [f"{kind.letter}  {kind.text.en}" for kind in kinds]
    widths = [SWATCH + 4 + width_of(label, style.SMALL) for label in labels]
    places: list[tuple[float, float]] = []
    x, y = 0.0, 0.0
    for width in widths:
        if x + width > style.WIDTH:
            x, y = 0.0, y + 14
        places.append((style.LEFT + x, y))
        x += width + 10

    def draw(paper: Paper, top: float) -> None:
        for kind, label, (left, below) in zip(kinds, labels, places, strict=True):
            high, low = top - below - 3, top - below - 12
            _fill(paper, [(left, high), (left + SWATCH, high), (left + SWATCH, low), (left, low)], [kind])
            paper.box(left, high, SWATCH, high - low, color=style.ACCENT)
            paper.text(left + SWATCH + 4, top - below - 2, label, style.SMALL)

    return Block(height_pt=20 + y, draw=draw)
