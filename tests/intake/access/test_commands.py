"""Access without a window: the recovery sheet, recovering, a new key, accounts."""

from __future__ import annotations

import json
from pathlib import Path

import pyotp
import pypdf
import pytest

from intake.actions.second_factor import begin_enrolment, confirm_enrolment
from intake.cli import main
from intake.commands.session import now
from intake.errors import IntakeError
from intake.paths import Paths
from intake.security.recovery_key import read
from tests.intake.access.desk import enter
from tests.intake.cli_desk import PASSWORD, Run

OTHER = "nine sample zebras"


def test_init_writes_the_recovery_key_to_its_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Then the key stands on paper only; where the sheet cannot be written it is printed, as it is shown once."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)
    sheet = tmp_path / "sheet.pdf"
    for data, path, keeps in ((tmp_path / "one", sheet, False), (tmp_path / "two", tmp_path / "no" / "sheet.pdf", True)):
        words = ("--data", str(data), "init", "--admin", "Alex Admin", "--location", "loc.edison", "--recovery", str(path))
        assert main(list(words)) == 0
        assert ("recovery_key" in capsys.readouterr().out) is keeps
    text = pypdf.PdfReader(sheet).pages[0].extract_text().split()
    signs = [word for word in text if len(word) == 5 and word.upper() == word and word.isalnum()]
    assert any(_is_key(signs[place : place + 11]) for place in range(len(signs)))
    assert sheet.stat().st_mode & 0o077 == 0


def test_the_recovery_key_gives_a_new_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Typed wrongly it is bad input; without one it says what is missing."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)
    data = tmp_path / "fresh"
    assert main(["--data", str(data), "init", "--admin", "Alex Admin", "--location", "loc.edison"]) == 0
    made = json.loads(capsys.readouterr().out)
    monkeypatch.setenv("INTAKE_NEW_PASSWORD", OTHER)
    assert main(["--data", str(data), "--user", "admin", "recover"]) == 1
    for typed, code in (("ABCDE", 2), (made["recovery_key"], 0)):
        monkeypatch.setenv("INTAKE_RECOVERY_KEY", typed)
        assert main(["--data", str(data), "--user", "admin", "recover"]) == code
    enter(Paths(data=data, training=False), "admin", OTHER, now=now()).store.close()


def test_a_new_key_says_how_far_it_is(run: Run, tmp_path: Path) -> None:
    """On standard error; the store opens as before."""
    code, lines, said = run("new-key")
    assert (code, lines) == (0, [{"new_key": True}])
    assert "100 %" in said
    assert run("check")[0] == 0


def test_accounts_are_listed_added_disabled_and_given_passwords(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an administrator; what is wrong is bad input."""
    monkeypatch.setenv("INTAKE_NEW_PASSWORD", OTHER)
    assert run("accounts", "--add", "casey", "--name", "Casey Example")[0] == 2
    assert run("accounts", "--add", "casey", "--name", "Casey Example", "--role", "clinician")[0] == 0
    assert run("accounts", "--disable", "nobody")[0] == 2
    _, lines, _ = run("accounts", "--disable", "CASEY")
    assert [(each["login"], each["role"], each["active"]) for each in lines] == [
        ("admin", "administrator", True),
        ("casey", "clinician", False),
    ]
    assert run("accounts", "--enable", "casey")[0] == 0
    monkeypatch.setenv("INTAKE_NEW_PASSWORD", "seven other zebras")
    assert run("accounts", "--password", "casey")[0] == 0
    monkeypatch.setenv("INTAKE_PASSWORD", "seven other zebras")
    assert run("accounts", user="casey")[0] == 1, "only an administrator"


def test_the_code_comes_from_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one it is asked for in words; an administrator takes a lost one away."""
    found = enter(Paths(data=tmp_path / "data", training=False), "admin", PASSWORD, now=now())
    phone = pyotp.TOTP(begin_enrolment(found.store, found.actor, now=now()).secret)
    spare = confirm_enrolment(found.store, found.actor, phone.at(now()), now=now())
    found.store.close()
    code, _, said = run("accounts")
    assert (code, "phone" in said) == (1, True)
    monkeypatch.setenv("INTAKE_CODE", spare[0])
    _, lines, _ = run("accounts")
    assert lines[0]["second_factor"]
    monkeypatch.setenv("INTAKE_CODE", spare[1])
    _, lines, _ = run("accounts", "--no-second-factor", "admin")
    assert not lines[0]["second_factor"]


def _is_key(groups: list[str]) -> bool:
    try:
        return bool(read(" ".join(groups)))
    except IntakeError:
        return False
