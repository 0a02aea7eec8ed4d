"""The second factor: codes, spare codes, who is asked for it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from intake.actions import second_factor as factors
from intake.actions.access import take_over
from intake.actions.accounts import change_own_password, change_password
from intake.actions.check import check_store
from intake.actions.recovery import recover
from intake.domain.staff import Role
from intake.errors import DeniedError, IntakeError
from intake.paths import Paths
from intake.security.ring import ring_of, write_ring
from intake.security.slots import secret_of, slot_of_hash
from intake.storage.migrations import stamp
from intake.storage.store import Store
from tests.factories import CHEAP, KEYS, NOW, PASSWORD
from tests.intake.access.desk import Clinic, enter, hire, refused, signed_in, told
from tests.intake.access.phone import code_at
from tests.intake.storage.older import a_store_before

LATER = NOW + timedelta(minutes=10)
OTHER = "nine sample zebras"


@pytest.fixture
def enrolled(paths: Paths) -> tuple[str, tuple[str, ...]]:
    """Give alex a second factor and return its secret and spare codes."""
    with signed_in(paths) as alex:
        secret = factors.begin_enrolment(alex.store, alex.actor, now=NOW).secret
        return secret, factors.confirm_enrolment(alex.store, alex.actor, code_at(secret, NOW), now=NOW)


def opens(paths: Paths, code: str, now: datetime = LATER) -> str:
    """Sign alex in with a code and return "" or the code of the error."""
    try:
        enter(paths, code=code, now=now).store.close()
    except IntakeError as error:
        return error.code
    return ""


def test_a_code_is_asked_once_the_password_was_right(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """Both ways of failing are told to the audit, and a wrong code counts as a failed try."""
    assert refused(paths, password="wrong", code="000000").code == "wrong_sign_in"
    assert refused(paths).code == "second_factor_needed"
    assert refused(paths, code="12345x").facts["wait_s"] == 0
    assert refused(paths, code="\u0661\u0662\u0663\u0664\u0665\u0666").facts["wait_s"] == 1
    with signed_in(paths, code=code_at(enrolled[0], LATER), now=LATER) as alex:
        assert [outcome for *_, outcome in told(alex.store, "sign_in")] == [
            "done",
            "refused",
            "code_asked",
            "wrong_code",
            "wrong_code",
            "done",
        ]


def test_no_code_serves_twice(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """Not even within its half minute, and not that which enrolled; an earlier one neither."""
    secret, _ = enrolled
    assert opens(paths, code_at(secret, NOW), NOW) == "wrong_code"
    code = code_at(secret, LATER)
    assert [opens(paths, code), opens(paths, code)] == ["", "wrong_code"]
    assert opens(paths, code_at(secret, LATER - timedelta(seconds=30))) == "wrong_code"


@pytest.mark.parametrize(("off_s", "code"), [(-60, "wrong_code"), (-30, ""), (0, ""), (30, ""), (60, "wrong_code")])
def test_a_phone_may_be_half_a_minute_off(paths: Paths, enrolled: tuple[str, tuple[str, ...]], off_s: int, code: str) -> None:
    """One step to either side."""
    assert opens(paths, code_at(enrolled[0], LATER + timedelta(seconds=off_s))) == code


def test_a_code_may_be_typed_with_spaces(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """As phones show it."""
    code = code_at(enrolled[0], LATER)
    assert opens(paths, f" {code[:3]} {code[3:]} ") == ""


def spare_left(store: Store, staff_id: int) -> int:
    """Return how many spare codes somebody has left."""
    [(left,)] = store._connection.execute("SELECT count(*) FROM spare_code WHERE staff_id = ? AND used_at IS NULL", (staff_id,)).fetchall()
    return int(left)


def test_each_spare_code_serves_once(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """In any case, with or without its strokes."""
    _, spare = enrolled
    assert len(set(spare)) == factors.SPARE_CODES
    assert opens(paths, spare[0]) == ""
    assert opens(paths, spare[0]) == "wrong_code"
    assert opens(paths, spare[1].lower().replace("-", " ")) == ""
    with signed_in(paths, code=spare[2], now=LATER) as alex:
        assert spare_left(alex.store, alex.actor.staff.id) == factors.SPARE_CODES - 3
        kept = [row[0] for row in alex.store._connection.execute("SELECT sha256 FROM spare_code")]
        assert not any(each in str(kept) for code in spare for each in (code, code.replace("-", "")))


def test_two_programs_cannot_use_one_code_at_once(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """Whether it served already is looked up while nobody else writes."""
    secret, spare = enrolled
    with signed_in(paths, code=spare[0], now=LATER) as one, signed_in(paths, code=spare[1], now=LATER) as other:
        code, now = code_at(secret, LATER), LATER
        answers = [factors.check_code(each.store, one.actor.staff.id, code, now=now) for each in (one, other)]
    assert answers == [True, False]


def test_a_role_that_is_asked_for_it_must_enrol_at_the_next_sign_in(paths: Paths) -> None:
    """Only that role; the choice is told from old to new."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        factors.choose_roles_with_second_factor(alex.store, alex.actor, frozenset({Role.CLINICIAN}), now=NOW)
        assert factors.roles_with_second_factor(alex.store) == {Role.CLINICIAN}
        assert told(alex.store, "choose_second_factor") == [(1, "desk-1", "done")]
    with signed_in(paths, "casey") as casey:
        assert casey.enrol
        secret = factors.begin_enrolment(casey.store, casey.actor, now=NOW).secret
        factors.confirm_enrolment(casey.store, casey.actor, code_at(secret, NOW), now=NOW)
    with signed_in(paths, "casey", code=code_at(secret, LATER), now=LATER) as casey:
        assert not casey.enrol
    with signed_in(paths) as alex:
        assert not alex.enrol


