"""What happened to a request, and what was issued for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from intake.domain.documents import IssuedDocument
from intake.domain.requests import IDENTITIES, RequestLine, RequestStep
from ui.models.requests import ListDay, moment_words, way_words, whole_moment
from ui.widgets.buttons import LinkButton
from ui.widgets.card import row
from ui.widgets.labels import label

_SHORT = 8


class HistoryView(QScrollArea):
    """Steps with time and person, then each issued document; ``opened`` carries the id of one that is to be seen."""

    opened = Signal(int)

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        """Build it empty; times are told in ``zone``."""
        super().__init__(parent)
        self._zone = zone
        self._shown: tuple[object, ...] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("History"))

    def show_history(
        self, line: RequestLine, day: ListDay, steps: Sequence[RequestStep], documents: Sequence[IssuedDocument]
    ) -> None:  # fmt: skip
        """Show what happened to a request; what is shown already stays as far scrolled as it is."""
        shown = (line, tuple(steps), tuple(documents), day.now.astimezone(day.zone).date())
        if shown == self._shown:
            return
        self._shown = shown
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(4)
        column.addWidget(label(self.tr("Due %1").replace("%1", whole_moment(line.due_at, self._zone)), "strong", wrap=True))
        way = " · ".join(part for part in (way_words(line.leaves_by), line.recipient) if part)
        column.addWidget(label(way, "muted", wrap=True))
        for place, step in enumerate(steps):
            words = _tr("Asked for") if place == 0 else step_words(step)
            self._add(column, words, f"{moment_words(step.at, day)} · {step.by}")
        if documents:
            column.addSpacing(8)
            column.addWidget(label(self.tr("Issued"), "title"))
        for document in documents:
            self._add(column, document_words(document), _left_words(document, day))
            if document.size is not None:
                show = LinkButton(self.tr("Show as it left"))
                show.clicked.connect(partial(self.opened.emit, document.id))
                column.addLayout(row(show))
        if line.changed:
            column.addSpacing(8)
            column.addWidget(label("⚠ " + self.tr("The record changed since it was printed."), tone="warning", wrap=True))
        column.addStretch(1)
        self.setWidget(inside)

    def words(self) -> list[str]:
        """Return what is said, line by line."""
        inside = self.widget()
        return [each.text() for each in inside.findChildren(QLabel)] if inside is not None else []

    def _add(self, column: QVBoxLayout, first: str, second: str) -> None:
        column.addSpacing(6)
        column.addWidget(label(first, wrap=True))
        column.addWidget(label(second, "hint", wrap=True))


def step_words(step: RequestStep) -> str:
    """Return one step in words, with what was said of it."""
    known = {
        "requested": _tr("Asked for"),
        "waiting": _tr("Waiting for a signature"),
        "ready": _tr("Ready to print"),
        "printed": _tr("Printed"),
        "delivered": _tr("Handed over"),
        "withdrawn": _tr("Withdrawn"),
        "delayed": _tr("Delay noted"),
        "changed": _tr("Changed"),
        "reprinted": _tr("Reprinted as COPY"),
        "not_printed": _tr("It did not come out"),
    }
    words = known.get(step.what, step.what)
    if step.handover is not None:
        given = step.handover
        known_by = next((each.label for each in IDENTITIES if each.code == given.identity), given.identity)
        told = _tr("Handed over to %1 · %2").replace("%2", known_by).replace("%1", given.to)
        return f"{told} · {_tr('late')}: {given.late_reason}" if given.late_reason else told
    said = step.words.replace("_", " ") if step.what == "changed" else step.words
    return f"{words}: {said}" if said else words


def document_words(document: IssuedDocument) -> str:
    """Return an issued document in words: version, pages, and by what the file is known again."""
    parts = [_tr("COPY")] if document.copy_of is not None else []
    if document.preliminary:
        parts.append(_tr("preliminary"))
    elif document.version:
        parts.append(_tr("version %1").replace("%1", str(document.version)))
    if document.pages is not None:
        parts.append(_tr("1 page") if document.pages == 1 else _tr("%1 pages").replace("%1", str(document.pages)))
    short = document.sha256[:_SHORT].upper()
    parts.append(f"{short[: _SHORT // 2]} {short[_SHORT // 2 :]}")
    return " · ".join(parts)


def _left_words(document: IssuedDocument, day: ListDay) -> str:
    way = _tr("printed on %1").replace("%1", document.target) if document.how == "print" else _tr("saved as PDF")
    return f"{way} · {moment_words(document.at, day)} · {document.by}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Documents", text)
