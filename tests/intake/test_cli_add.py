"""``add``: intakes out of files, whole or not at all, and every fault of every file in words."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from intake.example import EXAMPLE
from intake.wording import text_of
from tests.intake.cli_desk import Run, someone_else, write


def test_each_file_is_saved_whole_or_not_at_all_and_every_problem_is_told(run: Run, tmp_path: Path) -> None:
    """A bad file between two good ones stops neither, and nothing of it is kept."""
    good = write(tmp_path / "good.json")
    bad = write(
        tmp_path / "bad.json",
        patient={"dob": "2/30/1985", "phone": "12"},
        answers={"sx.pain.nprs_now": 11, "sx.unheard_of": "yes"},
        visit={"location": "loc.nowhere"},
    )
    other = write(tmp_path / "other.json", patient=someone_else())
    code, lines, said = run("add", good, bad, other)
    assert code == 2
    assert [line["file"] for line in lines] == [good, other]
    told = [line for line in said.splitlines() if line.startswith(f"{bad}: ")]
    for field in ("patient.dob", "patient.phone", "visit.location", "answers.sx.pain.nprs_now", "answers.sx.unheard_of"):
        assert any(f": {field}" in line for line in told)
    assert len(run("find", "19850304")[1]) == 1
    assert run("find", "sample-rivera")[1][0]["mrn"] == "RD-000001-3"


BROKEN: dict[str, tuple[bytes, str]] = {
    "broken": (b'{"patient":\n  {"dob" "1985"}}', "not JSON, line 2"),
    "empty": (b"", "not JSON, line 1"),
    "nan": (b'{"answers": {"sx.pain.nprs_now": NaN}}', "NaN is not a number"),
    "twice": (b'{"patient": {},\n "patient": {}}', "patient is given twice"),
    "nested": (b"[" * 200_000, "nesting too deep"),
    "number": (b'{"visit": ' + b"1" * 5000 + b"}", "number is too long"),
    "latin": ('{"patient": {\n"legal_last": "Núñez"}}'.encode("latin-1"), "not UTF-8 (line 2)"),
    "utf16": ('{"patient": {}}'.encode("utf-16"), "not UTF-8 (line 1)"),
    "list": (b"[1, 2]", "does not hold one intake"),
    "null": (b"null", "does not hold one intake"),
    "large": (b'"' + b"x" * (5 * 2**20) + b'"', "at most 5 MB"),
    "half_a_character": (b'{"patient": {"legal_last": "\\ud800"}}', "cannot be kept"),
    "nul": (b'{"patient": {"legal_last": "A\\u0000B"}}', "cannot be kept"),
}


def test_a_file_that_is_no_intake_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    """Every way to break a file has its own words, and none is an incident."""
    for name, (content, _) in BROKEN.items():
        (tmp_path / name).write_bytes(content)
    code, lines, told = run("add", *(str(tmp_path / name) for name in BROKEN))
    assert (code, lines) == (2, [])
    for name, (_, said) in BROKEN.items():
        assert any(line.startswith(f"{tmp_path / name}: ") and said in line for line in told.splitlines()), name
    assert "Incident" not in told


def test_a_file_far_down_is_named_whole(run: Run, tmp_path: Path) -> None:
    """A message names the file to open, however long its path."""
    folder = tmp_path / ("deep" * 30)
    folder.mkdir()
    (folder / "broken.json").write_text("{", encoding="utf-8")
    code, _, told = run("add", str(folder / "broken.json"))
    assert code == 2
    assert told.startswith(f"{folder / 'broken.json'}: ")


def test_a_file_that_is_not_there_and_a_folder_are_told(run: Run, tmp_path: Path) -> None:
    """The next file is still read."""
    good = write(tmp_path / "good.json")
    code, lines, said = run("add", str(tmp_path / "absent.json"), str(tmp_path), "a\0b", good)
    assert (code, len(lines)) == (2, 1)
    assert [text_of(name) in said for name in ("file_missing", "file_unreadable")] == [True, True]


def test_a_byte_order_mark_is_no_fault(run: Run, tmp_path: Path) -> None:
    """Some editors put one in front."""
    (tmp_path / "bom.json").write_text(json.dumps(EXAMPLE), encoding="utf-8-sig")
    assert run("add", str(tmp_path / "bom.json"))[0] == 0


def test_a_dash_reads_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program may hand over an intake."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(EXAMPLE).encode())))
    code, [line], _ = run("add", "-")
    assert (code, line["file"]) == (0, "-")


def test_texts_of_every_kind_come_back_as_they_went_in(run: Run, tmp_path: Path) -> None:
    """Scripts, signs and length survive the way in and out."""
    reason = "'; DROP TABLE visit; -- {{7*7}} <b>x</b> 🙂 " + "é" * 39_900
    name = "محمد José " + "ü" * 280
    file = write(tmp_path / "texts.json", patient=someone_else(legal_last=name), visit={"reason": reason})
    code, [line], said = run("add", file)
    assert (code, said) == (0, "")
    _, [shown], _ = run("show", line["visit"])
    assert (shown["patient"]["legal_last"], shown["visit"]["reason"]) == (name, reason)


def test_a_reason_of_40001_characters_is_told_and_nothing_is_saved(run: Run, tmp_path: Path) -> None:
    """It is never cut."""
    code, lines, said = run("add", write(tmp_path / "long.json", visit={"reason": "x" * 40_001}))
    assert (code, lines) == (2, [])
    assert f"visit.reason (Reason for the visit): {text_of('too_long')}" in said


def test_a_strong_match_is_refused_until_the_file_answers_it(run: Run, tmp_path: Path) -> None:
    """Who and why is told; then the same patient gets a visit, or a different one a record."""
    first, again = write(tmp_path / "first.json"), write(tmp_path / "again.json", patient={"legal_first": "Anna"})
    number = run("add", first)[1][0]["mrn"]
    code, lines, said = run("add", again)
    assert (code, lines) == (2, [])
    assert number in said
    assert text_of("same_dob") in said

    same = write(tmp_path / "same.json", same_as=number, patient={"phone": "(908) 555-0177", "legal_first": ""})
    code, [line], _ = run("add", same)
    assert (code, line["mrn"]) == (0, number)
    shown = run("show", line["visit"])[1][0]["patient"]
    assert (shown["phone"], shown["legal_first"]) == ("+19085550177", "Ana")

    twin = write(tmp_path / "twin.json", patient={"legal_first": "Anna"}, different_from=[{"mrn": number, "reason": "twin sister"}])
    code, [line], _ = run("add", twin)
    assert code == 0
    assert line["mrn"] != number


def test_a_visit_for_a_kept_patient_needs_no_demographics(run: Run, tmp_path: Path) -> None:
    """What the file leaves out stays as it is kept."""
    number = run("add", write(tmp_path / "first.json"))[1][0]["mrn"]
    raw = {key: value for key, value in EXAMPLE.items() if key != "patient"} | {"same_as": number}
    (tmp_path / "second.json").write_text(json.dumps(raw), encoding="utf-8")
    code, [line], said = run("add", str(tmp_path / "second.json"))
    assert (code, line["mrn"], said) == (0, number, "")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"same_as": "RD-000009-9"}, "same_as"),
    ({"same_as": "RD-000001-4"}, "same_as"),
    ({"same_as": 7}, "same_as"),
    ({"same_as": "V-000001-3"}, "same_as"),
    ({"different_from": "RD-000001-3"}, "different_from"),
    ({"different_from": [{"mrn": "RD-000001-3"}]}, "different_from.0"),
    ({"different_from": [{"mrn": "RD-000001-3", "reason": " "}]}, "different_from.0"),
    ({"different_from": [{"mrn": "RD-000001-4", "reason": "twin"}]}, "different_from.0"),
]


def test_a_wrong_word_about_kept_patients_is_told(run: Run, tmp_path: Path) -> None:
    """A mistyped record number never opens another chart."""
    files = [write(tmp_path / f"wrong{at}.json", **extra) for at, (extra, _) in enumerate(WRONG)]
    code, lines, said = run("add", *files)
    assert (code, lines) == (2, [])
    for file, (_, field) in zip(files, WRONG, strict=True):
        assert f"{file}: {field}" in said


def test_a_warning_is_told_and_the_visit_is_saved(run: Run, tmp_path: Path) -> None:
    """Billing never holds up a visit."""
    code, lines, said = run("add", write(tmp_path / "one.json", visit={"primary": {"payer": "Example Health Plan"}}))
    assert (code, len(lines)) == (0, 1)
    assert "visit.primary.member_id (First insurance: Member ID): note: " in said
