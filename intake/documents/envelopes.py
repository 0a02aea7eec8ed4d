"""Envelopes: the clinic's address in the corner, the addressee's where post looks for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from intake.documents.labels import draw_fitted, fit, sheets
from intake.documents.paper import Paper
from intake.documents.words import TRAINING
from intake.domain.labels import Envelope
from intake.domain.practice import Location, Practice

RETURN_PT: Final = 9.0
ADDRESS_PT: Final = 13.0
UNBROKEN_PT: Final = 10.0
EDGE_PT: Final = 27.0
FOOT_PT: Final = 45.0
"""The lowest 5/8 inch belong to the post's own barcode. Source: USPS Domestic Mail Manual 202.5.1."""
APART_PT: Final = 18.0


def envelope(lines: Sequence[str], size: Envelope, *, practice: Practice, location: Location, training: bool) -> bytes:
    """Return an envelope to the person and address in ``lines`` as PDF of its own size.

    Raises IntakeError ``label_too_small`` when an address does not fit. The same arguments always give the same bytes.
    """
    street = ", ".join(part for part in (location.line1, location.suite) if part)
    sender = (practice.name, street, f"{location.city}, {location.state} {location.zip_code}", *([TRAINING["en"]] if training else []))
    above = size.address_top_pt - size.return_top_pt - APART_PT
    below = size.height_pt - size.address_top_pt - FOOT_PT
    corner = fit(sender, size.width_pt * 0.45, above, most_pt=RETURN_PT)
    wide = size.width_pt - size.address_left_pt - EDGE_PT
    middle = fit(lines, wide, below, most_pt=ADDRESS_PT, unbroken_pt=UNBROKEN_PT, strong_first=False)

    def draw(paper: Paper, _page: int) -> None:
        draw_fitted(paper, corner, size.return_left_pt, size.height_pt - size.return_top_pt)
        draw_fitted(paper, middle, size.address_left_pt, size.height_pt - size.address_top_pt)

    return sheets("Envelope", (size.width_pt, size.height_pt), [1], draw)
