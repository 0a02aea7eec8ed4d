"""Who signed a note, when, and what tells this paper from any other: number, fingerprint, and a code that carries both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from intake.documents import style
from intake.documents.blocks import heading, kept_together, space
from intake.documents.paper import Block, Paper
from intake.documents.statements import statement
from intake.documents.text import Style, wrap
from intake.documents.words import moment_words
from intake.domain.canonical import short
from intake.domain.reviews import Chart, Signature

QR_SIDE = 84.0
QUIET = 4
"""Modules of white around a QR code. Source: ISO/IEC 18004."""
MEANING = "Signed with the signer's own password. Since then nothing of this visit can be changed; it can only be added to."


def payload(chart: Chart) -> str:
    """Return what the code of a signed note carries: its number and its fingerprint."""
    return f"{chart.number} sha256:{chart.fingerprint}"


def seal_blocks(chart: Chart, zone: ZoneInfo) -> Iterator[Block]:
    """Yield the signature block of a signed note, or what stands in its place."""
    if chart.signature is None:
        yield from kept_together([heading("Signature"), *_unsigned(chart), space(4)])
        return
    yield from kept_together([heading("Signature"), _signed(chart, chart.signature, zone), space(4)])


def _unsigned(chart: Chart) -> Iterator[Block]:
    yield from statement("Not signed", "No clinician has signed this note. It is PRELIMINARY, can still change, and has no fingerprint.")
    yield from statement("Document", chart.number)


def _signed(chart: Chart, signature: Signature, zone: ZoneInfo) -> Block:
    """Return who and when at the left, the code at the right."""
    width = style.WIDTH - QR_SIDE - 24
    at = signature.at.astimezone(zone)
    rows: list[tuple[str, Style]] = [
        (f"Signed by {signature.by}, {signature.role}", style.TITLE),
        (f"{moment_words(at)} ({signature.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC)", style.BODY),
        (f"Document {chart.number} · fingerprint {short(chart.fingerprint)}", style.STRONG),
    ]
    if chart.addenda:
        rows.append((f"The review as first signed: {chart.visit.number}/N1 · {short(signature.fingerprint)}", style.BODY))
    rows += [(MEANING, style.SMALL), (f"SHA-256 {chart.fingerprint}", style.SMALL), (_versions(signature), style.SMALL)]
    lines = [(line, words) for text, words in rows for line in wrap(text, words, width)]
    height = max(QR_SIDE + 16, sum(words.leading_pt for _, words in lines) + 8)
    carried = payload(chart)

    def draw(paper: Paper, top: float) -> None:
        y = top - 4
        for line, words in lines:
            paper.text(style.LEFT, y, line, words)
            y -= words.leading_pt
        draw_code(paper, style.RIGHT - QR_SIDE, top - 2, carried)
        paper.text_right(style.RIGHT, top - QR_SIDE - 3, "Number and fingerprint", style.LABEL)

    return Block(height_pt=height, draw=draw)


def _versions(signature: Signature) -> str:
    return f"Review form {signature.form_version} · prompts {signature.rules_version} · codes {signature.code_release}"


@lru_cache(maxsize=32)
def modules(carried: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a QR code, without the white around it: it stays readable with an eighth of it spoiled."""
    code = _widget(carried).qr
    code.make()
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def _widget(carried: str) -> Any:
    from reportlab.graphics.barcode.qr import QrCodeWidget  # noqa: PLC0415 - costs time, and only a signed note needs it

    return QrCodeWidget(carried, barLevel="M")


def draw_code(paper: Paper, left: float, top: float, carried: str) -> None:
    """Draw a QR code, its white border included, with its upper left corner at the given place."""
    rows = modules(carried)
    side = QR_SIDE / (len(rows) + 2 * QUIET)
    path = paper.canvas.beginPath()
    for number, row in enumerate(rows):
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end]:
                end += 1
            if end > start:
                path.rect(left + (QUIET + start) * side, top - (QUIET + number + 1) * side, (end - start) * side, side)
            start = end + 1
    paper.writer.color("000000")
    paper.canvas.drawPath(path, stroke=0, fill=1)
