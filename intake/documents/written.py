"""The note of a chart: as it was signed, or as far as it is written."""

from __future__ import annotations

from intake.domain.codes import CodeList
from intake.domain.review_form import ReviewForm
from intake.domain.reviews import Chart, Note
from intake.entry.notes import read_note


def written_note(chart: Chart, form: ReviewForm, codes: CodeList) -> tuple[Note, int]:
    """Return the signed note, or the draft as far as it can be read, and how many of its entries cannot."""
    if chart.signature:
        return chart.signature.note, 0
    reading = read_note(chart.draft, form=form, codes=codes, on=chart.visit.visit_day)
    return reading.note, sum(problem.level == "error" for problem in reading.problems)
