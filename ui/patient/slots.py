"""One question's place in the intake: read and written the same way whether it is a field of the record or of the checklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from intake.domain.answers import earliest_day
from intake.domain.checklist import Option
from intake.domain.forms import FormKind, FormQuestion
from intake.entry.answers import tidy_answer
from intake.entry.day_words import date_words
from intake.entry.form_fields import ANSWERS
from ui.pages.intake.document import IntakeDocument
from ui.patient import words

Language = Literal["en", "es"]
_WHOLE_DATE: Final = 10
_DECLINED: Final = "declined"


def option_words(option: Option, language: Language) -> str:
    """Return an answer as a patient reads it on a button: a sentence's beginning, not the word that is written on paper."""
    if option.code == _DECLINED:
        return words.SKIP.in_language(language)
    text = option.text.in_language(language)
    return text[:1].upper() + text[1:]


class Slot:
    """Where the answer to one question stands."""

    def __init__(self, document: IntakeDocument, question: FormQuestion) -> None:
        """Look at one place of the document."""
        self.question = question
        self.is_answer = question.path.startswith(ANSWERS)
        self._document = document
        self._key = question.path.removeprefix(ANSWERS)

    def applies(self) -> bool:
        """Tell whether the question is to be asked, given what was answered so far."""
        document, path = self._document, self.question.path
        if self.is_answer:
            checklist = document.definitions.checklist
            return checklist.is_open(checklist.question(self._key), document.typed_answers())
        return document.applies(path) and not document.is_needless(path)

    def text(self) -> str:
        """Return what stands there as text, empty when nothing does."""
        if not self.is_answer:
            return self._document.text(self.question.path)
        value = self._document.answers.get(self._key)
        return "" if value is None or isinstance(value, list) else str(value)

    def codes(self) -> list[str]:
        """Return the codes that are picked."""
        value = self._document.answers.get(self._key) if self.is_answer else self._document.text(self.question.path)
        return [str(each) for each in value] if isinstance(value, list) else [str(value)] if value not in (None, "") else []

    def type(self, text: str) -> None:
        """Keep a text as it is typed; a whole number is kept as one."""
        if not self.is_answer:
            self._document.type(self.question.path, text)
        elif self.question.kind in (FormKind.NUMBER, FormKind.RATING) and text.isascii() and text.isdecimal() and len(text) < _WHOLE_DATE:
            self._document.answer(self._key, int(text))
        else:
            self._document.answer(self._key, text or None)

    def pick(self, codes: Sequence[str]) -> None:
        """Keep what is picked; nothing picked means not asked."""
        if self.question.kind is FormKind.SEVERAL:
            self._document.answer(self._key, list(codes))
        else:
            self.type(codes[0] if codes else "")

    def answered(self) -> bool:
        """Tell whether there is any answer."""
        return bool(self.codes())

    def day(self) -> date | None:
        """Return the whole day that a typed date means, None when it is no whole date."""
        if not self.is_answer:
            value = self._document.read(self.question.path).value
            return value if isinstance(value, date) else None
        tidy = self._tidy()
        return date.fromisoformat(tidy) if isinstance(tidy, str) and len(tidy) == _WHOLE_DATE and earliest_day(tidy) else None

    def problem(self, language: Language) -> str:
        """Return in the patient's words what to look at again, empty when nothing."""
        if not self.text().strip():
            return ""
        if self.is_answer:
            wrong = self._document.fault_in_answer(self._key) is not None
        else:
            wrong = any(problem.level == "error" for problem in self._document.read(self.question.path).problems)
        if self.question.kind is FormKind.DATE and (day := self.day()) is not None and day > self._document.on:
            wrong = True
        return self._problem_words(language) if wrong else ""

    def words(self, language: Language) -> str:
        """Return the answer in the patient's language, as typed where it was typed; empty when there is none."""
        given = self.codes()
        known = {option.code: option_words(option, language) for option in (*self.question.options, *self.question.words)}
        if self.question.kind is FormKind.DATE and (day := self.day()):
            return date_words(day, language)
        return ", ".join(known.get(code, code) for code in given)

    def _problem_words(self, language: Language) -> str:
        question = self.question
        if question.kind is FormKind.DATE:
            return words.DATE_PROBLEM.in_language(language)
        if question.kind is FormKind.NUMBER:
            told = words.NUMBER_PROBLEM.in_language(language)
            return told.replace("%1", str(question.low)).replace("%2", str(question.high))
        return words.FIELD_PROBLEM.in_language(language)

    def _tidy(self) -> object:
        value = self._document.answers.get(self._key)
        return None if value is None else tidy_answer(self._document.definitions.checklist.question(self._key), value, self._document.on)
