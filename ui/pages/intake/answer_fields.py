"""What one checklist question is answered in, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QSizePolicy

from intake.domain.answers import Answer, Kind
from intake.domain.checklist import Question
from ui.pages.intake.choices import Choices, Pick
from ui.pages.intake.editors import LineEditor

AnswerField = Choices | LineEditor
"""Both have ``advanced`` and ``retreated``."""

Given = Callable[[Answer | list[str] | None], None]

STATE_LETTERS = {"yes": "y", "no": "n", "unsure": "u"}
STATE_WIDTH = 150
_WIDTHS = {Kind.RATING: 56, Kind.NUMBER: 64, Kind.DATE: 130, Kind.TEXT: 200}


def field_for(question: Question, language: str, given: Given) -> AnswerField:
    """Return a new field; ``given`` hears the answer each time a person changes it."""
    if question.options:
        several = question.kind is Kind.CHOICES
        state = question.kind is Kind.STATE and question.parent is None
        chosen = Choices(question.short.en, [], several=several, joined=state, enters=state)
        chosen.picked.connect(partial(_tell_codes, given, several=several))
        show_words(chosen, question, language)
        if state:
            chosen.setFixedWidth(STATE_WIDTH)
        return chosen
    line = LineEditor()
    line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    line.setFixedWidth(_WIDTHS[question.kind])
    line.setProperty("rating", question.kind is Kind.RATING)
    line.typed.connect(partial(_tell_text, given, question.kind))
    show_words(line, question, language)
    return line


def show_words(field: AnswerField, question: Question, language: str) -> None:
    """Put the field's words into a language; the keys of the three states stay Y, N and U."""
    if isinstance(field, LineEditor):
        field.setAccessibleName(question.short.en)
        field.setAccessibleDescription(question.text.in_language(language))
        if question.kind is not Kind.RATING:
            field.setPlaceholderText(question.short.in_language(language))
        return
    if question.kind is Kind.STATE and question.parent is None:
        picks = [Pick(code=o.code, label=STATE_LETTERS[o.code].upper(), letter=STATE_LETTERS[o.code]) for o in question.options]
        field.show_picks(question.short.en, picks)
        return
    labels = [(option.code, option.text.in_language(language)) for option in question.options]
    states = STATE_LETTERS if question.kind is Kind.STATE else {}
    picks = [Pick(code=code, label=label, letter=states.get(code, "")) for code, label in labels]
    lead = question.short.in_language(language) if question.parent else ""
    field.show_picks(question.short.en, picks, lead=lead)


def show_answer(field: AnswerField, answer: object) -> None:
    """Show an answer, without telling anyone."""
    if isinstance(field, Choices):
        field.show_codes([str(code) for code in answer] if isinstance(answer, (list, tuple)) else [str(answer)])
    else:
        field.show_value("" if answer is None else str(answer))


def _tell_codes(given: Given, codes: list[str], *, several: bool) -> None:
    given(codes if several else next(iter(codes), None))


def _tell_text(given: Given, kind: Kind, text: str) -> None:
    whole = kind in (Kind.RATING, Kind.NUMBER) and text.strip().isascii() and text.strip().isdecimal()
    given(int(text) if whole else text or None)
