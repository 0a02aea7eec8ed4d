"""Links as they are printed and typed back, the words of every action, and a chain that SQL and Python write alike."""

from __future__ import annotations

import ast
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import intake
from intake.actions.check import check_due, check_store, latest_checks, nightly_check
from intake.actions.clock import note_clock_jump
from intake.actions.rules_in_use import note_rules
from intake.definitions.bundle import Definitions
from intake.domain.audit import Finding, Link, link_of
from intake.domain.audit_tasks import FREE, NEEDS, permits
from intake.domain.staff import Role
from intake.entry.audit_actions import ACTIONS
from intake.entry.audit_words import FINDINGS, finding_words, found_words
from intake.errors import DeniedError
from intake.storage import chain
from intake.storage.chain import entry_hash
from intake.storage.driver import connect
from tests.factories import NOW, a_colleague
from tests.intake.audit.conftest import Folder

ZONE = ZoneInfo("America/New_York")
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


@given(st.integers(1, 10**12 - 1), st.binary(min_size=32, max_size=32))
def test_a_link_is_typed_back_as_it_was_printed(seq: int, found: bytes) -> None:
    """In small letters, with spaces for dashes, and with the letters that are read for digits."""
    link = Link(seq=seq, hash=found)
    number, _, rest = link.text().partition("-")
    for typed in (
        link.text(),
        link.text().lower(),
        f" {number}-{rest.replace('-', ' ')} ",
        f"{number}-{rest.replace('1', 'I').replace('0', 'o')}",
    ):
        back = link_of(typed)
        assert back is not None
        assert back.seq == seq
        assert back.fits(found)


@given(st.integers(1, 10**6), st.binary(min_size=32, max_size=32), st.data())
def test_one_wrong_sign_is_found_nearly_always(seq: int, found: bytes, data: st.DataObject) -> None:
    """What passes for a link all the same is not the one that was printed."""
    text = Link(seq=seq, hash=found).text()
    at = data.draw(st.integers(0, len(text) - 1).filter(lambda place: text[place] != "-"))
    wrong = data.draw(st.sampled_from([sign for sign in "23456789" if sign != text[at]]))
    back = link_of(text[:at] + wrong + text[at + 1 :])
    assert back is None or back != Link(seq=seq, hash=found[:10])


@pytest.mark.parametrize("text", ["", "4711", "4711-", "AAAA-BBBB", "1-2345", "1-AAAA-BBBB-CCCC-DDDD-E", "ü-AAAA-BBBB-CCCC-DDDD-EE"])
def test_what_is_no_link_is_none(text: str) -> None:
    """Never an error."""
    assert link_of(text) is None


@given(TEXT, TEXT)
@example('quote " back \\ slash / and \x7f', "tab\t line\n feed\x0c bell\x07 nul-free \u2028 \U0001f600 é")
def test_sql_writes_an_entry_as_python_does(reason: str, workstation: str) -> None:
    """Or the check says whole what SQL wrote differently: it is written once more by Python before it is called broken."""
    content = (1, NOW.isoformat(), None, None, workstation, "search", None, None, None, "{}", reason, "done")
    connection = connect(":memory:", bytes(32), timeout_s=1)
    connection.execute(f"CREATE TABLE audit ({', '.join(chain.CONTENT)}, prev_hash, hash)")
    row = (*content, chain.FIRST_LINK, entry_hash(bytes(32), chain.FIRST_LINK, content))
    connection.execute(f"INSERT INTO audit VALUES ({', '.join('?' * len(row))})", row)
    walked = chain.walk(connection, bytes(32))
    assert (walked.entries, walked.broken_at) == (1, None)
    connection.close()


def test_every_action_has_words() -> None:
    """Whatever is recorded can be read."""
    assert sorted(set(actions_in_code()) - set(ACTIONS)) == []


def test_of_every_action_it_is_said_what_it_takes() -> None:
    """A new one is placed on purpose: among those that need a task, or those that need none. Any other is nobody's."""
    assert sorted({*NEEDS, *FREE} ^ set(ACTIONS)) == []
    assert NEEDS.keys() & FREE == set()
    assert not permits(Role.ADMINISTRATOR.value, "look_away")


