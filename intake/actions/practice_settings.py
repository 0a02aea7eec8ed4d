"""The practice and its clinics as an administrator changes them: kept as the practice's own files, every field recorded old and new."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

import tomlkit

from intake.actions.overrides import LOGOS, put, refuse_changed, tried
from intake.definitions.bundle import Definitions
from intake.definitions.logo import read_logo
from intake.definitions.practice import LOCATIONS_FILE, PRACTICE_FILE
from intake.definitions.resource_files import ResourceFiles
from intake.domain.staff import Actor, Task
from intake.entry.phones import read_phone, show_phone
from intake.entry.tidy import has_control, tidy_line
from intake.errors import ConflictError, IntakeError, InvalidInputError, Problem
from intake.paths import RESOURCES
from intake.storage.rows import Change
from intake.storage.store import Store

MOST_NAME: Final = 50
MOST_LINE: Final = 80
MOST_LINES: Final = 3
_DIGITS_OF_ZIP: Final = 5
_LETTERS_OF_STATE: Final = 2
_REQUIRED: Final = ("line1", "city")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeForm:
    """What is typed of the practice: its name, the lines under it, the picture of its logo, None for none.

    ``begun`` is the state of the file that the form was filled from.
    """

    name: str
    lines: tuple[str, ...] = ()
    logo: bytes | None = None
    begun: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicForm:
    """What is typed of one clinic. What is empty is not told on paper. ``begun`` as of the practice's form."""

    line1: str
    suite: str = ""
    city: str
    state: str
    zip_code: str
    phone: str = ""
    fax: str = ""
    hours: str = ""
    active: bool = True
    begun: str = ""


def practice_form(store: Store, actor: Actor) -> PracticeForm:
    """Return the practice as it stands in its file."""
    actor.must(Task.MANAGE_PRACTICE)
    files = _files(store)
    text = files.text(PRACTICE_FILE)
    kept = tomlkit.parse(text).unwrap()
    logo = files.content(kept["logo"]) if "logo" in kept else None
    return PracticeForm(name=kept["name"], lines=tuple(kept.get("lines", ())), logo=logo, begun=_state(text))


def clinic_form(store: Store, actor: Actor, key: str) -> ClinicForm:
    """Return a clinic as it stands in its file. Raises IntakeError ``clinic_not_found``."""
    actor.must(Task.MANAGE_PRACTICE)
    text = _files(store).text(LOCATIONS_FILE)
    part = _clinic(tomlkit.parse(text).unwrap(), key)
    told = {field.name: part.get(field.name, "") for field in fields(ClinicForm) if field.name not in ("active", "begun")}
    return ClinicForm(**told, active=part.get("active", False), begun=_state(text))


def sound_practice(form: PracticeForm) -> PracticeForm:
    """Return what is typed as it is kept. Raises InvalidInputError with every problem by field: ``name``, ``lines``, ``logo``."""
    lines = tuple(tidy for line in form.lines if (tidy := tidy_line(line)))
    problems = [*_line_problems("name", form.name, most=MOST_NAME, required=True)]
    problems += [problem for line in lines for problem in _line_problems("lines", line, most=MOST_LINE)][:1]
    if len(lines) > MOST_LINES:
        problems.append(Problem(field="lines", code="too_many_lines"))
    try:
        if form.logo is not None:
            read_logo(form.logo)
    except IntakeError as error:
        problems.append(Problem(field="logo", code=error.code))
    if problems:
        raise InvalidInputError(tuple(problems))
    return PracticeForm(name=tidy_line(form.name), lines=lines, logo=form.logo, begun=form.begun)


def sound_clinic(form: ClinicForm) -> ClinicForm:
    """Return what is typed as it is kept, phones as people write them. Raises InvalidInputError with every problem by field."""
    problems: list[Problem] = []
    told: dict[str, str] = {}
    for name in ("line1", "suite", "city", "hours"):
        told[name] = tidy_line(getattr(form, name))
        problems += _line_problems(name, told[name], most=MOST_LINE, required=name in _REQUIRED)
    told["state"], told["zip_code"] = tidy_line(form.state).upper(), tidy_line(form.zip_code)
    if not (len(told["state"]) == _LETTERS_OF_STATE and told["state"].isascii() and told["state"].isalpha()):
        problems.append(Problem(field="state", code="state_two_letters"))
    if not (len(told["zip_code"]) == _DIGITS_OF_ZIP and told["zip_code"].isascii() and told["zip_code"].isdigit()):
        problems.append(Problem(field="zip_code", code="zip_five_digits"))
    for name in ("phone", "fax"):
        read = read_phone(typed) if (typed := tidy_line(getattr(form, name))) else None
        told[name] = show_phone(read.value) if read and read.value else ""
        if read is not None and read.value is None:
            problems.append(Problem(field=name, code=read.code or "not_a_phone"))
    if problems:
        raise InvalidInputError(tuple(problems))
    return ClinicForm(**told, active=form.active, begun=form.begun)


