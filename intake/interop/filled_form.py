"""A form that a patient filled in on a screen, read back into what an intake holds: fields by name, answers by code.

Another version of the form is read as far as the names are the same; whatever is not as this program wrote it is told by name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from intake.definitions.bundle import Definitions
from intake.domain.answers import Kind
from intake.entry.answers import safe_name
from intake.entry.form_fields import (
    ANSWERS,
    DRAWING,
    FORM_ID,
    FORM_PATIENT,
    KEYWORD,
    MARK,
    NUMBER_LENGTH,
    FieldKind,
    FormField,
    digest,
    form_fields,
    form_id,
    form_sections,
    name_from_file,
)
from intake.entry.from_form import OddField
from intake.entry.places import put
from intake.entry.tidy import as_words
from intake.errors import IntakeError
from intake.interop.pdf_reading import FieldReader, PdfField, PdfFields

LEAST_KNOWN: Final = 3
"""A file that says nothing of itself is ours when it has this many of our fields."""
_OURS: Final = frozenset({FORM_ID, FORM_PATIENT})
_ID: Final = re.compile(r"(?P<form>[\w-]{1,80}) (?P<checklist>[\w-]{1,80}) (?P<regions>[\w-]{1,80}) (?P<language>en|es)", re.ASCII)
_SAYS: Final = re.compile(rf"{KEYWORD} (?P<id>.+) (?P<digest>[0-9a-f]{{16}})", re.ASCII)
_EXPECTED: Final = {FieldKind.TEXT: "text", FieldKind.LONG: "text", FieldKind.RADIO: "radio", FieldKind.CHECK: "check"}
_ACTIVE: Final = {"script": "form_script", "launch": "form_launch", "files": "form_files"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """What a filled form says.

    ``raw`` is a raw intake with the texts as the patient wrote them; ``paths`` are what it has values for, in reading order.
    ``empty`` are the lines and answers of one choice that it has and that nothing stands in. ``patient`` is the record number a
    pre-filled form carries. ``notes`` are codes of what is to be said about the whole file.
    """

    sha256: str
    version: str
    language: str
    patient: str | None
    raw: Mapping[str, Any]
    paths: tuple[str, ...]
    oddities: tuple[OddField, ...]
    notes: tuple[str, ...]
    empty: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of fields that no form has."""
        return tuple(each.name for each in self.oddities if each.code == "field_unknown")

    @property
    def unread(self) -> tuple[str, ...]:
        """The names of fields in which something stands that is not taken over."""
        return tuple(each.name for each in self.oddities if each.code == "field_unread")

    @property
    def altered(self) -> tuple[str, ...]:
        """The names of fields that are missing, of another kind, with other answers, or there twice."""
        return tuple(dict.fromkeys(each.name for each in self.oddities if each.code not in ("field_unknown", "field_unread")))


def read_form(pdf: bytes, definitions: Definitions, reader: FieldReader | None = None) -> FilledForm:
    """Return what a filled form says; with a ``reader`` that was prepared it comes sooner.

    Raises IntakeError: those of ``FieldReader.read``; ``form_not_ours``; ``form_empty`` when nothing is filled in. It takes a
    moment and needs no store: not for the window's thread.
    """
    return understand((reader or FieldReader()).read(pdf), definitions, sha256=hashlib.sha256(pdf).hexdigest())


def says_form(pdf: bytes) -> bool:
    """Tell whether a file calls itself a form of ours in plain bytes, even if it cannot be read."""
    plain = pdf.replace(b"\\055", b"-")  # as some programs write the sign
    return any(KEYWORD.encode(coding) in plain for coding in ("ascii", "utf-16-be"))


