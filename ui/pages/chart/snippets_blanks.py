"""Tints the blanks of a text, so that none stays unseen."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor, QTextDocument

from ui import theme
from ui.pages.chart.snippets import BLANK

_BLANK = QRegularExpression(BLANK)


class BlankTint(QSyntaxHighlighter):
    """Paints ``[...]`` on the accent's ground, one paragraph at a time."""

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Tint the blanks of one paragraph."""
        if "[" not in text:
            return
        colors = theme.tokens()
        tint = QTextCharFormat()
        tint.setBackground(colors.color("accent_weak"))
        tint.setForeground(colors.color("accent"))
        matches = _BLANK.globalMatch(text)
        while matches.hasNext():
            match = matches.next()
            self.setFormat(match.capturedStart(), match.capturedLength(), tint)


def next_blank(document: QTextDocument, start: QTextCursor, *, back: bool) -> QTextCursor | None:
    """Return the blank after, or before, where the caret stands; None when there is none that way."""
    flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
    found = document.find(_BLANK, start, flags)
    if found.isNull() or (found.selectionStart(), found.selectionEnd()) == (start.selectionStart(), start.selectionEnd()):
        return None
    return found


def blank_spans(text: str) -> list[tuple[int, int]]:
    """Return where each blank of a line begins and ends, counted as Qt counts characters."""
    spans = []
    matches = _BLANK.globalMatch(text)
    while matches.hasNext():
        match = matches.next()
        spans.append((match.capturedStart(), match.capturedEnd()))
    return spans
