"""Sheets of labels and envelopes: where on the paper there is room, and what is written there. Sizes are points (1/72 inch)."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.patients import Patient
from intake.domain.text import Text

NO_POST = ("none", "declined")
ABROAD = "abroad"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSheet:
    """One kind of label sheet. Margins are those of the first label; a pitch runs from one label's edge to the next one's.

    A single label on its own paper is a sheet of one.
    """

    key: str
    name: Text
    page_width_pt: float
    page_height_pt: float
    columns: int
    rows: int
    left_pt: float
    top_pt: float
    width_pt: float
    height_pt: float
    pitch_x_pt: float
    pitch_y_pt: float

    @property
    def places(self) -> int:
        """How many labels a sheet has."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Return the upper left corner of a label, counted from 0 along the rows, as PDF has it: y upwards."""
        row, column = divmod(place, self.columns)
        return self.left_pt + column * self.pitch_x_pt, self.page_height_pt - self.top_pt - row * self.pitch_y_pt


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One size of envelope, as it is fed. Both addresses begin at an upper left corner, measured from that of the envelope."""

    key: str
    name: Text
    width_pt: float
    height_pt: float
    return_left_pt: float
    return_top_pt: float
    address_left_pt: float
    address_top_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one label says: the first line is set strong. ``barcode`` is left off where there is no room for it."""

    lines: tuple[str, ...]
    barcode: str = ""


def posted_name(patient: Patient) -> str:
    """Return a name as post is addressed: first, middle, last, suffix."""
    parts = (patient.legal_first, patient.legal_middle, patient.legal_last, patient.suffix)
    return " ".join(part for part in parts if part)


def postal_lines(patient: Patient) -> tuple[str, ...]:
    """Return name and address as post is addressed, nothing for a patient without a postal address."""
    if not patient.line1 or patient.line1 in NO_POST or not patient.city:
        return ()
    zip_code = "" if patient.zip_code in (None, ABROAD) else patient.zip_code
    town = ", ".join(part for part in (patient.city, " ".join(part for part in (patient.state, zip_code) if part)) if part)
    return tuple(line for line in (posted_name(patient), patient.line1, patient.line2, town) if line)
