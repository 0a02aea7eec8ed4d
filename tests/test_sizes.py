"""Files and functions stay small enough to be read in one go."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 299
LONGEST_FUNCTION = 39
SOURCES = [ROOT / "main.py", *sorted(path for folder in ("intake", "ui", "tests") for path in (ROOT / folder).rglob("*.py"))]


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the number of lines from ``def`` to the last, without the docstring."""
    docstring = function.body[0] if ast.get_docstring(function) is not None else None
    spoken = (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1 if docstring else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - spoken


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_stays_under_300_lines(source: Path) -> None:
    """A longer file holds more than one idea."""
    assert len(source.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_function_stays_under_40_lines(source: Path) -> None:
    """A longer function does more than one thing."""
    functions = [node for node in ast.walk(ast.parse(source.read_bytes())) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {function.name: lines_of(function) for function in functions if lines_of(function) > LONGEST_FUNCTION} == {}
