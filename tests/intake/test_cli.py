"""The command line: the day's work without a window."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from intake.cli import main
from intake.example import EXAMPLE
from intake.security import recovery_key
from intake.wording import text_of
from tests.intake.cli_desk import PASSWORD, Run, write

ROOT = Path(__file__).resolve().parent.parent.parent


def test_init_makes_the_administrator_and_chooses_the_clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """A name and a clinic are all it takes, and it happens once."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)
    words = ["--data", str(tmp_path), "init", "--admin", "Alex Admin", "--location", "old bridge"]
    assert main(words) == 0
    line = json.loads(capsys.readouterr().out)
    assert len(recovery_key.read(line.pop("recovery_key"))) == 32
    assert line == {"login": "admin", "name": "Alex Admin", "role": "administrator", "location": "loc.old_bridge"}
    assert main(words) == 1
    assert capsys.readouterr().err.strip() == text_of("already_set_up")


@pytest.mark.parametrize(
    ("location", "password", "said"),
    [
        ("loc.nowhere", PASSWORD, "no such clinic"),
        ("loc.edison", "short", "at least 15"),
        ("loc.edison", "Alex Admin Alex!", "more than the name"),
    ],
)
def test_init_refuses_what_will_not_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any, location: str, password: str, said: str
) -> None:
    """It says which part and why, and nobody has an account then."""
    monkeypatch.setenv("INTAKE_PASSWORD", password)
    assert main(["--data", str(tmp_path), "init", "--admin", "Alex Admin", "--location", location]) == 2
    assert said in capsys.readouterr().err
    assert main(["--data", str(tmp_path), "--user", "admin", "find", "a"]) == 1


def test_the_example_can_be_added_shown_and_found(run: Run, tmp_path: Path) -> None:
    """From a pattern to a kept visit, with every answer as it was given."""
    code, [line], said = run("add", write(tmp_path / "one.json"))
    assert (code, said) == (0, "")
    assert line == {"file": str(tmp_path / "one.json"), "mrn": "RD-000001-3", "visit": "V-000001-3"}
    code, [shown], _ = run("show", line["visit"].lower())
    assert shown["answers"] == EXAMPLE["answers"]
    assert shown["pain_drawing"] == EXAMPLE["pain_drawing"]
    assert shown["patient"]["dob"] == "1985-03-04"
    assert shown["visit"]["reason"] == EXAMPLE["visit"]["reason"]
    assert run("find", "rivera", "ana")[1][0]["mrn"] == "RD-000001-3"
    assert run("find", "nobody")[:2] == (0, [])


def test_the_intake_form_is_written_whole_and_only_for_its_owner(run: Run, tmp_path: Path) -> None:
    """A PDF, with nothing left beside it, that others on the machine cannot read."""
    visit = run("add", write(tmp_path / "one.json"))[1][0]["visit"]
    target = tmp_path / "papers" / "form.pdf"
    target.parent.mkdir()
    target.write_bytes(b"old")
    code, [line], _ = run("pdf", "intake", visit, "-o", str(target))
    assert (code, line["visit"], line["bytes"]) == (0, visit, target.stat().st_size)
    assert target.read_bytes().startswith(b"%PDF-")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["form.pdf"]


def test_a_form_that_cannot_be_written_leaves_what_was_there(run: Run, tmp_path: Path) -> None:
    """No half a file, no incident."""
    visit = run("add", write(tmp_path / "one.json"))[1][0]["visit"]
    code, lines, said = run("pdf", "intake", visit, "-o", str(tmp_path / "absent" / "form.pdf"))
    assert (code, lines, said.strip()) == (1, [], text_of("cannot_write_file"))
    (tmp_path / "folder.pdf").mkdir()
    assert run("pdf", "intake", visit, "-o", str(tmp_path / "folder.pdf"))[0] == 1
    assert not list(tmp_path.glob(".*.new"))


