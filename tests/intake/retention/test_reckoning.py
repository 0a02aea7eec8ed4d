"""How long a record is kept: the same answer from the rule in words, and from the store that refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.actions.retention import keep_record, overview, search_kept
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.retention import LEGAL_YEARS, Stays, free_on
from intake.domain.staff import Actor
from intake.errors import DeniedError, ResourceError
from intake.paths import RESOURCES
from intake.storage.driver import connect
from intake.storage.store import Store
from tests.intake.retention.scene import FREE_ON, LAST_ENTRY, OLD, YOUNG, edit, now

AFTERWARDS = "SELECT max(date(?1, '+' || ?3 || ' years', '+1 day'), date(?2, '+' || (18 + ?3) || ' years', '+1 day'))"


@given(
    st.dates(date(1990, 1, 1), date(2060, 12, 31)), st.dates(date(1900, 1, 1), date(2059, 12, 31)), st.integers(7, 30)
)  # fmt: skip
def test_the_rule_and_the_store_reckon_the_same_day(entry: date, dob: date, years: int) -> None:
    """To the day, also for those born on 29 February and for entries made on it."""
    at = datetime.combine(entry, time(23, 59), UTC)
    connection = connect(":memory:", bytes(32), timeout_s=1)
    row = connection.execute(AFTERWARDS, (at.isoformat(timespec="milliseconds"), dob.isoformat(), years)).fetchone()
    connection.close()
    assert row == (free_on(at, dob, years=years).isoformat(),)


@pytest.mark.parametrize(
    ("entry", "dob", "first_day"),
    [
        (date(2019, 11, 21), date(1985, 3, 4), date(2026, 11, 22)),
        (date(2020, 2, 29), date(1985, 3, 4), date(2027, 3, 2)),
        (date(2010, 5, 1), date(2008, 5, 1), date(2033, 5, 2)),
        (date(2010, 5, 1), date(2008, 2, 29), date(2033, 3, 2)),
        (date(2026, 4, 30), date(2008, 5, 1), date(2033, 5, 2)),
    ],
)
def test_seven_years_from_the_newest_entry_and_of_a_child_from_the_18th_birthday(entry: date, dob: date, first_day: date) -> None:
    """The last day of the seven years still belongs to them."""
    assert free_on(datetime.combine(entry, time(12), UTC), dob, years=LEGAL_YEARS) == first_day


def test_the_newest_entry_of_any_table_counts(store: Store) -> None:
    """The draft of an edit was the last thing that was kept of the old record."""
    line = store.retention.of_patient(OLD, years=7)
    assert line is not None
    assert (line.last_at, line.free_on) == (LAST_ENTRY, FREE_ON)


def test_looking_at_a_record_does_not_make_it_younger(store: Store, alex: Actor, definitions: Definitions) -> None:
    """Neither does asking what may be removed."""
    overview(store, alex, definitions=definitions, now=now())
    with store.transaction():
        store.audit.add(alex, "open_patient", at=now(), patient_id=OLD)
    line = store.retention.of_patient(OLD, years=7)
    assert line is not None
    assert line.free_on == FREE_ON


def test_any_entry_makes_it_young_again(store: Store, dana: Actor, alex: Actor, definitions: Definitions) -> None:
    """Seven years begin anew with a changed phone."""
    edit(store, dana, OLD, definitions, now=now(), phone="+17325550177")
    line = store.retention.of_patient(OLD, years=7)
    assert line is not None
    assert line.stays(now().date()) is Stays.NOT_DUE
    assert overview(store, alex, definitions=definitions, now=now()).due == ()


def test_the_list_holds_what_may_go_and_nothing_else(store: Store, alex: Actor, definitions: Definitions) -> None:
    """One record is from years ago, one of today."""
    found = overview(store, alex, definitions=definitions, now=now())
    assert ([line.patient_id for line in found.due], found.more) == ([OLD], None)


def test_the_list_goes_on_where_it_stopped(store: Store) -> None:
    """Nothing twice, nothing left out."""
    first, after = store.retention.due(years=7, today=now().date(), limit=1)
    assert [line.patient_id for line in first] == [OLD]
    assert after is not None
    assert store.retention.due(years=7, today=now().date(), limit=1, after=after) == ((), None)


def test_a_search_tells_until_when_the_rest_stays(store: Store, alex: Actor, definitions: Definitions) -> None:
    """Of everyone who fits, by name or number."""
    found = {line.patient_id: line.stays(now().date()) for line in search_kept(store, alex, "sample", definitions=definitions, now=now())}
    assert found == {OLD: None, YOUNG: Stays.NOT_DUE}


def test_a_longer_time_of_the_practice_counts(store: Store) -> None:
    """The same record is not due where records are kept for thirty years."""
    line = store.retention.of_patient(OLD, years=30)
    assert line is not None
    assert line.stays(now().date()) is Stays.NOT_DUE
    assert store.retention.due(years=30, today=now().date(), limit=5) == ((), None)


def test_the_practice_says_how_long_and_never_less_than_the_law(tmp_path: Path) -> None:
    """Its own file is refused with fewer years than seven."""
    text = (RESOURCES / "practice.toml").read_text(encoding="utf-8")
    assert load_definitions().practice.retention_years == LEGAL_YEARS
    (tmp_path / "practice.toml").write_text(text.replace("retention_years = 7", "retention_years = 10"), encoding="utf-8")
    assert load_definitions(RESOURCES, tmp_path).practice.retention_years == 10
    (tmp_path / "practice.toml").write_text(text.replace("retention_years = 7", "retention_years = 6"), encoding="utf-8")
    with pytest.raises(ResourceError):
        load_definitions(RESOURCES, tmp_path)


def test_who_may_not_remove_records_does_not_see_the_list(store: Store, dana: Actor, definitions: Definitions) -> None:
    """Nor does a receptionist keep one longer."""
    with pytest.raises(DeniedError):
        overview(store, dana, definitions=definitions, now=now())
    with pytest.raises(DeniedError):
        keep_record(store, dana, OLD, reason="x", definitions=definitions, now=now() - timedelta(days=1))
