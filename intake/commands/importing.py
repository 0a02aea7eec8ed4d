"""``import-form``: a form that a patient filled in, taken in as a draft of the person who acts."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from intake.actions.form_import import Imported
from intake.actions.form_import import import_form as take_in
from intake.commands.output import put_line, tell, tell_problems
from intake.commands.session import Session, now, session
from intake.domain.numbers import record_number
from intake.entry.answers import safe_name
from intake.errors import IntakeError
from intake.interop.pdf_reading import LARGEST_MB
from intake.wording import text_of
from intake.wording_forms import REFUSED

DONE: Final = 0
BAD_INPUT: Final = 2
_ABOUT_THE_FILE: Final = frozenset({*REFUSED, "file_missing", "file_unreadable", "unknown_location"})


def import_form(options: Namespace) -> int:
    """Put one line about the draft, and say what a person has to look at; 2 when the file is not taken in."""
    with session(options) as desk:
        try:
            pdf = _content(options.file)
            clinic = _clinic(desk, options.clinic)
            imported = take_in(desk.store, desk.actor, pdf, definitions=desk.definitions, location=clinic, now=now())
        except IntakeError as error:
            if error.code not in _ABOUT_THE_FILE:
                raise
            tell(f"{safe_name(options.file)}: {text_of(error.code, **error.facts)}")
            return BAD_INPUT
        put_line(_line(options.file, imported))
        _tell(desk, options.file, imported)
    return DONE


def _line(name: str, imported: Imported) -> dict[str, object]:
    marks = imported.marks
    return {
        "file": name,
        "draft": imported.draft_id,
        "already": imported.already,
        "form": marks.version,
        "language": marks.language,
        "mrn": None if imported.patient_id is None else record_number(imported.patient_id),
        "read": len(marks.paths),
        "to_confirm": list(imported.to_confirm),
        "unknown": _named(imported, "field_unknown"),
        "altered": _named(imported, "field_missing", "field_other_kind", "field_other_answers", "field_twice"),
        "unread": _named(imported, "field_unread"),
        "emptied": _named(imported, "field_emptied"),
        "notes": list(marks.notes),
        "problems": [{"field": each.field, "code": each.code, "level": each.level} for each in imported.problems],
        "look_alikes": [
            {"mrn": match.kept.number, "strong": match.strong, "reasons": [reason.code for reason in match.reasons]}
            for match in imported.look_alikes
        ],
    }


def _tell(desk: Session, name: str, imported: Imported) -> None:
    """Say in words what a person has to know; the values themselves are on the screen of the draft."""
    if imported.already:
        tell(f"{safe_name(name)}: {text_of('form_already_here')}")
    for note in imported.marks.notes:
        tell(f"{safe_name(name)}: {text_of(note)}")
    for each in imported.marks.odd:
        tell(f"{safe_name(name)}: {safe_name(each.name)}: {text_of(each.code)}")
    tell_problems(imported.problems, file=name, definitions=desk.definitions)


def _named(imported: Imported, *codes: str) -> list[str]:
    return list(dict.fromkeys(each.name for each in imported.marks.odd if each.code in codes))


def _clinic(desk: Session, key: str | None) -> str | None:
    """Return the key of a clinic that takes visits. Raises IntakeError ``unknown_location``."""
    if key is not None and key not in {each.key for each in desk.definitions.practice.active()}:
        raise IntakeError("unknown_location")
    return key


def _content(name: str) -> bytes:
    """Return a file's bytes, at most one more than may be. Raises IntakeError ``file_missing``, ``file_unreadable``."""
    try:
        with Path(name).open("rb") as file:
            return file.read(LARGEST_MB * 2**20 + 1)
    except FileNotFoundError as error:
        raise IntakeError("file_missing") from error
    except (OSError, ValueError) as error:
        raise IntakeError("file_unreadable") from error
