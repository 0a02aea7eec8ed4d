"""Fonts made of the shaped glyphs a document uses, and the map from codes to text that every font of our own has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.pdfbase import pdfdoc

from intake.documents.shaping import PlacedGlyph, ShapedLine, outline

CODES_PER_FONT = 255
EXTENT = (-2000, -2000, 6000, 3000)
_HEAD = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Own def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
)
_TAIL = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def to_unicode(document: Any, texts: Sequence[str]) -> Any:
    """Return a reference to the map from the codes 1, 2, … to these texts."""
    maps = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts, start=1)]
    blocks = [maps[start : start + 100] for start in range(0, len(maps), 100)]
    body = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return _stream(document, _HEAD + body + _TAIL)


def _stream(document: Any, content: str) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return document.Reference(stream)


class GlyphFonts:
    """The glyphs of one document that only a shaper can place, as fonts of outlines.

    A glyph has no text of its own (one letter may be several glyphs, and several letters one), so each stands for a space:
    what was entered is read from the ``Carrier``.
    """

    fontName = "Shaped"  # noqa: N815 - reportlab asks each font of a document for its name

    def __init__(self, document: Any) -> None:
        """Join the fonts of a reportlab document."""
        self._codes: dict[tuple[str, int], int] = {}
        self._widths: list[int] = []
        document.delayedFonts.append(self)

    def literal(self, line: ShapedLine, *, x: float, y: float, size_pt: float) -> str:
        """Return the PDF operators that draw a shaped line."""
        parts = [f"BT 1 0 0 1 {x:.3f} {y:.3f} Tm"]
        pen, font, rise = 0.0, "", 0.0
        shown: list[str] = []
        for glyph in line.glyphs:
            name, code, width = self._code(glyph)
            if not code:
                continue
            if (name, glyph.y) != (font, rise):
                parts += [_shown(shown), "" if name == font else f"/{name} {size_pt:g} Tf", f"{glyph.y * size_pt / 1000:.3f} Ts"]
                font, rise, shown = name, glyph.y, []
            if round(pen - glyph.x, 1):
                shown.append(f"{pen - glyph.x:.1f}")
            shown.append(f"<{code:02X}>")
            pen = glyph.x + width
        return " ".join(part for part in [*parts, _shown(shown), "0 Ts ET"] if part)

    def _code(self, glyph: PlacedGlyph) -> tuple[str, int, int]:
        """Return the font, code and width of a glyph; code 0 for one that draws nothing."""
        if not outline(glyph.font, glyph.glyph):
            return "", 0, 0
        number = self._codes.setdefault((glyph.font, glyph.glyph), len(self._codes))
        if number == len(self._widths):
            self._widths.append(round(glyph.advance))
        return f"{self.fontName}{number // CODES_PER_FONT}", number % CODES_PER_FONT + 1, self._widths[number]

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls this when the document is written
        """Write one font for each 255 glyphs."""
        glyphs = list(self._codes)
        for start in range(0, len(glyphs), CODES_PER_FONT):
            end = start + CODES_PER_FONT
            font = _outline_font(document, glyphs[start:end], self._widths[start:end])
            document.idToObject["BasicFonts"].dict[f"{self.fontName}{start // CODES_PER_FONT}"] = font


def _shown(parts: list[str]) -> str:
    return f"[{' '.join(parts)}] TJ" if parts else ""


def _outline_font(document: Any, glyphs: Sequence[tuple[str, int]], widths: Sequence[int]) -> Any:
    name = pdfdoc.PDFName
    extent = " ".join(map(str, EXTENT))
    drawings = {
        f"g{code}": _stream(document, f"{width} 0 {extent} d1 {outline(*glyph)}")
        for code, (glyph, width) in enumerate(zip(glyphs, widths, strict=True), start=1)
    }
    names = pdfdoc.PDFArray([1] + [name(drawing) for drawing in drawings])
    return pdfdoc.PDFDictionary(
        {
            "Type": name("Font"),
            "Subtype": name("Type3"),
            "FontBBox": pdfdoc.PDFArray(EXTENT),
            "FontMatrix": pdfdoc.PDFArray([0.001, 0, 0, 0.001, 0, 0]),
            "FirstChar": 1,
            "LastChar": len(widths),
            "Widths": pdfdoc.PDFArray(widths),
            "CharProcs": pdfdoc.PDFDictionary(drawings),
            "Resources": pdfdoc.PDFDictionary({}),
            "Encoding": pdfdoc.PDFDictionary({"Type": name("Encoding"), "Differences": names}),
            "ToUnicode": to_unicode(document, [" "] * len(widths)),
        }
    )
