"""The anchor: the audit's last link, written outside the store, so that a store whose end was cut off or that is an older one shows.

Two files hold it: one beside the store, one in this person's own folder of program states. Each has two slots of fixed size,
written in turn and in place after a commit that is on disk, and keyed with the audit's key: a slot that a power cut tore is told
from one that holds, and the other one still does. The anchor may lag behind the store, and never lies ahead of it. It is never
moved over a past that it does not know: an older store that goes on being written leaves it where it was, for the check to find.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from intake.domain.audit import Finding, Link
from intake.paths import Paths
from intake.placing import replace_file
from intake.reading import read_start
from intake.storage.driver import DriverError
from intake.storage.faults import told

if TYPE_CHECKING:
    from intake.domain.staff import Actor
    from intake.storage.store import Store

log = logging.getLogger(__name__)
HEAD: Final = b"Intake Desk: the last link of its audit. Leave this file where it is; the check of the store reads it.\n"
SLOTS: Final = 2
_LINE_SIGNS: Final = 8
_SLOT: Final = "{line} {seq:012d} {hash} {mac}\n"
SLOT_BYTES: Final = 8 + 1 + 12 + 1 + 64 + 1 + 64 + 1
MOST_BYTES: Final = 100_000
Place = Literal["data", "desk"]
HashAt = Callable[[int], bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one file holds: the name of its line, and the last link; ``slot`` is which of the two slots."""

    line: str
    link: Link
    slot: int


Noted = Mark | Literal["missing", "altered"]


