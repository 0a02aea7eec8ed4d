"""Tries to get in that failed, kept beside the store: how many in a row, and which the audit has not been told of yet.

The file is nobody's secret and cannot be protected while the store is closed; it names logins of accounts, never what else was typed.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import filelock

from intake.errors import StoreError
from intake.placing import replace_file
from intake.reading import read_whole
from intake.security.throttle import wait_after

MOST_UNTOLD = 2_000
"""So many failed tries are kept one by one; further ones are counted."""
MOST_BYTES = 4_000_000
MOST_WORD = 200
"""Longer than any login or desk."""
LOCK_S = 10.0
YEARS = range(1970, 3000)
"""In which a try can have been, whatever the clock showed."""
ACTIONS, OUTCOMES = frozenset({"sign_in", "recover", "open_backup"}), frozenset({"refused", "too_soon"})
"""What is kept. The file can be written by others: nothing else that stands in it is told to the audit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """How often in a row a login failed, and when last."""

    count: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One failed try: ``login`` is "" for one that no account has; ``outcome`` is ``refused`` or ``too_soon``."""

    id: str
    at: datetime
    login: str
    workstation: str
    action: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """What the audit has not been told of: the tries, how many more there were, and whether the file could not be read."""

    tries: tuple[Try, ...] = ()
    more: int = 0
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    failures: dict[str, Failures]
    untold: Untold


class Tries:
    """The file of failed tries. Several programs may use it at once."""

    def __init__(self, path: Path) -> None:
        """Keep where the file is."""
        self._path = path
        self._lock = filelock.FileLock(f"{path}.lock", timeout=LOCK_S, mode=0o600)

    def failures(self, login: str) -> Failures:
        """Return the failures of a login in a row; unknown logins are counted together as ``""``."""
        return self._read().failures.get(login.casefold(), Failures())

    def wait_s(self, login: str, now: datetime) -> int:
        """Return how many seconds the next try must wait. Nobody waits longer because a clock was set back: it counts from now on then."""
        failures = self.failures(login)
        if failures.at is not None and failures.at > now:
            with self._changing() as kept:
                failures = replace(kept.failures.get(login.casefold(), failures), at=now)
                kept.failures[login.casefold()] = failures
        return wait_after(failures.count, since=failures.at, now=now)

    def fail(self, login: str, *, at: datetime) -> int:
        """Count one more failure and return how many it makes."""
        with self._changing() as kept:
            count = kept.failures.get(login.casefold(), Failures()).count + 1
            kept.failures[login.casefold()] = Failures(count=count, at=at)
        return count

    def begin(self, login: str, *, at: datetime) -> int:
        """Begin a try and return how many seconds it must wait; 0 when it may go on, and it is counted as a failure until it is taken back.

        Counted before the password is looked at, so that programs that try at once wait for each other.
        """
        if wait_s := self.wait_s(login, at):
            return wait_s
        with self._changing() as kept:
            name = login.casefold()
            before = kept.failures.get(name, Failures())
            wait_s = wait_after(before.count, since=before.at, now=at)
            if not wait_s:
                kept.failures[name] = Failures(count=before.count + 1, at=at)
        return wait_s

    def take_back(self, login: str, before: Failures) -> None:
        """Take back the failure that :meth:`begin` counted after ``before``: the password was right, though more may be asked."""
        with self._changing() as kept:
            name = login.casefold()
            counted = kept.failures.get(name, Failures())
            left = before if counted.count == before.count + 1 else replace(counted, count=counted.count - 1)
            kept.failures.pop(name, None)
            if left.count > 0:
                kept.failures[name] = left

    def keep(self, login: str, *, at: datetime, workstation: str, action: str, outcome: str) -> None:
        """Keep a try that the audit is told of when the store opens next."""
        with self._held():
            kept = self._read()
            untold = kept.untold
            if len(untold.tries) >= MOST_UNTOLD:
                untold = replace(untold, more=untold.more + 1)
            else:
                one = Try(
                    id=os.urandom(8).hex(),
                    at=at,
                    login=login[:MOST_WORD],
                    workstation=workstation[:MOST_WORD],
                    action=action,
                    outcome=outcome,
                )
                untold = replace(untold, tries=(*untold.tries, one))
            self._write(replace(kept, untold=untold))

    def untold(self) -> Untold:
        """Return what the audit has not been told of."""
        return self._read().untold

    @contextmanager
    def telling(self) -> Generator[Untold]:
        """Give what the audit has not been told of, and let go of it at the end; no other program tells it meanwhile."""
        with self._held():
            kept = self._read()
            yield kept.untold
            if kept.untold != Untold():
                self._write(replace(kept, untold=Untold()))

    def forget(self, login: str) -> None:
        """Begin counting a login anew."""
        if self.failures(login).count:
            with self._changing() as kept:
                kept.failures.pop(login.casefold(), None)

    @contextmanager
    def _changing(self) -> Generator[_Kept]:
        with self._held():
            kept = self._read()
            yield kept
            self._write(kept)

    @contextmanager
    def _held(self) -> Generator[None]:
        try:
            with self._lock:
                yield
        except filelock.Timeout as error:
            raise StoreError("store_busy") from error
        except OSError as error:
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise StoreError("disk_full" if full else "read_only_folder") from error

    def _read(self) -> _Kept:
        try:
            return _kept(json.loads(read_whole(self._path, MOST_BYTES)))
        except FileNotFoundError:
            return _Kept(failures={}, untold=Untold())
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
            return _Kept(failures={}, untold=Untold(damaged=True))

    def _write(self, kept: _Kept) -> None:
        content: dict[str, Any] = {
            "failures": {login: [each.count, _text(each.at)] for login, each in kept.failures.items()},
            "untold": [{**asdict(each), "at": _text(each.at)} for each in kept.untold.tries],
            "more": kept.untold.more,
            "damaged": kept.untold.damaged,
        }
        replace_file(self._path, json.dumps(content, ensure_ascii=False).encode())


def _kept(content: dict[str, Any]) -> _Kept:
    failures = {_word(login): Failures(count=_count(count), at=_instant(at)) for login, (count, at) in content["failures"].items()}
    names = ("id", "login", "workstation", "action", "outcome")
    tries = tuple(Try(at=_instant(each["at"]), **{name: _word(each[name]) for name in names}) for each in content["untold"])
    if not all(each.action in ACTIONS and each.outcome in OUTCOMES for each in tries):
        raise ValueError
    return _Kept(failures=failures, untold=Untold(tries=tries, more=_count(content["more"]), damaged=bool(content["damaged"])))


def _count(number: object) -> int:
    if not isinstance(number, int) or not 0 <= number < 1 << 31:
        raise ValueError
    return number


def _word(text: object) -> str:
    if not isinstance(text, str) or len(text) > MOST_WORD:
        raise ValueError
    text.encode()  # half a sign can stand in JSON and cannot be written again: a ValueError too
    return text


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text).astimezone(UTC)
    if found.year not in YEARS:  # no clock shows it, and nobody can reckon with it
        raise ValueError
    return found


def _text(at: datetime | None) -> str:
    return (at or datetime.fromtimestamp(0, UTC)).isoformat()
