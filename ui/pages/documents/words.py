"""What the page says under its list, and in the place of an empty one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from intake.domain.requests import RequestLine, RequestState
from ui.models.requests import ListDay, Urgency, urgency_of
from ui.pages.documents.filters import Tab


def summary_words(lines: Sequence[RequestLine], day: ListDay, tab: Tab, *, more: bool) -> str:
    """Return what stands under the list: how many there are, how many of them late and ready; ``more`` are in the store."""
    if not lines:
        return ""
    count = str(len(lines))
    if tab is Tab.DELIVERED:
        return _tr("The latest %1").replace("%1", count)
    late = sum(urgency_of(line, day.now) is Urgency.OVERDUE for line in lines)
    ready = sum(line.state is RequestState.READY and not line.printing for line in lines)
    first = _tr("The first %1 by the clock; End shows more") if more else _tr("%1 owed")
    parts = [first.replace("%1", count)]
    if late:
        parts.append(_tr("%1 late").replace("%1", str(late)))
    if ready and tab is not Tab.READY:
        parts.append(_tr("%1 ready to print").replace("%1", str(ready)))
    return " · ".join(parts)


def empty_words(tab: Tab, *, narrowed: bool, everywhere: bool) -> tuple[str, str]:
    """Return title and text in the place of an empty list: what to do next."""
    if narrowed:
        return _tr("Nothing of this kind or clinician here"), _tr("K and then Delete shows every kind, C and then Delete every clinician.")
    elsewhere = "" if everywhere else " " + _tr("Alt 0 shows all clinics.")
    title, text = {
        Tab.OWED: (
            _tr("Nothing is owed here"),
            _tr("A visit note is promised by itself when an intake is saved. N opens a request for another document."),
        ),
        Tab.READY: (
            _tr("Nothing is ready to print"),
            _tr("A note comes here when its visit is signed, a letter when it is complete. 1 shows what is owed."),
        ),
        Tab.WAITING: (_tr("Nothing waits for a signature"), _tr("1 shows everything that is owed.")),
        Tab.PRINTED: (_tr("Nothing printed waits to be handed over"), _tr("F9 prints what is ready. 1 shows everything that is owed.")),
        Tab.DELIVERED: (_tr("Nothing was handed over here yet"), _tr("H hands over what is printed. 1 shows everything that is owed.")),
    }[tab]
    return title, text + elsewhere


def _tr(text: str) -> str:
    return QCoreApplication.translate("Documents", text)
