"""The keys of the note, as the foot bar tells them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.pages.chart.state import ChartState
from ui.pages.page import Key


def note_keys(state: ChartState, *, may_review: bool) -> tuple[Key, ...]:
    """Return the keys that work for the chart as it is."""
    if state.can_write:
        return (
            Key(keys=("Ctrl ↵",), text=_tr("sign")),
            Key(keys=("Ctrl ;",), text=_tr("snippets")),
            Key(keys=("Ctrl Shift S",), text=_tr("keep as a snippet")),
        )
    if state.is_signed and may_review:
        return (Key(keys=("Ctrl D",), text=_tr("add an addendum")), Key(keys=("Ctrl ↵",), text=_tr("sign the addendum")))
    if state.chart is not None and may_review:
        return (Key(keys=("Alt T",), text=_tr("take the chart over")),)
    return ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("note", text)
