"""Carries the entered text under shaped glyphs, so that search, copy and extraction find what was typed.

Shaped glyphs are drawn from fonts that say nothing but spaces (``glyph_fonts``). Over them lies an invisible text whose
single codes stand, through the font's ToUnicode map, for the whole logical text of a piece. Readers differ with
right-to-left text: pypdf and most viewers take a code's text as it is; pdfium takes it for visual order, reverses what is
mirrored on the page, and then reorders the whole line. A right-to-left piece therefore stands on a line of its own,
mirrored, and is cut where pdfium would still reorder it; ``read_by_pdfium`` says when that is.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import Any, Literal

from reportlab.pdfbase import pdfdoc

from intake.documents.glyph_fonts import CODES_PER_FONT, to_unicode

MIDDLE_PT = 396
# pdfium takes what lies up to half a code's width higher or lower for the same line: in thousandths of the type size.
WIDEST = 2000
SPACE = 250
Side = Literal["L", "R", "weak", "neutral"]
_SIDES: dict[str, Side] = {
    "L": "L", "R": "R", "AL": "R",
    "AN": "weak", "EN": "weak", "NSM": "weak", "CS": "weak", "ES": "weak", "ET": "weak", "BN": "weak",
}  # fmt: skip


def _side(character: str) -> Side:
    return _SIDES.get(unicodedata.bidirectional(character), "neutral")


def _segments(text: str) -> list[tuple[Side, str]]:
    return [(side, "".join(group)) for side, group in groupby(text, key=_side)]


def _is_rightward(text: str) -> bool:
    sides = [side for side, _ in _segments(text)]
    return 0 < sides.count("R") >= sides.count("L")


def read_by_pdfium(piece: str) -> str:
    """Return what pdfium reads from a mirrored piece that stands alone on its line."""
    rightward = _is_rightward(piece)
    segments = _segments(piece[::-1] if rightward else piece)
    current: Side = "R" if rightward else "L"
    read: list[str] = []
    for side, text in reversed(segments) if rightward else segments:
        if side == "R" or (side == "neutral" and current == "R"):
            current = "R"
            read.append(text[::-1] if not any(map(unicodedata.mirrored, text)) else "\ufffd")
        else:
            current = current if side == "weak" else "L"
            read.append(text)
    return unicodedata.normalize("NFC", "".join(read))


def pieces_of(text: str) -> list[str]:
    """Return the pieces a right-to-left line is carried in: whole when it can be read back whole, else by words, else smaller."""
    if _is_read_whole(text):
        return [text]
    words = [word for word in text.replace(" ", " \0").split("\0") if word]
    return [piece for word in words for piece in ([word] if _is_read_whole(word) else [part for _, part in _segments(word)])]


def _is_read_whole(text: str) -> bool:
    return read_by_pdfium(text) == unicodedata.normalize("NFC", text)


def is_right_to_left(text: str) -> bool:
    """Return whether any character of the text runs from right to left."""
    return any(_side(character) == "R" for character in text)


class Carrier:
    """The invisible fonts of one document: hands out a code for each text and width, and writes the fonts at the end."""

    fontName = "Carried"  # noqa: N815 - reportlab asks each font of a document for its name

    def __init__(self, document: Any) -> None:
        """Join the fonts of a reportlab document."""
        self._codes: dict[tuple[str, int], int] = {}
        document.delayedFonts.append(self)

    def literal(self, text: str, *, x: float, y: float, size_pt: float, width_pt: float) -> str:
        """Return the PDF operators that lay the text, unseen, over the given place."""
        if not is_right_to_left(text):
            return self._shown(text, (1, x), y, size_pt, width_pt)
        lines = [self._line_end(0, x, y, size_pt)]
        for index, piece in enumerate(pieces_of(text), start=1):
            lines += [self._shown(piece, (-1, x + width_pt), y, size_pt, width_pt), self._line_end(index, x, y, size_pt)]
        return "\n".join(lines)

    def _line_end(self, index: int, x: float, y: float, size_pt: float) -> str:
        """Return an unseen space far above or below: pdfium begins a new line after it, and skips one it has just seen."""
        away = (3 + 2 * (index % 3)) * size_pt
        return self._shown(" ", (1, x), y + away if y < MIDDLE_PT else y - away, size_pt, 1)

    def _shown(self, text: str, place: tuple[int, float], y: float, size_pt: float, width_pt: float) -> str:
        direction, x = place
        name, code = self._code(text, min(round(width_pt / size_pt * 1000), WIDEST))
        other, end = self._code(" ", SPACE)
        # pdfium tells the direction of writing from two characters, so each piece ends in a space.
        shown = f"<{code:02X}{end:02X}> Tj" if other == name else f"<{code:02X}> Tj /{other} {size_pt:g} Tf <{end:02X}> Tj"
        return f"q BT 3 Tr /{name} {size_pt:g} Tf {direction} 0 0 1 {x:.3f} {y:.3f} Tm {shown} ET Q"

    def _code(self, text: str, width: int) -> tuple[str, int]:
        number = self._codes.setdefault((text, width), len(self._codes))
        return _font_and_code(number)

    def addObjects(self, document: Any) -> None:  # noqa: N802 - reportlab calls this when the document is written
        """Write one font for each 255 codes."""
        entries = list(self._codes)
        for start in range(0, len(entries), CODES_PER_FONT):
            name, _ = _font_and_code(start)
            font = _font(document, entries[start : start + CODES_PER_FONT])
            document.idToObject["BasicFonts"].dict[name] = font


def _font_and_code(number: int) -> tuple[str, int]:
    return f"Carried{number // CODES_PER_FONT}", number % CODES_PER_FONT + 1


def _font(document: Any, entries: list[tuple[str, int]]) -> Any:
    name = pdfdoc.PDFName
    # pdfium passes over text without a drawn shape, so each code is a letter that render mode 3 keeps unseen.
    encoding = pdfdoc.PDFDictionary({"Type": name("Encoding"), "Differences": pdfdoc.PDFArray([1] + [name("H")] * len(entries))})
    return pdfdoc.PDFDictionary(
        {
            "Type": name("Font"),
            "Subtype": name("Type1"),
            "BaseFont": name("Helvetica"),
            "FirstChar": 1,
            "LastChar": len(entries),
            "Widths": pdfdoc.PDFArray([width for _, width in entries]),
            "Encoding": encoding,
            "ToUnicode": to_unicode(document, [text for text, _ in entries]),
        }
    )
