"""Small PDFs."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas


def a_pdf(*, pages: int = 1) -> bytes:
    """Return a PDF of so many pages, with a line on each."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=letter, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 700, f"Sample page {number + 1}")
        canvas.showPage()
    canvas.save()
    return target.getvalue()
