"""A PDF as pictures of its pages, drawn by PDFium."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from intake.documents.keywords import ONE_AT_A_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class PageImage:
    """One page drawn at ``scale`` pixels to the point, for a screen with ``ratio`` pixels to the unit."""

    number: int
    scale: float
    ratio: float
    image: QImage


def page_sizes(pdf: bytes) -> tuple[QSizeF, ...]:
    """Return the size of each page in points. Raises pypdfium2.PdfiumError for what is no PDF."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        return tuple(QSizeF(*page.get_size()) for page in document)


def draw_page(pdf: bytes, number: int, *, scale: float, ratio: float = 1.0) -> PageImage:
    """Return page ``number`` (from 0) at ``scale`` units to the point, in the pixels of a screen with ``ratio``."""
    with ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
        if document.get_formtype():
            document.init_forms()  # what stands in the fields of a form is drawn with it
        bitmap = document[number].render(scale=scale * ratio, prefer_bgrx=True)
        # The picture is copied: PDFium's memory goes with the document.
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
    image.setDevicePixelRatio(ratio)
    return PageImage(number=number, scale=scale, ratio=ratio, image=image)
