"""The practice's own files: which there are, taking one in once all definitions load with it, and what was changed elsewhere.

Each lies in the folder of overrides, where the definitions are read from, and is kept whole in the store with its SHA-256. One that
differs from what is kept was changed outside the program: it is in use, and it is told.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from intake.definitions.bundle import Definitions, load_definitions
from intake.definitions.resource_files import LARGEST, most_bytes
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError, ResourceError
from intake.paths import RESOURCES, Paths
from intake.placing import replace_file, sync_folder
from intake.reading import read_whole
from intake.storage.faults import told
from intake.storage.rows import Change
from intake.storage.store import Store

State = Literal["shipped", "own", "changed", "gone", "unknown"]
FOLDERS: Final = ("checklists", "codes", "documents", "forms", "homecare", "labels", "letters", "pain", "prompts", "review")
LOGOS: Final = "letterhead"
MOST_BYTES: Final = LARGEST
_NAME: Final = re.compile(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.(?:toml|json)", re.ASCII)
_LOGO: Final = re.compile(rf"{LOGOS}/logo-[0-9a-f]{{8}}\.(?:png|jpg)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """A file of the definitions and how it stands.

    ``shipped``: as it comes with the program. ``own``: the practice's, as it was taken in ``by`` this person ``at`` this moment.
    ``changed``: in use, and not what was taken in. ``gone``: taken in, and no longer there. ``unknown``: in use, and never taken in.
    """

    name: str
    state: State
    by: str = ""
    at: datetime | None = None


def own_files(store: Store, actor: Actor) -> tuple[OwnFile, ...]:
    """Return every file of the definitions by name, those changed elsewhere among them."""
    actor.must(Task.MANAGE_PRACTICE)
    with store.reading():
        taken = {each.name: each for each in store.overrides.all()}
    there = _there(store.paths.overrides)
    found = []
    for name in sorted(_shipped() | taken.keys() | there.keys()):
        kept, digest = taken.get(name), there.get(name)
        if kept is None:
            found.append(OwnFile(name=name, state="shipped" if digest is None else "unknown"))
        else:
            state: State = "gone" if digest is None else "own" if digest == kept.sha256 else "changed"
            found.append(OwnFile(name=name, state=state, by=kept.by, at=kept.at))
    return tuple(found)


def changed_elsewhere(store: Store, actor: Actor, *, now: datetime) -> tuple[OwnFile, ...]:
    """Return the files that were changed outside the program, and record, once a sign-in, that the actor was told."""
    found = tuple(each for each in own_files(store, actor) if each.state in ("changed", "gone", "unknown"))
    if found and store.audit.tells(actor, f"files {[(each.name, each.state) for each in found]}"):
        with store.transaction():
            store.audit.add(actor, "file_changed_elsewhere", at=now, changes={each.name: ("own", each.state) for each in found})
    return found


def shipped_content(name: str) -> bytes:
    """Return a file as it comes with the program. Raises IntakeError ``file_not_shipped``."""
    if name not in _shipped():
        raise IntakeError("file_not_shipped", name=name)
    return (RESOURCES / name).read_bytes()


def content_in_use(store: Store, actor: Actor, name: str) -> bytes:
    """Return a file as it is in use: the practice's own, or as it comes with the program.

    Raises IntakeError ``file_not_shipped``, ``definition_too_large``.
    """
    actor.must(Task.MANAGE_PRACTICE)
    own = store.paths.overrides / refuse_name(name)
    if not own.is_file():
        return shipped_content(name)
    try:
        return read_whole(own, MOST_BYTES)
    except ValueError as error:
        raise IntakeError("definition_too_large") from error


def take_in(store: Store, actor: Actor, name: str, content: bytes, *, now: datetime) -> Definitions:
    """Put the practice's own file in the place of one that comes with the program, and return all definitions with it.

    Raises ResourceError (file, line, reason) when they do not load with it; nothing is changed then. IntakeError
    ``not_a_definition`` for a name no definition has, ``definition_too_large``.
    """
    actor.must(Task.MANAGE_PRACTICE)
    refuse_name(name)
    if len(content) > most_bytes(name):
        raise IntakeError("definition_too_large")
    definitions = tried(store.paths, {name: content})
    with store.transaction():
        told_of = put(store, actor, {name: content}, now=now)
        store.audit.add(actor, "take_in_file", at=now, changes=told_of)
    return definitions


def take_away(store: Store, actor: Actor, name: str, *, now: datetime) -> Definitions:
    """Use a file as it comes with the program again, and return the definitions.

    Raises ResourceError when they need the own one, IntakeError ``file_only_own`` for a version that does not come with the program:
    visits may have been recorded with it.
    """
    actor.must(Task.MANAGE_PRACTICE)
    with store.reading():
        if store.overrides.sha256(refuse_name(name)) is not None and name not in _shipped():
            raise IntakeError("file_only_own", name=name)
    definitions = tried(store.paths, {name: None})
    with store.transaction():
        told_of = put(store, actor, {name: None}, now=now)
        store.audit.add(actor, "take_file_away", at=now, changes=told_of)
    return definitions


def put_back(store: Store, actor: Actor, name: str, *, now: datetime) -> Definitions:
    """Put a file that was changed or removed elsewhere back as it was taken in. Raises ResourceError, IntakeError ``file_not_kept``."""
    actor.must(Task.MANAGE_PRACTICE)
    with store.reading():
        content = store.overrides.content(refuse_name(name))
    if content is None:
        raise IntakeError("file_not_kept", name=name)
    return take_in(store, actor, name, content, now=now)


def tried(paths: Paths, instead: Mapping[str, bytes | None]) -> Definitions:
    """Return the definitions as they would be with these files, None for one taken away. Raises ResourceError for the first broken.

    A rule that a chart would have to announce as refused is broken as well, unless it is refused already.
    """
    definitions = load_definitions(RESOURCES, paths.overrides, instead)
    if refused := definitions.prompts.refused:
        known = load_definitions(RESOURCES, paths.overrides).prompts.refused
        for each in refused:
            if each not in known:
                raise ResourceError(f"prompts/{definitions.prompts.version}.toml", each.line, f"{each.name}: {each.reason}")
    return definitions


def put(store: Store, actor: Actor, files: Mapping[str, bytes | None], *, now: datetime) -> dict[str, Change]:
    """Write files, or take them away, inside the caller's transaction, and return old and new SHA-256 of each.

    Each is whole or as it was. Should the machine stop before the store has the change too, the file is told as changed elsewhere.
    """
    changes: dict[str, Change] = {}
    for name, content in files.items():
        digest = None if content is None else hashlib.sha256(content).hexdigest()
        changes[name] = (store.overrides.sha256(name) or _digest(store.paths.overrides / name), digest)
        with told():
            if content is None:
                store.overrides.remove(name)
                _remove(store.paths.overrides / name)
            else:
                store.overrides.put(name, content, sha256=digest or "", staff_id=actor.staff.id, at=now)
                (store.paths.overrides / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                replace_file(store.paths.overrides / name, content)
    return changes


def refuse_changed(store: Store, name: str) -> None:
    """Raise IntakeError ``file_changed_elsewhere`` when a file is not as it was taken in: nobody's change is taken over unseen."""
    digest = _digest(store.paths.overrides / name)
    if digest != store.overrides.sha256(name):
        raise IntakeError("file_changed_elsewhere", name=name)


