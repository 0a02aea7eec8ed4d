"""Text that needs a shaper: joined, stacked, marked or right-to-left writing as placed glyphs, and glyphs as outlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

import uharfbuzz
from bidi import algorithm

from intake.documents.fonts import Weight, font_of, shaper_font, units_per_em

# Discretionary ligatures redraw what was typed (a name gains vowel marks); everything a script needs stays on.
FEATURES = {"dlig": False, "liga": False, "clig": False, "hlig": False, "kern": True}
# What the bidi rules at hand do not know: characters not yet in Unicode, isolates, line ends.
BRACKETS = {"(": ")", "[": "]", "{": "}"}
UNKNOWN_SIDES = {"": "L", "LRI": "BN", "RLI": "BN", "FSI": "BN", "PDI": "BN", "B": "WS"}


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """One glyph with its place from the start of the line and its advance, all in thousandths of the type size."""

    font: str
    glyph: int
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """A line ready to be drawn: its glyphs from left to right, and its width in thousandths of the type size."""

    glyphs: tuple[PlacedGlyph, ...]
    width: float


def levels_of(text: str) -> list[int]:
    """Return the embedding level of each character (even runs left to right, odd right to left), by the Unicode rules."""
    base = algorithm.get_base_level(text)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage)
    for index, entry in enumerate(storage["chars"]):
        entry["index"] = index
        entry["type"] = entry["orig"] = UNKNOWN_SIDES.get(entry["type"], entry["type"])
    algorithm.explicit_embed_and_overrides(storage, debug=False)
    algorithm.resolve_weak_types(storage, debug=False)
    _resolve_brackets(storage["chars"], "LR"[base])
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found = {entry["index"]: int(entry["level"]) for entry in storage["chars"]}
    levels: list[int] = []
    for index in range(len(text)):
        levels.append(found.get(index, levels[-1] if levels else base))
    return levels


def _resolve_brackets(characters: list[dict[str, Any]], own: str) -> None:
    """Give both brackets of a pair one side, by what is between them and before them.

    ``own`` is the side of the line. Source: Unicode Standard Annex 9, rule N0, which the library's rules leave out.
    """
    sides = ["L" if entry["type"] == "L" else "R" if entry["type"] in {"R", "AL", "EN", "AN"} else "" for entry in characters]
    for start, end in sorted(_pairs(characters)):
        inside = set(sides[start + 1 : end]) - {""}
        if inside:
            before = next((side for side in reversed(sides[:start]) if side), own)
            side = own if own in inside else before
            for place in (start, end):
                sides[place] = characters[place]["type"] = side


def _pairs(characters: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Yield the places of each bracket and the one that closes it."""
    opened: list[tuple[str, int]] = []
    for place, entry in enumerate(characters):
        sign = entry["ch"]
        if sign in BRACKETS:
            opened.append((BRACKETS[sign], place))
            continue
        at = next((at for at in range(len(opened) - 1, -1, -1) if opened[at][0] == sign), None)
        if at is not None:
            yield opened[at][1], place
            del opened[at:]


def visual_runs(text: str, weight: Weight) -> list[tuple[str, int, str]]:
    """Return the runs of one level and one font as (text, level, font name), in the order they stand from left to right."""
    levels = levels_of(text)
    fonts = _fonts_of(text, weight)
    runs: list[tuple[str, int, str]] = []
    for (level, font), group in groupby(range(len(text)), key=lambda index: (levels[index], fonts[index])):
        runs.append(("".join(text[index] for index in group), level, font))
    for level in range(max(levels, default=0), 0, -1):
        runs = list(_reversed_from(runs, level))
    return runs


def _reversed_from(runs: list[tuple[str, int, str]], level: int) -> Iterator[tuple[str, int, str]]:
    for deep, group in groupby(runs, key=lambda run: run[1] >= level):
        members = list(group)
        yield from reversed(members) if deep else members


def _fonts_of(text: str, weight: Weight) -> list[str]:
    """Return the font of each character; a mark or joiner stays with the letter before it when that font has it."""
    fonts: list[str] = []
    for character in text:
        own = font_of(character, weight).name
        before = fonts[-1] if fonts else own
        if own != before and not character.isalnum() and shaper_font(before).get_nominal_glyph(ord(character)):
            own = before
        fonts.append(own)
    return fonts


@lru_cache(maxsize=4096)
def shape_line(text: str, weight: Weight) -> ShapedLine:
    """Return the glyphs of one line of text in any mixture of scripts and directions."""
    glyphs: list[PlacedGlyph] = []
    pen = 0.0
    for run, level, font in visual_runs(text, weight):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        uharfbuzz.shape(shaper_font(font), buffer, FEATURES)
        scale = 1000 / units_per_em(font)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x, y = pen + position.x_offset * scale, position.y_offset * scale
            glyphs.append(PlacedGlyph(font, info.codepoint, x, y, position.x_advance * scale))
            pen += position.x_advance * scale
    return ShapedLine(tuple(glyphs), pen)


class _OutlinePen:
    """Collects an outline as PDF path operators, in thousandths of the type size."""

    def __init__(self, scale: float) -> None:
        self.operators: list[str] = []
        self._scale = scale
        self._at = (0.0, 0.0)

    def _point(self, point: tuple[float, float]) -> str:
        return f"{point[0] * self._scale:.5g} {point[1] * self._scale:.5g}"

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the pen protocol's name
        self.operators.append(f"{self._point(point)} m")
        self._at = point

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - the pen protocol's name
        self.operators.append(f"{self._point(point)} l")
        self._at = point

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802 - the pen protocol's name
        self.operators.append(" ".join(map(self._point, points)) + " c")
        self._at = points[-1]

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802 - the pen protocol's name
        (x0, y0), (xc, yc), (x1, y1) = self._at, points[0], points[-1]
        first = (x0 + 2 / 3 * (xc - x0), y0 + 2 / 3 * (yc - y0))
        second = (x1 + 2 / 3 * (xc - x1), y1 + 2 / 3 * (yc - y1))
        self.curveTo(first, second, (x1, y1))

    def closePath(self) -> None:  # noqa: N802 - the pen protocol's name
        self.operators.append("h")


@cache
def outline(font: str, glyph: int) -> str:
    """Return the filled outline of a glyph as PDF operators, empty for a blank glyph."""
    pen = _OutlinePen(1000 / units_per_em(font))
    shaper_font(font).draw_glyph_with_pen(glyph, pen)
    return " ".join([*pen.operators, "f"]) if pen.operators else ""
