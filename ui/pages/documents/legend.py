"""The keys of the list of documents: those of the line the keyboard stands on first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from intake.domain.requests import RequestLine, RequestState
from ui.desk import Desk
from ui.pages.documents.may_print import of_clinic, who_may
from ui.pages.page import Key

Lines = Sequence[RequestLine]


def form_keys() -> tuple[Key, ...]:
    """Return the keys of a form that lies over the list."""
    return (
        Key(keys=("Enter",), text=_tr("next field")),
        Key(keys=("Ctrl S",), text=_tr("do it")),
        Key(keys=("Esc",), text=_tr("close; what was typed is kept")),
    )


def list_keys(desk: Desk, line: RequestLine | None, *, marked: Lines, ready: Lines) -> tuple[Key, ...]:
    """Return the keys of the list, with ``line`` as the current one, and what is marked.

    ``ready`` are the lines that this desk can print; F9 prints those of them that are of its clinic.
    """
    keys = [Key(keys=("F9",), text=_tr("print all ready"))] if of_clinic(desk.location, ready) else []
    keys += _line_keys(line, marked, ready, seen=not who_may(desk, line)) if line is not None else []
    keys += [
        Key(keys=("N",), text=_tr("new request")),
        Key(keys=("1", "–", "6"), text=_tr("list")),
        Key(keys=("Alt 1", "–", "8"), text=_tr("clinic")),
        Key(keys=("Alt 0",), text=_tr("all clinics")),
        Key(keys=("K",), text=_tr("kind")),
        Key(keys=("C",), text=_tr("clinician")),
        Key(keys=("G",), text=_tr("groups")),
        Key(keys=("V",), text=_tr("preview, history")),
    ]
    keys += [] if line is not None and line.trouble else [Key(keys=("S",), text=_tr("printers of this desk"))]
    return tuple(keys)


def _line_keys(line: RequestLine, marked: Lines, ready: Lines, *, seen: bool) -> list[Key]:
    keys = [Key(keys=("Space",), text=_tr("select"))]
    keys += [Key(keys=("Ctrl A",), text=_tr("all ready"))] if ready else []
    keys += [Key(keys=("Enter",), text=_tr("open"))] if seen else []
    if marked:
        keys.append(Key(keys=("Esc",), text=_tr("unselect %1").replace("%1", str(len(marked)))))
    if any(each in ready for each in marked or (line,)):
        keys.insert(0, Key(keys=("P",), text=_tr("print selected") if marked else _tr("print this")))
    if line.trouble:
        keys.insert(0, Key(keys=("S",), text=_tr("printers of this desk")))
    match line.state:
        case RequestState.PRINTED:
            keys.insert(0, Key(keys=("H",), text=_tr("hand over")))
            if line.changed:
                keys.insert(0, Key(keys=("U",), text=_tr("print it anew")))
            keys += _copy_keys(seen=seen)
        case RequestState.DELIVERED:
            keys += _copy_keys(seen=seen)
        case _:
            pass
    keys.append(Key(keys=("L",), text=_tr("labels, envelope")))
    if line.state.open:
        keys += [
            Key(keys=("D",), text=_tr("note a delay")),
            Key(keys=("E",), text=_tr("change")),
            Key(keys=("W",), text=_tr("withdraw")),
        ]
    return keys


def _copy_keys(*, seen: bool) -> list[Key]:
    return [Key(keys=("R",), text=_tr("reprint as copy"))] if seen else []


def _tr(text: str) -> str:
    return QCoreApplication.translate("Documents", text)
