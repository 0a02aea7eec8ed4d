"""What the tests of the part without a window share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from intake.cli import main
from intake.definitions.bundle import Definitions, load_definitions
from tests.intake.cli_desk import PASSWORD, Run


@pytest.fixture(scope="session")
def definitions() -> Definitions:
    """Return the definitions that ship with the program."""
    return load_definitions()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a runner: exit code, lines of standard output, text of standard error. The desk stands in Edison."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)

    def run_one(*words: str, user: str = "admin") -> tuple[int, list[dict[str, Any]], str]:
        code = main(["--data", str(tmp_path / "data"), "--user", user, *words])
        told = capsys.readouterr()
        return code, [json.loads(line) for line in told.out.splitlines()], told.err

    assert run_one("init", "--admin", "Alex Admin", "--location", "loc.edison")[0] == 0
    return run_one
