"""What a person typed to get in, and what opens anything, is in no object's repr: that ends up in logs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.actions.new_key import Typed

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for folder in ("intake", "ui") for path in (ROOT / folder).rglob("*.py"))
SECRET = re.compile(r"password|secret|recovery_key|private|half\b|wrapped")
BESIDE_PASSWORDS = re.compile(r"\bcode\b|\bkey\b")
"""What is a secret in a class that has a password too; elsewhere it names something."""


def shown_secrets(source: str) -> Iterator[str]:
    """Yield class and field of each secret that the repr of a dataclass shows."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ClassDef) or "dataclass" not in (made := " ".join(map(ast.unparse, node.decorator_list))):
            continue
        fields = {ast.unparse(each.target): ast.unparse(each) for each in node.body if isinstance(each, ast.AnnAssign)}
        typed = any("password" in name for name in fields)
        secret = {name for name in fields if SECRET.search(name) or (typed and BESIDE_PASSWORDS.search(name))}
        if "repr=False" not in made:
            yield from (f"{node.name}.{name}" for name in sorted(secret) if "repr=False" not in fields[name])


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_secret_is_in_a_repr(source: Path) -> None:
    """Neither a field nor its class may show it."""
    assert list(shown_secrets(source.read_text(encoding="utf-8"))) == []


def test_what_was_typed_for_a_new_key_is_not_shown() -> None:
    """Neither the password nor the code."""
    assert repr(Typed(login="alex", password="seven sample ponies", code="123456")) == "Typed(login='alex')"


def test_a_secret_that_is_shown_is_found() -> None:
    """Beside a password also a code."""
    shown = "@dataclass(frozen=True)\nclass Typed:\n    login: str\n    password: str\n    code: str = ''\n"
    assert list(shown_secrets(shown)) == ["Typed.code", "Typed.password"]
    assert list(shown_secrets(shown.replace("frozen=True", "repr=False"))) == []