def actions_in_code() -> list[str]:
    """Return the actions that the program names where it adds an entry."""
    found = []
    for path in Path(next(iter(intake.__path__))).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Attribute) and called.attr == "add" and ast.unparse(called.value).endswith("audit"):
                assert isinstance(node, ast.Call)
                action = node.args[1]
                named = (action.body, action.orelse) if isinstance(action, ast.IfExp) else (action,)
                found += [each.value for each in named if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    assert len(found) > 50
    return found


def test_every_finding_has_words_and_the_line_stays_short() -> None:
    """Three findings are told, the others counted."""
    for code in FINDINGS:
        assert "7" in finding_words(Finding(code=code, place="7")) or "{place}" not in FINDINGS[code]
    many = [Finding(code="request_altered", place=f"D-{number}") for number in range(9)]
    assert found_words(many, entries=1, last="").endswith("D-2 is not as it was recorded; and 6 more.")


def test_a_clock_that_was_set_back_is_told_before_the_next_entry(folder: Folder) -> None:
    """With what it showed before and after; a trimmed clock is no news, and it is told once."""
    with folder.opened() as store:
        for minutes in (0, -1, -60, -60):
            with store.transaction():
                store.audit.add(folder.admin, "search", at=NOW + timedelta(minutes=minutes))
        rows = store._connection.execute("SELECT action, changes FROM audit WHERE seq > 13 ORDER BY seq").fetchall()
        assert [row[0] for row in rows] == ["search", "search", "clock_set_back", "search", "search"]
        assert '["2026-11-22T14:59:00.000+00:00", "2026-11-22T14:00:00.000+00:00"]' in rows[2][1]
        assert store.audit.broken_at() == (18, None)


def test_a_clock_that_jumped_is_told(folder: Folder) -> None:
    """Two minutes are none."""
    with folder.opened() as store:
        note_clock_jump(store, folder.admin, expected=NOW, now=NOW + timedelta(minutes=2))
        note_clock_jump(store, folder.admin, expected=NOW, now=NOW + timedelta(hours=1))
        rows = store._connection.execute("SELECT count(*) FROM audit WHERE action = 'clock_jumped'").fetchall()
        assert rows == [(1,)]


def test_other_versions_of_the_rules_are_told_once(folder: Folder, definitions: Definitions) -> None:
    """Old and new by kind; the same versions again are no news."""
    with folder.opened() as store:
        for _ in range(2):
            note_rules(store, folder.admin, definitions, now=NOW)
        later = replace(definitions, review_form=replace(definitions.review_form, version="neck-99"))
        note_rules(store, folder.admin, later, now=NOW)
        told = [json.loads(row[0]) for row in store._connection.execute("SELECT changes FROM audit WHERE action = 'rules_changed'")]
        assert len(told) == 2
        assert told[0]["review"] == [None, definitions.review_form.version]
        assert told[1]["review"] == [definitions.review_form.version, "neck-99"]
        assert told[1].keys() == {"review", "sealed"}


def test_a_check_is_due_once_a_day_and_sooner_at_night(folder: Folder) -> None:
    """A clock that was set back makes it due too."""
    with folder.opened() as store:
        assert check_due(store, NOW, ZONE)
        nightly_check(store, workstation="desk-1", now=NOW)
        hours = {1: False, 13: True, 20: False, 24: True, -1: True}
        assert {each: check_due(store, NOW + timedelta(hours=each), ZONE) for each in hours} == hours


def test_what_a_check_found_is_kept(folder: Folder) -> None:
    """Who made it, and that nobody asked; only who may check sees it."""
    with folder.opened() as store:
        nightly_check(store, workstation="desk-9", now=NOW)
        check_store(store, folder.admin, now=NOW + timedelta(hours=1))
        runs = latest_checks(store, folder.admin, 5, now=NOW)
        assert [(run.by, run.workstation, run.good, run.entries) for run in runs] == [
            ("Alex Sample", "desk-1", True, 14),
            (None, "desk-9", True, 13),
        ]
        assert link_of(runs[0].last) is not None
        with pytest.raises(DeniedError):
            latest_checks(store, a_colleague(store, folder.admin, role=Role.RECEPTIONIST), now=NOW)
