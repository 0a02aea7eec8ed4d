"""The bundled fonts: which one draws a character, parsed once per process and only when a character needs it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from intake.definitions.resource_files import ResourceFiles
from intake.errors import ResourceError
from intake.paths import RESOURCES

Weight = Literal[400, 600]
FOLDER = RESOURCES / "fonts"
LIST = "fonts/fonts.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """One font file of ``fonts.toml``; ``ranges`` are the characters it is loaded for, none means every character."""

    family: str
    file: str
    weight: int
    ranges: tuple[tuple[int, int], ...]
    shaped: bool

    @property
    def name(self) -> str:
        """The name the documents know the font by."""
        return self.file.removesuffix(".ttf")

    def covers(self, code: int) -> bool:
        """Return whether the font is meant for the character."""
        return not self.ranges or any(first <= code <= last for first, last in self.ranges)


@cache
def font_files() -> tuple[FontFile, ...]:
    """Return the bundled fonts in the order in which they are tried. Raises ResourceError when their list is broken."""
    listed = ResourceFiles(root=RESOURCES).read_toml(LIST)
    try:
        return tuple(_font_file(row) for row in listed["font"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ResourceError(LIST, 0, "a list of fonts, each with family, file, weight, ranges and shaped, is expected") from error


def _font_file(row: dict[str, Any]) -> FontFile:
    return FontFile(
        family=row["family"],
        file=row["file"],
        weight=row["weight"],
        ranges=tuple((int(first, 16), int(last, 16)) for first, last in (span.split("-") for span in row["ranges"])),
        shaped=row["shaped"],
    )


@cache
def drawn_font(name: str) -> Any:
    """Return the reportlab font of this name, registered; its file is parsed at the first call, a ResourceError if it is broken."""
    try:
        font = TTFont(name, str(FOLDER / f"{name}.ttf"), shapable=False)
    except TTFError as error:
        raise ResourceError(f"fonts/{name}.ttf", 0, "the file is missing or is no TrueType font") from error
    pdfmetrics.registerFont(font)
    return font


@cache
def advances(name: str) -> dict[int, float]:
    """Return the width of every character of a font, in thousandths of the type size."""
    widths: dict[int, float] = drawn_font(name).face.charWidths
    return widths


@cache
def shaper_font(name: str) -> Any:
    """Return the shaper's font of this name, scaled to its own units."""
    try:
        return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob((FOLDER / f"{name}.ttf").read_bytes())))
    except OSError as error:
        raise ResourceError(f"fonts/{name}.ttf", 0, "the file cannot be read") from error


@cache
def units_per_em(name: str) -> int:
    """Return how many of its own units make the type size of a font."""
    units: int = shaper_font(name).face.upem
    return units


@cache
def body_font(weight: Weight) -> str:
    """Return the name of the font tried first: Noto Sans in this weight."""
    return next(font.name for font in font_files() if not font.ranges and font.weight == weight)


@lru_cache(maxsize=8192)
def font_of(character: str, weight: Weight) -> FontFile:
    """Return the font that draws a character; the body font, with its empty box, when none has it."""
    code = ord(character)
    body = next(font for font in font_files() if not font.ranges and font.weight == weight)
    if shaper_font(body.name).get_nominal_glyph(code):
        return body
    fitting = [font for font in font_files() if font.ranges and font.covers(code)]
    fitting.sort(key=lambda font: font.weight != weight)
    return next((font for font in fitting if shaper_font(font.name).get_nominal_glyph(code)), body)


@lru_cache(maxsize=8192)
def is_plain(character: str, weight: Weight) -> bool:
    """Return whether a character can be drawn on its own, from left to right, with what its font has for it.

    Marks that sit on another letter, joining and right-to-left scripts, and characters no font has, need the shaper.
    """
    if unicodedata.combining(character) or unicodedata.bidirectional(character) in {"R", "AL", "AN", "NSM", "BN"}:
        return False
    if unicodedata.category(character) in {"Cf", "Cc", "Cs", "Co"} or 0x1100 <= ord(character) <= 0x11FF:  # noqa: PLR2004 - Hangul parts
        return False
    font = font_of(character, weight)
    return not font.shaped and ord(character) in advances(font.name)
