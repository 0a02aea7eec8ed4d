"""How a field of the record describes itself: one description drives form, reading, storage checks, paper and schema.

A record is a frozen dataclass whose fields are made with ``about``. Everything that walks over fields (the form, the reader,
the intake PDF, the JSON Schema, the audit's old and new) asks ``described`` and never lists field names of its own.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Literal


class Kind(StrEnum):
    """What is typed into a field and how it is read."""

    NAME = "name"
    TEXT = "text"
    LONG = "long"
    DATE = "date"
    TIME = "time"
    PHONE = "phone"
    EMAIL = "email"
    ZIP = "zip"
    STATE = "state"
    IDENTIFIER = "identifier"
    CHOICE = "choice"


Need = Literal["required", "optional"]
SHORT_TEXT = 300
LONG_TEXT = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer that may be picked: ``code`` is stored, ``label`` is shown."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a field says of itself.

    ``choices`` are the answers of a CHOICE field; on any other kind they are words that stand for a whole answer (a phone
    of ``none``). ``when`` names another field by path, and the values of it that make this field apply; the path ``minor``
    is the derived fact "under 18 on the visit's date" with the values ``yes`` and ``no``. ``section`` is the part of the
    form; ``max_length`` counts characters.
    """

    label: str
    kind: Kind
    section: str
    need: Need
    choices: tuple[Choice, ...]
    when: tuple[str, tuple[str, ...]] | None
    max_length: int
    hint: str

    def label_of(self, code: str) -> str | None:
        """Return the label of a choice or word, None when the code is not one of them."""
        return next((choice.label for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A field of a record class with its place: ``path`` is dotted from the intake (``visit.claim.insurer``)."""

    path: str
    name: str
    about: About


def choices(**labels: str) -> tuple[Choice, ...]:
    """Return choices in the order given, code by code."""
    return tuple(Choice(code=code, label=label) for code, label in labels.items())


def codes_of(listed: tuple[Choice, ...]) -> tuple[str, ...]:
    """Return the codes of choices in their order."""
    return tuple(choice.code for choice in listed)


YES_NO = choices(yes="Yes", no="No")
YES_NO_UNSURE = choices(yes="Yes", no="No", unsure="Unsure")


def about(
    label: str,
    kind: Kind = Kind.TEXT,
    *,
    section: str,
    need: Need = "optional",
    picks: tuple[Choice, ...] = (),
    when: tuple[str, tuple[str, ...]] | None = None,
    max_length: int | None = None,
    hint: str = "",
) -> Any:
    """Return a dataclass field that is None until asked and carries its description."""
    length = max_length or (LONG_TEXT if kind is Kind.LONG else SHORT_TEXT)
    description = About(label=label, kind=kind, section=section, need=need, choices=picks, when=when, max_length=length, hint=hint)
    return dataclasses.field(default=None, metadata={"about": description})


@cache
def described(record: type, prefix: str) -> tuple[Described, ...]:
    """Return the described fields of a record class in order, their paths starting with ``prefix`` (``visit.claim``)."""
    return tuple(
        Described(path=f"{prefix}.{field.name}", name=field.name, about=field.metadata["about"])
        for field in dataclasses.fields(record)
        if "about" in field.metadata
    )