def understand(read: PdfFields, definitions: Definitions, *, sha256: str) -> FilledForm:
    """Return what the fields of a file mean. Raises IntakeError ``form_not_ours``, ``form_empty``."""
    found: dict[str, PdfField] = {}
    fields = [replace(each, name=name_from_file(each.name)) for each in read.fields]
    twice = [each for each in fields if found.setdefault(each.name, each) is not each]
    says = _SAYS.fullmatch(read.says)
    own = found[FORM_ID].value if FORM_ID in found else None
    named = _ID.fullmatch(own or "") or _ID.fullmatch(says["id"] if says else "")
    now = {each.name: each for each in form_fields(definitions)}
    asked, as_made = _asked(definitions, named, tuple(now))
    if named is None and len(found.keys() & now.keys()) < LEAST_KNOWN:
        raise IntakeError("form_not_ours")
    language = named["language"] if named else "en"
    reading = _Reading(definitions=definitions, words=_words(definitions, language))
    for each in now.values():
        if each.name in found:
            reading.take(each, found[each.name])
    gone = [name for name in asked if name not in now and name in found and _stands(found[name])]
    oddities = [
        *reading.oddities,
        *(OddField(name=name, code="field_unread", text=_shown(found[name])) for name in gone),
        *(OddField(name=name, code="field_missing") for name in asked if as_made and name not in found),
        *(_again(each, found[each.name]) for each in twice),
        *(_unknown(each) for name, each in found.items() if name not in _OURS and name not in now and name not in asked),
    ]
    if not reading.paths and not any(each.code == "field_unread" for each in oddities):
        raise IntakeError("form_empty")
    patient = _shown(found[FORM_PATIENT]).strip() if FORM_PATIENT in found else ""
    return FilledForm(
        sha256=sha256,
        version=" ".join(named.groups()[:3]) if named else "",
        language=language if named else "",
        patient=patient or None,
        raw=reading.raw(),
        paths=tuple(reading.paths),
        oddities=tuple(oddities),
        notes=tuple(_notes(read, definitions, named, says)),
        empty=tuple(reading.empty),
    )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What was taken over so far, in the order of the form; ``words`` are what written words stand for."""

    definitions: Definitions
    words: Mapping[tuple[str, str], str]
    values: dict[str, Any] = field(default_factory=dict)
    oddities: list[OddField] = field(default_factory=list)
    empty: list[str] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        return list(self.values)

    def take(self, known: FormField, found: PdfField) -> None:
        """Take over one field, and tell how it is not as it was made."""
        if found.kind != _EXPECTED[known.kind]:
            self._odd(known, "field_other_kind")
        elif _other_answers(known, found):
            self._odd(known, "field_other_answers")
        written = found.value
        if found.lost is not None:
            self._odd(known, "field_unread", found.lost)
            return
        if written is None or not written.strip():
            self.empty += [known.path] if known.kind is not FieldKind.CHECK else []
            return
        if known.kind is FieldKind.RADIO:
            self._pick(known, written.strip())
        elif known.kind is FieldKind.CHECK and found.kind in ("check", "radio"):
            self.values.setdefault(known.path, []).append(known.code)
        elif known.kind is FieldKind.CHECK:
            self._odd(known, "field_unread", written)
        else:
            self.values[known.path] = self._typed(known, written)

    def raw(self) -> dict[str, Any]:
        """Return everything as a raw intake."""
        raw: dict[str, Any] = {"patient": {}, "visit": {}, "answers": {}, DRAWING: []}
        for path, value in self.values.items():
            if path == DRAWING:
                pairs = (code.split(MARK, 1) for code in value)
                raw[DRAWING] = [{"region": region, "kind": kind} for region, kind in pairs]
            else:
                put(raw, path, value)
        return raw

    def _pick(self, known: FormField, code: str) -> None:
        if code not in {option.code for option in known.options}:
            self._odd(known, "field_unread", code)
        elif self._kind(known) is Kind.RATING:
            self.values[known.path] = int(code)
        else:
            self.values[known.path] = code

    def _typed(self, known: FormField, written: str) -> str | int:
        """Return a text as it was written; a word the form offers in the patient's language is the answer it stands for."""
        said = as_words(written)
        if code := self.words.get((known.path, said)):
            return code
        whole = self._kind(known) is Kind.NUMBER and said.isascii() and said.isdecimal() and len(said) <= NUMBER_LENGTH
        return int(said) if whole else written

    def _kind(self, known: FormField) -> Kind | None:
        if not known.path.startswith(ANSWERS):
            return None
        return self.definitions.checklist.question(known.path.removeprefix(ANSWERS)).kind

    def _odd(self, known: FormField, code: str, text: str = "") -> None:
        self.oddities.append(OddField(name=known.name, code=code, text=text))


def _asked(definitions: Definitions, named: re.Match[str] | None, now: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Return the names of the fields of the form a file says it is, and whether that form is known here as it was made."""
    if named is None:
        return now, False
    if named[0] == form_id(definitions, named["language"]):
        return now, True
    checklist = definitions.checklists.get(named["checklist"])
    regions = definitions.region_sets.get(named["regions"])
    then = replace(definitions, checklist=checklist or definitions.checklist, regions=regions or definitions.regions)
    known = checklist is not None and regions is not None and named["form"] == definitions.forms.version
    return tuple(each.name for each in form_fields(then)), known


def _notes(read: PdfFields, definitions: Definitions, named: re.Match[str] | None, says: re.Match[str] | None) -> Iterable[str]:
    """Yield what is to be said about the whole file."""
    if named is None:
        yield "form_unnamed"
    elif named[0] != form_id(definitions, named["language"]):
        same_form = named["form"] == definitions.forms.version
        yield "form_other_checklist" if same_form else "form_other_version"
    elif says is not None and says["digest"] != digest(definitions):
        yield "form_other_fields"
    yield from (_ACTIVE[each] for each in read.active if each in _ACTIVE)


def _other_answers(known: FormField, found: PdfField) -> bool:
    if known.kind is FieldKind.RADIO:
        return set(found.states) != {option.code for option in known.options}
    return known.kind is FieldKind.CHECK and len(found.states) != 1


def _unknown(found: PdfField) -> OddField:
    """Return a field that no form has, with what stands in it, unless it is a button to press."""
    text = _shown(found) if found.kind not in ("push", "signature") else ""
    return OddField(name=safe_name(found.name), code="field_unknown", text=text)


def _again(found: PdfField, first: PdfField) -> OddField:
    """Return a field that is there twice, with what stands in it if that is something else."""
    text = _shown(found)
    return OddField(name=safe_name(found.name), code="field_twice", text="" if text == _shown(first) else text)


def _stands(found: PdfField) -> bool:
    """Tell whether anything stands in a field, be it that it cannot be read."""
    return found.lost is not None or bool(found.value)


def _shown(found: PdfField) -> str:
    """Return what stands in a field, or what can be shown of it."""
    return (found.value if found.lost is None else found.lost) or ""


def _words(definitions: Definitions, language: str) -> dict[tuple[str, str], str]:
    """Return what each word that a question offers to write stands for, by path and word."""
    return {
        (question.path, as_words(word.text.in_language(language))): word.code
        for section in form_sections(definitions)
        for question in section.questions
        for word in question.words
    }
