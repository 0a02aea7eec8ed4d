"""The audit, the access report, the daily sheet and the check from the command line."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from intake.actions.access import sign_in
from intake.domain.audit import Link
from intake.paths import Paths
from tests.intake.audit.conftest import GUARDS
from tests.intake.cli_desk import PASSWORD, Run, write

RECORD = "RD-000001-3"
TODAY = datetime.now(UTC).date().isoformat()
PERIOD = ("--from", "2026-01-01", "--to", "2199-12-31")


def words_of(path: Path) -> str:
    """Return the text of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_a_whole_store_is_said_in_one_line(run: Run) -> None:
    """For people on one line, for programs on another, with the last link in both."""
    code, [line], said = run("check")
    assert (code, line["good"], line["findings"]) == (0, True, [])
    assert said == f"All is whole: {line['audit_entries']} audit entries. Last link {line['audit_last']}.\n"


def test_a_broken_chain_is_said_with_its_place(run: Run, tmp_path: Path) -> None:
    """The exit code is 1, and the line names the first entry that does not hold."""
    run("check")
    paths = Paths(data=tmp_path / "data", training=False)
    store = sign_in(paths, login="admin", password=PASSWORD, workstation="desk-1", now=datetime.now(UTC)).store
    for guard in GUARDS:
        store._connection.execute(f"DROP TRIGGER {guard}")
    store._connection.execute("UPDATE audit SET workstation = 'elsewhere' WHERE seq = 2")
    store.close()
    code, [line], said = run("check")
    assert (code, line["audit_broken_at"], line["findings"][0]) == (1, 2, {"code": "audit_broken", "place": "2"})
    assert said.startswith("Not whole: the audit breaks at entry 2: ")


def test_a_printed_link_is_held_by_the_store_it_was_printed_of(run: Run) -> None:
    """Also when entries came after it, and when it is typed without dashes in small letters."""
    _, [line], _ = run("check")
    number, _, rest = line["audit_last"].partition("-")
    assert run("check", "--anchor", line["audit_last"])[0] == 0
    assert run("check", "--anchor", f"{number}-{rest.replace('-', ' ').lower()}")[0] == 0


def test_a_printed_link_of_another_past_is_told(run: Run) -> None:
    """A number that is there with another hash, and a number that is not there yet."""
    run("check")
    code, [line], said = run("check", "--anchor", Link(seq=2, hash=bytes(32)).text())
    assert (code, line["findings"]) == (1, [{"code": "another_past", "place": "2"}])
    assert "another past" in said
    code, [line], _ = run("check", "--anchor", Link(seq=999, hash=bytes(32)).text())
    assert (code, line["findings"][0]["code"]) == (1, "audit_cut")


def test_a_mistyped_link_is_bad_input(run: Run) -> None:
    """It is told from one that the store does not hold by its last two signs."""
    text = Link(seq=2, hash=bytes(32)).text()
    code, lines, said = run("check", "--anchor", text.replace("2-0", "2-1", 1))
    assert (code, lines) == (2, [])
    assert "sign by sign" in said


def test_the_audit_is_put_line_by_line(run: Run, tmp_path: Path) -> None:
    """Filters work together; the entry says who, where and what."""
    run("add", write(tmp_path / "one.json"))
    code, lines, _ = run("audit", "--action", "save_intake", "--person", "admin", *PERIOD)
    assert (code, len(lines)) == (0, 1)
    assert (lines[0]["mrn"], lines[0]["role"], lines[0]["outcome"]) == (RECORD, "administrator", "done")


def test_the_audit_goes_into_a_file(run: Run, tmp_path: Path) -> None:
    """As a table or as JSON lines, by the name's end; any other end is bad input."""
    table, lines = tmp_path / "a.csv", tmp_path / "a.jsonl"
    assert run("audit", *PERIOD, "-o", str(table))[0] == 0
    assert run("audit", *PERIOD, "-o", str(lines))[0] == 0
    assert list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"))))[-1][7] == "set_up"
    assert json.loads(lines.read_text().splitlines()[0])["action"] == "sign_in"
    assert run("audit", *PERIOD, "-o", str(tmp_path / "a.txt"))[0] == 2


@pytest.mark.parametrize(("option", "word"), [("--person", "nobody-here"), ("--record", "RD-000001-4"), ("--from", "yesterday")])
def test_what_there_is_not_is_bad_input(run: Run, option: str, word: str) -> None:
    """A login, a record number, a day."""
    run("check")
    assert run("audit", option, word)[0] == 2


def test_the_access_report_is_written(run: Run, tmp_path: Path) -> None:
    """On paper with the patient's name and who looked, as a table line by line."""
    run("add", write(tmp_path / "one.json"))
    run("show", "V-000001-3")
    paper, table = tmp_path / "access.pdf", tmp_path / "access.csv"
    code, [line], _ = run("report", "access", RECORD, *PERIOD, "-o", str(paper))
    assert (code, line["people"], line["mrn"]) == (0, 1, RECORD)
    assert "Who looked at this record" in words_of(paper)
    assert "Opened the visit · V-000001-3" in words_of(paper)
    assert run("report", "access", RECORD, *PERIOD, "-o", str(table))[0] == 0
    assert "open_visit" in table.read_text(encoding="utf-8-sig")
    assert run("report", "access", *PERIOD, "-o", str(table))[0] == 2


def test_the_daily_sheet_carries_a_link_that_can_be_typed_back(run: Run, tmp_path: Path) -> None:
    """What stands on the paper is what the check takes."""
    run("add", write(tmp_path / "one.json"))
    paper = tmp_path / "day.pdf"
    code, [line], _ = run("pdf", "daily", "--clinic", "loc.edison", "-o", str(paper))
    assert (code, line["clinic"]) == (0, "loc.edison")
    text = words_of(paper)
    link = text.partition("check --anchor ")[2].split()[0]
    assert run("check", "--anchor", link)[0] == 0


def test_a_store_is_accepted_with_a_reason(run: Run, tmp_path: Path) -> None:
    """What the anchor tells is accepted from then on; the audit holds the reason."""
    run("check")
    anchor = tmp_path / "data" / "audit-anchor.txt"
    anchor.write_bytes(anchor.read_bytes().replace(b" 00000", b" 00001"))
    code, [line], _ = run("check", "--accept", "Looked into it, the file was edited by hand")
    assert (code, line["findings"]) == (1, [{"code": "anchor_altered", "place": "data"}])
    assert run("check")[0] == 0
    _, [entry], _ = run("audit", "--action", "begin_anchor_line", *PERIOD)
    assert entry["reason"] == "Looked into it, the file was edited by hand"
