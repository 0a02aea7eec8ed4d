"""Long paragraphs stay quick: what is one paragraph for the writer is several for the layout.

Qt shapes a whole paragraph anew at each keystroke, which takes 50 ms at 40,000 characters of Arabic. A paragraph that grows
long is therefore continued in a further block that is marked; no line break is in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCursor, QTextDocument, QTextFormat

LONGEST = 1_200
"""Characters in one block of the layout."""
_CONTINUES = QTextFormat.Property.UserProperty.value + 1
_HAS_CONTINUED = "has_continued"
"""A property of a document in which a paragraph was ever continued; any other is read in one go."""
_JOINERS = "\u200c\u200d\u2060\ufe0f"
_BACK = 40
_WORD = 200


def continues(block: QTextBlock) -> bool:
    """Tell whether a block goes on with the paragraph of the block before it."""
    return bool(block.blockFormat().boolProperty(_CONTINUES))


def empty(document: QTextDocument) -> None:
    """Take everything out, also what could be undone."""
    document.clear()
    document.setProperty(_HAS_CONTINUED, False)


def text_of(document: QTextDocument) -> str:
    """Return the text as typed."""
    if not document.property(_HAS_CONTINUED):
        return _plain(document.toRawText())
    return "".join(("" if index == 0 or continues(block) else "\n") + _plain(block.text()) for index, block in enumerate(_blocks(document)))


def selected_text(cursor: QTextCursor) -> str:
    """Return what is selected, as typed."""
    first, last = cursor.selectionStart(), cursor.selectionEnd()
    text = _plain(cursor.selectedText())
    block = cursor.document().findBlock(first).next()
    gone = 0
    while block.isValid() and block.position() <= last:
        if continues(block):
            at = _text_index(cursor.document(), first, block.position() - 1) - gone
            text = text[:at] + text[at + 1 :]
            gone += 1
        block = block.next()
    return text


def insert_text(cursor: QTextCursor, text: str) -> None:
    """Put text in the place of what is selected, as one step of undo; a line break begins a paragraph of its own."""
    cursor.beginEditBlock()
    for index, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if index:
            cursor.insertBlock(QTextBlockFormat())
        for piece, part in enumerate(_pieces(line)):
            if piece:
                _go_on(cursor)
            cursor.insertText(part)
    cursor.endEditBlock()


def break_line(cursor: QTextCursor) -> None:
    """Begin a new paragraph, as Enter does."""
    cursor.insertBlock(QTextBlockFormat())


def keep_short(document: QTextDocument, position: int) -> bool:
    """Continue the paragraph at this position in a further block when it has grown long; return whether it had."""
    block = document.findBlock(position)
    if block.length() <= LONGEST + _WORD:
        return False
    cursor = QTextCursor(document)
    cursor.joinPreviousEditBlock()
    while block.isValid() and block.length() > LONGEST + _WORD:
        cut = _cut(block.text())
        cursor.setPosition(block.position() + _units(block.text()[:cut]))
        _go_on(cursor)
        block = cursor.block()
    cursor.endEditBlock()
    return True


def to_offset(document: QTextDocument, position: int) -> int:
    """Return a place of the document as one of the text."""
    if not document.property(_HAS_CONTINUED):
        return position
    return position - sum(1 for block in _blocks(document) if continues(block) and block.position() <= position)


def to_position(document: QTextDocument, offset: int) -> int:
    """Return a place of the text as one of the document, its end for one beyond."""
    added = 0
    for block in _blocks(document) if document.property(_HAS_CONTINUED) else ():
        if continues(block) and block.position() <= offset + added + 1:
            added += 1
        elif block.position() > offset + added:
            break
    return max(0, min(offset + added, document.characterCount() - 1))


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _plain(text: str) -> str:
    return text.replace("\u2029", "\n").replace("\u2028", "\n")


def _go_on(cursor: QTextCursor) -> None:
    made = QTextBlockFormat()
    made.setProperty(_CONTINUES, True)
    cursor.insertBlock(made)
    cursor.document().setProperty(_HAS_CONTINUED, True)


def _pieces(line: str) -> Iterator[str]:
    while len(line) > LONGEST:
        cut = _cut(line)
        yield line[:cut]
        line = line[cut:]
    yield line


def _cut(text: str) -> int:
    """Return where a long text may go on in the next line: after a space, and never before a mark that joins."""
    most = min(LONGEST, len(text) * 6 // 7)
    space = text.rfind(" ", most - _WORD, most)
    if space > 0:
        return space + 1
    cut = most
    while cut > most - _BACK and (unicodedata.category(text[cut])[0] == "M" or text[cut] in _JOINERS or text[cut - 1] in _JOINERS):
        cut -= 1
    return cut


def _units(text: str) -> int:
    """Return a length as Qt counts it, in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _text_index(document: QTextDocument, start: int, end: int) -> int:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return len(cursor.selectedText())
