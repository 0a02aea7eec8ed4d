"""What a PDF says of itself in its keywords, whoever made it: a file that comes back is read by it."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import Final

import pypdfium2

ONE_AT_A_TIME: Final = threading.Lock()
"""PDFium may be in use by one thread of a process at a time: everything that reads or draws a PDF holds this."""
LARGEST_MB: Final = 100
_BEGIN: Final = b"%PDF-"
_WITHIN: Final = 1024
"""A PDF begins within its first 1,024 bytes. Source: ISO 32000-1, note in annex H.3."""
_LONGEST: Final = 1000
_OURS: Final = re.compile(
    r"intake-desk (?P<kind>intake|note|homecare) (?P<visit>V-\d{6,18}-\d)(?:/(?P<version>P|N\d{1,6}))?(?: .*)?", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What our keywords name: the kind of document, the visit's number, and of a note the version, 0 when it is preliminary."""

    kind: str
    visit_number: str
    version: int


def named_in(pdf: bytes) -> Named | None:
    """Return what a file says it is, None when it is no PDF, or none that names a document of ours. Never raises."""
    found = _OURS.fullmatch(_keywords(pdf))
    if found is None:
        return None
    version = found["version"] or "P"
    return Named(kind=found["kind"], visit_number=found["visit"], version=0 if version == "P" else int(version[1:]))


def _keywords(pdf: bytes) -> str:
    """Return the keywords of a PDF, empty when it has none, is none, or cannot be read."""
    if len(pdf) > LARGEST_MB * 2**20 or _BEGIN not in pdf[:_WITHIN]:
        return ""
    try:
        with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
            text = str(document.get_metadata_value("Keywords"))
    except (pypdfium2.PdfiumError, UnicodeDecodeError):
        return ""
    return text if len(text) <= _LONGEST else ""
