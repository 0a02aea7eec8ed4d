"""``verify-document``: one JSON line, one sentence, and an exit code."""

from __future__ import annotations

from pathlib import Path

from tests.intake.cli_desk import Run, write


def test_a_form_that_left_by_the_command_is_known_again(run: Run, tmp_path: Path) -> None:
    """And one byte more is not."""
    visit = run("add", write(tmp_path / "one.json"))[1][0]["visit"]
    pdf = tmp_path / "form.pdf"
    assert run("pdf", "intake", visit, "-o", str(pdf))[0] == 0
    code, lines, told = run("verify-document", str(pdf))
    assert (code, lines[0]["verdict"], lines[0]["visit"]) == (0, "intake", visit)
    assert f"equals an intake form of visit {visit}" in told
    pdf.write_bytes(pdf.read_bytes() + b" ")
    code, lines, told = run("verify-document", str(pdf))
    assert (code, lines[0]["verdict"]) in ((1, "unknown"), (1, "altered"))
    assert told.strip().endswith(".")


def test_what_is_no_file_of_ours_is_told(run: Run, tmp_path: Path) -> None:
    """A text, nothing, a folder: each with its sentence and no trace of the program."""
    text = tmp_path / "letter.txt"
    text.write_text("Dear practice", encoding="utf-8")
    code, lines, told = run("verify-document", str(text))
    assert (code, lines) == (1, [{"verdict": "unknown", "visit": None, "version": 0, "current_version": 0, "issued_at": None}])
    assert "not known here" in told
    for name, words in ((tmp_path / "gone.pdf", "no such file"), (tmp_path, "cannot be read")):
        code, lines, told = run("verify-document", str(name))
        assert (code, lines) == (2, [])
        assert words in told


def test_a_file_over_the_limit_is_not_read(run: Run, tmp_path: Path) -> None:
    """The limit is in the sentence."""
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(100 * 2**20 + 1)
    code, lines, told = run("verify-document", str(large))
    assert (code, lines) == (2, [])
    assert "at most 100 MB" in told
