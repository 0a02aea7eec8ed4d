"""Values of the audit in words, and the findings of a check."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from intake.definitions.bundle import Definitions
from intake.domain.audit import CheckRun, Finding
from intake.entry.audit_words import FINDINGS, finding_words
from ui.desk import Desk
from ui.pages.audit.check_strip import CheckStrip
from ui.pages.audit.values import Words, reason_words
from ui.pages.audit.words import findings_words

ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def said(definitions: Definitions) -> Words:
    """Return how values are said to somebody who knows one account."""
    return Words(definitions=definitions, zone=ZONE, people={7: "Casey Example"})


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("period", "2026-11-16/2026-11-22", "Nov 16, 2026 – Nov 22, 2026"),
        ("first", "2026-11-22T15:00:00+00:00", "Nov 22, 2026, 10:00 AM"),
        ("day", "2026-11-22", "Nov 22, 2026"),
        ("board", "all", "All clinics"),
        ("location", "loc.edison", "Edison"),
        ("role", "print_desk", "print desk"),
        ("second_factor_roles", "clinician print_desk", "clinician, print desk"),
        ("keep", "24 31 24", "24 hours, 31 days, 24 months"),
        ("hold", "7", "Casey Example"),
        ("consents", "7 9", "Casey Example, account 9"),
        ("visit.status", "with_clinician", "with clinician"),
        ("answers.sx.twitching", "yes", "Yes"),
        ("purpose", "sign_review", "Signed the note"),
        ("sha256", "ab" * 32, "abababababababab…"),
        ("patient.legal_last", "Sample", "Sample"),
        ("folder", "/media/stick_one", "/media/stick_one"),
        ("day", None, "–"),
    ],
)
def test_a_value_is_said_in_words(said: Words, path: str, value: str | None, words: str) -> None:
    """Codes, days and numbers of accounts never stand raw on the screen; what somebody typed stays as it is."""
    assert said.value(path, value) == words


def test_old_and_new_are_told_only_where_something_changed(said: Words) -> None:
    """What was only noted has no arrow."""
    assert said.change("state", "ready", "printed") == "ready  →  printed"
    assert said.change("login", "dana", "dana") == "dana"
    assert said.change("board", None, "loc.edison") == "Edison"
    assert said.change("folder", "/media/stick", None) == "/media/stick  →  –"


def test_a_reason_of_the_program_is_told_in_its_sentence() -> None:
    """A person's own words stay."""
    assert reason_words("target_missing").startswith("The folder is not there. Plug the drive in")
    assert reason_words("covers for Dr. Sample") == "covers for Dr. Sample"


def test_every_finding_is_said_with_its_place_and_none_is_lost(desk: Desk, qtbot: QtBot) -> None:
    """Known ones by their sentence, one of a later version by its code; a long list scrolls and is not cut off silently."""
    findings = [*(Finding(code=code, place="V-000001-9") for code in FINDINGS), Finding(code="moon_altered", place="4711")]
    run = CheckRun(
        at=datetime(2026, 11, 22, 15, tzinfo=UTC),
        by="Alex Admin",
        entries=9,
        last="",
        took_ms=80,
        workstation="desk-1",
        findings=tuple(findings),
    )
    assert finding_words(findings[-1]) == "moon altered (4711)"
    strip = CheckStrip(desk)
    qtbot.addWidget(strip)
    strip.resize(620, 300)
    strip.show()
    strip.show_run(run)
    lines = findings_words(run).split("\n")
    assert len(lines) == len(findings)
    assert strip.findings_label.text().split("\n") == lines
    qtbot.waitUntil(lambda: strip.findings.verticalScrollBar().maximum() > 0)
    many = Finding(code="patient_gone", place="RD-000001-3")
    run_of_many = CheckRun(at=run.at, by=None, entries=9, last="", took_ms=80, workstation="desk-1", findings=(many,) * 250)
    assert findings_words(run_of_many).endswith("and 50 more")


def test_the_two_ends_of_a_period_are_told_as_its_days(said: Words) -> None:
    """The last day is the one before the end; what only has a beginning says from when."""
    first, before = "2026-11-16T05:00:00+00:00", "2026-11-23T05:00:00+00:00"
    both = {"first": (None, first), "before": (None, before), "form": (None, "csv")}
    assert said.told(both) == [("Days", "Nov 16, 2026 – Nov 22, 2026"), ("Form", "csv")]
    assert [name for name, _ in said.told({"first": (None, first)})] == ["From"]
    assert said.told({"idle_lock_min": ("1", "15")}) == [("Minutes until a desk locks by itself", "1  →  15")]
