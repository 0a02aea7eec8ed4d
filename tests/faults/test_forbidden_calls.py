"""What no file of this program may do: run text as code, load objects out of bytes, hand a line to a shell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("intake", "ui", "tests", ".ci")
FORBIDDEN_NAMES = {"eval", "exec", "compile", "__import__"}
FORBIDDEN_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "jsonpickle", "yaml", "joblib", "commands", "popen2"}
FORBIDDEN_PARTS = {
    ("os", "system"), ("os", "popen"), ("os", "startfile"), ("subprocess", "getoutput"), ("subprocess", "getstatusoutput"),
    ("numpy", "load"), ("tempfile", "mktemp"), ("asyncio", "create_subprocess_shell"), ("pty", "spawn"),
}  # fmt: skip
SUSPECT = re.compile(
    r"\b(?:eval|exec|compile|__import__|shell|system|popen|startfile|subprocess|getoutput|numpy|mktemp|spawn|create_subprocess_shell|"
    + "|".join(sorted(FORBIDDEN_MODULES))
    + r")\b"
)
"""A source without any of these words needs no closer look."""
STARTERS = {"run", "Popen", "call", "check_call", "check_output"}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Yield every call."""
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def forbidden(source: str) -> list[str]:
    """Return what of a source is forbidden, each with its line."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found += [f"{getattr(node, 'lineno', 0)}: import {name}" for name in names if name.partition(".")[0] in FORBIDDEN_MODULES]
        part = (node.value.id, node.attr) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) else None
        found += [f"{getattr(node, 'lineno', 0)}: {part[0]}.{part[1]}"] if part in FORBIDDEN_PARTS and part else []
    for call in calls(tree):
        if isinstance(call.func, ast.Name) and call.func.id in FORBIDDEN_NAMES:
            found.append(f"{call.lineno}: {call.func.id}()")
        found += [f"{call.lineno}: {fault}" for fault in started_wrongly(call)]
    return found


def started_wrongly(call: ast.Call) -> Iterator[str]:
    """Yield what is wrong with a call that starts a program: a shell, or one text where there must be a list of words."""
    shell = next((word.value for word in call.keywords if word.arg == "shell"), None)
    if shell is not None and not (isinstance(shell, ast.Constant) and shell.value is False):
        yield "a shell"
    func = call.func
    starts = (
        isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == "subprocess" and func.attr in STARTERS
    )
    if starts and call.args and isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp) and not is_list(call.args[0]):
        yield "a program started by one text"


def is_list(node: ast.expr) -> bool:
    """Tell whether an expression adds lists."""
    return isinstance(node, ast.BinOp) and (isinstance(node.left, ast.List) or isinstance(node.right, ast.List))


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_source_runs_text_or_loads_objects_out_of_bytes(folder: str) -> None:
    """Neither the program nor its tests and tools."""
    sources = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in (ROOT / folder).rglob("*.py")}
    assert {name: found for name, text in sources.items() if SUSPECT.search(text) and (found := forbidden(text))} == {}
    assert sources


def test_neither_does_what_wires_it() -> None:
    """The one file outside the folders."""
    assert forbidden((ROOT / "main.py").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "eval('1')", "exec(text)", "import pickle", "from marshal import loads", "os.system('ls')", "import yaml",
        "compile(text, '', 'exec')",
        "subprocess.run('ls', shell=True)", "subprocess.run('ls')", "subprocess.run(f'ls {name}', check=True)", "x(shell=flag)",
        "subprocess.check_output('a' + b)", "from subprocess import x; os.popen('x')",
    ],
)  # fmt: skip
def test_what_is_forbidden_is_found(source: str) -> None:
    """Each in the way somebody would write it."""
    assert forbidden(source) != []


@pytest.mark.parametrize("source", ["subprocess.run([a, b], check=True)", "re.compile('x')", "model.exec()", "subprocess.run([a] + rest)"])
def test_what_is_allowed_is_let_pass(source: str) -> None:
    """A list of words, a pattern, a dialog of Qt."""
    assert forbidden(source) == []
