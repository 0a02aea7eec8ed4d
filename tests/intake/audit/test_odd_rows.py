"""Rows that a receptionist writes as the program never does: everybody else signs in, and the check says what it finds."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake.actions.audit_reading import read_audit
from intake.actions.backup_targets import targets
from intake.actions.check import check_due, latest_checks
from intake.actions.desk_settings import WAITING, waiting_warning_min
from intake.actions.idle import IDLE, USUAL_MIN, idle_minutes
from intake.actions.recovery import recovery_state
from intake.actions.rules_in_use import NAME as RULES
from intake.actions.rules_in_use import SCOPE as PRACTICE
from intake.actions.rules_in_use import note_rules, versions_of
from intake.actions.second_factor import ROLES, choose_roles_with_second_factor, roles_with_second_factor
from intake.definitions.bundle import Definitions
from intake.domain.audit import Asked, Finding
from intake.domain.staff import Role
from intake.entry.audit_words import finding_words
from intake.paths import Paths
from intake.storage.rows import NO_TIME, instant, instant_text
from intake.storage.seals import SEALED
from tests.factories import NOW, WORKSTATION
from tests.intake.access.desk import refused, signed_in
from tests.intake.audit.practice import CASEY, DANA, a_practice, codes, findings
from tests.intake.audit.rogue import Rogue

ZONE = ZoneInfo("America/New_York")
NO_TIMES = ("", "x", "5", "2026-11-22", "2026-11-22T09:00:00", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-14:00", "\ud800")
NO_SLOTS = ("", "x", "5", "null", "[]", "{}", '{"signer": 5}', "[" * 990 + "]" * 990, "9" * 5000)
NO_NAMES = ("", "abc", "\u00b2", "\u00b2.1", "\u0669", "-1", "-1.2", "1_0", "zz", "ff.zz", "1.2.3", "9" * 5000, "9" * 19, "\x00")
NO_NUMBERS = ("x", "-5", "\u00b2", "5.0", " 5", "9" * 5000)
RUN = "INSERT INTO check_run (at, staff_id, workstation, took_ms, entries, last, findings) VALUES (?, NULL, 'desk-1', 1, 1, '', ?)"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a practice, made once, to be copied."""
    data = tmp_path_factory.mktemp("practice") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(data.parent / "state"))
        a_practice(Paths(data=data, training=False))
    return data


