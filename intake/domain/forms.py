"""The intake form as a patient meets it: sections of questions, the same on paper, in the file to fill in and on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.checklist import Option
from intake.domain.text import Text

LINE_WIDTH = 6
"""A line of the paper has this many parts; a question's ``width`` counts them."""
FEW_LINES = 2
"""Lines for a long answer, unless more are asked for."""


class FormKind(StrEnum):
    """How a patient answers: in writing (a line, several, a date, a number), or by marking one box, several, or 0-10."""

    LINE = "line"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    RATING = "rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """What a patient reads for one field of the record: the question, and the words of each of its choices by code.

    ``width`` is how many parts of a line of paper the question takes, ``lines`` how many lines a long answer is given.
    """

    path: str
    text: Text
    picks: Mapping[str, Text]
    width: int
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """A part of the form. It holds ``fields`` of the record, or a ``group`` of the checklist, or the pain drawing."""

    key: str
    title: Text
    note: Text
    fields: tuple[FieldText, ...] = ()
    group: str = ""
    drawing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTexts:
    """One version of what a patient reads around and in the form; ``staff`` are the paths that only the desk fills in."""

    version: str
    title: Text
    intro: Text
    sections: tuple[SectionText, ...]
    staff: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestion:
    """One question of the form; ``path`` is that of the intake (``patient.dob``, ``answers.sx.twitching``).

    ``options`` are the answers to mark, by their code. ``words`` are whole answers that may be written into a question that
    is answered in writing ("none"). ``opens`` names another path and the answers of it that make this question apply (any
    answer if there are none named), ``also_opened_by`` further paths that open it with the same answers; the path ``minor``
    is the derived fact "under 18 on the day" with ``yes`` and ``no``. ``depth`` is how far a detail stands below its question.
    """

    path: str
    kind: FormKind
    text: Text
    options: tuple[Option, ...] = ()
    words: tuple[Option, ...] = ()
    opens: tuple[str, tuple[str, ...]] | None = None
    also_opened_by: tuple[str, ...] = ()
    depth: int = 0
    width: int = LINE_WIDTH
    lines: int = FEW_LINES
    max_length: int = 300
    low: int = 0
    high: int = 0
    unit: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSection:
    """A part of the form with its questions in order; the ``drawing`` one has none, it is the figure to mark."""

    key: str
    title: Text
    note: Text
    questions: tuple[FormQuestion, ...]
    drawing: bool = False
