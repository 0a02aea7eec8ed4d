"""Charts: who has one in hand, taking over, giving back, and what came before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from intake.actions.charts import changed_hands, earlier, leave_chart, open_chart, read_chart, take_chart
from intake.actions.notes import keep_note
from intake.actions.signing import sign_review
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.errors import ConflictError, DeniedError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, a_patient, an_intake, save
from tests.intake.review.charting import LATER, NOTE, make_ready, sign, write


def texts_of(store: Store, visit_id: int, actor: Actor) -> str:
    """Return all that a person's draft holds."""
    kept = store.notes.get(visit_id, actor.staff.id)
    return "" if kept is None else str(kept.content)


def test_who_opens_a_chart_first_has_it_and_the_second_reads(
    store: Store, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """The second is told who, where and since when, and sees what is typed so far."""
    open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
    write(store, clinician, visit_id)
    chart = open_chart(store, other, "v-000001-3", definitions=definitions, now=LATER)
    assert chart.hold is not None
    assert (chart.hold.staff_id, chart.hold.name, chart.hold.workstation, chart.hold.since) == (
        clinician.staff.id,
        "Casey Example",
        "desk-1",
        NOW,
    )
    assert chart.draft == NOTE
    with pytest.raises(ConflictError, match="chart_taken"):
        sign_review(store, other, visit_id, password=PASSWORD, definitions=definitions, now=LATER)


@pytest.mark.parametrize("role", ["desk", "admin"])
def test_the_desk_does_not_read_notes(
    store: Store, visit_id: int, definitions: Definitions, role: str, request: pytest.FixtureRequest
) -> None:
    """Opening, reading, typing and earlier charts are all refused."""
    actor: Actor = request.getfixturevalue(role)
    for opening in (open_chart, read_chart):
        with pytest.raises(DeniedError):
            opening(store, actor, visit_id, definitions=definitions, now=NOW)
    with pytest.raises(DeniedError):
        earlier(store, actor, visit_id, definitions=definitions)
    with pytest.raises(DeniedError):
        write(store, actor, visit_id)


def test_the_print_desk_reads_and_takes_nothing_in_hand(
    store: Store, clinician: Actor, print_desk: Actor, visit_id: int, definitions: Definitions
) -> None:
    """Neither by opening nor by reading; what a clinician typed so far is what a preliminary note prints."""
    assert open_chart(store, print_desk, visit_id, definitions=definitions, now=NOW).hold is None
    make_ready(store, clinician, visit_id, definitions)
    chart = read_chart(store, print_desk, visit_id, definitions=definitions, now=LATER)
    assert (chart.draft, chart.number) == (NOTE, "V-000001-3/P")
    with pytest.raises(DeniedError):
        write(store, print_desk, visit_id)


def test_reading_is_recorded_and_takes_nothing(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """A command or a document needs no chart in hand."""
    assert read_chart(store, clinician, visit_id, definitions=definitions, now=NOW).hold is None
    open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
    rows = store._connection.execute("SELECT action, patient_id, visit_id FROM audit WHERE action LIKE '%_chart' ORDER BY seq")
    assert rows.fetchall() == [("read_chart", 1, visit_id), ("open_chart", 1, visit_id)]


def test_a_number_that_is_none_opens_nothing(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """Neither one with a wrong digit nor one of no visit."""
    for number, code in (("V-000001-4", "wrong_check_digit"), ("RD-000001-3", "visit_not_found"), (77, "visit_not_found")):
        with pytest.raises(IntakeError, match=code):
            open_chart(store, clinician, number, definitions=definitions, now=NOW)


def test_taking_over_needs_a_reason_and_loses_no_word_of_either(
    store: Store, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """The new one goes on from the former one's text; what the former typed at the same moment is kept and told, and comes back."""
    make_ready(store, clinician, visit_id, definitions)
    with pytest.raises(InvalidInputError):
        take_chart(store, other, visit_id, reason="  ", now=LATER, definitions=definitions)
    chart = take_chart(store, other, visit_id, reason="Casey went home", now=LATER, definitions=definitions)
    assert chart.hold is not None
    assert (chart.hold.name, chart.hold.reason, chart.draft) == ("Robin Example", "Casey went home", NOTE)
    with pytest.raises(ConflictError, match="chart_taken"):
        write(store, clinician, visit_id, history="Typed by Casey meanwhile")
    write(store, other, visit_id, history=NOTE["history"] + " And Robin's word.")
    assert "Typed by Casey meanwhile" in texts_of(store, visit_id, clinician)
    back = take_chart(store, clinician, visit_id, reason="Back again", now=LATER, definitions=definitions)
    assert "Typed by Casey meanwhile" in back.draft["history"]
    assert "And Robin's word." in back.draft["history"]
    assert "And Robin's word." in texts_of(store, visit_id, other)
    assert sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=LATER).signature
    assert "And Robin's word." in texts_of(store, visit_id, other)
    told = store._connection.execute("SELECT reason FROM audit WHERE action = 'take_chart' ORDER BY seq").fetchall()
    assert told == [("Casey went home",), ("Back again",)]


def test_a_chart_that_nobody_else_has_needs_no_taking_over(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """Taking one's own, or a free one, is opening it."""
    for _ in range(2):
        chart = take_chart(store, clinician, visit_id, reason="Any", now=NOW, definitions=definitions)
        assert chart.hold is not None
        assert (chart.hold.staff_id, chart.hold.reason) == (clinician.staff.id, "")


def test_a_chart_without_a_word_typed_is_given_back(
    store: Store, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """One with a word, or with a treatment picked, stays in hand; and nobody gives back another one's."""
    open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
    leave_chart(store, other, visit_id, now=NOW)
    assert store.holds.of(visit_id) is not None
    for content in ({"plan": {"heat": ""}}, {"activities": [{"name": "Driving", "score": ""}]}, {"history": "x"}):
        keep_note(store, clinician, visit_id, content=content, caret={}, now=NOW)
        leave_chart(store, clinician, visit_id, now=NOW)
        assert store.holds.of(visit_id) is not None
    keep_note(store, clinician, visit_id, content={"history": " ", "codes": [], "plan": {"heat": None}}, caret={}, now=NOW)
    leave_chart(store, clinician, visit_id, now=NOW)
    assert (store.holds.of(visit_id), store.notes.get(visit_id, clinician.staff.id)) == (None, None)


def test_ones_own_chart_comes_along_to_another_desk(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """The same person is not kept out by a desk left behind."""
    open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
    elsewhere = Actor(staff=clinician.staff, workstation="desk-7")
    chart = open_chart(store, elsewhere, visit_id, definitions=definitions, now=LATER)
    assert chart.hold is not None
    assert chart.hold.workstation == "desk-7"


def test_two_desks_of_one_person_overwrite_nothing(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """The desk left behind is told, and what is typed there is put after what was typed here."""
    elsewhere = Actor(staff=clinician.staff, workstation="desk-7")
    write(store, clinician, visit_id, history="First words")
    open_chart(store, elsewhere, visit_id, definitions=definitions, now=LATER)
    write(store, elsewhere, visit_id, history="First words, and more at desk seven")
    with pytest.raises(ConflictError, match="chart_taken"):
        write(store, clinician, visit_id, history="First words, and others at desk one")
    kept = texts_of(store, visit_id, clinician)
    assert "and more at desk seven" in kept
    assert "and others at desk one" in kept


def test_a_chart_on_screen_is_told_when_it_changed_hands(
    store: Store, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """Taken over and signed; typing alone is no news to who has it."""
    chart = make_ready(store, clinician, visit_id, definitions)
    write(store, clinician, visit_id, history="More")
    assert not changed_hands(store, clinician, chart)
    taken = take_chart(store, other, visit_id, reason="Mine", now=LATER, definitions=definitions)
    assert changed_hands(store, clinician, chart)
    sign_review(store, other, visit_id, password=PASSWORD, definitions=definitions, now=LATER)
    assert changed_hands(store, other, taken)


def test_typing_takes_a_chart_that_nobody_has(
    store: Store, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """So two cannot type at once without one being told."""
    write(store, clinician, visit_id)
    with pytest.raises(ConflictError, match="chart_taken"):
        write(store, other, visit_id)


def test_a_visit_signed_while_another_desk_types_keeps_the_text_and_says_so(
    store: Store, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """It is the beginning of an addendum; an addendum itself is typed without complaint."""
    make_ready(store, clinician, visit_id, definitions)
    with pytest.raises(ConflictError, match="chart_taken"):
        write(store, other, visit_id, history="Robin's own view")
    sign(store, clinician, visit_id, definitions)
    with pytest.raises(ConflictError, match="visit_signed"):
        write(store, other, visit_id, history="Robin's own view, longer")
    chart = open_chart(store, other, visit_id, definitions=definitions, now=LATER)
    assert chart.draft["history"] == "Robin's own view, longer"
    keep_note(store, clinician, visit_id, content={"addendum": "More", "addendum_reason": ""}, caret={}, now=LATER)
    with pytest.raises(ConflictError, match="visit_signed"):
        take_chart(store, other, visit_id, reason="Mine", now=LATER, definitions=definitions)


def test_what_a_keyboard_can_send_is_kept_as_it_was(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """Half a sign, a NUL, a lone accent: typing is never lost for what it is."""
    text = "half \ud83d sign, \0, \u0301, \ufeff, \U0001f468"
    write(store, clinician, visit_id, history=text)
    chart = open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
    assert (chart.draft["history"], chart.caret) == (text, {"field": "history", "position": 3})


def test_earlier_charts_are_of_the_same_patient_latest_first(
    store: Store, desk: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """Only visits before this one, signed or not, and no more than asked."""
    sign(store, clinician, visit_id, definitions)
    returning = {"patient_id": 1, "patient_version": 1}
    later = [save(store, desk, definitions, now=NOW + timedelta(days=day), **returning).visit_id for day in (1, 2, 3)]
    stranger = an_intake(
        definitions, patient=a_patient(legal_last="Else", legal_first="Quentin", dob=date(1951, 7, 9), phone="none", email="none")
    )
    save(store, desk, definitions, intake=stranger)
    charts = earlier(store, clinician, later[2], definitions=definitions)
    assert [chart.visit.id for chart in charts] == [later[1], later[0], visit_id]
    assert [chart.signature is not None for chart in charts] == [False, False, True]
    assert [chart.visit.id for chart in earlier(store, clinician, later[2], definitions=definitions, limit=1)] == [later[1]]
    assert earlier(store, clinician, visit_id, definitions=definitions) == ()
    with pytest.raises(IntakeError, match="visit_not_found"):
        earlier(store, clinician, 77, definitions=definitions)
