"""The minutes after which every desk locks: chosen by an administrator, within bounds, and told to the audit."""

from __future__ import annotations

import pytest

from intake.actions.idle import IDLE, LEAST_MIN, MOST_MIN, USUAL_MIN, choose_idle_minutes, idle_minutes
from intake.domain.staff import Actor
from intake.errors import DeniedError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW


def test_a_practice_that_never_chose_locks_after_ten_minutes(store: Store, admin: Actor) -> None:
    """Nothing has to be set up for a desk to lock."""
    assert idle_minutes(store) == USUAL_MIN == 10


@pytest.mark.parametrize("minutes", [LEAST_MIN, 7, MOST_MIN])
def test_what_an_administrator_chose_holds_at_every_desk_and_is_audited(store: Store, admin: Actor, minutes: int) -> None:
    """One number for the practice, with what it was before."""
    choose_idle_minutes(store, admin, minutes, now=NOW)
    assert idle_minutes(store) == minutes
    choose_idle_minutes(store, admin, 3, now=NOW)
    rows = store._connection.execute("SELECT changes FROM audit WHERE action = 'choose_idle_minutes' ORDER BY seq").fetchall()
    assert [IDLE in row[0] for row in rows] == [True, True]
    assert f'"{USUAL_MIN}"' in rows[0][0]
    assert f'"{minutes}"' in rows[1][0]


@pytest.mark.parametrize("minutes", [-1, 0, 16, 600])
def test_a_number_out_of_bounds_is_refused_and_changes_nothing(store: Store, admin: Actor, minutes: int) -> None:
    """A desk can be made to lock sooner or later, never not at all."""
    with pytest.raises(InvalidInputError) as caught:
        choose_idle_minutes(store, admin, minutes, now=NOW)
    assert [(each.field, each.code) for each in caught.value.problems] == [(IDLE, "idle_minutes_out_of_range")]
    assert idle_minutes(store) == USUAL_MIN


def test_nobody_but_an_administrator_chooses_them(store: Store, desk: Actor) -> None:
    """A receptionist lives with them."""
    with pytest.raises(DeniedError):
        choose_idle_minutes(store, desk, 15, now=NOW)
    assert idle_minutes(store) == USUAL_MIN


@pytest.mark.parametrize("kept", ["0", "999"])
def test_a_number_that_came_into_the_store_by_another_way_is_held_within_bounds(store: Store, admin: Actor, kept: str) -> None:
    """No row keeps a desk open for good."""
    with store.transaction():
        store.settings.put("", IDLE, kept)
    assert LEAST_MIN <= idle_minutes(store) <= MOST_MIN
