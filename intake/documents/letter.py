"""A letter on paper: letterhead, where it goes, what it says, and who signed it or the line to sign on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Final

from intake.documents import style
from intake.documents.blocks import kept_together, space
from intake.documents.frame import Frame, Heads, draw_marks, issue, keywords
from intake.documents.letter_words import WORDS, LetterWords
from intake.documents.letterhead import draw_logo, head_height, name_style, reach_lines, words_left
from intake.documents.paper import Block, Paper, accent_rule
from intake.documents.text import Style, wrap
from intake.documents.words import Language, date_words, moment_in
from intake.domain.canonical import short
from intake.domain.document_kinds import DocumentKind, WaitsFor
from intake.domain.letters import Composed, Letter, LetterSignature
from intake.domain.practice import Location, Practice
from intake.domain.requests import Request

LEFT: Final = 72.0
RIGHT: Final = style.PAGE_WIDTH - LEFT
WIDTH: Final = RIGHT - LEFT
ADDRESS_TOP: Final = 178.0
ADDRESS_WIDTH: Final = 236.0
BELOW_WINDOW: Final = 264.0
"""Points from the top of the sheet. Folded in three, a sheet may slide in its envelope; these keep the address in the window of a #10
envelope (1 1/8 by 4 1/2 inches, 7/8 from the left, 1/2 from the bottom) wherever it slid, and everything else out of it."""
BODY: Final = Style(size_pt=11, color=style.INK, leading_pt=15.5)
STRONG: Final = Style(size_pt=11, weight=600, color=style.INK, leading_pt=15.5)
TITLE: Final = Style(size_pt=13, weight=600, color=style.INK, leading_pt=18)
ADDRESS: Final = Style(size_pt=10.5, color=style.INK, leading_pt=12.5)
DATE: Final = Style(size_pt=10.5, color=style.INK, leading_pt=14)
PARAGRAPH: Final = 8.0
BESIDE_NAME: Final = 110.0
"""What the document's number takes of the line of the practice's name."""
STAYS_WHOLE: Final = 4
"""Lines of a paragraph that is not parted by the end of a page."""
_PARTS_OF_ADDRESS: Final = 3


def letter_paper(
    composed: Composed,
    letter: Letter,
    *,
    kind: DocumentKind,
    request: Request,
    practice: Practice,
    location: Location,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return a letter as PDF: INCOMPLETE on every page while something is asked for, PRELIMINARY until who has to has signed it.

    Every page says whose letter it is in the words of the template, and the document's number: a record number or a birth date
    stands only where the template has it (minimum necessary, 45 CFR 164.502(b)). The same arguments always give the same bytes.
    """
    language: Language = "es" if composed.language == "es" else "en"
    words = WORDS[language]
    frame = _frame(composed, letter, kind, request, practice, location, training=training, printed_at=printed_at)
    dated = (letter.signature.at if letter.signature else printed_at).astimezone(practice.zone())
    heads = Heads(first=_letterhead(frame, composed, date_words(dated.date(), language), words), further=_running(frame, composed))
    signing = kind.waits_for is WaitsFor.LETTER
    return issue(
        frame, [*_opening(composed), *_body(composed), *_closing(composed, letter, request, practice, words, signing=signing)], heads
    )


def _frame(
    composed: Composed,
    letter: Letter,
    kind: DocumentKind,
    request: Request,
    practice: Practice,
    location: Location,
    *,
    training: bool,
    printed_at: datetime,
) -> Frame:
    language: Language = "es" if composed.language == "es" else "en"
    mark = ""
    if composed.missing:
        mark = WORDS[language].incomplete
    elif kind.waits_for is WaitsFor.LETTER and letter.signature is None:
        mark = WORDS[language].preliminary
    return Frame(
        practice=practice.name,
        location=location,
        title=composed.title,
        subtitle="",
        patient="",
        person="",
        record_number="",
        visit_number="",
        dob="",
        printed=moment_in(printed_at.astimezone(practice.zone()), language),
        training=training,
        document=request.number,
        mark=mark,
        notes=(f"{composed.title} · {WORDS[language].document} {request.number}",),
        keywords=keywords("letter", request.number, letter.signature.fingerprint if letter.signature else "", printed_at),
        language=language,
    )


def _letterhead(frame: Frame, composed: Composed, dated: str, words: LetterWords) -> Block:
    """Return the head of the first page; with an address, everything else stays out of the envelope's window."""
    address = _recipient(composed)
    own = frame.location.letterhead
    width = style.RIGHT - words_left(own)
    reach = [line for text in _reach(frame.location, words) for line in wrap(text, style.SMALL, width)] + reach_lines(own, width)
    ruled = head_height(own, 20 + len(reach) * style.SMALL.leading_pt) + 8
    below = style.PAGE_HEIGHT - style.TOP
    height = max(BELOW_WINDOW, ADDRESS_TOP + len(address) * ADDRESS.leading_pt + 12) - below if address else ruled + 50

    def draw(paper: Paper, top: float) -> None:
        draw_logo(paper, own, top)
        paper.text(words_left(own), top, frame.practice, name_style(frame.practice, width - BESIDE_NAME))
        paper.lines(words_left(own), top - 20, reach, style.SMALL)
        paper.text_right(style.RIGHT, top - 2, f"{words.document} {frame.document}", style.SMALL_STRONG)
        draw_marks(paper, frame, top + 18)
        accent_rule(paper, top - ruled, style.LEFT, style.RIGHT)
        paper.text(LEFT, top - ruled - 16, dated, DATE)
        paper.lines(LEFT, style.PAGE_HEIGHT - ADDRESS_TOP, address, ADDRESS)

    return Block(height_pt=height, draw=draw)


