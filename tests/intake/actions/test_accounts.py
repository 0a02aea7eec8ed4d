"""Accounts: first start, signing in, throttling, passwords."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from intake.actions.access import sign_out
from intake.actions.accounts import accounts, add_staff, change_password, password_problems, set_active
from intake.actions.check import check_store
from intake.actions.setup import choose_desk_location, desk_location, is_set_up, set_up
from intake.domain.staff import Actor, Role
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.paths import Paths
from intake.security.throttle import wait_after
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, WORKSTATION, signs_in


def refused(store: Store, *, password: str = "wrong", login: str = "alex", after_s: int = 0) -> tuple[str, int]:
    """Return code and wait of a sign-in that is refused."""
    with pytest.raises(IntakeError) as caught:
        signs_in(store, login=login, password=password, workstation=WORKSTATION, now=NOW + timedelta(seconds=after_s))
    wait = caught.value.facts["wait_s"]
    assert isinstance(wait, int)
    return caught.value.code, wait


def test_the_first_start_makes_the_administrator_and_chooses_the_clinic(tmp_path: Path) -> None:
    """Nothing else is asked, and it happens once."""
    paths = Paths(data=tmp_path, training=False)
    assert not is_set_up(paths)
    begin = partial(
        set_up, paths, admin_name="Alex Sample", login="alex", password=PASSWORD, location="loc.edison", workstation=WORKSTATION, now=NOW
    )
    made = begin()
    assert is_set_up(paths)
    assert (made.admin.role, desk_location(made.store, WORKSTATION)) == (Role.ADMINISTRATOR, "loc.edison")
    made.store.close()
    with pytest.raises(IntakeError) as caught:
        begin()
    assert caught.value.code == "already_set_up"


def test_each_desk_has_its_own_clinic(store: Store, admin: Actor) -> None:
    """Choosing one changes no other."""
    choose_desk_location(store, Actor(staff=admin.staff, workstation="desk-2"), "loc.union", now=NOW)
    assert [desk_location(store, name) for name in (WORKSTATION, "desk-2", "desk-3")] == ["loc.edison", "loc.union", None]


@pytest.mark.parametrize("login", ["alex", "ALEX", "  Alex "])
def test_the_right_password_signs_in(store: Store, admin: Actor, login: str) -> None:
    """Case and spaces of a login do not matter, and both ways are recorded."""
    actor = signs_in(store, login=login, password=PASSWORD, workstation="desk-9", now=NOW)
    assert actor == Actor(staff=admin.staff, workstation="desk-9")
    sign_out(store, actor, NOW)
    rows = store._connection.execute("SELECT action, workstation, outcome FROM audit WHERE action LIKE 'sign%'").fetchall()
    assert rows == [("sign_in", "desk-9", "done"), ("sign_out", "desk-9", "done")]


def test_a_wrong_password_is_refused_and_recorded(store: Store, admin: Actor) -> None:
    """The entry names the account that was tried."""
    assert refused(store) == ("wrong_sign_in", 0)
    signs_in(store, login="alex")
    row = store._connection.execute("SELECT staff_id, outcome FROM audit WHERE action = 'sign_in'").fetchone()
    assert row == (admin.staff.id, "refused")


def test_an_unknown_login_is_refused_alike_and_its_text_is_not_kept(store: Store, admin: Actor) -> None:
    """Somebody may have typed the password there."""
    assert refused(store, login="seven sample ponies") == ("wrong_sign_in", 0)
    assert "ponies" not in store.paths.tries.read_text()
    assert not any("ponies" in str(row) for row in store._connection.execute("SELECT * FROM audit"))


def test_failures_make_the_next_try_wait_longer_and_never_lock_out(store: Store, admin: Actor) -> None:
    """From the third failure on it takes a second, then twice as long, at most a minute; then the right password opens."""
    waits, moment = [], 0
    for _ in range(11):
        code, wait = refused(store, after_s=moment)
        assert code == "wrong_sign_in"
        waits.append(wait)
        moment += wait
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert refused(store, password=PASSWORD, after_s=moment - 1) == ("sign_in_too_soon", 1)
    assert signs_in(store, login="alex", password=PASSWORD, workstation="w", now=NOW + timedelta(seconds=moment)).staff == admin.staff
    assert refused(store, after_s=moment) == ("wrong_sign_in", 0)


def test_a_clock_set_back_makes_nobody_wait_longer() -> None:
    """The wait is never more than its own length."""
    assert wait_after(5, since=NOW + timedelta(days=1), now=NOW) == 4


def test_an_account_that_was_switched_off_does_not_sign_in(store: Store, admin: Actor) -> None:
    """Accounts are never deleted."""
    store._connection.execute("UPDATE staff SET active = 0")
    assert refused(store, password=PASSWORD)[0] == "wrong_sign_in"


def test_only_an_administrator_adds_accounts(store: Store, admin: Actor, desk: Actor) -> None:
    """And a login is given once, whatever its case."""
    assert [staff.login for staff in accounts(store)] == ["alex", "dana"]
    with pytest.raises(DeniedError):
        add_staff(store, desk, login="x", name="X", role=Role.CLINICIAN, password=PASSWORD, now=NOW)
    with pytest.raises(InvalidInputError) as caught:
        add_staff(store, admin, login="DANA", name="X", role=Role.CLINICIAN, password=PASSWORD, now=NOW)
    assert caught.value.problems[0].code == "login_taken"


@pytest.mark.parametrize(
    ("login", "name", "field"), [("", "X", "login"), ("x", "  ", "name"), ("x" * 101, "X", "login"), ("x", "A\nB", "name")]
)
def test_an_account_needs_a_login_and_a_name(store: Store, admin: Actor, login: str, name: str, field: str) -> None:
    """Every entry of the audit must name somebody."""
    with pytest.raises(InvalidInputError) as caught:
        add_staff(store, admin, login=login, name=name, role=Role.CLINICIAN, password=PASSWORD, now=NOW)
    assert [problem.field for problem in caught.value.problems] == [field]


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("short", "password_short"),
        ("x" * 14, "password_short"),
        ("x" * 1001, "password_long"),
        ("passwordpassword", "password_known"),
        ("Pass Word Pass Word", "password_known"),
        ("correct horse battery staple", "password_known"),
        ("aaaaaaaaaaaaaaaaaaaa", "password_known"),
        ("abcdabcdabcdabcdabcd", "password_known"),
        ("neckpainclinic2026", "password_known"),
        ("IntakeDesk-IntakeDesk1", "password_known"),
        ("AlexSample-AlexSample", "password_is_name"),
        ("alex sample 1985!!", "password_is_name"),
        ("seven sample ponies", None),
        ("лошадь и семь яблок", None),
        ("three of my cats sing", None),
        ("training-clinic-1", None),
    ],
)
def test_a_password_is_judged_by_length_and_by_what_everybody_tries(password: str, code: str | None) -> None:
    """No rules about which signs; a long one of one's own is good."""
    found = [problem.code for problem in password_problems(password, login="alex", name="Alex Sample")]
    assert found == ([] if code is None else [code])


