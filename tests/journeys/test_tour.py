"""The tour is the demonstration and the acceptance test in one: here it is played, and what it leaves is looked at."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from ui.tour.patient import TYPED

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Play the whole tour once in a process of its own and return its folder."""
    out = tmp_path_factory.mktemp("tour")
    command = [sys.executable, "main.py", "tour", str(out)]
    played = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False, timeout=300
    )
    assert played.returncode == 0, played.stdout + played.stderr
    return out


def test_the_tour_says_that_every_step_did_what_it_should(toured: Path) -> None:
    """A tour that stumbles must not look like one that did not."""
    report = (toured / "report.txt").read_text(encoding="utf-8")
    assert "every step did what it should" in report
    assert re.search(r"keystrokes of a complete new-patient intake, checklist and drawing included: \d+", report)


def test_each_step_is_photographed_in_light_in_dark_and_at_200_percent(toured: Path) -> None:
    """A picture that is missing, empty or the same in both themes shows nothing."""
    light = sorted(each for each in toured.glob("*.png") if not each.stem.endswith(("-dark", "-200")))
    assert len(light) >= 15
    for each in light:
        usual, dark, large = (QImage(str(each.with_stem(each.stem + end))) for end in ("", "-dark", "-200"))
        assert (usual.width(), large.width()) == (1440, 2048)
        assert usual.pixelColor(4, 400).lightness() > dark.pixelColor(4, 400).lightness()


def test_the_paper_of_the_tour_carries_what_was_typed(toured: Path) -> None:
    """What the receptionist typed is what the patient signs."""
    reader = PdfReader(toured / "intake-new-patient.pdf")
    text = " ".join("\n".join(page.extract_text() for page in reader.pages).split())
    for path in ("patient.legal_last", "patient.legal_first", "patient.line1", "visit.reason", "visit.safety.medications"):
        assert TYPED[path] in text
    assert "Mar 4, 1985" in text
    assert f"Page {len(reader.pages)} of {len(reader.pages)}" in text
    assert "TRAINING" in text


def test_a_tour_that_cannot_write_its_pictures_fails(tmp_path: Path) -> None:
    """The exit code is what a build looks at."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    command = [sys.executable, "main.py", "tour", str(blocked)]
    played = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False, timeout=120
    )
    assert played.returncode != 0
