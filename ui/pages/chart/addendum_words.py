"""Where an addendum is kept in the raw note, and a note of one's own turned into the text of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from intake.definitions.bundle import Definitions
from intake.domain.note_merging import is_typed
from intake.domain.reviews import BESIDE, Raw
from intake.entry.notes import read_note
from intake.wording import label_of
from ui.pages.chart.note_words import sections_of

TEXT: Final = "addendum"
REASON: Final = "addendum_reason"
ACKNOWLEDGING = BESIDE[0]


def own_note(raw: Raw) -> dict[str, Any]:
    """Return what a clinician typed as the note itself, without the addendum; empty when nothing was."""
    return {name: part for name, part in raw.items() if name not in (TEXT, REASON) and is_typed({name: part})}


def as_addendum(raw: Raw, definitions: Definitions, on: date) -> str:
    """Return a note that another signature came before, as the text of an addendum, part by part."""
    own = own_note(raw)
    reading = read_note(own, form=definitions.review_form, codes=definitions.codes, on=on)
    said = [f"{each.title}: {each.text}" for each in sections_of(reading.note, definitions.review_form, definitions.codes)]
    said += [
        f"{label_of(problem.field, definitions)}: {typed}"
        for problem in reading.problems
        if problem.level == "error" and (typed := _typed(own, problem.field.removeprefix("note.")))
    ]
    said += [f"{label_of(path, definitions)}: {words}" for path, words in _beside(own)]
    return "\n\n".join(said)


def _beside(raw: Raw) -> Iterator[tuple[str, str]]:
    """Give every path with the words typed at it that were not sent when the other signature came."""
    for name in BESIDE:
        part = raw.get(name)
        for key, words in part.items() if isinstance(part, Mapping) else ():
            if str(words or "").strip():
                yield (f"prompts.{key}" if name == ACKNOWLEDGING else key), str(words)


def _typed(raw: Raw, path: str) -> str:
    """Return what was typed at a path that could not be read: no word of it may be lost."""
    value: object = raw
    for key in places(path):
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, list | tuple) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return key if isinstance(value, list | tuple) else ""
    return str(value or "")


def places(path: str) -> list[str]:
    """Return the keys that lead to a path; the key of an item has points of its own: ``findings.rom.flexion``."""
    head, _, rest = path.partition(".")
    if not rest:
        return [head]
    return [head, *rest.split(".")] if head == "activities" else [head, rest]
