"""What the print system's programs are given of this one's surroundings."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.printing.commands import run


def test_no_password_of_this_program_reaches_the_print_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever may look at a program's surroundings must not find in ``lp``'s what was given for signing in."""
    told = tmp_path / "lpstat"
    told.write_text("#!/bin/sh\nenv\n", encoding="ascii")
    told.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    for name in ("INTAKE_PASSWORD", "INTAKE_CODE", "INTAKE_RECOVERY_KEY"):
        monkeypatch.setenv(name, "seven sample ponies")
    monkeypatch.setenv("CUPS_SERVER", "print.example")
    found = run("lpstat").out
    assert "seven sample ponies" not in found
    assert "CUPS_SERVER=print.example" in found