def change_practice(store: Store, actor: Actor, form: PracticeForm, *, now: datetime) -> Definitions:
    """Keep what is typed of the practice and return all definitions with it; papers that left stay as they left.

    Raises InvalidInputError by field, ConflictError ``settings_changed`` when another desk was quicker, IntakeError
    ``file_changed_elsewhere``, ResourceError when the definitions do not load with it.
    """
    actor.must(Task.MANAGE_PRACTICE)
    before, sound = practice_form(store, actor), sound_practice(form)
    files: dict[str, bytes | None] = {}
    logo = _logo_name(sound.logo)

    def edit(document: tomlkit.TOMLDocument) -> None:
        document["name"] = sound.name
        _put(document, "lines", list(sound.lines))
        _put(document, "logo", logo)

    changes = _changes(before, sound, ("name", "lines", "logo"))
    if logo and sound.logo is not None:
        files[logo] = sound.logo
    old = _logo_name(before.logo)
    if old and old != logo:
        files[old] = None
    kept = _Kept(begun=form.begun, files=files, changes=changes, action="change_practice")
    return _change(store, actor, PRACTICE_FILE, edit, kept, now=now)


def change_clinic(store: Store, actor: Actor, key: str, form: ClinicForm, *, now: datetime) -> Definitions:
    """Keep what is typed of a clinic and return all definitions with it. Raises as ``change_practice``.

    The last clinic that takes visits cannot be closed: InvalidInputError ``last_active_clinic`` for ``active``.
    """
    actor.must(Task.MANAGE_PRACTICE)
    before, sound = clinic_form(store, actor, key), sound_clinic(form)
    others = [part for part in tomlkit.parse(_files(store).text(LOCATIONS_FILE)).unwrap()["location"] if part["key"] != key]
    if not sound.active and not any(part.get("active") for part in others):
        raise InvalidInputError((Problem(field="active", code="last_active_clinic"),))

    def edit(document: tomlkit.TOMLDocument) -> None:
        part = _clinic(document, key)
        for name in ("line1", "city", "state", "zip_code", "active"):
            part[name] = getattr(sound, name)
        for name in ("suite", "phone", "fax", "hours"):
            _put(part, name, getattr(sound, name))

    names = tuple(field.name for field in fields(ClinicForm) if field.name != "begun")
    changes = {f"{key}.{name}": change for name, change in _changes(before, sound, names).items()}
    kept = _Kept(begun=form.begun, files={}, changes=changes, action="change_clinic")
    return _change(store, actor, LOCATIONS_FILE, edit, kept, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What goes with a change: the state it began from, other files, the fields for the audit, and what it is called there."""

    begun: str
    files: Mapping[str, bytes | None]
    changes: Mapping[str, Change]
    action: str


def _change(
    store: Store, actor: Actor, name: str, edit: Callable[[tomlkit.TOMLDocument], None], kept: _Kept, *, now: datetime
) -> Definitions:  # fmt: skip
    """Edit one file, its comments kept, try all definitions with it, and keep it with its audit entry."""
    with store.transaction():
        refuse_changed(store, name)
        text = _files(store).text(name)
        if kept.begun and kept.begun != _state(text):
            raise ConflictError("settings_changed")
        document = tomlkit.parse(text)
        edit(document)
        files = {**kept.files, name: tomlkit.dumps(document).encode()} if kept.changes else {}
        definitions = tried(store.paths, files)
        if files:
            put(store, actor, dict(sorted(files.items(), key=lambda item: item[1] is None)), now=now)
            store.audit.add(actor, kept.action, at=now, changes=kept.changes)
    return definitions


def _put(table: Any, name: str, value: object) -> None:
    """Set a value; an empty one takes the name away."""
    if value:
        table[name] = value
    else:
        table.pop(name, None)


def _clinic(document: Mapping[str, Any], key: str) -> Any:
    for part in document["location"]:
        if part["key"] == key:
            return part
    raise IntakeError("clinic_not_found")


def _changes(before: object, after: object, names: tuple[str, ...]) -> dict[str, Change]:
    """Return old and new of each field that differs, in words; of a picture its SHA-256."""
    pairs = {name: (_words(getattr(before, name)), _words(getattr(after, name))) for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _words(value: object) -> str | None:
    match value:
        case bytes():
            return hashlib.sha256(value).hexdigest()
        case tuple():
            return " | ".join(value) or None
        case bool():
            return "yes" if value else "no"
        case _:
            return str(value) if value else None


def _line_problems(field: str, text: str, *, most: int, required: bool = False) -> list[Problem]:
    tidy = tidy_line(text)
    code = "required" if required and not tidy else "control_characters" if has_control(tidy, lines=False) else None
    code = code or ("too_long" if len(tidy) > most else None)
    return [Problem(field=field, code=code)] if code else []


def _logo_name(content: bytes | None) -> str | None:
    if content is None:
        return None
    kind = "png" if content.startswith(b"\x89PNG") else "jpg"
    return f"{LOGOS}/logo-{hashlib.sha256(content).hexdigest()[:8]}.{kind}"


def _files(store: Store) -> ResourceFiles:
    return ResourceFiles(root=RESOURCES, overrides=store.paths.overrides)


def _state(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
