"""Every code has its sentence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.visits import all_fields
from intake.errors import Problem
from intake.wording import SENTENCES, TABLES, label_of, text_of

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = sorted([*(ROOT / "intake").rglob("*.py"), *(ROOT / "ui").rglob("*.py")])
CODED = ("Problem", "Read", "DateRead", "PhoneRead", "Reason")
"""What carries a code under the name ``code``."""


def literals(node: ast.expr | None) -> Iterator[str]:
    """Yield the codes an expression can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from literals(part)


def codes_of(source: Path) -> Iterator[str]:
    """Yield every code a module gives to an error or a problem, and what its functions named for faults return."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            if name.endswith("Error") and name[:-5] in ("Intake", "Store", "Denied", "Conflict", "Print") and node.args:
                yield from literals(node.args[0])
            if name in CODED or name == "number_fault":
                yield from (code for keyword in node.keywords if keyword.arg == "code" for code in literals(keyword.value))
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "code" for target in node.targets):
            yield from literals(node.value)
        if isinstance(node, ast.FunctionDef) and node.name.strip("_").endswith("fault"):
            yield from (code for part in ast.walk(node) if isinstance(part, ast.Return) for code in literals(part.value))


CODES = sorted({(code, source.relative_to(ROOT).as_posix()) for source in SOURCES for code in codes_of(source)})


def test_the_walk_finds_codes_of_every_kind() -> None:
    """A walk that finds nothing would prove nothing."""
    found = {code for code, _ in CODES}
    assert {"control_characters", "patient_changed", "not_our_store", "not_a_rating", "unknown_region", "onset_in_future"} <= found


def test_no_code_has_two_sentences() -> None:
    """The words of one area would be shown for the fault of another."""
    codes = [code for table in TABLES for code in table]
    assert sorted({code for code in codes if codes.count(code) > 1}) == []


@pytest.mark.parametrize(("code", "source"), CODES)
def test_every_code_has_its_sentence(code: str, source: str) -> None:
    """Nobody is ever shown a code."""
    assert code in SENTENCES, source


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_finished_and_needs_no_fact_to_be_said(code: str) -> None:
    """A fact that is not given leaves no hole with braces in it."""
    text = text_of(code)
    assert text
    assert not set("{}") & set(text)
    assert text == text_of(Problem(field="patient.dob", code=code))


def test_facts_fill_a_sentence() -> None:
    """The wait is told in seconds."""
    assert "30 seconds" in text_of("sign_in_too_soon", wait_s=30)
    assert "locations.toml of the program is broken, line 7: odd" in text_of("broken_resource", name="locations.toml", line=7, reason="odd")


def test_a_code_without_a_sentence_is_still_told() -> None:
    """The worst case is an odd sentence, not a crash."""
    assert "no_such_code" in text_of("no_such_code")


def test_every_field_is_called_by_its_label(definitions: Definitions) -> None:
    """Fields, answers, marks and places have names for people."""
    assert all(field.about.label in label_of(field.path, definitions) for field in all_fields())
    assert label_of("patient.dob", definitions) == "Date of birth"
    assert label_of("visit.secondary.member_id", definitions) == "Second insurance: Member ID"
    assert label_of("answers.sx.twitching", definitions) == definitions.checklist.question("sx.twitching").short.en
    assert label_of("pain_drawing.0", definitions) == "Pain drawing, mark 1"
    assert label_of("matches", definitions) == "Possible duplicates"
    assert label_of("answers.sx.unheard_of", definitions) == "sx.unheard_of"
    assert label_of("nowhere", definitions) == "nowhere"
