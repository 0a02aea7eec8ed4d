"""How many pages a PDF has."""

from __future__ import annotations

import pypdfium2

from intake.documents.keywords import ONE_AT_A_TIME


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of ours has."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return len(document)
