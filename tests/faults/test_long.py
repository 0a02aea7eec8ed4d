"""The long form of the fault suite: what it is asked for is what it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.long import main

NOTHING_ELSE = ["--kills", "0", "--cuts", "0", "--seconds", "0", "--files", "3"]


def test_files_of_one_kind_only_are_bent(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The table has one line, with so many files."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert main([*NOTHING_ELSE, "--only", "logo", "--out", str(tmp_path / "table")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("| bent: logo | 3 files, ")
    assert lines[0] in (tmp_path / "table").read_text(encoding="utf-8")


def test_a_kind_of_files_that_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the kinds that there are."""
    with pytest.raises(SystemExit):
        main([*NOTHING_ELSE, "--only", "sonata"])
    assert "form file" in capsys.readouterr().err
