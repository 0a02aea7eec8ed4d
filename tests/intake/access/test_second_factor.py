"""The second factor: codes, spare codes, who is asked for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from intake.actions import second_factor as factors
from intake.domain.staff import Role
from intake.errors import DeniedError, IntakeError
from intake.paths import Paths
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD
from tests.intake.access.desk import enter, hire, refused, signed_in, told
from tests.intake.access.phone import code_at

LATER = NOW + timedelta(minutes=10)


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
