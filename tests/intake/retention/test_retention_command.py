"""``retention``: the same steps from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intake.cli import main
from tests.factories import PASSWORD, a_store
from tests.intake.retention.scene import left_of

Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
RECORD = "RD-000001-3"


@pytest.fixture
def run(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a runner over a copy of the practice: exit code, lines of standard output, text of standard error."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)
    data = Path(shutil.copytree(made, tmp_path / "data"))
    (tmp_path / "copies").mkdir()

    def run_one(*words: str, user: str = "alex") -> tuple[int, list[dict[str, Any]], str]:
        code = main(["--data", str(data), "--user", user, "retention", *words])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    return run_one


def test_a_record_goes_step_by_step(run: Run, tmp_path: Path) -> None:
    """Each step is refused before the one that comes first; the end is listed."""
    folder = str(tmp_path / "copies")
    [due] = run("list")[1]
    assert (due["mrn"], due["may_go_from"], due["stays"]) == (RECORD, "2022-03-23", None)
    assert run("consent", RECORD)[0] == 1
    assert run("propose", RECORD)[0] == 0
    assert "Write the copy of the record first" in run("consent", RECORD)[2]
    code, [written], said = run("export", RECORD, "-o", folder, user="casey")
    assert (code, "not encrypted" in said) == (0, True)
    assert all(Path(file).is_file() for file in written["files"])
    assert run("consent", RECORD)[1][0]["consents"] == ["Alex Sample"]
    assert "Two people have to consent" in run("remove", RECORD)[2]
    assert run("consent", RECORD, user="casey")[0] == 0
    code, [gone], said = run("remove", RECORD)
    assert (code, gone["removed_at"] is not None, "Backups" in said) == (0, True, True)
    assert [line["removed_at"] for line in run("list")[1]] == [gone["removed_at"]]
    store = a_store(tmp_path / "data")
    assert left_of(store, 1) == {}
    store.close()


def test_a_young_record_tells_until_when_it_stays(run: Run) -> None:
    """In the list of who fits, and when it is proposed."""
    [line] = run("list", "--find", "bea")[1]
    assert line["stays"] == "not_due"
    code, lines, said = run("propose", line["mrn"])
    assert (code, lines) == (1, [])
    assert f"It may go from {line['may_go_from']} on." in said


def test_a_hold_and_its_end_have_a_reason(run: Run) -> None:
    """While it lasts nothing is proposed."""
    assert run("hold", RECORD, "--reason", "Subpoena")[1][0]["kept_for"] == "Subpoena"
    assert run("propose", RECORD)[0] == 1
    assert run("hold", RECORD, "--reason", "Dismissed", "--end")[1][0]["kept_for"] is None
    assert run("propose", RECORD)[0] == 0
    assert run("withdraw", RECORD)[1][0]["withdrawn"] is True


def test_a_receptionist_is_refused(run: Run) -> None:
    """With the sentence of every action that a role does not permit."""
    code, lines, said = run("list", user="dana")
    assert (code, lines) == (1, [])
    assert "Your role does not permit this" in said
