"""Texts of a PDF that stand there as bytes: in a stream, or in a coding that no reader could make out."""

from __future__ import annotations

import codecs
from typing import Final

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
_CODINGS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"))
"""How a text begins that says in which coding it is. Source: ISO 32000-2, 7.9.2.2; the third is none of it and is met."""
_FROM: Final = {0x18: "˘ˇˆ˙˝˛˚˜", 0x80: "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", 0xA0: "€"}  # noqa: RUF001 - the table's own signs
_NONE: Final = frozenset((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x18), 0x7F, 0x9F, 0xAD))
_PLAIN: Final = (
    {code: chr(code) for code in range(0x100)}
    | {first + place: sign for first, signs in _FROM.items() for place, sign in enumerate(signs)}
    | dict.fromkeys(_NONE, UNKNOWN)
)
"""PDFDocEncoding: Latin-1 but for these. Source: ISO 32000-1, annex D.2."""


def text_of(told: bytes) -> tuple[str, bool]:
    """Return a text that stands in a file as these bytes, lines ended as everywhere, and whether every sign of it could be read."""
    begin, coding = next((each for each in _CODINGS if told.startswith(each[0])), (b"", ""))
    rest = told[len(begin) :]
    text = rest.decode(coding, errors="replace") if coding else "".join(_PLAIN[byte] for byte in rest)
    return text.replace("\r\n", "\n").replace("\r", "\n"), UNKNOWN not in text