def test_a_secret_counts_once_a_code_of_it_was_typed_back(paths: Paths) -> None:
    """Till then the password alone opens; a wrong first code changes nothing."""
    with signed_in(paths) as alex:
        begun = factors.begin_enrolment(alex.store, alex.actor, now=NOW)
        assert "alex" in begun.uri
        assert begun.secret in begun.uri
        assert begun.secret not in repr(begun)
        with pytest.raises(IntakeError, match="wrong_first_code"):
            factors.confirm_enrolment(alex.store, alex.actor, code_at(begun.secret, NOW - timedelta(hours=1)), now=NOW)
    enter(paths).store.close()


def test_a_second_factor_that_counts_is_not_replaced_by_its_owner(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """Somebody at a desk that was left open could enrol their own phone."""
    with (
        signed_in(paths, code=enrolled[1][0], now=LATER) as alex,
        pytest.raises(IntakeError, match="second_factor_there"),
    ):
        factors.begin_enrolment(alex.store, alex.actor, now=LATER)


def test_who_lost_the_phone_is_let_in_by_an_administrator(paths: Paths) -> None:
    """And by nobody else; the spare codes go with it."""
    with signed_in(paths) as alex:
        casey, dana = (hire(alex.store, alex.actor, *who) for who in (("casey", Role.CLINICIAN), ("dana", Role.RECEPTIONIST)))
        secret = factors.begin_enrolment(alex.store, casey, now=NOW).secret
        spare = factors.confirm_enrolment(alex.store, casey, code_at(secret, NOW), now=NOW)
        with pytest.raises(DeniedError):
            factors.remove_second_factor(alex.store, dana, casey.staff.id, now=NOW)
        with pytest.raises(IntakeError, match="emergency_ended"):
            factors.remove_second_factor(alex.store, replace(casey, emergency=True), dana.staff.id, now=NOW)
        factors.remove_second_factor(alex.store, alex.actor, casey.staff.id, now=NOW)
        assert spare_left(alex.store, casey.staff.id) == 0
        assert spare
    enter(paths, "casey", PASSWORD).store.close()


def kept_secret(store: Store, staff_id: int) -> str:
    """Return what stands in the store where a secret is."""
    [(kept,)] = store._connection.execute("SELECT secret FROM second_factor WHERE staff_id = ?", (staff_id,)).fetchall()
    return str(kept)


def test_no_other_account_opens_a_secret(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """Whoever reads the whole store with a password of their own cannot make codes for another account."""
    with signed_in(paths, code=enrolled[1][0], now=LATER) as alex:
        hire(alex.store, alex.actor, "dana", Role.RECEPTIONIST)
        own = alex.store.factors.of(alex.actor.staff.id)
        assert own
        assert alex.store.factors.secret_of(own) == enrolled[0]
        assert enrolled[0] not in kept_secret(alex.store, alex.actor.staff.id)
    with signed_in(paths, "dana", now=LATER) as dana:
        theirs = dana.store.factors.of(alex.actor.staff.id)
        assert theirs
        assert dana.store.factors.secret_of(theirs) is None
        assert not factors.check_code(dana.store, alex.actor.staff.id, code_at(enrolled[0], LATER), now=LATER)
        rows = [
            *dana.store._connection.execute("SELECT * FROM second_factor"),
            *dana.store._connection.execute("SELECT changes FROM audit"),
        ]
        assert rows
        assert not any(enrolled[0] in str(row) for row in rows)


def test_a_secret_that_somebody_wrote_in_the_open_opens_nothing(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """Only what is sealed to the slot counts; spare codes serve on."""
    mine = pyotp.random_base32()
    with signed_in(paths, code=enrolled[1][0], now=LATER) as alex:
        alex.store._connection.execute("UPDATE second_factor SET secret = ?", (mine,))
    assert opens(paths, code_at(mine, LATER)) == "wrong_code"
    assert opens(paths, enrolled[1][1]) == ""


def test_changing_ones_own_password_keeps_the_second_factor(paths: Paths, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """Also twice in one session; the check finds the account as it was kept."""
    secret, spare = enrolled
    with signed_in(paths, code=spare[0], now=LATER) as alex:
        change_own_password(alex.store, alex.actor, present=PASSWORD, password=OTHER, now=LATER)
        change_own_password(alex.store, alex.actor, present=OTHER, password="ten sample otters", now=LATER)
        assert told(alex.store, "remove_second_factor") == []
    assert refused(paths, "alex", "ten sample otters", now=LATER).code == "second_factor_needed"
    with signed_in(paths, "alex", "ten sample otters", code=code_at(secret, LATER), now=LATER) as alex:
        assert check_store(alex.store, alex.actor, now=LATER).good


def test_a_password_that_somebody_else_gives_takes_the_second_factor_with_it(paths: Paths) -> None:
    """Nobody else can open it; it is told, and asked for anew where the role needs it."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        factors.choose_roles_with_second_factor(alex.store, alex.actor, frozenset({Role.CLINICIAN}), now=NOW)
    with signed_in(paths, "casey") as casey:
        secret = factors.begin_enrolment(casey.store, casey.actor, now=NOW).secret
        factors.confirm_enrolment(casey.store, casey.actor, code_at(secret, NOW), now=NOW)
    with signed_in(paths) as alex:
        change_password(alex.store, alex.actor, casey.actor.staff.id, password=OTHER, now=LATER)
        assert told(alex.store, "remove_second_factor") == [(alex.actor.staff.id, "desk-1", "done")]
        assert spare_left(alex.store, casey.actor.staff.id) == 0
        assert check_store(alex.store, alex.actor, now=LATER).good
    with signed_in(paths, "casey", OTHER, now=LATER) as casey:
        assert casey.enrol


def test_the_recovery_key_takes_the_second_factor_with_it(clinic: Clinic, enrolled: tuple[str, tuple[str, ...]]) -> None:
    """It gives a password without the old one."""
    assert enrolled
    recover(clinic.paths, typed=clinic.recovery_key, login="alex", password=OTHER, workstation="desk-1", now=LATER)
    with signed_in(clinic.paths, "alex", OTHER, now=LATER) as alex:
        assert alex.store.factors.of(alex.actor.staff.id) is None


def test_a_store_of_before_seals_its_secrets_at_the_first_sign_in(tmp_path: Path) -> None:
    """Everybody's at once, whoever comes first; the phone goes on as it did."""
    secret = pyotp.random_base32()
    connection, path, _ = a_store_before(tmp_path, "0012")
    stamp(connection, "real")
    salt = bytes(range(16))
    derived = CHEAP.derive(secret_of(PASSWORD), salt)
    slots = {login: slot_of_hash(login, cost=CHEAP, salt=salt, derived=derived) for login in ("alex", "dana")}
    for login, role in (("alex", "administrator"), ("dana", "receptionist")):
        sql = "INSERT INTO staff (login, name, role, slot, active, created_at) VALUES (?, ?, ?, ?, 1, '2026-11-01T12:00:00+00:00')"
        connection.execute(sql, (login, f"{login.title()} Sample", role, json.dumps(slots[login].to_json())))
    sql = "INSERT INTO second_factor (staff_id, secret, made_at, confirmed_at) VALUES (1, ?, ?, ?)"
    connection.execute(sql, (secret, "2026-11-01T12:00:00+00:00", "2026-11-01T12:00:00+00:00"))
    (identity,) = connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchone() or ("",)
    connection.close()
    paths = Paths(data=path.parent, training=False)
    paths.open_keys.unlink()
    write_ring(paths.ring, ring_of(identity, tuple(slots.values()), KEYS))
    with signed_in(paths, "dana") as dana:
        assert secret not in kept_secret(dana.store, 1)
        assert dana.store.factors.open_secrets() == {}
    with signed_in(paths, code=code_at(secret, LATER), now=LATER) as alex:
        assert check_store(alex.store, alex.actor, now=LATER).good


def test_a_right_password_without_the_code_is_not_told_as_done(paths: Paths) -> None:
    """Who takes a desk over where no code can be typed does not get in by the password alone, nor does the audit say so."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
    with signed_in(paths, "casey") as casey:
        secret = factors.begin_enrolment(casey.store, casey.actor, now=NOW).secret
        factors.confirm_enrolment(casey.store, casey.actor, code_at(secret, NOW), now=NOW)
    with signed_in(paths) as alex:
        with pytest.raises(IntakeError, match="second_factor_elsewhere"):
            take_over(alex.store, login="casey", password=PASSWORD, workstation="desk-1", now=NOW, same=alex.actor.staff)
        mine = [outcome for who, _, outcome in told(alex.store, "sign_in") if who == casey.actor.staff.id]
        assert mine == ["done", "code_asked"]
