"""Files that were bent, and what became of reading them: read, refused with a code, or something that must not be."""

from __future__ import annotations

import json
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from intake.errors import IntakeError

LONGEST_S = 2.0
"""Of work, whatever else the machine does meanwhile."""
READ = "read"
STRUCTURED = 0.7
"""The share of files of JSON that are bent value by value."""
Reader = Callable[[bytes], str]
TOKENS = (
    b"", b"\0", b"\xff", b"\xed\xa0\x80", b"<<<<", b"[[[[", b"{{", b"}", b'"', b"\\", b"\\ud800", b"null", b"true", b"-1", b"1e999",
    b"999999999999999999999", b"0001-01-01", b"9999-12-31T23:59:59-23:59", b"[]", b"{}", b'""', b"=1+1", b"%s%n", b"../..", b"\n", b" R >",
)  # fmt: skip


class HangError(Exception):
    """Reading took longer than it may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Something that reads files. ``read`` returns :data:`READ` or a word of its own, raises IntakeError, or is at fault.

    Files of ``json`` are bent as bytes and, more often, value by value, so that they are still JSON.
    """

    name: str
    seeds: Sequence[bytes]
    read: Reader
    json: bool = False


@dataclass(slots=True, kw_only=True)
class Fuzzed:
    """What so many bent files came to: how each was answered, what was at fault (with the file), and the longest work in seconds."""

    name: str
    answers: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, bytes]] = field(default_factory=list)
    longest_s: float = 0.0

    @property
    def cases(self) -> int:
        """How many files were read."""
        return self.answers.total()


def bent(seed: bytes, chance: random.Random) -> bytes:
    """Return a file with bytes changed, taken out, doubled, pasted or cut off."""
    made = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 4, 20))):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 2, 8, 60, 500))
        match chance.randrange(6):
            case 0:
                made[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length]
            case 3:
                made[at : at + length] = chance.choice(TOKENS)
            case 4:
                other = chance.randrange(len(made) + 1)
                made[at : at + length] = made[other : other + length]
            case _:
                del made[at if chance.random() < 0.1 else max(0, len(made) - length) :]
    return bytes(made)


ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1 << 40, 10**400, 1e308, 0.5, "", "x", "\ud800", "\0", "9" * 5000, "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00", "2026-11-22", "ff" * 32, [], {}, [[]], [None], {"": {}}, ["x"] * 50,
)  # fmt: skip


def bent_json(seed: bytes, chance: random.Random) -> bytes:
    """Return a file of JSON in which values were exchanged, or names were."""
    whole = json.loads(seed)
    for _ in range(chance.choice((1, 1, 2, 5))):
        holders = [whole]
        for each in holders:
            inner = each.values() if isinstance(each, dict) else each
            holders += [part for part in inner if isinstance(part, dict | list)]
        holder = chance.choice(holders)
        odd = json.loads(json.dumps(chance.choice(ODD)))
        if isinstance(holder, dict):
            holder[chance.choice([*holder, "new"])] = odd
        else:
            holder.insert(chance.randrange(len(holder) + 1), odd)
    return json.dumps(whole).encode()


def fuzz(target: Target, count: int, seed: int) -> Fuzzed:
    """Read so many bent files."""
    chance = random.Random(f"{target.name} {seed}")
    found = Fuzzed(name=target.name)
    for _ in range(count):
        bend = bent_json if target.json and chance.random() < STRUCTURED else bent
        content = bend(chance.choice(target.seeds), chance)
        begun = time.process_time()
        try:
            with bounded():
                answer = target.read(content)
        except IntakeError as error:
            answer = error.code
        except Exception as error:  # noqa: BLE001 - whatever else comes out is what is looked for
            answer = f"{type(error).__name__}: {error}"
            found.faults.append((answer, content))
        found.longest_s = max(found.longest_s, time.process_time() - begun)
        found.answers[answer] += 1
    return found


@contextmanager
def bounded() -> Iterator[None]:
    """End what works longer than it may."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