def test_a_place_where_no_file_can_be_is_told_without_an_incident(run: Run, tmp_path: Path) -> None:
    """No name, a name too long, a file taken for a folder; and a pipe or device is never moved away."""
    file = write(tmp_path / "one.json")
    visit = run("add", file)[1][0]["visit"]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in ("", f"{tmp_path}/{'n' * 300}.pdf", f"{file}/form.pdf", str(pipe)):
        assert run("pdf", "intake", visit, "-o", place) == (1, [], f"{text_of('cannot_write_file')}\n")
    assert pipe.is_fifo()
    longest = tmp_path / f"{'n' * 251}.pdf"
    assert run("pdf", "intake", visit, "-o", str(longest))[0] == 0
    assert longest.is_file()


def test_the_check_finds_a_new_store_whole(run: Run) -> None:
    """Integrity, references and audit are told one by one."""
    code, [line], _ = run("check")
    assert (code, line["good"], line["integrity"], line["foreign_keys"], line["audit_broken_at"]) == (0, True, [], 0, None)


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (("show", "V-000001-4"), 2, "wrong_check_digit"),
        (("show", "V-000001-3"), 2, "visit_not_found"),
        (("show", "RD-000001-3"), 2, "visit_not_found"),
        (("show", "V-9223372036854775808-9"), 2, "wrong_check_digit"),
        (("pdf", "intake", "V-000001-3", "-o", "x.pdf"), 2, "visit_not_found"),
        (("find", "RD-000001-4"), 2, "wrong_check_digit"),
    ],
)
def test_a_number_that_leads_nowhere_is_bad_input(run: Run, words: tuple[str, ...], code: int, name: str) -> None:
    """The words say whether it was mistyped or is not there."""
    assert run(*words) == (code, [], f"{text_of(name)}\n")


def test_who_acts_must_be_someone(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No login, a wrong one and no password are told apart, and nothing is shown."""
    assert run("find", "a", user="")[0::2] == (2, f"{text_of('no_user')}\n")
    assert run("find", "a", user="nobody")[0::2] == (1, f"{text_of('wrong_sign_in')}\n")
    monkeypatch.delenv("INTAKE_PASSWORD")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run("find", "a")[0::2] == (1, f"{text_of('no_password')}\n")


def test_a_folder_that_nobody_set_up_is_told_and_stays_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """A mistyped folder does not become a second practice."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)
    assert main(["--data", str(tmp_path / "typo"), "--user", "admin", "find", "a"]) == 1
    assert capsys.readouterr().err == f"{text_of('not_set_up')}\n"
    assert list(tmp_path.iterdir()) == []


def test_the_training_clinic_is_filled_first_and_never_mixed_with_the_real_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    """Its accounts are ready, and its folder opens in training only."""
    monkeypatch.setenv("INTAKE_PASSWORD", "training-clinic-1")
    words = ["--data", str(tmp_path), "--user", "desk", "find", "sample"]
    assert main(["--training", *words]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 3
    assert main(words) == 1
    assert capsys.readouterr().err == f"{text_of('wrong_realm')}\n"
    assert main(["--training", "--data", str(tmp_path), "init", "--admin", "A", "--location", "loc.edison"]) == 2


@pytest.mark.parametrize("words", [[], ["dance"], ["pdf", "intake", "V-1"], ["pdf", "poster", "V-1", "-o", "x"], ["add"], ["init"]])
def test_a_command_that_is_none_is_bad_input(words: list[str], capsys: Any) -> None:
    """How to say it right is told."""
    assert main(words) == 2
    assert "usage" in capsys.readouterr().err


def test_the_command_line_loads_no_window_and_starts_quickly() -> None:
    """A script may call it a thousand times a day."""
    program = (
        "import sys; from intake.cli import main; code = main(['example'])\n"
        "sys.exit(code or len({'PySide6', 'reportlab', 'phonenumbers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True)
    assert json.loads(done.stdout) == EXAMPLE