def refuse_name(name: str) -> str:
    """Return the name of a definition. Raises IntakeError ``not_a_definition``."""
    if _LOGO.fullmatch(name):
        return name
    folder, _, last = name.rpartition("/")
    known = folder in FOLDERS or (not folder and last in ("practice.toml", "locations.toml"))
    if not _NAME.fullmatch(name) or not known:
        raise IntakeError("not_a_definition", name=Path(name).name[:80])
    return name


def _shipped() -> set[str]:
    """Return the names of the files that come with the program and may have a practice's own in their place."""
    found = (path.relative_to(RESOURCES).as_posix() for folder in ("", *FOLDERS) for path in (RESOURCES / folder).glob("*.*"))
    return {name for name in found if _NAME.fullmatch(name)}


def _there(overrides: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in the folder of overrides, by name."""
    with told():
        files = [path for path in overrides.rglob("*") if path.is_file() and not path.name.endswith(".new")] if overrides.exists() else []
        return {_named(path.relative_to(overrides)): _digest(path) or "" for path in files}


def _named(path: Path) -> str:
    """Return a name that can be kept and shown: what is no text in it is written out."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def _digest(path: Path) -> str | None:
    """Return the SHA-256 of a file, None when there is none, "" for one that is larger than any can be: it is no file of ours."""
    if not path.is_file():
        return None
    try:
        return hashlib.sha256(read_whole(path, MOST_BYTES)).hexdigest()
    except ValueError:
        return ""


def _remove(path: Path) -> None:
    if path.exists():
        path.unlink()
        sync_folder(path.parent)
