"""What a draft keeps of the form it was read from: which values no person has confirmed yet, and what to say of the file.

The marks stand in the draft's content under a name of their own, beside the raw intake, so that they outlive a restart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake.domain.records import Intake
from intake.entry.reading import ANSWERS, MARKS
from intake.errors import Problem

FORM: Final = "form"
"""Where the marks stand in a draft's content."""
NOT_CONFIRMED: Final = "not_confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OddField:
    """A field of the file that is not as this program wrote it; ``text`` is what was filled in and could not be taken over.

    Codes: ``field_unknown``, ``field_missing``, ``field_other_kind``, ``field_other_answers``, ``field_twice``, ``field_unread``;
    ``field_emptied`` of a pre-filled field that came back empty, so that what is on record stands in the draft, to be confirmed.
    """

    name: str
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FromForm:
    """The form behind a draft.

    ``paths`` are the fields, answers and the drawing that it had values for, or had emptied, ``unconfirmed`` those of them that no
    person has looked at. ``notes`` are codes of what is to be said about the file, ``odd`` the fields that are not as they were made.
    """

    sha256: str
    version: str
    language: str
    paths: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    notes: tuple[str, ...] = ()
    odd: tuple[OddField, ...] = ()

    def content(self) -> dict[str, Any]:
        """Return the marks as a draft keeps them."""
        return {
            "sha256": self.sha256,
            "version": self.version,
            "language": self.language,
            "paths": list(self.paths),
            "unconfirmed": list(self.unconfirmed),
            "notes": list(self.notes),
            "odd": [[each.name, each.code, each.text] for each in self.odd],
        }


def from_form(content: Mapping[str, Any]) -> FromForm | None:
    """Return the marks in a draft's content, None when it was typed and not read."""
    kept = content.get(FORM)
    if not isinstance(kept, Mapping):
        return None
    return FromForm(
        sha256=str(kept["sha256"]),
        version=str(kept["version"]),
        language=str(kept["language"]),
        paths=tuple(kept["paths"]),
        unconfirmed=tuple(kept["unconfirmed"]),
        notes=tuple(kept["notes"]),
        odd=tuple(OddField(name=name, code=code, text=text) for name, code, text in kept["odd"]),
    )


def not_confirmed(unconfirmed: Iterable[str], intake: Intake) -> tuple[Problem, ...]:
    """Return a problem for each value that would be saved and that nobody has confirmed."""
    return tuple(Problem(field=path, code=NOT_CONFIRMED) for path in unconfirmed if _holds(intake, path))


def _holds(intake: Intake, path: str) -> bool:
    """Tell whether an intake has a value at a path; a text that could not be read, or does not apply, is none."""
    first, _, rest = path.partition(".")
    if first == MARKS:
        return bool(intake.marks)
    if first == ANSWERS:
        return intake.answers.get(rest) is not None
    place: object = intake
    for name in path.split("."):
        place = getattr(place, name, None)
    return place is not None
