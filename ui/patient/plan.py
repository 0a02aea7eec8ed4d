"""The order of the screens: small groups of questions, made of the sections of the form."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.forms import FormKind, FormQuestion
from intake.domain.text import Text
from intake.entry.form_fields import form_sections
from ui.pages.intake.document import IntakeDocument
from ui.patient.slots import Slot

_ROOM: Final = 4
"""How much one screen holds comfortably; a question takes as much as it is high."""
_MOST: Final = 4.4
_TALL: Final = {FormKind.LINE: 1.3, FormKind.LONG: 2.2, FormKind.DATE: 1.4, FormKind.NUMBER: 1.3, FormKind.SEVERAL: 3, FormKind.RATING: 2}
_FEW_OPTIONS: Final = 3
_OF_THE_RECORD: Final = "patient."
_NO_NOTE: Final = Text(en="", es="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen: questions of one section, or the pain drawing."""

    section: str
    title: Text
    note: Text
    questions: tuple[FormQuestion, ...] = ()
    drawing: bool = False

    def applies(self, document: IntakeDocument) -> bool:
        """Tell whether anything on the screen is to be asked, given the answers so far."""
        return self.drawing or any(Slot(document, question).applies() for question in self.questions)


def screens_of(definitions: Definitions, *, on_record: bool) -> tuple[Screen, ...]:
    """Return every screen in order. Of a patient ``on_record`` nothing of the record is shown: staff ask that by voice."""
    made: list[Screen] = []
    for section in form_sections(definitions):
        always = section.drawing or any(question.opens is None for question in section.questions)
        note = section.note if always else _NO_NOTE  # it says on paper who may leave the section out; the screen leaves it out
        kept = tuple(each for each in section.questions if not (on_record and each.path.startswith(_OF_THE_RECORD)))
        if section.drawing:
            made.append(Screen(section=section.key, title=section.title, note=note, drawing=True))
        made += [
            Screen(section=section.key, title=section.title, note=note if place == 0 else _NO_NOTE, questions=group)
            for place, group in enumerate(_groups(kept))
        ]
    return tuple(made)


def _groups(questions: tuple[FormQuestion, ...]) -> Iterator[tuple[FormQuestion, ...]]:
    """Yield as many questions as one screen holds; a detail stays with its question."""
    group: list[FormQuestion] = []
    filled = 0.0
    whole = sum(_height(question) for question in questions if question.depth == 0)
    evenly = whole / math.ceil(whole / _ROOM) if whole else _ROOM
    for question in questions:
        takes = _height(question) if question.depth == 0 else 0
        if group and question.depth == 0 and (filled + takes > _MOST or filled + takes / 2 > evenly):
            yield tuple(group)
            group, filled = [], 0.0
        group.append(question)
        filled += takes
    if group:
        yield tuple(group)


def _height(question: FormQuestion) -> float:
    if question.kind is FormKind.ONE:
        return 1.3 if len(question.options) <= _FEW_OPTIONS else len(question.options) / 2.5
    return _TALL[question.kind] + (0.7 if question.words else 0)
