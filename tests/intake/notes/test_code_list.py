"""The codes a clinician picks from, as the release has them, and files that cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intake.definitions.bundle import RESOURCES, Definitions
from intake.definitions.code_lists import load_codes
from intake.definitions.resource_files import ResourceFiles
from intake.domain.codes import CodeList
from intake.errors import ResourceError

NAME = "icd10cm-2026-04-01"
LEAVES = """
M62.838 M54.2 M79.12 M79.18 S16.1XXA S16.1XXD S16.1XXS X50.0XXA X50.3XXA S13.4XXA S13.8XXA S13.9XXA S16.8XXA V89.2XXA
M99.01 M53.82 M53.2X2 R29.3 M25.78 Q76.49 Q76.1 M47.812 M47.811 M47.813 M47.22 M47.21 M47.23 M47.12 M47.11 M47.13
M54.12 M54.11 M54.13 G54.2 G62.9 G58.9 M50.20 M50.21 M50.220 M50.221 M50.222 M50.223 M50.23 M50.10 M50.11 M50.120 M50.121
M50.122 M50.123 M50.13 M50.00 M50.01 M50.020 M50.021 M50.022 M50.023 M50.03 M50.30 M48.02 Y93.C2 Y93.C1 X50.1XXA M43.6 G24.3
R25.3 R25.2 G44.86 G44.209 M54.81 R51.9 R42 R26.81 H53.8 H53.9 H53.2 R53.83 R20.8 R20.2 G89.11 G89.21 G89.29 G89.4 Z79.01
Z79.02 Z79.891 Z79.52
""".strip()


@pytest.fixture(scope="module")
def codes(definitions: Definitions) -> CodeList:
    """Return the codes that ship with the program."""
    return definitions.codes


def test_every_code_of_a_neck_practice_is_there_and_can_be_billed(codes: CodeList) -> None:
    """Symptoms, causes, injuries with all their seventh characters, medicines."""
    found = {code.code: code.billable for code in codes.codes}
    assert [code for code in LEAVES.split() if not found.get(code)] == []
    injuries = [code for code in found if code[0] in "SVX" and len(code) == 8]
    assert {code[:-1] for code in injuries} == {code[:-1] for code in injuries if {code[:-1] + each for each in "ADS"} <= set(found)}


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("M54.2", "Cervicalgia"),
        ("M62.838", "Other muscle spasm"),
        ("M79.12", "Myalgia of auxiliary muscles, head and neck"),
        ("S13.4XXA", "Sprain of ligaments of cervical spine, initial encounter"),
        ("M47.812", "Spondylosis without myelopathy or radiculopathy, cervical region"),
        ("M50.222", "Other cervical disc displacement at C5-C6 level"),
        ("G24.3", "Spasmodic torticollis"),
        ("Z79.01", "Long term (current) use of anticoagulants"),
    ],
)
def test_a_title_is_the_official_one(codes: CodeList, code: str, title: str) -> None:
    """Letter by letter."""
    assert getattr(codes.find(code), "title", None) == title


def test_a_heading_stands_in_the_list_and_cannot_be_billed(codes: CodeList) -> None:
    """So that picking one can be answered with the reason."""
    for heading in ("M54", "M62.83", "S16.1", "M50.02", "M50.12", "M50.22", "M50.32"):
        found = codes.find(heading)
        assert found is not None, heading
        assert not found.billable, heading
    assert all(
        any(each.code != code.code and each.code.startswith(code.code) for each in codes.codes) for code in codes.codes if not code.billable
    )


@pytest.mark.parametrize(
    ("code", "excluded"),
    [
        ("M54.2", "M50"),
        ("M54.2", "F45.41"),
        ("M54.2", "S13.4XXA"),
        ("M54.12", "M50.1"),
        ("M54.12", "M47.2"),
        ("M54.12", "M79.2"),
        ("M79.12", "M79.7"),
        ("M79.12", "M60"),
        ("M43.6", "G24.3"),
        ("G24.3", "M43.6"),
        ("G44.86", "R51.9"),
        ("M62.838", "R25.2"),
    ],
)
def test_what_is_not_coded_together_comes_from_the_code_and_all_above_it(codes: CodeList, code: str, excluded: str) -> None:
    """Excludes1 of the code, of its headings and of its section."""
    assert excluded in getattr(codes.find(code), "excludes", ())


def test_the_release_is_named_with_its_days(codes: CodeList, definitions: Definitions) -> None:
    """A signed note names it; the next set began on October 1, 2026."""
    assert (codes.release, codes.in_force, codes.superseded_on) == ("2026-04-01", date(2026, 4, 1), date(2026, 10, 1))
    assert "CMS/NCHS" in codes.source
    assert definitions.code_lists["2026-04-01"] is codes


@pytest.mark.parametrize(
    ("old", "new", "line_of", "reason"),
    [
        ('code = "M54.2"', 'code = "M54.2x"', 'code = "M54.2x"', "shaped like a code"),
        ('code = "M54.2"', 'code = "M62.838"', 'code = "M62.838"', "given twice"),
        ('title = "Cervicalgia"', 'titel = "Cervicalgia"', 'code = "M54.2"', "title is missing"),
        ('title = "Cervicalgia"', 'title = "Cervicalgia", heading = true', 'code = "M54.2"', "has codes under it"),
        ('title = "Muscle spasm", heading = true', 'title = "Muscle spasm"', 'code = "M62.83"', "stands under it"),
        ('excludes = ["M50"]', 'excludes = ["M50.-"]', 'code = "M54.2"', "shaped like a code"),
        ('excludes = ["M50"]', 'excludes = "M50"', 'code = "M54.2"', "not a list"),
        ("in_force = 2026-04-01", 'in_force = "2026-04-01"', "in_force", "a day such as"),
        ('release = "2026-04-01"', 'release = "2026-10-01"', "release", "ends with its release"),
        ('source = "CMS', 'sauce = "CMS', "", "source is missing"),
        ('label = "Neck pain"', "label = 7", "", "a text is expected"),
    ],
)
def test_a_broken_list_is_named_with_line_and_reason(tmp_path: Path, old: str, new: str, line_of: str, reason: str) -> None:
    """Whoever edits it finds the place."""
    text = (RESOURCES / "codes" / f"{NAME}.toml").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / f"{NAME}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        load_codes(ResourceFiles(root=RESOURCES, overrides=tmp_path), NAME)
    assert told.value.facts["name"] == f"codes/{NAME}.toml"
    assert reason in str(told.value.facts["reason"])
    if line_of:
        assert line_of in text.splitlines()[int(told.value.facts["line"]) - 1]


def test_a_list_without_a_code_is_refused(tmp_path: Path) -> None:
    """Nothing to pick is a mistake in the file."""
    (tmp_path / "codes").mkdir()
    head = 'release = "2027-01-01"\nin_force = 2027-01-01\nsource = "nobody"\ntopic = []\n'
    (tmp_path / "codes" / "own-2027-01-01.toml").write_text(head, encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        load_codes(ResourceFiles(root=tmp_path), "own-2027-01-01")
    assert "no code" in str(told.value.facts["reason"])
