"""Text on paper in any script: measured, wrapped and drawn so that what is read from the PDF is what was entered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from intake.documents.carrier import Carrier
from intake.documents.fonts import Weight, advances, body_font, drawn_font, font_of, is_plain
from intake.documents.glyph_fonts import GlyphFonts
from intake.documents.shaping import shape_line

INK = "18212C"
# A word with the spaces after it; a Chinese, Japanese or Korean character is a word of its own.
_WORD = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]\s*|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]*\s*"
)
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_LONGEST_LINE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How text is set: size in points, weight, colour as RRGGBB, distance of lines in points."""

    size_pt: float
    weight: Weight = 400
    color: str = INK
    leading_pt: float = 12


def printable(text: str) -> str:
    """Return the text as paper can show it: NFC, tabs as spaces, without control characters, line ends kept."""
    text = unicodedata.normalize("NFC", text.replace("\t", "    "))
    if text.isprintable():
        return text
    return "".join(character for character in text if unicodedata.category(character) not in {"Cc", "Cs"} or _LINE_END.match(character))


@lru_cache(maxsize=8192)
def plain_runs(text: str, weight: Weight) -> tuple[tuple[str, str, float], ...] | None:
    """Return (font, text, width in thousandths) runs that need no shaper, None when the text needs one."""
    body = body_font(weight)
    drawn_font(body)
    widths = advances(body)
    if text.isascii() and text.isprintable():
        return ((body, text, sum(widths[code] for code in text.encode())),)
    if not all(is_plain(character, weight) for character in text):
        return None
    return tuple(
        (name, run, sum(advances(name)[ord(character)] for character in run))
        for name, run in ((name, "".join(group)) for name, group in groupby(text, key=lambda character: font_of(character, weight).name))
    )


@lru_cache(maxsize=16384)
def _width(text: str, weight: Weight) -> float:
    runs = plain_runs(text, weight)
    return shape_line(text, weight).width if runs is None else sum(width for _, _, width in runs)


def width_of(text: str, style: Style) -> float:
    """Return the width of one line of text, in points."""
    return _width(text, style.weight) * style.size_pt / 1000


def wrap(text: str, style: Style, width_pt: float) -> list[str]:
    """Return the lines of a text that fit the width; words too long for a line are broken, nothing is ever left out."""
    text = printable(text)
    room = width_pt * 1000 / style.size_pt
    if len(text) < _LONGEST_LINE and not _LINE_END.search(text) and _width(text, style.weight) <= room:
        return [text]
    return [line for paragraph in _LINE_END.split(text) for line in _wrapped(paragraph, style.weight, room)]


def _wrapped(paragraph: str, weight: Weight, room: float) -> Iterator[str]:
    line, used = "", 0.0
    for word in _WORD.findall(paragraph):
        wide = _width(word.rstrip(), weight) if len(word) < _LONGEST_LINE else room + 1
        if line and used + wide > room:
            yield line.rstrip()
            line, used = "", 0.0
        if wide > room:
            *full, word = _broken(word, weight, room)  # noqa: PLW2901 - what is left of the word goes on below
            yield from full
        line += word
        used += _width(word, weight)
    yield line.rstrip()


def _broken(word: str, weight: Weight, room: float) -> Iterator[str]:
    """Yield parts of a word that each fit the room, never cutting a mark from its letter."""
    clusters = _clusters(word)
    start = 0
    while start < len(clusters):
        low, high = start + 1, min(len(clusters), start + _LONGEST_LINE)
        while low < high:
            middle = (low + high + 1) // 2
            fits = _width("".join(clusters[start:middle]).rstrip(), weight) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        yield "".join(clusters[start:low])
        start = low


def _clusters(word: str) -> list[str]:
    clusters: list[str] = []
    for character in word:
        joins = unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"} or (clusters and clusters[-1].endswith("\u200d"))
        if clusters and joins:
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


class Writer:
    """Draws lines of text on a reportlab canvas. It keeps the canvas' font and colour, so only it may set them."""

    def __init__(self, canvas: Any) -> None:
        """Draw on ``canvas``."""
        self._canvas = canvas
        self._own: tuple[GlyphFonts, Carrier] | None = None
        self._state: tuple[str, float] | None = None
        self._color: str | None = None

    def new_page(self) -> None:
        """Forget the canvas' font and colour, which a new page or a restored state has set back."""
        self._state = self._color = None

    def color(self, color: str) -> None:
        """Fill with a colour given as RRGGBB."""
        if color != self._color:
            red, green, blue = bytes.fromhex(color)
            self._canvas.setFillColorRGB(red / 255, green / 255, blue / 255)
            self._color = color

    def line(self, x: float, y: float, text: str, style: Style) -> None:
        """Draw one line with its baseline starting at (x, y)."""
        if not text:
            return
        self.color(style.color)
        runs = plain_runs(text, style.weight)
        if runs is None:
            self._shaped(x, y, text, style)
            return
        for font, run, width in runs:
            if self._state != (font, style.size_pt):
                self._canvas.setFont(font, style.size_pt)
                self._state = (font, style.size_pt)
            drawn_font(font)
            self._canvas.drawString(x, y, run)
            x += width * style.size_pt / 1000

    def line_right(self, right: float, y: float, text: str, style: Style) -> None:
        """Draw one line that ends at ``right``."""
        self.line(right - width_of(text, style), y, text, style)

    def _shaped(self, x: float, y: float, text: str, style: Style) -> None:
        if self._own is None:
            document = self._canvas._doc  # noqa: SLF001 - reportlab has no public way to add a font of one's own
            self._own = GlyphFonts(document), Carrier(document)
        glyphs, carrier = self._own
        shaped = shape_line(text, style.weight)
        width_pt = shaped.width * style.size_pt / 1000
        self._canvas.addLiteral(f"q {glyphs.literal(shaped, x=x, y=y, size_pt=style.size_pt)} Q")
        self._canvas.addLiteral(carrier.literal(text, x=x, y=y, size_pt=style.size_pt, width_pt=width_pt))
