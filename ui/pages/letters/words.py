"""Where a letter stands, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from intake.domain.document_kinds import WaitsFor
from intake.domain.letters import Letter
from intake.domain.requests import RequestState
from ui.models.requests import whole_moment

if TYPE_CHECKING:
    from intake.documents.material import Material
    from intake.storage.letters import KeptAside


def state_after(letter: Letter, material: Material) -> RequestState:
    """Return where a request stands with a letter that was just kept, as the store puts it."""
    if letter.missing:
        return RequestState.REQUESTED
    waits = material.kind.waits_for is WaitsFor.LETTER and letter.signature is None
    return RequestState.WAITING if waits else RequestState.READY


def still_words(letter: Letter) -> str:
    """Return how much is missing: "1 thing is still", "2 things are still"."""
    count = len(letter.missing)
    return _said("1 thing is still") if count == 1 else _said("%1 things are still").replace("%1", str(count))


def state_words(letter: Letter, state: RequestState) -> str:
    """Return what the page says of the letter above its fields."""
    if letter.missing:
        return _said("%1 asked for. What is typed is kept as you type.").replace("%1", still_words(letter))
    match state:
        case RequestState.WAITING:
            return _said("Complete. It waits for the signature of a clinician.")
        case RequestState.READY:
            return _said("Ready to print.")
        case RequestState.REQUESTED:
            return _said("Complete.")
        case _:
            return _said("Nothing can be changed here any more.")


def aside_words(aside: KeptAside, zone: ZoneInfo) -> str:
    """Return that somebody's words are not in the letter, with the time they were typed."""
    return _said("What you typed here on %1 is not in this letter; it is kept for you.").replace("%1", whole_moment(aside.at, zone))


def _said(text: str) -> str:
    return QCoreApplication.translate("Letters", text)
