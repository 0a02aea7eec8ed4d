"""A letter put together: which paragraphs stand, what is still asked for, and what was typed, read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from intake.domain.fields import LONG_TEXT, SHORT_TEXT
from intake.domain.letters import OPEN_SOURCES, Composed, FieldKind, Letter, LetterField, Part, Template, Values
from intake.entry.dates import understand_date
from intake.entry.day_words import Language, date_words
from intake.entry.letter_facts import Facts, from_record
from intake.entry.tidy import has_control, tidy_line, tidy_long
from intake.errors import Problem

__all__ = ["Facts", "asked", "body_of", "compose", "from_record", "missing", "own_words", "read_typed", "still_agreed"]

BODY: Final = "body"
AGREED: Final = "yes"
ANSWERS: Final = (AGREED, "no")
_FIELD: Final = re.compile(r"\{([a-z0-9_]+)\}")
_BETWEEN: Final = re.compile(r"\n[ \t]*\n\s*")


def asked(
    template: Template, values: Values, *, purpose: str, body: str | None = None, recorded: Values | None = None
) -> tuple[LetterField, ...]:  # fmt: skip
    """Return the fields to ask for as things stand, in the template's order: those of a paragraph without its consent are not.

    With a ``body`` that a person wrote, only what stands outside of it is asked, and the consent to it. ``recorded`` is what the
    record says; what is typed over it where nobody's consent is asked needs that to a text of one's own.
    """
    keys = {template.recipient, template.address}
    for part in (*template.about, *(template.parts if body is None else ())):
        if _may_stand(part, values, purpose):
            keys |= {*part.keys, *part.needs}
    consents = {part.consent for part in template.parts} if body is None else set()
    if own_words(template, values, values if recorded is None else recorded, body):
        consents.add(template.own_words)
    return tuple(each for each in template.fields if each.key in keys | consents)


def own_words(template: Template, values: Values, recorded: Values, body: str | None) -> Values:
    """Return what a person wrote that the patient has to have read: a ``body``, and what was typed over what the record says.

    That is asked for where a template has a consent for it, and of the fields of which nobody's consent is asked otherwise.
    """
    if not template.own_words:
        return {}
    opened = [each.key for each in template.fields if each.source in OPEN_SOURCES]
    typed = {key: values.get(key, "") for key in opened if values.get(key, "") != recorded.get(key, "")}
    return typed if body is None else {**typed, BODY: body}


def missing(
    template: Template, values: Values, *, purpose: str, body: str | None = None, recorded: Values | None = None
) -> tuple[str, ...]:  # fmt: skip
    """Return the keys of what has to be given before the letter is complete, in the template's order.

    That is every required field that is asked and has no value, a date that is none, the consent to what a person wrote over the
    record or as a ``body``, and for a body words, and whatever of the template still stands in it as a gap (``body``).
    """
    fields = asked(template, values, purpose=purpose, body=body, recorded=recorded)
    found = [each.key for each in fields if (each.required and not values.get(each.key)) or not _is_readable(each, values)]
    if own_words(template, values, values if recorded is None else recorded, body) and values.get(template.own_words) != AGREED:
        found.append(template.own_words)
    incomplete = body is not None and (not body.strip() or any(gap in body for gap in _gaps(template)))
    return (*found, BODY) if incomplete else tuple(found)


def still_agreed(template: Template, before: Letter, typed: Values, body: str | None) -> Values:
    """Return what is typed, without the consent to a text of one's own when that was given to another text.

    ``before`` is the letter as it was. Only the first words of one's own come with a consent; whatever is written after is read
    anew.
    """
    key, recorded = template.own_words, before.from_record
    if not key or typed.get(key) != AGREED:
        return typed
    read = own_words(template, before.values, recorded, before.body)
    now = own_words(template, {**recorded, **typed}, recorded, body)
    if read == now or (not read and before.values.get(key) != AGREED):
        return typed
    return {each: value for each, value in typed.items() if each != key}


def compose(template: Template, letter: Letter, *, purpose: str, recipient: str = "", address: str = "") -> Composed:
    """Return a letter's words in its language; what was signed is never composed anew.

    What is still asked for stands as a gap, ``[Back on]``, and in ``missing``. ``purpose`` is the request's, and so are ``recipient``
    and ``address``: without a recipient the letter goes where the template's own fields say.
    """
    if letter.sealed is not None:
        return letter.sealed
    words = _Words(template, letter)
    paragraphs = tuple(words.standing(template.parts, purpose)) if letter.body is None else paragraphs_of(letter.body)
    return Composed(
        title=template.title.in_language(letter.language),
        salutation=template.salutation.in_language(letter.language),
        paragraphs=paragraphs,
        closing=template.closing.in_language(letter.language),
        language=letter.language,
        about=tuple(words.standing(template.about, purpose)),
        recipient=recipient or letter.values.get(template.recipient, ""),
        address=address if recipient else letter.values.get(template.address, ""),
        template=template.version,
        missing=missing(template, letter.values, purpose=purpose, body=letter.body, recorded=letter.from_record),
    )


def body_of(composed: Composed) -> str:
    """Return the paragraphs as one text, to be edited as a whole."""
    return "\n\n".join(composed.paragraphs)


def paragraphs_of(body: str) -> tuple[str, ...]:
    """Return the paragraphs of a text, which empty lines part."""
    return tuple(part.strip("\n") for part in _BETWEEN.split(body.strip()) if part.strip())


def read_typed(template: Template, typed: Mapping[str, str], *, on: date) -> tuple[Values, tuple[Problem, ...]]:
    """Return what was typed as it is kept, dates in ISO where they are dates, and what of it cannot be kept.

    Empty ones are left out. A date that is none yet is kept as typed: the letter asks for it.
    """
    fields = {each.key: each for each in template.fields}
    kept: dict[str, str] = {}
    problems: list[Problem] = []
    for key, text in typed.items():
        value, code = _read(fields[key], text, on) if key in fields else ("", "unknown_field")
        if code:
            problems.append(Problem(field=f"letter.{key}", code=code))
        elif value:
            kept[key] = value
    return kept, tuple(problems)


def body_problem(body: str | None) -> Problem | None:
    """Return why a text of a person's own cannot be kept, None when it can."""
    fault = _fault(body, longest=LONG_TEXT, lines=True) if body else None
    return Problem(field=f"letter.{BODY}", code=fault) if fault else None