def test_the_check_is_the_administrators(store: Store, admin: Actor, desk: Actor) -> None:
    """A whole store is reported as whole, and who asked is recorded."""
    before = store.audit.broken_at()[0]
    assert check_store(store, admin, now=NOW).good
    assert store.audit.broken_at() == (before + 1, None)
    with pytest.raises(DeniedError):
        check_store(store, desk, now=NOW)


def test_only_an_administrator_changes_accounts(store: Store, admin: Actor, desk: Actor) -> None:
    """A receptionist can neither let somebody in nor take a password over."""
    with pytest.raises(DeniedError):
        set_active(store, desk, admin.staff.id, active=False, now=NOW)
    with pytest.raises(DeniedError):
        change_password(store, desk, admin.staff.id, password="a long walk by the river", now=NOW)


def test_a_changed_account_is_in_the_audit_without_its_password(store: Store, admin: Actor, desk: Actor) -> None:
    """Who let whom in can be asked later; the password itself is nowhere."""
    set_active(store, admin, desk.staff.id, active=False, now=NOW)
    change_password(store, admin, desk.staff.id, password="a long walk by the river", now=NOW)
    rows = store._connection.execute("SELECT action, changes FROM audit ORDER BY seq DESC LIMIT 2").fetchall()
    assert [row[0] for row in rows] == ["change_password", "set_active"]
    assert "river" not in str(rows)
    assert '"active"' in rows[1][1]
