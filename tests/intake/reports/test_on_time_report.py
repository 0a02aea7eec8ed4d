"""The on-time report from the store, on paper, as a table, and from the command line."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from intake.actions.handing_over import hand_over
from intake.actions.intakes import Saved
from intake.actions.issuing import keep_document
from intake.actions.on_time import note_on_time, on_time
from intake.definitions.bundle import Definitions
from intake.documents.on_time_report import on_time_report
from intake.domain.documents import Made
from intake.domain.on_time import OnTime, Promise, begin_of, on_time_of
from intake.domain.requests import Handover
from intake.domain.staff import Actor
from intake.entry.on_time_rows import NONE_DUE
from intake.errors import InvalidInputError
from intake.interop.on_time import on_time_csv
from intake.storage.rows import instant_text
from intake.storage.store import Store
from tests.factories import save
from tests.intake.cli_desk import Run, write
from tests.intake.documents.samples import pages_by_pypdf, spaced
from tests.intake.reports.promises import FIRST, LAST, NAMES, NOW, ZONE, a_report, promises

INSERT = (
    "INSERT INTO request (patient_id, visit_id, kind, paper, waits_for, task, location, asked_by, leaves_by, recipient, address, purpose,"
    " language, state, missing, opened_at, opened_by, due_at)"
    " VALUES (?, ?, ?, 'letter', 'nothing', 'write_letter', ?, 'patient', 'hand', '', '', 'to_patient', 'en', 'ready', 0, ?, ?, ?)"
)


def keep(store: Store, actor: Actor, saved: Saved, promise: Promise, definitions: Definitions) -> None:
    """Keep a request that was opened, due and handed over or withdrawn when the promise says so."""
    opened, due = instant_text(promise.opened_at), instant_text(promise.due_at)
    row = (saved.patient_id, saved.visit_id, promise.kind, promise.location, opened, actor.staff.id, due)
    with store.transaction(lasting=False):
        request_id = int(store._connection.execute(INSERT, row).lastrowid or 0)
        if promise.withdrawn:
            store._connection.execute("UPDATE request SET state = 'withdrawn' WHERE id = ?", (request_id,))
    if promise.delivered_at is None:
        return
    with store.transaction(lasting=False):
        keep_document(
            store,
            actor,
            Made(content=b"%PDF-", pages=1),
            kind=promise.kind,
            patient_id=saved.patient_id,
            visit_id=saved.visit_id,
            request_id=request_id,
            how="file",
            target="file",
            now=promise.delivered_at,
        )
    given = Handover(to="The patient", identity="known", late_reason="The printer was out")
    hand_over(store, actor, request_id, given, definitions=definitions, now=promise.delivered_at)


def to_the_millisecond(promise: Promise) -> Promise:
    """Return the promise as the store keeps its instants."""
    at = promise.delivered_at
    return promise._replace(delivered_at=at and at.replace(microsecond=at.microsecond // 1000 * 1000))


@pytest.fixture
def kept(store: Store, desk: Actor, definitions: Definitions) -> list[Promise]:
    """Keep requests of two weeks more on both sides than is asked for, and return them with that of the visit they hang on."""
    saved = save(store, desk, definitions)
    found = [to_the_millisecond(each) for each in promises(90, first=FIRST - timedelta(days=14), last=LAST + timedelta(days=14))]
    for promise in found:
        keep(store, desk, saved, promise, definitions)
    return [*found, Promise("loc.edison", "visit_note", False, NOW, NOW + timedelta(hours=24), None)]


def test_the_report_of_the_store_equals_a_count_over_all_rows(
    store: Store, desk: Actor, definitions: Definitions, kept: list[Promise]
) -> None:
    """The rows due from the first to the last day at the clinics, of all or of one, and no others."""
    begin, end = begin_of(FIRST, ZONE), begin_of(LAST + timedelta(days=1), ZONE)
    for location in (None, "loc.edison"):
        rows = [each for each in kept if begin <= each.due_at < end and location in (None, each.location)]
        assert 10 < len(rows) < len(kept)
        expected = on_time_of(
            rows,
            first=FIRST,
            last=LAST,
            zone=ZONE,
            location=location,
            now=NOW,
            clinics=[each.key for each in definitions.practice.locations],
            kinds=[kind.key for kind in definitions.document_kinds.kinds],
        )
        assert on_time(store, desk, first=FIRST, last=LAST, location=location, definitions=definitions, now=NOW) == expected


@pytest.mark.parametrize(
    ("first", "last", "location", "code"),
    [
        (date(2026, 11, 2), date(2026, 11, 1), None, "period_backwards"),
        (date(2010, 1, 1), date(2026, 11, 1), None, "period_too_long"),
        (date(1, 1, 1), date(2026, 11, 1), None, "period_out_of_range"),
        (date(2026, 1, 1), date(9999, 12, 31), None, "period_out_of_range"),
        (date(2026, 11, 1), date(2026, 11, 2), "loc.nowhere", "unknown_location"),
    ],
)
def test_a_period_or_clinic_there_is_not_is_refused(
    store: Store, desk: Actor, definitions: Definitions, first: date, last: date, location: str | None, code: str
) -> None:
    """Before anything is counted."""
    with pytest.raises(InvalidInputError) as refused:
        on_time(store, desk, first=first, last=last, location=location, definitions=definitions, now=NOW)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_looking_again_and_again_is_recorded_once_and_each_export_is(store: Store, desk: Actor, definitions: Definitions) -> None:
    """A report on screen is counted anew whenever anything changes; recording it each time would be such a change."""
    report = on_time(store, desk, first=FIRST, last=LAST, location=None, definitions=definitions, now=NOW)
    before = store.data_version()
    on_time(store, desk, first=FIRST, last=LAST, location=None, definitions=definitions, now=NOW)
    assert store.data_version() == before
    note_on_time(store, desk, report, form="csv", now=NOW)
    rows = store._connection.execute("SELECT action, changes FROM audit WHERE action LIKE '%on_time' ORDER BY seq").fetchall()
    assert [action for action, _ in rows] == ["see_on_time", "export_on_time"]
    assert json.loads(rows[1][1])["period"][1] == f"{FIRST.isoformat()}/{LAST.isoformat()}"


def paper(report: OnTime, definitions: Definitions, *, training: bool = False) -> bytes:
    """Return the report as PDF."""
    return on_time_report(
        report, practice=definitions.practice, kinds=NAMES, by="Dana Example", training=training, printed_at=NOW
    )  # fmt: skip


def test_paper_and_table_say_the_same_numbers(definitions: Definitions) -> None:
    """One report, two forms."""
    report = a_report(400)
    words = spaced(" ".join(pages_by_pypdf(paper(report, definitions))))
    rows = list(csv.DictReader(io.StringIO(on_time_csv(report, practice=definitions.practice, kinds=NAMES).decode("utf-8-sig"))))
    assert [row["Part"] for row in rows] == ["all", *["clinic"] * 3, *["kind"] * 3, *["week"] * 8]
    for row in rows:
        told = [f"{int(row[name]):,}" if int(row[name]) else "–" for name in ("Requests", "Due", "On time", "Late", "Still owed")]
        assert f"{row['Name']} {' '.join(told)}" in words
    whole = rows[0]
    assert float(whole["Share on time"]) == pytest.approx(int(whole["On time"]) / int(whole["Due"]), abs=0.0001)
    assert int(whole["Due"]) == int(whole["On time"]) + int(whole["Late"]) + int(whole["Still owed"])
    assert float(whole["Median hours"]) == pytest.approx(report.total.median_h, abs=0.01)
    assert float(whole["Longest hours so far, still owed"]) == pytest.approx(report.total.owed_h, abs=0.01)


def test_the_paper_gives_the_promise_its_picture_and_the_same_bytes_each_time(definitions: Definitions) -> None:
    """The share of every week stands in its bar."""
    report = a_report(400)
    pdf = paper(report, definitions, training=True)
    first = spaced(pages_by_pypdf(pdf)[0])
    assert "Every document within 24 hours" in first
    assert "TRAINING – not a real patient" in first
    assert all(f"{week.tally.on_time}/{week.tally.due}" in first for week in report.weeks)
    assert pdf == paper(report, definitions, training=True)


def test_a_period_without_documents_says_so(definitions: Definitions) -> None:
    """In words, with no picture and no empty tables; the table has its lines with empty shares."""
    report = a_report(0)
    assert NONE_DUE in spaced(pages_by_pypdf(paper(report, definitions))[0])
    rows = list(csv.DictReader(io.StringIO(on_time_csv(report, practice=definitions.practice, kinds=NAMES).decode("utf-8-sig"))))
    assert {row["Share on time"] for row in rows} == {""}
    assert {row["Part"] for row in rows} == {"all", "week"}


def test_four_years_of_weeks_flow_over_pages(definitions: Definitions) -> None:
    """Every week has its line; none is lost at the end of a page."""
    report = a_report(1500, first=date(2022, 11, 21), last=LAST)
    words = spaced(" ".join(pages_by_pypdf(paper(report, definitions))))
    assert len(report.weeks) == 209
    assert all(f"{week.year}-W{week.number:02d}," in words for week in report.weeks)


def test_the_command_writes_the_form_its_file_name_asks_for(run: Run, tmp_path: Path) -> None:
    """A new intake promises its note for tomorrow: in the period, due later, in no share."""
    run("add", write(tmp_path / "one.json"))
    last = (datetime.now(tz=ZONE) + timedelta(days=2)).date()
    period = ("--from", (last - timedelta(days=30)).isoformat(), "--to", last.isoformat())
    for name in ("report.pdf", "report.CSV"):
        code, [line], _ = run("report", "on-time", *period, "--clinic", "loc.edison", "-o", str(tmp_path / name))
        assert (code, line["due"], line["share"]) == (0, 0, None)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF-")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "report.CSV").read_text(encoding="utf-8-sig"))))
    assert (rows[0]["Requests"], rows[0]["Due later"], rows[1]["Name"]) == ("1", "1", "Edison")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--from", "2026-11-01", "--to", "2026-11-30", "-o", "x.xls"), ".pdf or .csv"),
        (("--from", "yesterday", "--to", "2026-11-30", "-o", "x.pdf"), "year-month-day"),
        (("--from", "2026-11-30", "--to", "2026-11-01", "-o", "x.pdf"), "ends before it begins"),
        (("--from", "2026-11-01", "--to", "2026-11-30", "--clinic", "loc.x", "-o", "x.pdf"), "no such clinic"),
    ],
)
def test_the_command_names_what_it_cannot_use(run: Run, words: tuple[str, ...], told: str) -> None:
    """Nothing is written."""
    code, lines, said = run("report", "on-time", *words)
    assert (code, lines) == (2, [])
    assert told in said
