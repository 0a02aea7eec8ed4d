"""Labels and envelopes on paper: what is written fits inside each label, in the largest letters that do, or is refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from intake.documents import style
from intake.documents.fonts import Weight
from intake.documents.paper import Paper
from intake.documents.text import Style, printable, width_of, wrap
from intake.documents.words import TRAINING
from intake.domain.labels import Label, LabelSheet
from intake.domain.patients import SEXES
from intake.domain.records import PatientRecord
from intake.entry.dates import show_date
from intake.errors import IntakeError

SIZES_PT: Final = (24.0, 20.0, 18.0, 16.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.5, 5.0)
USUAL_PT: Final = 14.0
LARGE_FROM_PT: Final = 200.0
"""A label this high, such as one for a box, is set in the largest letters."""
UNBROKEN_PT: Final = 8.0
"""Down to this size a line is rather set smaller than broken."""
LEADING: Final = 1.25
PADDING_PT: Final = 6.0
PADDING_SHARE: Final = 0.05
BARCODE_PT, BARCODE_GAP, BAR_PT = 16.0, 3.0, 0.72


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """Text as it is set in its room: each line with its style, and whether the barcode stands below."""

    lines: tuple[tuple[str, Style], ...]
    barcode: str = ""

    @property
    def height_pt(self) -> float:
        """How high all of it is."""
        return sum(words.leading_pt for _, words in self.lines) + (BARCODE_GAP + BARCODE_PT if self.barcode else 0)


def label_sheet(label: Label, sheet: LabelSheet, *, first: int, count: int, training: bool) -> bytes:
    """Return ``count`` labels as PDF, beginning at the label numbered ``first`` from 1, over as many sheets as it takes.

    Raises IntakeError ``label_too_small`` when the words do not fit. The same arguments always give the same bytes.
    """
    lines = (*label.lines, *([TRAINING["en"]] if training else []))
    padding = max(PADDING_PT, PADDING_SHARE * min(sheet.width_pt, sheet.height_pt))
    most = SIZES_PT[0] if sheet.height_pt >= LARGE_FROM_PT else USUAL_PT
    fitted = fit(lines, sheet.width_pt - 2 * padding, sheet.height_pt - 2 * padding, barcode=label.barcode, most_pt=most)
    places = range(first - 1, first - 1 + count)
    pages = [[place % sheet.places for place in places if place // sheet.places == page] for page in range(places[-1] // sheet.places + 1)]

    def draw(paper: Paper, page: Iterable[int]) -> None:
        for place in page:
            left, top = sheet.corner(place)
            draw_fitted(paper, fitted, left + padding, top - (sheet.height_pt - fitted.height_pt) / 2)

    return sheets("Labels", (sheet.page_width_pt, sheet.page_height_pt), pages, draw)


def identity_label(record: PatientRecord) -> Label:
    """Return the label of a patient's folder or tube: name, birth date, sex, record number."""
    patient = record.patient
    sex = next((choice.label for choice in SEXES if choice.code == patient.sex), "")
    born = f"Born {show_date(patient.dob)}" if patient.dob else "Birth date not asked"
    facts = " · ".join(part for part in (born, sex) if part)
    return Label(lines=(patient.full_name(), facts, record.number), barcode=record.number)


def fit(
    lines: Sequence[str],
    width: float,
    height: float,
    *,
    most_pt: float,
    unbroken_pt: float = UNBROKEN_PT,
    barcode: str = "",
    strong_first: bool = True,
) -> Fitted:
    """Return the lines in the largest size that fits, with the barcode if there is room; unbroken lines first, down to a size.

    Raises IntakeError ``label_too_small``.
    """
    for code in dict.fromkeys((barcode if barcode and _code_width(barcode) <= width else "", "")):
        broken_from = min(most_pt, USUAL_PT)
        for unbroken, most, least in ((True, most_pt, unbroken_pt), (False, broken_from, unbroken_pt if code else SIZES_PT[-1])):
            for size in (each for each in SIZES_PT if least <= each <= most):
                found = Fitted(lines=tuple(_set(lines, width, size, strong_first=strong_first)), barcode=code)
                if found.height_pt <= height and not (unbroken and len(found.lines) > len(lines)):
                    return found
    raise IntakeError("label_too_small")


def sheets(title: str, size: tuple[float, float], pages: Sequence[Any], draw: Callable[[Paper, Any], None]) -> bytes:
    """Return pages of a size as PDF that is printed as large as it is; ``draw`` is given each of ``pages``."""
    rl_config.useA85 = 0
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("Intake Desk")
    canvas.setViewerPreference("PrintScaling", "None")
    paper = Paper(canvas)
    for page in pages:
        paper.new_page()
        draw(paper, page)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def draw_fitted(paper: Paper, fitted: Fitted, left: float, top: float) -> None:
    """Draw fitted text from its upper left corner."""
    for line, words in fitted.lines:
        paper.text(left, top, line, words)
        top -= words.leading_pt
    if fitted.barcode:
        code = _code(fitted.barcode)
        with paper.kept_state() as canvas:
            code.drawOn(canvas, left, top - BARCODE_GAP - BARCODE_PT)


def _set(lines: Sequence[str], width: float, size: float, *, strong_first: bool) -> Iterator[tuple[str, Style]]:
    for place, text in enumerate(lines):
        weight: Weight = 600 if place == 0 and strong_first else 400
        words = Style(size_pt=size, weight=weight, color=style.INK, leading_pt=round(size * LEADING, 2))
        shown = printable(text)
        yield from ((line, words) for line in ([shown] if width_of(shown, words) <= width else wrap(shown, words, width)))


def _code(value: str) -> Any:
    from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415 - costs 140 ms, and only a label with one needs it

    return Code128(value, barHeight=BARCODE_PT, barWidth=BAR_PT, quiet=False)


def _code_width(value: str) -> float:
    return float(_code(value).width)
