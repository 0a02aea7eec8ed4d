"""The keys of a chart as the foot bar tells them, in the pane where the keyboard is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ui.pages.page import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the keys depend on: the pane with the keyboard, what may be done to the chart, and the chart before."""

    at_side: bool
    writes: bool
    waits: bool
    reviews: bool
    has_before: bool


def chart_keys(standing: Standing, of_side: Sequence[Key]) -> tuple[Key, ...]:
    """Return the keys of reading, those of the pane at the right, then the rest; a bare letter only where it does something."""
    keys = []
    if standing.writes and standing.waits:
        keys.append(Key(keys=("Alt A" if standing.at_side else "A",), text=_tr("acknowledge")))
    if standing.reviews:
        keys.append(Key(keys=("Ctrl J",), text=_tr("next chart")))
    keys += [Key(keys=("F6",), text=_tr("other pane")), *of_side]
    if standing.writes and not standing.at_side:
        keys.append(Key(keys=("E",), text=_tr("correct an answer")))
    if standing.has_before:
        keys.append(Key(keys=("Ctrl Shift J",), text=_tr("chart before")))
    return (
        *keys,
        Key(keys=("Ctrl P",), text=_tr("visit note")),
        Key(keys=("Alt H",), text=_tr("home-care sheet")),
        Key(keys=("Alt 1", "2"), text=_tr("note, earlier visits")),
        Key(keys=("Esc",), text=_tr("to the list")),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChartPage", text)
