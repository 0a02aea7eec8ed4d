"""The review list reads itself anew within 5 ms among three million visits."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice

from intake.actions.calls import open_calls
from intake.actions.reviewing import awaiting, awaiting_count, next_to_review, signed
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor, Role
from intake.storage.store import Store
from tests.benchmarks.conftest import PATIENTS, Tell, figures, percentile
from tests.factories import NOW, WORKSTATION

ROUNDS = 200
LIST_MS = 5.0


def timed(deeds: list[Callable[[], object]]) -> list[float]:
    """Return the milliseconds of each deed."""
    times: list[float] = []
    for deed in deeds:
        began = time.perf_counter()
        deed()
        times.append((time.perf_counter() - began) * 1000)
    return times


def a_clinician(store: Store) -> Actor:
    """Return the clinician of the large store."""
    return Actor(staff=next(staff for staff in store.staff.all() if staff.role is Role.CLINICIAN), workstation=WORKSTATION)


def test_the_refresh_of_the_review_list(store: Store, definitions: Definitions, tell: Tell) -> None:
    """Lines, count and calls together, as a window asks for them every two seconds, at each clinic and at all."""
    clinician = a_clinician(store)
    places = [None, *(place.key for place in definitions.practice.active())]

    def refresh(location: str | None) -> None:
        awaiting(store, clinician, location=location, now=NOW)
        awaiting_count(store, clinician, location=location)
        open_calls(store, clinician, location=location, now=NOW)

    first = timed([partial(refresh, place) for place in places])
    times = timed([partial(refresh, place) for place in islice(cycle(places), ROUNDS)])
    visits = store._connection.execute("SELECT max(id) FROM visit").fetchone()
    tell(f"review list of 200 lines, {PATIENTS} patients, {visits[0] if visits else 0} visits: {figures(times)}; first {max(first):.1f} ms")
    assert percentile(times, 0.95) <= LIST_MS


def test_the_signed_list_and_the_next_chart(store: Store, definitions: Definitions, tell: Tell) -> None:
    """What is signed is found by time and clinic, the next chart by its place in the list."""
    clinician = a_clinician(store)
    places = [None, *(place.key for place in definitions.practice.active())]
    lists = timed([partial(signed, store, clinician, location=place, now=NOW) for place in islice(cycle(places), ROUNDS)])
    tell(f"signed list of 200 lines: {figures(lists)}")
    steps: list[float] = []
    after: int | None = None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        after = next_to_review(store, clinician, location=None, after=after)
        steps.append((time.perf_counter() - began) * 1000)
    tell(f"next to review: {figures(steps)}")
    assert percentile(lists, 0.95) <= LIST_MS
    assert percentile(steps, 0.95) <= LIST_MS