@pytest.fixture
def rogue(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rogue:
    """Return dana, at home with the folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(first, tmp_path / "data")
    return Rogue(Paths(data=tmp_path / "data", training=False))


@pytest.mark.parametrize("text", NO_TIMES)
def test_a_time_that_is_none_reads_as_the_first_of_all(text: str) -> None:
    """No row stops its reader by its time."""
    assert instant(text) == NO_TIME == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_time_that_was_stored_reads_as_it_was() -> None:
    """To the millisecond, whatever zone it was told in."""
    told = NOW.astimezone(ZONE).replace(microsecond=123_000)
    assert instant(instant_text(told)) == told


def test_a_recovery_key_of_no_time_stops_nobody(rogue: Rogue) -> None:
    """It is shown as of the first time of all."""
    with rogue.at_work() as connection:
        connection.execute("UPDATE recovery SET made_at = 'x', confirmed_at = '5', used_at = '[]'")
    assert findings(rogue.paths) == ()
    with signed_in(rogue.paths) as alex:
        kept = recovery_state(alex.store, alex.actor)
    assert kept is not None
    assert (kept.made_at, kept.confirmed_at, kept.used_at) == (NO_TIME, NO_TIME, NO_TIME)


def test_a_recovery_slot_that_is_none_stops_nobody_and_is_found(rogue: Rogue) -> None:
    """There is no recovery key then, until a new one is made."""
    with rogue.at_work() as connection:
        connection.execute("UPDATE recovery SET slot = '5'")
    assert Finding(code="recovery_altered") in findings(rogue.paths)
    with signed_in(rogue.paths) as alex:
        assert recovery_state(alex.store, alex.actor) is None


@pytest.mark.parametrize("written", NO_SLOTS)
def test_a_slot_that_is_none_shuts_out_its_own_account_alone(rogue: Rogue, written: str) -> None:
    """Who has it is told that the account was changed; the check says so, and others sign in before and after."""
    with rogue.at_work() as connection:
        connection.execute("UPDATE staff SET slot = ? WHERE id = ?", (written, CASEY))
    assert Finding(code="account_altered", place="casey") in findings(rogue.paths)
    assert refused(rogue.paths, "casey").code == "account_not_as_told"
    for login in ("alex", "dana"):
        with signed_in(rogue.paths, login):
            pass
    assert refused(rogue.paths, "casey").code == "wrong_sign_in"


def test_a_wrong_password_for_an_account_without_a_slot_stops_nobody(rogue: Rogue) -> None:
    """The try is told at the next sign-in of anybody."""
    with rogue.at_work() as connection:
        connection.execute("UPDATE staff SET slot = '[]' WHERE id = ?", (CASEY,))
    assert refused(rogue.paths, "casey", "not the password").code == "wrong_sign_in"
    with signed_in(rogue.paths) as alex:
        told = alex.store._connection.execute("SELECT staff_id FROM audit WHERE action = 'sign_in' AND outcome = 'refused'").fetchall()
    assert told == [(CASEY,)]


def test_an_account_without_a_slot_can_be_switched_off(rogue: Rogue) -> None:
    """Nothing has to be read of it for that."""
    with rogue.at_work() as connection:
        connection.execute("UPDATE staff SET slot = 'x' WHERE id = ?", (CASEY,))
    with signed_in(rogue.paths) as alex, alex.store.transaction():
        alex.store.staff.set_active(CASEY, active=False)
        alex.store.staff.seal(CASEY, at=NOW)
        alex.store.audit.add(alex.actor, "set_active", at=NOW)
        assert not alex.store.staff.by_id(CASEY).active


def test_names_of_rows_that_are_none_stop_no_check(rogue: Rogue) -> None:
    """Whatever table they are said to be of: those of requests and disclosures are found as they are written."""
    with rogue.at_work(signs=True) as connection:
        words = " ".join(f"{table}:{name}=00" for table in (*SEALED, "", "nowhere") for name in NO_NAMES)
        rogue.tell(connection, DANA, "receptionist", "search", changes={"sealed": [None, words]})
    found = set(findings(rogue.paths))
    for name in ("abc", "\u00b2", "-1", "9" * 5000):
        assert {Finding(code=code, place=name) for code in ("request_altered", "disclosure_altered", "visit_altered")} <= found
    assert Finding(code="setting_altered", place="ff.zz") in found
    with signed_in(rogue.paths):
        pass


def test_a_role_that_there_is_not_is_asked_for_no_second_factor(rogue: Rogue) -> None:
    """The roles beside it are, as they were chosen."""
    with signed_in(rogue.paths) as alex:
        choose_roles_with_second_factor(alex.store, alex.actor, frozenset({Role.CLINICIAN}), now=NOW)
    with rogue.at_work() as connection:
        connection.execute("UPDATE setting SET value = 'queen ' || value WHERE name = ?", (ROLES,))
    with signed_in(rogue.paths) as alex:
        assert roles_with_second_factor(alex.store) == {Role.CLINICIAN}
        assert not alex.enrol
    with signed_in(rogue.paths, "casey") as casey:
        assert casey.enrol


def test_minutes_that_are_none_are_the_usual_ones(rogue: Rogue) -> None:
    """Of waiting, and of a desk that nobody uses."""
    with signed_in(rogue.paths) as alex:
        for value in NO_NUMBERS:
            with alex.store.transaction():
                alex.store.settings.put(WORKSTATION, WAITING, value)
                alex.store.settings.put("", IDLE, value)
            assert waiting_warning_min(alex.store, WORKSTATION, usual=25) == 25
            assert idle_minutes(alex.store) == USUAL_MIN


def test_versions_that_are_none_are_told_anew(rogue: Rogue, definitions: Definitions) -> None:
    """As in a store in which they were never told."""
    found = versions_of(definitions)
    with signed_in(rogue.paths) as alex:
        for value in ("x", "5", "[1]", '{"forms": 1}', '{"\\ud800": "1"}', "[" * 990 + "]" * 990):
            with alex.store.transaction():
                alex.store.settings.put(PRACTICE, RULES, value)
            note_rules(alex.store, alex.actor, definitions, now=NOW)
            entry, *_ = read_audit(alex.store, alex.actor, Asked(), now=NOW).entries
            assert entry.changes == {name: (None, version) for name, version in found.items()}
            assert json.loads(alex.store.settings.get(PRACTICE, RULES) or "") == found


def test_a_check_that_does_not_read_is_none(rogue: Rogue) -> None:
    """It is passed over, and keeps no check from being due."""
    with rogue.at_work() as connection:
        connection.executemany(RUN, [(at, "[]") for at in NO_TIMES[:-1]])
        connection.executemany(RUN, [(instant_text(NOW), each) for each in ("5", "[5]", '[["a"]]', "[[1, 2]]", '["ab"]', '{"a": "b"}')])
    with signed_in(rogue.paths) as alex:
        assert check_due(alex.store, NOW, ZONE)
        assert latest_checks(alex.store, alex.actor, now=NOW) == ()


def test_checks_that_do_not_read_hide_none_that_does(rogue: Rogue) -> None:
    """However many came after it."""
    with rogue.at_work() as connection:
        connection.execute(RUN, (instant_text(NOW), '[["{odd}", "{place}"]]'))
        connection.executemany(RUN, [("x", "[]")] * 60)
    with signed_in(rogue.paths) as alex:
        (run,) = latest_checks(alex.store, alex.actor, 5, now=NOW)
        assert not check_due(alex.store, NOW + timedelta(minutes=1), ZONE)
    assert [finding_words(each) for each in run.findings] == ["{odd} ({place})"]


def test_emergencies_and_backups_of_no_time_stop_nobody(rogue: Rogue) -> None:
    """They are read as of the first time of all, and found."""
    with rogue.at_work() as connection:
        connection.execute(
            "INSERT INTO emergency (staff_id, workstation, reason, at, until) VALUES (?, 'desk-1', 'none', 'x', 'x')", (CASEY,)
        )
        connection.execute("INSERT INTO backup_target (id, folder, added_by, added_at, tried_at) VALUES (9, '/', 1, 'x', 'x')")
        connection.execute("INSERT INTO backup (target_id, name, taken_at, size, audit_seq) VALUES (9, 'x', 'x', 1, 1)")
    assert {"emergency_altered", "target_altered"} <= codes(findings(rogue.paths))
    with signed_in(rogue.paths) as alex:
        (emergency,) = alex.store.emergencies.unseen()
        (target,) = targets(alex.store, alex.actor, now=NOW)
    assert (emergency.at, emergency.until) == (NO_TIME, NO_TIME)
    assert (target.tried_at, target.last_at) == (NO_TIME, NO_TIME)
