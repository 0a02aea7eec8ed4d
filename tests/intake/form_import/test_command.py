"""``import-form`` on the command line."""

from __future__ import annotations

from pathlib import Path

from intake.definitions.bundle import Definitions
from intake.example import EXAMPLE
from tests.intake.cli_desk import Run, write
from tests.intake.form_import.forms import a_form

FILLED = {"patient.legal_last": "Tester", "patient.legal_first": "Maria", "patient.dob": "3/32/1985", "answers.sx.twitching": "no"}


def test_a_form_is_taken_in_and_told_in_one_line(run: Run, definitions: Definitions, tmp_path: Path) -> None:
    """The draft, what was read, what is to be confirmed, what is odd and what is wrong."""
    file = tmp_path / "form.pdf"
    form = a_form(definitions, FILLED, language="es", renamed={"patient.city": "city"})
    file.write_bytes(form.pdf())
    code, lines, err = run("import-form", str(file), "--clinic", "loc.edison")
    assert code == 0
    (line,) = lines
    assert (line["draft"], line["already"], line["language"], line["read"]) == (1, False, "es", 4)
    assert line["to_confirm"] == list(FILLED)
    assert (line["unknown"], line["altered"], line["look_alikes"]) == (["city"], ["patient.city"], [])
    assert {"field": "patient.dob", "code": "not_a_date", "level": "error"} in line["problems"]
    assert "patient.dob" in err
    assert "Tester" not in err
    assert run("import-form", str(file))[1][0]["already"] is True


def test_look_alikes_are_named(run: Run, definitions: Definitions, tmp_path: Path) -> None:
    """With the reasons why they may be the same."""
    saved = run("add", write(tmp_path / "kept.json"))[1][0]
    filled = {f"patient.{name}": str(EXAMPLE["patient"][name]) for name in ("legal_last", "legal_first", "dob", "phone")}
    file = tmp_path / "form.pdf"
    file.write_bytes(a_form(definitions, filled).pdf())
    (line,) = run("import-form", str(file))[1]
    assert [match["mrn"] for match in line["look_alikes"]] == [saved["mrn"]]


def test_a_file_that_is_not_taken_in_is_bad_input(run: Run, tmp_path: Path, definitions: Definitions) -> None:
    """With a sentence, and nothing on standard output."""
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"Dear practice")
    code, lines, err = run("import-form", str(file))
    assert (code, lines) == (2, [])
    assert err.endswith(": This is no PDF. Ask for the form as a PDF file.\n")
    assert run("import-form", str(tmp_path / "gone.pdf"))[0] == 2
    file.write_bytes(a_form(definitions, FILLED).pdf())
    code, lines, err = run("import-form", str(file), "--clinic", "loc.moon")
    assert (code, lines) == (2, [])
    assert "no such clinic" in err
