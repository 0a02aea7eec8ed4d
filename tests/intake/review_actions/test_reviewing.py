"""The lists of the review, their counts, and which chart comes next."""

from __future__ import annotations

from datetime import timedelta

from intake.actions.calls import call_clinician
from intake.actions.charts import open_chart
from intake.actions.reviewing import awaiting, awaiting_count, next_to_review, signed
from intake.actions.signing import add_addendum
from intake.actions.visits import change_status, undo_status
from intake.definitions.bundle import Definitions
from intake.domain.prompts import Level
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import LATER, NOW_ANSWERS, REVIEW_ANSWERS, TODAY_ANSWERS, arrive

UNION = "loc.union"


def order(store: Store, clinician: Actor, location: str | None = None, limit: int = 200) -> list[int]:
    """Return the visits as they are listed."""
    return [line.visit_id for line in awaiting(store, clinician, location=location, limit=limit, now=LATER)]


def a_morning(store: Store, desk: Actor, definitions: Definitions) -> list[int]:
    """Let people arrive, the least pressing first, and return their visits in the order they are to be seen."""
    left = arrive(store, desk, definitions, NOW_ANSWERS, now=NOW - timedelta(minutes=90))
    change_status(store, desk, left, Status.LEFT, now=NOW)
    rest = arrive(store, desk, definitions, now=NOW - timedelta(minutes=60))
    review = arrive(store, desk, definitions, REVIEW_ANSWERS, now=NOW - timedelta(minutes=50), location=UNION)
    today = arrive(store, desk, definitions, TODAY_ANSWERS, now=NOW - timedelta(minutes=40))
    late = arrive(store, desk, definitions, NOW_ANSWERS, now=NOW - timedelta(minutes=10))
    early = arrive(store, desk, definitions, NOW_ANSWERS | TODAY_ANSWERS, now=NOW - timedelta(minutes=30), location=UNION)
    called = arrive(store, desk, definitions, now=NOW)
    call_clinician(store, desk, visit_id=called, location="loc.edison", title="Sample, Ana", now=NOW)
    return [called, early, late, today, review, rest, left]


def test_called_first_then_by_level_then_by_arrival_and_who_left_last(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """At all clinics, at one, and as many as are asked for."""
    expected = a_morning(store, desk, definitions)
    assert order(store, clinician) == expected
    assert order(store, clinician, UNION) == [expected[1], expected[4]]
    assert order(store, clinician, limit=3) == expected[:3]
    assert awaiting_count(store, clinician, location=None) == 7
    assert awaiting_count(store, clinician, location=UNION) == 2
    assert awaiting_count(store, clinician, location="loc.nowhere") == 0


def test_a_line_says_who_how_pressing_and_who_has_it(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Levels count the prompts without a word."""
    visit_id = arrive(store, desk, definitions, NOW_ANSWERS | TODAY_ANSWERS, legal_last="Sample", legal_first="Ana")
    open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    (line,) = awaiting(store, clinician, location="loc.edison", now=LATER)
    assert (line.name, line.levels, line.held_by) == ("Sample, Ana", {Level.NOW: 1, Level.TODAY: 1}, clinician.staff.name)
    assert (line.status, line.arrived_at, line.called_at) == (Status.WAITING, NOW, None)


def test_coming_back_puts_a_visit_back(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Left by mistake: the undo of Today counts here too."""
    pressing, other = arrive(store, desk, definitions, NOW_ANSWERS), arrive(store, desk, definitions)
    change_status(store, desk, pressing, Status.LEFT, now=LATER)
    assert order(store, clinician) == [other, pressing]
    undo_status(store, desk, pressing, now=LATER)
    assert order(store, clinician) == [pressing, other]


def test_next_walks_the_list_to_its_end(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Each chart once, in the order of the list; nothing comes after the last."""
    expected = a_morning(store, desk, definitions)
    walked, after = [], None
    while (after := next_to_review(store, clinician, location=None, after=after)) is not None:
        walked.append(after)
    assert walked == expected
    assert next_to_review(store, clinician, location=UNION, after=expected[1]) == expected[4]
    assert next_to_review(store, clinician, location="loc.nowhere", after=None) is None


def test_next_passes_over_what_another_clinician_has(
    store: Store, desk: Actor, clinician: Actor, other: Actor, definitions: Definitions
) -> None:
    """One's own stays in the row; after a signature the list begins anew."""
    expected = a_morning(store, desk, definitions)
    open_chart(store, other, expected[1], definitions=definitions, now=LATER)
    open_chart(store, clinician, expected[2], definitions=definitions, now=LATER)
    assert next_to_review(store, clinician, location=None, after=expected[0]) == expected[2]
    assert next_to_review(store, other, location=None, after=expected[0]) == expected[1]
    sign(store, clinician, expected[3], definitions)
    assert next_to_review(store, clinician, location=None, after=expected[3]) == expected[0]


def test_a_signed_visit_goes_from_one_list_to_the_other(
    store: Store, desk: Actor, clinician: Actor, print_desk: Actor, definitions: Definitions
) -> None:
    """The latest signature first, with how many addenda followed it."""
    first, second = arrive(store, desk, definitions, NOW_ANSWERS), arrive(store, desk, definitions, location=UNION)
    sign(store, clinician, first, definitions)
    sign(store, clinician, second, definitions, now=LATER + timedelta(minutes=1))
    add_addendum(
        store,
        clinician,
        first,
        text="More",
        reason="Recalled",
        password=PASSWORD,
        definitions=definitions,
        now=LATER + timedelta(minutes=2),
    )
    assert order(store, clinician) == []
    lines = signed(store, print_desk, location=None, now=LATER)
    assert [(line.visit_id, line.addenda, line.signed_by) for line in lines] == [
        (second, 0, clinician.staff.name),
        (first, 1, clinician.staff.name),
    ]
    assert [line.visit_id for line in signed(store, print_desk, location=UNION, now=LATER)] == [second]
    assert [line.visit_id for line in signed(store, print_desk, location=None, limit=1, now=LATER)] == [second]


def test_looking_at_a_list_is_recorded_once_for_each(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """A window reads it again every two seconds; that says nothing new."""
    arrive(store, desk, definitions)
    for _ in range(3):
        awaiting(store, clinician, location=None, now=LATER)
        awaiting(store, clinician, location=UNION, now=LATER)
        signed(store, clinician, location=None, now=LATER)
    rows = store._connection.execute("SELECT action, changes FROM audit WHERE action LIKE 'see_%' ORDER BY seq").fetchall()
    assert [row[0] for row in rows] == ["see_awaiting", "see_awaiting", "see_signed"]
