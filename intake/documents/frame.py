"""The sheet every document stands on: letterhead, patient and "page x of y" on every page, footer, marks."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.pdfgen.canvas import Canvas

from intake.documents import style
from intake.documents.letterhead import draw_logo, head_height, name_style, reach_lines, words_left
from intake.documents.paper import Block, Paper, accent_rule, baseline
from intake.documents.text import Style, width_of, wrap
from intake.documents.words import PAGES, PRINTED, TRAINING, Language
from intake.domain.practice import Location

BARCODE_HEIGHT, BARCODE_BAR = 20.0, 0.72
NAME_WIDTH = 236.0
MOST_LINES = 4
NOT_A_DIAGNOSIS = "Patient-reported information recorded by staff. Not a diagnosis."
BELOW = 40.0
BESIDE_PAGES = 74.0
ADDRESS_WIDTH = 340.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page of a document says of itself. Dates and times are words already, in the clinic's time.

    ``document`` is the document's own number if it has one; ``mark`` says on every page what it is not yet ("PRELIMINARY");
    ``notes`` are the sentences at the foot of every page, ``foot`` how they are set; ``keywords`` go into the file, where
    everybody can read them: never a name.
    """

    practice: str
    location: Location
    title: str
    subtitle: str
    patient: str
    person: str
    record_number: str
    visit_number: str
    dob: str
    printed: str
    training: bool
    document: str = ""
    mark: str = ""
    notes: tuple[str, ...] = (NOT_A_DIAGNOSIS,)
    foot: tuple[Style, Style] = (style.SMALL_STRONG, style.SMALL)
    keywords: str = ""
    language: Language = "en"

    def address(self) -> list[str]:
        """Return the lines of the clinic's address, without what the practice has not told."""
        place = self.location
        street = ", ".join(part for part in (place.line1, place.suite) if part)
        told = (("Phone", place.phone), ("Fax", place.fax), ("Hours", place.hours))
        reach = " · ".join(f"{word} {value}" for word, value in told if value)
        lines = [f"{place.name} · {street}, {place.city}, {place.state} {place.zip_code}", reach]
        width = ADDRESS_WIDTH - (words_left(place.letterhead) - style.LEFT)
        told_lines = [line for text in lines if text for line in wrap(text, style.SMALL, width)]
        return told_lines + reach_lines(place.letterhead, width)

    def foot_lines(self) -> list[tuple[str, Style]]:
        """Return the lines at the foot of every page: the first note, the others, who printed it and when."""
        strong, small = self.foot
        first = [(line, strong) for line in wrap(self.notes[0], strong, style.WIDTH - BESIDE_PAGES)]
        others = (*self.notes[1:], f"{self.practice} · {PRINTED[self.language]} {self.printed}")
        return first + [(line, small) for text in others for line in wrap(text, small, style.WIDTH)]

    def bottom(self) -> float:
        """Return where the text of a page ends."""
        return BELOW + sum(words.leading_pt for _, words in self.foot_lines())


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The head of the first page, and that of every further one."""

    first: Block
    further: Block


def issue(frame: Frame, blocks: Sequence[Block], heads: Heads | None = None, *, ending: Callable[[Any], None] | None = None) -> bytes:
    """Return the document as PDF, with its own heads or the usual ones; the same arguments always give the same bytes.

    ``ending`` is given the canvas when every page is drawn.
    """
    pages = _pages(frame, blocks, heads or usual_heads(frame))
    rl_config.useA85 = 0  # streams as bytes: a quarter smaller and quicker than as letters
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT), invariant=1, pageCompression=1)
    _describe(canvas, frame)
    paper = Paper(canvas)
    for number, page in enumerate(pages, start=1):
        paper.new_page()
        _watermark(paper, frame)
        top = style.TOP
        for block in page:
            block.draw(paper, top)
            top -= block.height_pt
        _footer(paper, frame, PAGES[frame.language].replace("%1", str(number)).replace("%2", str(len(pages))))
        canvas.showPage()
    if ending:
        ending(canvas)
    canvas.save()
    return target.getvalue()


def keywords(kind: str, number: str, fingerprint: str, printed_at: datetime) -> str:
    """Return what a file says of itself, so that it can be checked when it comes back; ``-`` stands for no fingerprint."""
    return f"intake-desk {kind} {number} {fingerprint or '-'} {printed_at.astimezone(UTC).isoformat()}"


def _describe(canvas: Any, frame: Frame) -> None:
    """Say what the file is; never whose it is, since titles show in window lists and print queues."""
    canvas.setTitle(frame.title)
    canvas.setAuthor(frame.practice)
    canvas.setSubject("")
    canvas.setKeywords(frame.keywords)
    canvas.setCreator("Intake Desk")
    canvas.setCatalogEntry("Lang", PDFString(f"{frame.language}-US"))
    canvas.setViewerPreference("DisplayDocTitle", "true")


def usual_heads(frame: Frame) -> Heads:
    """Return letterhead, patient and barcodes for the first page, and one line of whose paper it is for every further one."""
    return Heads(first=_masthead(frame), further=_running_head(frame))


def fits_one_page(frame: Frame, blocks: Sequence[Block], heads: Heads) -> bool:
    """Tell whether a document needs no second page."""
    return len(_pages(frame, blocks, heads)) == 1


def _pages(frame: Frame, blocks: Sequence[Block], heads: Heads) -> list[list[Block]]:
    """Return the blocks page by page; a block that keeps the next one with it moves on with it."""
    page_height = style.TOP - frame.bottom()
    pages = [[heads.first]]
    room = page_height - heads.first.height_pt
    start = 0
    while start < len(blocks):
        end = start + 1
        while blocks[end - 1].with_next and end < len(blocks):
            end += 1
        needed = sum(block.height_pt for block in blocks[start:end])
        if needed > room and len(pages[-1]) > 1:
            pages.append([heads.further])
            room = page_height - heads.further.height_pt
        pages[-1] += blocks[start:end]
        room -= needed
        start = end
    return pages


def _masthead(frame: Frame) -> Block:
    """Return the head of the first page: letterhead, title, patient and barcodes."""
    address = frame.address()
    words, names = _fitted(frame.patient, ((style.PATIENT, NAME_WIDTH), (style.SMALL_STRONG, NAME_WIDTH)), MOST_LINES)
    named = len(names) * words.leading_pt
    person = wrap(frame.person, style.BODY, NAME_WIDTH)
    own, beside = frame.location.letterhead, words_left(frame.location.letterhead)
    letterhead = head_height(own, 20 + max(len(address), 1) * 10) + 8
    patient = max(named + len(person) * 12, 36.0) + 20

    def draw(paper: Paper, top: float) -> None:
        draw_logo(paper, own, top)
        paper.text(beside, top, frame.practice, name_style(frame.practice, style.LEFT + ADDRESS_WIDTH - beside))
        paper.lines(beside, top - 20, address, style.SMALL)
        paper.text_right(style.RIGHT, top + 1, frame.title, style.TITLE)
        paper.text_right(style.RIGHT, top - 18, frame.subtitle, style.SMALL)
        draw_marks(paper, frame, top + 18)
        accent_rule(paper, top - letterhead, style.LEFT, style.RIGHT)
        below = top - letterhead - 10
        paper.lines(style.LEFT, below, names, words)
        paper.lines(style.LEFT, below - named, person, style.BODY)
        left = _barcode(paper, style.RIGHT, below - 2, f"Visit {frame.visit_number}", frame.visit_number)
        _barcode(paper, left - 16, below - 2, f"Record {frame.record_number}", frame.record_number)

    return Block(height_pt=letterhead + patient, draw=draw)


def _running_head(frame: Frame) -> Block:
    """Return the head of every further page: whose paper it is, and what it is."""
    words, names = _fitted(frame.patient, ((style.STRONG, 268), (style.SMALL_STRONG, style.WIDTH)), 2)
    beside = words is style.STRONG
    height = words.leading_pt * len(names) + (20 if beside else 32)
    facts = f"Record {frame.record_number} · born {frame.dob} · {' '.join(part for part in (frame.title, frame.document) if part)}"

    def draw(paper: Paper, top: float) -> None:
        paper.lines(style.LEFT, top if beside else top - 12, names, words)
        paper.text_right(style.RIGHT, top, facts, style.SMALL)
        draw_marks(paper, frame, top + 18)
        accent_rule(paper, top - height + 14, style.LEFT, style.RIGHT)

    return Block(height_pt=height, draw=draw)


def _fitted(text: str, ways: Sequence[tuple[Style, float]], most: int) -> tuple[Style, list[str]]:
    """Return the text as lines in the first of the ways that needs no more than ``most`` lines, or else in the last."""
    for words, width in ways[:-1]:
        if len(lines := wrap(text, words, width)) <= most:
            return words, lines
    return ways[-1][0], wrap(text, *ways[-1])


def _barcode(paper: Paper, right: float, top: float, caption: str, value: str) -> float:
    """Draw a Code 128 barcode that ends at ``right``; return its left edge."""
    from reportlab.graphics.barcode.code128 import Code128  # noqa: PLC0415 - costs 140 ms, and only a document needs it

    code = Code128(value, barHeight=BARCODE_HEIGHT, barWidth=BARCODE_BAR, quiet=False)
    left = right - float(code.width)
    with paper.kept_state() as canvas:
        code.drawOn(canvas, left, top - BARCODE_HEIGHT)
    paper.text(left, top - BARCODE_HEIGHT - 2, caption, style.SMALL_STRONG)
    return left


def _footer(paper: Paper, frame: Frame, pages: str) -> None:
    top = frame.bottom() - 16
    paper.rule(style.LEFT, style.RIGHT, top)
    below = top - 4
    for line, words in frame.foot_lines():
        paper.text(style.LEFT, below, line, words)
        below -= words.leading_pt
    paper.text_right(style.RIGHT, top - 4, pages, frame.foot[0])


def draw_marks(paper: Paper, frame: Frame, top: float) -> None:
    """Draw the boxed marks of a page at its upper right corner."""
    right = style.RIGHT
    for words in (TRAINING[frame.language] if frame.training else "", frame.mark):
        if words:
            width = width_of(words, style.TRAINING) + 12
            paper.box(right - width, top, width, 13, color=style.INK)
            paper.text(right - width + 6, top - 1.5, words, style.TRAINING)
            right -= width + 6


def _watermark(paper: Paper, frame: Frame) -> None:
    """Draw the words across the page, under everything else and pale enough to read through."""
    shown = [words.partition(" ")[0] for words in (TRAINING[frame.language] if frame.training else "", frame.mark) if words]
    if not shown:
        return
    with paper.kept_state() as canvas:
        canvas.translate(style.PAGE_WIDTH / 2, style.PAGE_HEIGHT / 2)
        canvas.rotate(52)
        mark = style.WATERMARK
        top = baseline(mark) - mark.size_pt * 0.36 + (len(shown) - 1) * mark.leading_pt / 2
        for place, words in enumerate(shown):
            paper.text(-width_of(words, mark) / 2, top - place * mark.leading_pt, words, mark)
