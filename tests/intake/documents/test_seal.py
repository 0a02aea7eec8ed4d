"""The code on a signed note: what it carries, and that it is drawn."""

from __future__ import annotations

import pypdfium2

from intake.documents.seal import QR_SIDE, QUIET, modules, payload
from tests.intake.documents.charts import ADDENDUM, LATER_PRINT, PRINT, a_chart, a_note, unsigned

FINDER = ((True,) * 7, (True, False, False, False, False, False, True), (True, False, True, True, True, False, True))


def blackness(pdf: bytes) -> float:
    """Return how much of the right of the last page is fully black, in square points."""
    document = pypdfium2.PdfDocument(pdf)
    image = document[len(document) - 1].render(scale=3).to_pil().convert("RGB")
    right = image.crop((image.width * 3 // 4, 0, image.width, image.height))
    colors = right.getcolors(maxcolors=1 << 16) or []
    return float(sum(count for count, color in colors if color == (0, 0, 0))) / 9


def test_the_code_carries_number_and_fingerprint_of_the_note_as_it_stands() -> None:
    """With an addendum both are those of the whole."""
    assert payload(a_chart()) == f"V-000012-3/N1 sha256:{PRINT}"
    assert payload(a_chart(addenda=(ADDENDUM,))) == f"V-000012-3/N2 sha256:{LATER_PRINT}"


def test_the_modules_are_those_of_a_code_with_its_three_finders() -> None:
    """Square, the same every time, and another fingerprint is another code."""
    rows = modules(payload(a_chart()))
    assert len(rows) == len(rows[0]) == 41
    assert tuple(row[:7] for row in rows[:3]) == FINDER
    assert tuple(row[-7:] for row in rows[:3]) == FINDER
    assert tuple(row[:7] for row in rows[-7:-4]) == FINDER
    assert rows != modules(payload(a_chart(addenda=(ADDENDUM,))))
    assert QUIET == 4


def test_a_signed_note_shows_the_code_and_an_unsigned_one_does_not() -> None:
    """Only the code is drawn in full black: about half of its square."""
    assert 0.35 < blackness(a_note()) / (QR_SIDE * 41 / 49) ** 2 < 0.65
    assert blackness(a_note(unsigned())) == 0