class Anchor:
    """The files of one store's anchor. With ``writes`` false it is only read: of a store that is being made, or read beside another."""

    def __init__(self, key: bytes, files: Sequence[tuple[Place, Path]], *, writes: bool = True) -> None:
        """Key every line with the audit's ``key``."""
        self._key = key
        self._files = tuple(files)
        self._writes = writes
        self._known: dict[Path, Link] = {}
        self._failed = False

    def keep(self, link: Link, hash_at: HashAt) -> None:
        """Write down a link that is on disk; ``hash_at`` tells an entry's hash. A file that cannot be written is left for the check."""
        for _, path in self._files if self._writes else ():
            try:
                self._keep(path, link, hash_at)
            except (OSError, ValueError, DriverError):  # the commit stands, whatever becomes of this
                if not self._failed:
                    log.warning("the anchor of the audit was not written")
                self._failed = True

    def _keep(self, path: Path, link: Link, hash_at: HashAt) -> None:
        try:
            mark = _latest(_marks(self._key, read_start(path, MOST_BYTES)))
            if mark is None or not self._follows(path, mark, link, hash_at):
                return
            with path.open("r+b", buffering=0) as file:
                slot = (mark.slot + 1) % SLOTS
                file.seek(len(HEAD) + slot * SLOT_BYTES)
                file.write(self._slot(mark.line, link))
        except FileNotFoundError:
            self._write_new(path, secrets.token_hex(_LINE_SIGNS // 2), link, b"")
        self._known[path] = link

    def _follows(self, path: Path, mark: Mark, link: Link, hash_at: HashAt) -> bool:
        """Tell whether the link comes after the one that is noted, in the same past."""
        if mark.link.seq >= link.seq:
            return False
        return self._known.get(path) == mark.link or mark.link.fits(hash_at(mark.link.seq))

    def marks(self) -> Iterator[tuple[Place, Noted]]:
        """Yield of each file what it holds, or what is wrong with it."""
        for place, path in self._files:
            try:
                content = read_start(path, MOST_BYTES)
            except FileNotFoundError:
                yield place, "missing"
                continue
            except (OSError, ValueError):
                content = b""
            yield place, _latest(_marks(self._key, content)) or "altered"

    def line(self) -> str | None:
        """Return the name of the line beside the store, None when there is none that holds."""
        return next((mark.line for place, mark in self.marks() if place == "data" and isinstance(mark, Mark)), None)

    def begin(self, line: str, link: Link, at: datetime, before: str) -> None:
        """Begin a new line in every file: ``before`` tells what it replaces, kept below the slots with what was replaced before it."""
        for _, path in self._files:
            with told():
                kept = _history(path)
                text = f"{at.isoformat(timespec='seconds')} {line} begins at {link.text()} instead of {before}"
                said = f"{text} {self._mac(text)}\n".encode()
                self._write_new(path, line, link, kept + said)
            self._known[path] = link

    def _write_new(self, path: Path, line: str, link: Link, history: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(path, HEAD + self._slot(line, link) * SLOTS + history)

    def _slot(self, line: str, link: Link) -> bytes:
        return _SLOT.format(line=line, seq=link.seq, hash=link.hash.hex(), mac=self._mac(_said(line, link))).encode()

    def _mac(self, text: str) -> str:
        return _mac(self._key, text)


def anchor_files(paths: Paths, key: bytes) -> tuple[tuple[Place, Path], ...]:
    """Return where the anchor of a data folder is kept; the file away from it is named by the folder, for who has the key only."""
    name = _mac(key, f"anchor of {paths.data}")[:32]
    return (("data", paths.data / "audit-anchor.txt"), ("desk", paths.state / "anchors" / f"{name}.txt"))


def begin_new_line(store: Store, actor: Actor | None, *, why: str, now: datetime, workstation: str = "") -> None:
    """Have the anchor hold this store from now on, whatever it held before; told in the audit with what it replaces.

    For a restore, as the last thing, once the restored store is in place and open; and for an administrator who looked into
    what the check found. Without an ``actor`` name the ``workstation``. If the program ends within, the check goes on finding
    that the anchor and the store differ, and this is to be done again. Raises StoreError when a file cannot be written.
    """
    line = secrets.token_hex(_LINE_SIGNS // 2)
    noted = ((place, mark.link.text() if isinstance(mark, Mark) else mark) for place, mark in store.anchor.marks())
    before = " ".join(f"{place} {text}" for place, text in noted)
    with store.transaction():
        changes = {"anchor": (store.anchor.line(), line), "replaced": (before, None)}
        store.audit.add(actor, "begin_anchor_line", at=now, reason=why, changes=changes, workstation=workstation)
    with store.reading():
        last = store.audit.last()
    if last is not None:
        store.anchor.begin(line, last, now, before)


def anchor_findings(store: Store, marks: Iterable[tuple[Place, Noted]]) -> Iterator[Finding]:
    """Yield what the anchor tells against the store.

    The ``marks`` are to be read before the store's state is: then others may go on writing. A file away from the store that is
    missing tells nothing, for a new desk has none.
    """
    last = store.audit.last()
    line = store.audit.anchor_line()
    for place, mark in marks:
        if mark == "altered":
            yield Finding(code="anchor_altered", place=place)
        elif mark == "missing":
            if place == "data" and line is not None:
                yield Finding(code="anchor_missing", place=place)
        elif (found := link_finding(store, mark.link, last)) is not None:
            yield found
        elif place == "data" and line is not None and mark.line != line:
            yield Finding(code="anchor_begun_anew", place=place)


def link_finding(store: Store, link: Link, last: Link | None) -> Finding | None:
    """Return what a link from outside tells against the store whose last link is given, None when the store has it."""
    held = last.seq if last else 0
    if link.seq > held:
        return Finding(code="audit_cut", place=f"{held + 1}-{link.seq}")
    return None if link.fits(store.audit.hash_at(link.seq)) else Finding(code="another_past", place=str(link.seq))


def _marks(key: bytes, content: bytes) -> Iterator[Mark]:
    for slot in range(SLOTS):
        at = len(HEAD) + slot * SLOT_BYTES
        mark = _mark(key, content[at : at + SLOT_BYTES], slot)
        if mark is not None:
            yield mark


def _mark(key: bytes, content: bytes, slot: int) -> Mark | None:
    try:
        line, seq, found, mac = content.decode("ascii").split()
        link = Link(seq=int(seq), hash=bytes.fromhex(found))
    except ValueError:
        return None
    return Mark(line=line, link=link, slot=slot) if hmac.compare_digest(mac, _mac(key, _said(line, link))) else None


def _latest(marks: Iterator[Mark]) -> Mark | None:
    return max(marks, key=lambda mark: mark.link.seq, default=None)


def _history(path: Path) -> bytes:
    try:
        return read_start(path, MOST_BYTES)[len(HEAD) + SLOTS * SLOT_BYTES :]
    except (FileNotFoundError, ValueError):
        return b""


def _said(line: str, link: Link) -> str:
    return f"{line} {link.seq} {link.hash.hex()}"


def _mac(key: bytes, text: str) -> str:
    return hmac.digest(key, f"anchor {text}".encode(), hashlib.sha256).hex()
