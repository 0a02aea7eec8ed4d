"""The review form: what a clinician is offered to record, and which parts a signature needs."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.fields import Choice
from intake.domain.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing a clinician records at the examination: one of ``choices``, or free words when there are none.

    ``unit`` is printed after free words ("mmHg").
    """

    key: str
    label: str
    choices: tuple[Choice, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemGroup:
    """Examination items under one heading; ``note`` says what they are and are not."""

    key: str
    label: str
    note: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One of the practice's causes that a clinician may pick as the impression."""

    key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """One of the practice's treatments for the plan. ``hint`` says what words to add; ``home`` that the home-care sheet tells of it."""

    key: str
    label: str
    hint: str
    home: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An outcome measure of which the practice records a total: its range, unit, direction, missing-item rule and source."""

    key: str
    label: str
    unit: str
    low: int
    high: int
    higher_is: str
    missing: str
    source: str
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """Text that a few letters stand for (``.neck``); ``[...]`` in it are blanks to jump through."""

    abbreviation: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewForm:
    """One version of the review form; a signed note keeps the version it was written with."""

    version: str
    groups: tuple[ItemGroup, ...]
    causes: tuple[Cause, ...]
    treatments: tuple[Treatment, ...]
    measures: tuple[Measure, ...]
    snippets: tuple[Snippet, ...]

    def item(self, key: str) -> Item:
        """Return the examination item with this key; KeyError if this version has none."""
        for group in self.groups:
            for item in group.items:
                if item.key == key:
                    return item
        raise KeyError(key)

    def cause(self, key: str) -> Cause:
        """Return the cause with this key; KeyError if this version has none."""
        for cause in self.causes:
            if cause.key == key:
                return cause
        raise KeyError(key)

    def treatment(self, key: str) -> Treatment:
        """Return the treatment with this key; KeyError if this version has none."""
        for treatment in self.treatments:
            if treatment.key == key:
                return treatment
        raise KeyError(key)

    def measure(self, key: str) -> Measure:
        """Return the measure with this key; KeyError if this version has none."""
        for measure in self.measures:
            if measure.key == key:
                return measure
        raise KeyError(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One part of the home-care sheet: the treatment it belongs to ("" for what everybody is told), words, and where they come from."""

    treatment: str
    heading: Text
    sentences: tuple[Text, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCare:
    """One version of the home-care sheet."""

    version: str
    title: Text
    intro: Text
    advice: tuple[Advice, ...]
    closing: tuple[Text, ...]
