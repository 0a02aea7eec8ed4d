"""Failed tries: counted, kept beside the store, and told to the audit once."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.access import tell_tries
from intake.errors import IntakeError, StoreError
from intake.paths import Paths
from intake.security.tries import MOST_UNTOLD, Failures, Tries, Untold
from tests.factories import NOW, PASSWORD
from tests.intake.access.desk import enter, refused, signed_in, told


def test_tries_before_the_store_opens_are_told_to_the_audit_once(paths: Paths) -> None:
    """With their own time and desk; a login that nobody has is not written down, it may be a password."""
    refused(paths, password="wrong", workstation="desk-7")
    refused(paths, login=PASSWORD, now=NOW + timedelta(seconds=5))
    assert PASSWORD not in paths.tries.read_text("utf-8")
    enter(paths, now=NOW + timedelta(minutes=1)).store.close()
    with signed_in(paths, now=NOW + timedelta(minutes=1)) as alex:
        entries = told(alex.store, "sign_in")
        assert entries[:2] == [(1, "desk-7", "refused"), (None, "desk-1", "refused")]
        assert [outcome for *_, outcome in entries] == ["refused", "refused", "done", "done"]
    assert Tries(paths.tries).untold() == Untold()


def test_a_program_that_ends_after_the_audit_was_told_tells_it_no_second_time(paths: Paths) -> None:
    """The store remembers which tries it was told of."""
    refused(paths, password="wrong")
    before = paths.tries.read_bytes()
    with signed_in(paths):
        pass
    paths.tries.write_bytes(before)
    with signed_in(paths) as alex:
        assert [outcome for *_, outcome in told(alex.store, "sign_in")] == ["refused", "done", "done"]


def test_a_wait_is_said_and_a_try_that_comes_too_soon_is_told_too(paths: Paths) -> None:
    """From the third failure on it takes a second, then twice as long, at most a minute; nobody is ever locked out."""
    waits, moment = [], NOW
    for _ in range(11):
        error = refused(paths, password="wrong", now=moment)
        waits.append(error.facts["wait_s"])
        moment += timedelta(seconds=int(error.facts["wait_s"]))
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    early = refused(paths, now=moment - timedelta(seconds=1))
    assert (early.code, early.facts["wait_s"]) == ("sign_in_too_soon", 1)
    with signed_in(paths, now=moment) as alex:
        assert [outcome for *_, outcome in told(alex.store, "sign_in")] == ["refused"] * 11 + ["too_soon", "done"]
    assert refused(paths, password="wrong", now=moment).facts["wait_s"] == 0, "counting begins anew"


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=365)])
def test_a_clock_that_was_set_back_locks_nobody_out(paths: Paths, back: timedelta) -> None:
    """The wait counts from what the clock says now; without that it would last until the clock is there again."""
    for _ in range(6):
        Tries(paths.tries).fail("alex", at=NOW + back)
    assert refused(paths).code == "sign_in_too_soon"
    with signed_in(paths, now=NOW + timedelta(seconds=8)) as alex:
        assert alex.actor.staff.login == "alex"


def test_logins_that_nobody_has_wait_together_and_hold_up_nobody_else(paths: Paths) -> None:
    """Guessing names is slowed down; who has an account is not."""
    for _ in range(4):
        refused(paths, login="nobody")
    assert refused(paths, login="somebody").code == "sign_in_too_soon"
    enter(paths).store.close()


def test_several_programs_lose_no_try(tmp_path: Path) -> None:
    """Each takes its turn at the file."""
    path = tmp_path / "tries.json"
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC; from intake.security.tries import Tries\n"
        "tries, now = Tries(Path(sys.argv[1])), datetime(2026, 11, 22, tzinfo=UTC)\n"
        "for _ in range(20):\n"
        "    tries.fail('alex', at=now)\n"
        "    tries.keep('alex', at=now, workstation='desk', action='sign_in', outcome='refused')\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(3)]
    assert [each.wait(60) for each in running] == [0, 0, 0]
    assert Tries(path).failures("ALEX").count == 60
    assert len({each.id for each in Tries(path).untold().tries}) == 60


def test_tries_at_one_moment_wait_for_each_other(paths: Paths) -> None:
    """Eight programs at once get no more guesses than one: the three that are free."""
    refused(paths, password="what is loaded once is loaded")
    Tries(paths.tries).forget("alex")
    with ThreadPoolExecutor(8) as many:
        codes = list(many.map(lambda number: _code(paths, f"guess number {number}"), range(8)))
    assert sorted(codes) == ["sign_in_too_soon"] * 5 + ["wrong_sign_in"] * 3


def test_a_right_password_counts_as_no_failure_while_the_code_is_asked(paths: Paths) -> None:
    """The time of the last failure stays too: who is asked for the code types it at once."""
    tries, before = Tries(paths.tries), Failures(count=5, at=NOW)
    for _ in range(5):
        tries.fail("alex", at=NOW)
    later = NOW + timedelta(minutes=1)
    assert tries.begin("alex", at=later) == 0
    assert tries.failures("alex") == Failures(count=6, at=later)
    tries.take_back("alex", before)
    assert tries.failures("alex") == before


def _code(paths: Paths, password: str) -> str:
    try:
        enter(paths, password=password).store.close()
    except IntakeError as error:
        return error.code
    return ""


def test_more_tries_than_are_kept_one_by_one_are_counted(paths: Paths) -> None:
    """The file cannot grow without end."""
    tries = Tries(paths.tries)
    tries.keep("alex", at=NOW, workstation="desk", action="sign_in", outcome="refused")
    content = json.loads(paths.tries.read_bytes())
    content["untold"] = [{**content["untold"][0], "id": f"{number:016x}"} for number in range(MOST_UNTOLD)]
    paths.tries.write_text(json.dumps(content))
    tries.keep("alex", at=NOW, workstation="desk", action="sign_in", outcome="refused")
    assert (len(tries.untold().tries), tries.untold().more) == (MOST_UNTOLD, 1)
    with signed_in(paths) as alex:
        assert len(told(alex.store, "sign_in")) == MOST_UNTOLD + 2


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b'{"failures": {}}', b"[" * 100_000, b"\xff",
        b'{"failures": {"alex": [-1, "2026-11-22"]}, "untold": [], "more": 0, "damaged": false}',
        b'{"failures": {"alex": [1, "0001-01-01T00:00:00+23:59"]}, "untold": [], "more": 0, "damaged": false}',
        (b'{"failures": {}, "more": 0, "damaged": false, "untold": [{"id": "1", "at": "2026-11-22T15:00:00+00:00", "login": "alex", '
        b'"workstation": "desk-1", "action": "sign_visit", "outcome": "done"}]}'),
        *(
            (b'{"failures": {}, "more": 0, "damaged": false, "untold": [{"id": "1", "at": "%s", "login": "alex", '
            b'"workstation": "desk-1", "action": "sign_in", "outcome": "refused"}]}') % year
            for year in (b"0001-01-01T00:00:00+00:00", b"9999-12-31T23:59:59-14:00", b"9999-12-31T00:00:00+00:00")
        ),
    ],
)  # fmt: skip
def test_a_damaged_or_forged_file_is_told_and_holds_nobody_up(paths: Paths, content: bytes) -> None:
    """Nothing that stands in it can make the audit say what nobody did."""
    paths.tries.write_bytes(content)
    with signed_in(paths) as alex:
        assert told(alex.store, "tries_damaged") == [(None, "", "not_whole")]
        assert told(alex.store, "sign_visit") == []
        tell_tries(alex.store, NOW)
        assert len(told(alex.store, "tries_damaged")) == 1


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """With what to do, and not as a crash."""
    (tmp_path / "a file").touch()
    with pytest.raises(StoreError, match="read_only_folder"):
        Tries(tmp_path / "a file" / "tries.json").fail("alex", at=NOW)
    assert Tries(tmp_path / "tries.json").failures("alex") == Failures()


def test_only_their_owner_reads_the_tries_and_their_lock(paths: Paths) -> None:
    """They name logins; whoever holds the lock holds up every sign-in."""
    assert refused(paths, password="wrong").code == "wrong_sign_in"
    names = (paths.tries, paths.tries.with_name(f"{paths.tries.name}.lock"))
    assert [each.stat().st_mode & 0o777 for each in names] == [0o600, 0o600]
