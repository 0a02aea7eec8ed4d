"""What a disk holds after its power was cut, made out of the journal of everything that was asked of it before.

The model is the strictest that POSIX allows: what was written and not followed by an fsync of that file may be lost, each sector of
512 bytes for itself and in any order; a name that was made, changed or taken away may be lost until its folder was given an fsync.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HEAD = struct.Struct("<cQqII")
SECTOR = 512
SAID = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One record of the journal: what was done to which inode, where, with which bytes or names."""

    what: str
    inode: int
    place: int
    first: bytes
    second: str


def read_journal(path: Path) -> list[Step]:
    """Return every record, in order."""
    content = memoryview(path.read_bytes())
    steps, at = [], 0
    while at < len(content):
        what, inode, place, first, second = HEAD.unpack_from(content, at)
        at += HEAD.size
        one, two = bytes(content[at : at + first]), bytes(content[at + first : at + first + second])
        at += first + second
        steps.append(Step(what=what.decode(), inode=inode, place=place, first=one, second=two.decode()))
    return steps


def said_by(steps: Iterable[Step]) -> list[str]:
    """Return the whole lines that the program had said."""
    return b"".join(step.first for step in steps if step.what == SAID).decode().split("\n")[:-1]


@dataclass(slots=True, kw_only=True)
class File:
    """A file: what is on the disk for sure, and what was written since."""

    sure: bytearray
    loose: list[Step] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Folder:
    """A folder: the names that are on the disk for sure, and how they were changed since: each name with what it became."""

    sure: dict[str, File | Folder] = field(default_factory=dict)
    loose: list[dict[str, File | Folder | None]] = field(default_factory=list)


class Disk:
    """A folder as a disk keeps it, from a moment at which all of it was on the disk."""

    def __init__(self, folder: Path) -> None:
        """Begin with what is in a folder now."""
        self._folder = folder
        found = sorted(folder.rglob("*"))
        self._begin = [(path, path.stat().st_ino, None if path.is_dir() else path.read_bytes()) for path in found]
        self._files: dict[int, File] = {}
        self._now: dict[str, File | Folder] = {}

    def cut(self, steps: Iterable[Step], target: Path, chance: random.Random) -> None:
        """Write into another folder what is left when the power is cut after these steps."""
        self._reset()
        for step in steps:
            self._take(step)
        top = self._now[str(self._folder)]
        survives, named = (chance.choice((0.0, 1.0, 0.5, chance.random())) for _ in range(2))
        _Rest(survives=survives, named=named, chance=chance).lay(top, target)

    def _reset(self) -> None:
        self._files = {}
        self._now = {str(self._folder): Folder()}
        for path, inode, content in self._begin:
            each = Folder() if content is None else self._files.setdefault(inode, File(sure=bytearray(content)))
            self._now[str(path)] = each
            self._parent(str(path)).sure[path.name] = each

    def _parent(self, path: str) -> Folder:
        found = self._now[path.rpartition("/")[0]]
        assert isinstance(found, Folder)
        return found

    def _take(self, step: Step) -> None:
        """Follow one step."""
        if step.what in "WT":
            self._file(step).loose.append(step)
        elif step.what == "S":
            file = self._file(step)
            for each in file.loose:
                put(file.sure, each)
            file.loose.clear()
        elif step.what == "D":
            folder = self._now[step.first.decode()]
            assert isinstance(folder, Folder)
            for change in folder.loose:
                apply(folder.sure, change)
            folder.loose.clear()
        elif step.what != SAID:
            self._name(step)

    def _file(self, step: Step) -> File:
        return self._files.setdefault(step.inode, File(sure=bytearray()))

    def _name(self, step: Step) -> None:
        """Follow a change of names."""
        one = step.first.decode()
        if step.what == "R":
            self._rename(one, step.second)
            return
        path = step.second or one
        if step.what == "C":
            self._files[step.inode] = File(sure=bytearray())  # the number may be that of a file that is gone
        became = None if step.what == "U" else Folder() if step.what == "M" else self._file(step)
        self._parent(path).loose.append({path.rpartition("/")[2]: became})
        if became is None:
            self._now.pop(path, None)
        else:
            self._now[path] = became

    def _rename(self, one: str, two: str) -> None:
        moved = self._now.pop(one, None)
        if moved is None:
            return
        before, after = self._parent(one), self._parent(two)
        gone, come = {one.rpartition("/")[2]: None}, {two.rpartition("/")[2]: moved}
        if before is after:
            before.loose.append({**gone, **come})
        else:
            before.loose.append({**gone})
            after.loose.append({**come})
        self._now[two] = moved
        for path in [each for each in self._now if each.startswith(f"{one}/")]:
            self._now[two + path.removeprefix(one)] = self._now.pop(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rest:
    """Lays out what is left: every piece that is not sure survives with these likelihoods, of contents and of names."""

    survives: float
    named: float
    chance: random.Random

    def lay(self, each: File | Folder, place: Path) -> None:
        """Lay out a file or a folder and all in it."""
        if isinstance(each, File):
            place.write_bytes(left_of(each, 1.0 if outside(str(place)) else self.survives, self.chance))
            place.chmod(0o600)
            return
        place.mkdir(mode=0o700, exist_ok=True)
        names = dict(each.sure)
        for change in each.loose:
            if outside(f"{place}/") or self.chance.random() < self.named:
                apply(names, change)
        for name, inner in sorted(names.items()):
            self.lay(inner, place / name)


def apply(names: dict[str, File | Folder], change: dict[str, File | Folder | None]) -> None:
    """Have a change of names done."""
    for name, became in change.items():
        if became is None:
            names.pop(name, None)
        else:
            names[name] = became


def outside(path: str) -> bool:
    """Tell whether a file is none of this program's own: a print queue looks after itself."""
    return "/queue/" in path


def left_of(file: File, survives: float, chance: random.Random) -> bytes:
    """Return what is left of a file of which each sector that is not sure survives with this likelihood."""
    content = bytearray(file.sure)
    for step in file.loose:
        for piece in pieces(step):
            if chance.random() < survives:
                put(content, piece)
    return bytes(content)


def pieces(step: Step) -> Iterator[Step]:
    """Yield the sectors of a write; a change of size is one piece."""
    if step.what == "T":
        yield step
        return
    at, end = step.place, step.place + len(step.first)
    while at < end:
        till = min(end, (at // SECTOR + 1) * SECTOR)
        yield Step(what="W", inode=step.inode, place=at, first=step.first[at - step.place : till - step.place], second="")
        at = till


def put(content: bytearray, step: Step) -> None:
    """Do a write or a change of size."""
    end = step.place + len(step.first)
    if step.what == "T":
        del content[step.place :]
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[step.place : end] = step.first