def _read(field: LetterField, text: str, on: date) -> tuple[str, str | None]:
    """Return what is kept of a text, or the code of why nothing is."""
    lines = field.kind is FieldKind.LONG
    value = tidy_long(text) if lines else tidy_line(text)
    if fault := _fault(value, longest=LONG_TEXT if lines else SHORT_TEXT, lines=lines):
        return "", fault
    allowed = {FieldKind.CONSENT: ANSWERS, FieldKind.CHOICE: tuple(choice.code for choice in field.choices)}.get(field.kind)
    if allowed and value and value not in allowed:
        return "", "not_a_choice"
    if field.kind is FieldKind.DATE and value:
        day = understand_date(value, on, birth=field.source == "patient.dob").value
        return (day.isoformat() if day else value), None
    return value, None


def _fault(text: str, *, longest: int, lines: bool) -> str | None:
    if has_control(text, lines=lines):
        return "control_characters"
    if len(text) > longest:
        return "text_too_long" if lines else "too_long"
    return None


def _may_stand(part: Part, values: Values, purpose: str) -> bool:
    """Tell whether a paragraph may be said at all: with its consent, and for this purpose."""
    agreed = not part.consent or values.get(part.consent) == AGREED
    return agreed and (not part.purposes or purpose in part.purposes)


def _is_readable(field: LetterField, values: Values) -> bool:
    value = values.get(field.key, "")
    return field.kind is not FieldKind.DATE or not value or _day(value) is not None


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _gaps(template: Template) -> Iterator[str]:
    for each in template.fields:
        for language in template.languages:
            yield _gap(each, language)


def _gap(field: LetterField, language: str) -> str:
    return f"[{field.label.in_language(language)}]"


class _Words:
    """Puts the words of a letter's fields into its paragraphs."""

    def __init__(self, template: Template, letter: Letter) -> None:
        """Keep both."""
        self._template = template
        self._values = letter.values
        self._language: Language = "es" if letter.language == "es" else "en"

    def standing(self, parts: tuple[Part, ...], purpose: str) -> Iterator[str]:
        """Yield the paragraphs that stand, filled."""
        for part in parts:
            if _may_stand(part, self._values, purpose) and all(self._values.get(key) for key in part.needs):
                yield _FIELD.sub(self._filled, part.text.in_language(self._language))

    def _filled(self, found: re.Match[str]) -> str:
        field = self._template.field(found[1])
        value = self._values.get(field.key, "")
        if field.kind is FieldKind.DATE:
            day = _day(value) if value else None
            return date_words(day, self._language) if day else _gap(field, self._language)
        if field.kind is FieldKind.CHOICE:
            words = field.words.get(value)
            return words.in_language(self._language) if words else _gap(field, self._language)
        return value or _gap(field, self._language)