def _running(frame: Frame, composed: Composed) -> Block:
    """Return the head of every further page: whose letter it is, and its number."""
    told = " · ".join((*composed.about, f"{frame.title} {frame.document}"))
    lines = wrap(told, style.SMALL_STRONG, style.WIDTH)
    height = len(lines) * style.SMALL_STRONG.leading_pt + 22

    def draw(paper: Paper, top: float) -> None:
        draw_marks(paper, frame, top + 18)
        paper.lines(style.LEFT, top, lines, style.SMALL_STRONG)
        accent_rule(paper, top - height + 18, style.LEFT, style.RIGHT)

    return Block(height_pt=height, draw=draw)


def _reach(location: Location, words: LetterWords) -> list[str]:
    """Return where the clinic is and how it is reached, without what the practice has not told."""
    street = ", ".join(part for part in (location.line1, location.suite) if part)
    told = [f"{location.name} · {street}, {location.city}, {location.state} {location.zip_code}"]
    reach = " · ".join(f"{word} {value}" for word, value in ((words.phone, location.phone), (words.fax, location.fax)) if value)
    return [*told, reach] if reach else told


def _recipient(composed: Composed) -> list[str]:
    """Return the lines of the address, none when the patient takes the letter along."""
    name, address = composed.recipient, composed.address
    parts = [part.strip() for part in address.split(",")]
    if "\n" not in address and len(parts) >= _PARTS_OF_ADDRESS:
        address = f"{', '.join(parts[:-2])}\n{', '.join(parts[-2:])}"
    told = [name, *address.split("\n")]
    return [line for text in told if text.strip() for line in wrap(text.strip(), ADDRESS, ADDRESS_WIDTH)]


def _opening(composed: Composed) -> Iterator[Block]:
    yield from kept_together(_flowing(composed.title, TITLE))
    yield space(4)
    for line in composed.about:
        yield from _flowing(line, STRONG)
    yield space(PARAGRAPH if composed.about else 2)
    yield from _flowing(composed.salutation, BODY)
    yield space(PARAGRAPH)


def _body(composed: Composed) -> Iterator[Block]:
    """Yield the paragraphs; a short one is not parted, and a long one leaves no line alone where it begins."""
    for paragraph in composed.paragraphs:
        lines = list(_flowing(paragraph, BODY))
        yield from kept_together(lines[:2]) if len(lines) > STAYS_WHOLE else kept_together(lines)
        yield from lines[2:] if len(lines) > STAYS_WHOLE else ()
        yield space(PARAGRAPH)


def _closing(
    composed: Composed, letter: Letter, request: Request, practice: Practice, words: LetterWords, *, signing: bool
) -> list[Block]:  # fmt: skip
    blocks = [space(6), *_flowing(composed.closing, BODY)]
    if letter.signature is not None:
        blocks += _signed(letter.signature, request, practice, words, composed)
    elif signing:
        blocks += [space(10), *_flowing(words.unsigned, STRONG)]
    else:
        blocks.append(_line_to_sign(practice, words))
    return kept_together(blocks)


def _signed(signature: LetterSignature, request: Request, practice: Practice, words: LetterWords, composed: Composed) -> Iterator[Block]:
    language: Language = "es" if composed.language == "es" else "en"
    role = words.clinician if signature.role == "clinician" else signature.role
    at = moment_in(signature.at.astimezone(practice.zone()), language)
    yield space(14)
    yield from _flowing(f"{words.signed_by} {signature.by}, {role}", STRONG)
    yield from _flowing(practice.name, DATE)
    yield space(4)
    known = f"{words.document} {request.number} · {words.fingerprint} {short(signature.fingerprint)}"
    for text in (f"{at} ({signature.at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC)", known, words.electronic):
        yield from _flowing(text, style.SMALL)


def _line_to_sign(practice: Practice, words: LetterWords) -> Block:
    """Return a line to sign on by hand, with a shorter one for the date."""
    wide = WIDTH * 0.62

    def draw(paper: Paper, top: float) -> None:
        y = top - 40
        paper.rule(LEFT, LEFT + wide, y, color=style.INK)
        paper.rule(LEFT + wide + 24, RIGHT, y, color=style.INK)
        paper.text(LEFT, y - 2, f"{words.sign_here}, {words.name_and_title}", style.SMALL)
        paper.text(LEFT + wide + 24, y - 2, words.date, style.SMALL)
        paper.text(LEFT, y - 14, practice.name, style.SMALL_STRONG)

    return Block(height_pt=70, draw=draw)


def _flowing(text: str, words: Style) -> Iterator[Block]:
    for line in wrap(text, words, WIDTH):
        yield Block(height_pt=words.leading_pt, draw=partial(_draw_line, line, words))


def _draw_line(line: str, words: Style, paper: Paper, top: float) -> None:
    paper.text(LEFT, top, line, words)
