"""What must never be in the repository: unfinished work, addresses of an index, silenced checks without a name."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve()
FOUND = [ROOT / "main.py", *(path for folder in ("intake", "ui", "tests") for path in (ROOT / folder).rglob("*.py"))]
SOURCES = sorted(set(FOUND) - {HERE})  # not this file: it has to spell what it looks for
NAMES = ("requirements.txt", "requirements-dev.txt")
LOCKS = [ROOT / name for name in NAMES]
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|not (?:yet )?implemented|NotImplementedError|pragma: no cover)\b")
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore|ruff:\s*noqa)(?P<code>:\s*[A-Z]+[0-9]+|\[[a-z-]+)?")
PINNED = re.compile(r"[a-z0-9-]+==\S+(?: ; .+)? \\")
MAY_SKIP = {
    ROOT / "tests/intake/printing/conftest.py",  # where no CUPS can be had, its tests are skipped by name
    ROOT / "tests/faults/conftest.py",  # where no C compiler can be had, so are those that fail the disk
}
SKIPPED = re.compile(r"pytest\.(?:skip|xfail|importorskip)|mark\.(?:skip|skipif|xfail)\b")


def comments(source: Path) -> Iterator[str]:
    """Yield each comment of a Python file."""
    for token in tokenize.generate_tokens(io.StringIO(source.read_text(encoding="utf-8")).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def named(path: Path) -> str:
    """Return a path as the name of a test's case."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_a_source_holds_no_unfinished_work(source: Path) -> None:
    """What is not done is not pretended."""
    assert UNFINISHED.findall(source.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_a_silenced_check_is_named(source: Path) -> None:
    """A bare silencer would hide the next mistake too."""
    silencers = [match for comment in comments(source) if (match := SILENCED.search(comment))]
    assert [match.string for match in silencers if not match["code"]] == []


@pytest.mark.parametrize("source", [each for each in SOURCES if each.is_relative_to(ROOT / "tests") and each not in MAY_SKIP], ids=named)
def test_no_test_is_skipped(source: Path) -> None:
    """A test that does not run proves nothing."""
    assert SKIPPED.findall(source.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_names_no_address(lock: Path) -> None:
    """Where packages come from is the business of the machine that installs them."""
    assert re.findall(r"https?:|file:|--\S*(?:index|find-links|trusted)\S*", lock.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("lock", LOCKS, ids=named)
def test_a_lock_pins_every_package_by_version_and_hash(lock: Path) -> None:
    """What was tried here is what is installed there, byte for byte."""
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))
    assert [entry for entry in entries if not PINNED.match(entry) or "--hash=sha256:" not in entry] == []


def test_both_locks_agree() -> None:
    """The checks run with the very versions the program runs with."""
    program, checks = (set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)) for name in NAMES)
    assert program - checks == set()
