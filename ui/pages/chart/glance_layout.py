"""Where everything stands in the list of reported answers, at one width. Measured once for each width and each chart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from ui import theme
from ui.pages.chart.glance_item import Item, Line, Section

PAD = 10.0
HEADING = 34.0
ROW = 32.0
LINE = 18.0
CHIP = 24.0
GAP = 14.0
SEPARATOR = " · "
LABEL_SHARE = 0.4
WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A part's heading."""

    section: Section
    rect: QRectF


@dataclass(frozen=True, slots=True, kw_only=True)
class RowBox:
    """One item on a row of its own: the whole row, its label, its answer with its details beside or under it, and the rest."""

    item: Item
    rect: QRectF
    label: QRectF
    answer: QRectF
    details: QRectF
    missing: QRectF
    chip: QRectF
    history: QRectF


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBox:
    """One item of a compact line: its name in the flow."""

    item: Item
    words: str
    rect: QRectF


@dataclass(frozen=True, slots=True, kw_only=True)
class CompactBox:
    """All items of a part that were answered alike."""

    line: Line
    rect: QRectF
    lead: QRectF
    words: tuple[WordBox, ...]


Box = Heading | RowBox | CompactBox


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Every box from the top, and how high all of them are together; ``lines`` are the places of the items line by line."""

    boxes: tuple[Box, ...]
    height: float
    lines: tuple[tuple[tuple[str, QRectF], ...], ...]


def arranged(sections: Sequence[Section], width: float, *, open_path: str = "", open_height: float = 0.0) -> Layout:
    """Return the boxes at a width, with room for an editor under the line of ``open_path``."""
    boxes: list[Box] = []
    lines: list[tuple[tuple[str, QRectF], ...]] = []
    y = 0.0
    for section in sections:
        boxes.append(Heading(section=section, rect=QRectF(0, y, width, HEADING)))
        y += HEADING
        for line in section.lines:
            box: RowBox | CompactBox = _compact(line, y, width) if line.lead else _row(line.items[0], y, width)
            boxes.append(box)
            lines.append(_places(box))
            y = box.rect.bottom()
            if any(item.path == open_path for item in line.items):
                y += open_height
    return Layout(boxes=tuple(boxes), height=y, lines=tuple(lines))


def answer_text(item: Item) -> str:
    """Return the answer and its details as one text."""
    return f"{item.word}{SEPARATOR}{item.details}" if item.details else item.word


def text_height(text: str, width: float, *, small: bool = False, strong: bool = False) -> float:
    """Return how high a wrapped text is, 0 for none."""
    return _height(text, max(width, 40), small, strong, id(_metrics(small, strong))) if text else 0.0


def text_width(text: str, *, small: bool = False, strong: bool = False) -> float:
    """Return how wide a text is on one line."""
    return _width(text, small, strong, id(_metrics(small, strong)))


def _metrics(small: bool, strong: bool) -> QFontMetricsF:  # noqa: FBT001 - two words of a face, given on by position to a cache
    weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
    return theme.metrics(size_px=theme.LABEL_PX if small else theme.BODY_PX, weight=weight)


# The same words stand on chart after chart. ``face`` tells metrics apart: other ones, when a face has come, measure anew.


@lru_cache(maxsize=2048)
def _height(text: str, width: float, small: bool, strong: bool, face: int) -> float:  # noqa: FBT001, ARG001 - a key of the cache
    return math.ceil(_metrics(small, strong).boundingRect(QRectF(0, 0, width, 1e6), int(WRAP), text).height())


@lru_cache(maxsize=2048)
def _width(text: str, small: bool, strong: bool, face: int) -> float:  # noqa: FBT001, ARG001 - a key of the cache
    return _metrics(small, strong).horizontalAdvance(text)


def _row(item: Item, y: float, width: float) -> RowBox:
    label_width = width * LABEL_SHARE - PAD
    left = width * LABEL_SHARE + GAP
    room = width - left - PAD
    top = y + 7
    label_height = text_height(label_text(item), label_width, strong=item.level is not None)
    answer, details = _answer(item, QRectF(left, top, room, 0))
    missing = QRectF(left, max(answer.bottom(), details.bottom()), room, text_height(missing_text(item), room, small=True))
    chip = _chip(item, QRectF(left, top, room, 0), missing)
    under = max(chip.bottom(), missing.bottom(), top + label_height)
    history = QRectF(PAD, under, width - 2 * PAD, text_height(history_text(item), width - 2 * PAD, small=True))
    bottom = history.bottom() + 7
    return RowBox(
        item=item,
        rect=QRectF(0, y, width, max(ROW, bottom - y)),
        label=QRectF(PAD, top, label_width, label_height),
        answer=answer,
        details=details,
        missing=missing,
        chip=chip,
        history=history,
    )


def _answer(item: Item, room: QRectF) -> tuple[QRectF, QRectF]:
    """Return where the answer and its details stand: side by side on one line, else under each other."""
    strong = item.state == "yes"
    high = text_height(item.word, room.width(), strong=strong)
    answer = QRectF(room.left(), room.top(), room.width(), high)
    if not item.details:
        return answer, QRectF(answer.left(), answer.top(), 0, 0)
    wide = math.ceil(text_width(item.word, strong=strong))
    beside = math.ceil(text_width(SEPARATOR + item.details))
    if wide + beside <= room.width():
        return QRectF(room.left(), room.top(), wide, high), QRectF(room.left() + wide, room.top(), beside + 1, high)
    return answer, QRectF(room.left(), answer.bottom(), room.width(), text_height(item.details, room.width()))


def _chip(item: Item, line: QRectF, missing: QRectF) -> QRectF:
    """Return where the chip stands: after the answer when there is room on its line, else under everything."""
    if not item.chip:
        return QRectF(line.left(), missing.bottom(), 0, 0)
    wide = text_width(item.chip, small=True, strong=True) + CHIP
    words = text_width(answer_text(item), strong=True) + PAD
    if words + wide <= line.width():
        return QRectF(line.left() + words, line.top() - 2, wide, CHIP - 2)
    return QRectF(line.left(), missing.bottom() + 2, min(wide, line.width()), CHIP)


def label_text(item: Item) -> str:
    """Return the label, with a flag when a prompt looks at the answer: color is never alone."""
    return f"⚑ {item.label}" if item.level is not None else item.label


def missing_text(item: Item) -> str:
    """Return the details that were not asked, with the words for it."""
    return f"not asked: {item.missing}" if item.missing else ""


def history_text(item: Item) -> str:
    """Return what was recorded first and who put it right, with its sign."""
    return f"✎ {item.history}" if item.history else ""


def compact_words(item: Item) -> str:
    """Return an item of a compact line: its label, with its answer where that is more than the line's."""
    return item.label if item.word.lower() in ("no", "not asked") else f"{item.label}: {item.word.lower()}"


def _compact(line: Line, y: float, width: float) -> CompactBox:
    lead = text_width(line.lead, small=True, strong=True)
    between = text_width(SEPARATOR, small=True)
    x, top = PAD + lead + GAP, y + 7
    found = []
    for item in line.items:
        words = compact_words(item)
        wide = text_width(words, small=True)
        if x > PAD and x + wide > width - PAD:
            x, top = PAD, top + LINE
        found.append(WordBox(item=item, words=words, rect=QRectF(x, top, min(wide, width - 2 * PAD), LINE)))
        x += wide + between
    named = QRectF(PAD, y + 7, lead + GAP, LINE)
    return CompactBox(line=line, rect=QRectF(0, y, width, max(ROW, top + LINE + 7 - y)), lead=named, words=tuple(found))


def _places(box: RowBox | CompactBox) -> tuple[tuple[str, QRectF], ...]:
    if isinstance(box, RowBox):
        return ((box.item.path, box.rect),)
    return tuple((word.item.path, word.rect) for word in box.words)
