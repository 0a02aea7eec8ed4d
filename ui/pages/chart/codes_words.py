"""What is said of a picked code: why it needs another look, and from which release it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from intake.domain.codes import CodeList, CodeWarning
from intake.entry.code_picking import EXCLUDES, NOT_BILLABLE
from ui.models.board import date_words


def reason_of(code: str, warnings: Sequence[CodeWarning]) -> str:
    """Return why a code needs another look, in words that say what to do; empty when it needs none."""
    reasons = []
    if any(each.code == NOT_BILLABLE and each.about == code for each in warnings):
        reasons.append(_tr("This is a heading and cannot be billed. Pick one of the codes under it."))
    pairs = [(each.about, each.other) for each in warnings if each.code == EXCLUDES]
    others = [other if one == code else one for one, other in pairs if code in (one, other)]
    if others:
        reasons.append(_tr("Not coded together with %1 (Excludes1 of this release). Keep one.").replace("%1", ", ".join(others)))
    return " ".join(reasons)


def unknown_words(codes: CodeList) -> str:
    """Return what is said of a code that is not in the list."""
    return _tr("Not in the list of release %1. Take it away, or pick one that is.").replace("%1", codes.release)


def release_words(codes: CodeList) -> str:
    """Return which list is offered, and who picks."""
    words = _tr("ICD-10-CM, release %1, in force from %2%3. You pick; nothing is proposed from answers.")
    until = _tr(", replaced on %1").replace("%1", date_words(codes.superseded_on)) if codes.superseded_on else ""
    return words.replace("%1", codes.release).replace("%2", date_words(codes.in_force)).replace("%3", until)


def nothing_found(typed: str, codes: CodeList) -> str:
    """Return what is said when no code of the list fits."""
    words = _tr("“%1” is not in the list of release %2. Try fewer letters, or another word of the title.")
    return words.replace("%1", typed).replace("%2", codes.release)


def other_release_words(codes: CodeList) -> str:
    """Return that the visit is not in the time of this list."""
    words = _tr("The visit is not in the time of this list, which is release %1%2. Compare the codes with the release in force.")
    until = _tr(", replaced on %1").replace("%1", date_words(codes.superseded_on)) if codes.superseded_on else ""
    return words.replace("%1", codes.release).replace("%2", until)


def _tr(text: str) -> str:
    return QCoreApplication.translate("codes", text)
