"""Handing over: only what was signed and printed, to somebody, with a reason when it is late; and what was told of it."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from intake.actions.disclosing import accounted_since, accounting
from intake.actions.handing_over import hand_over
from intake.actions.issuing import content_of, document_of
from intake.actions.printing import issue_paper, papers_of
from intake.actions.requests import documents_of, request_line, steps_of
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import Paper
from intake.domain.requests import Handover, RequestState
from intake.domain.staff import Actor
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, save
from tests.intake.requests.promising import DAY, HANDED, LATER, again, ask, delivered, paper, print_it
from tests.intake.review.charting import sign


@pytest.fixture
def visit(store: Store, desk: Actor, definitions: Definitions) -> int:
    """Return the visit of Ana Sample."""
    return save(store, desk, definitions).visit_id


def test_a_handover_delivers_and_stops_the_clock(store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int) -> None:
    """Of what was signed and printed, to somebody whose identity was checked."""
    request = delivered(store, desk, clinician, definitions)
    assert (request.state, request.delivered_at, request.printed_at) == (RequestState.DELIVERED, LATER, LATER)
    assert [step.what for step in steps_of(store, desk, request.id)] == ["waiting", "ready", "printed", "delivered"]
    assert steps_of(store, desk, request.id)[-1].handover == Handover(to="Ana Sample", identity="photo_id")
    kept = store._connection.execute("SELECT document_id, recipient, identity, late_reason FROM handover").fetchall()
    assert kept == [(1, "Ana Sample", "photo_id", "")]


def test_nothing_is_handed_over_before_it_is_printed(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """Neither while it waits, nor when it is signed, nor after a preliminary print."""
    issue_paper(
        store, clinician, paper(version=0, preliminary=True), visit_id=visit, kind=Paper.VISIT_NOTE, how="print", target="x", now=LATER
    )
    for deed in (lambda: None, lambda: sign(store, clinician, visit, definitions)):
        deed()
        with pytest.raises(IntakeError) as caught:
            hand_over(store, desk, 1, HANDED, definitions=definitions, now=LATER)
        assert caught.value.code == "not_printed_yet"
    assert request_line(store, desk, 1).state is RequestState.READY


def test_no_unsigned_document_is_kept_as_a_final_one(store: Store, clinician: Actor, definitions: Definitions, visit: int) -> None:
    """Whatever a caller says of it."""
    request = store.requests.get(1)
    assert request is not None
    with pytest.raises(IntakeError) as caught:
        print_it(store, clinician, request)
    assert caught.value.code == "not_signed"
    assert store.documents.of_patient(1) == ()


@pytest.mark.parametrize(
    ("handover", "late", "problems"),
    [
        (Handover(to=" ", identity=""), False, {("to", "recipient_missing"), ("identity", "identity_missing")}),
        (Handover(to="Ana", identity="by_face"), False, {("identity", "not_a_choice")}),
        (Handover(to="Ana", identity="known", late_reason="\u200b "), True, {("late_reason", "late_reason_missing")}),
    ],
)
def test_what_a_handover_lacks_is_told_all_at_once(
    store: Store, desk: Actor, definitions: Definitions, visit: int, handover: Handover, problems: set[tuple[str, str]], *, late: bool
) -> None:
    """And nothing is delivered."""
    form = ask(store, desk, definitions, "intake_form")
    print_it(store, desk, form)
    with pytest.raises(InvalidInputError) as caught:
        hand_over(store, desk, form.id, handover, definitions=definitions, now=NOW + DAY + timedelta(minutes=1) if late else LATER)
    assert {(problem.field, problem.code) for problem in caught.value.problems} == problems
    assert again(store, form).state is RequestState.PRINTED


def test_a_late_one_is_delivered_with_its_reason(store: Store, desk: Actor, definitions: Definitions, visit: int) -> None:
    """Which stands in the history and in the audit."""
    form = ask(store, desk, definitions, "intake_form")
    print_it(store, desk, form)
    late = dataclasses.replace(HANDED, late_reason="The printer was out of toner")
    hand_over(store, desk, form.id, late, definitions=definitions, now=NOW + 2 * DAY)
    assert steps_of(store, desk, form.id)[-1].words == "The printer was out of toner"
    assert store._connection.execute("SELECT reason FROM audit WHERE action = 'hand_over'").fetchall() == [(late.late_reason,)]


def test_print_export_and_handover_are_disclosures(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """Each with its recipient; what stays at the desk is not accountable."""
    asked = ask(store, desk, definitions, "intake_form", purpose="legal", recipient="Sample & Sample, attorneys", address="1 Example Road")
    print_it(store, desk, asked, how="print")
    print_it(store, desk, asked)
    hand_over(store, desk, asked.id, dataclasses.replace(HANDED, to="Sample & Sample, attorneys"), definitions=definitions, now=LATER)
    told = store.disclosures.of_patient(1)[::-1]
    assert [(each.event, each.recipient, each.accountable) for each in told] == [
        ("print", "Print desk, desk-1", False),
        ("export", "Saved as a file, desk-1", False),
        ("handover", "Sample & Sample, attorneys", True),
    ]
    assert {(each.what, each.purpose) for each in told} == {(f"intake_form {asked.number}", "legal")}
    assert told[-1].address == "1 Example Road"


def test_the_accounting_covers_six_years_of_whole_days_and_is_recorded(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """What was told at any hour of the day six years ago is in it; the day before is not. Ways of no account are not either."""
    zone = definitions.practice.zone()
    moments = [datetime(2020, 11, 21, 23, 59, tzinfo=zone), datetime(2020, 11, 22, 0, 0, tzinfo=zone), NOW]
    for moment in moments:
        for purpose in ("legal", "treatment"):
            form = ask(store, desk, definitions, "intake_form", purpose=purpose, now=moment)
            print_it(store, desk, form, now=moment)
            hand_over(store, desk, form.id, HANDED, definitions=definitions, now=moment)
    told = accounting(store, clinician, 1, definitions=definitions, now=NOW)
    assert [(each.at.astimezone(zone), each.purpose) for each in told] == [(moments[2].astimezone(zone), "legal"), (moments[1], "legal")]
    assert store._connection.execute("SELECT count(*) FROM audit WHERE action = 'account_disclosures'").fetchone() == (1,)
    with pytest.raises(DeniedError):
        accounting(store, desk, 1, definitions=definitions, now=NOW)


def test_six_years_before_a_leap_day_begin_the_day_before_march(definitions: Definitions) -> None:
    """There was no 29 February then; no day is lost."""
    since = accounted_since(datetime(2028, 2, 29, 12, tzinfo=ZoneInfo("America/New_York")), definitions)
    assert since.isoformat() == "2022-02-28T00:00:00-05:00"


def test_a_document_is_kept_with_its_bytes_and_known_by_its_stamp(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """Pages, version and the state of the record it was made from."""
    sign(store, clinician, visit, definitions)
    request = store.requests.get(1)
    assert request is not None
    made = paper(pages=3)
    kept_id = print_it(store, clinician, request, made=made)
    [kept] = documents_of(store, desk, 1)
    assert (kept.id, kept.pages, kept.version, kept.size, kept.stamp, kept.request_id) == (kept_id, 3, 1, len(made.content), "n1", 1)
    assert content_of(store, clinician, kept_id) == made.content
    assert document_of(store, clinician, kept_id, now=LATER) == kept
    with pytest.raises(DeniedError):
        content_of(store, desk, kept_id)
    with pytest.raises(IntakeError) as caught:
        content_of(store, clinician, 99)
    assert caught.value.code == "document_not_found"


def test_a_paper_printed_at_the_preview_is_that_of_the_visits_request(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """One print is one print, wherever it was asked for; a sheet in another language is not the one that was asked for."""
    sheet = ask(store, desk, definitions, "home_care", language="es")
    sign(store, clinician, visit, definitions)
    issue_paper(store, clinician, paper(), visit_id=visit, kind=Paper.VISIT_NOTE, how="print", target="front", now=LATER)
    issue_paper(store, clinician, paper(), visit_id=visit, kind=Paper.HOME_CARE, how="print", target="front", now=LATER)
    assert request_line(store, desk, 1).state is RequestState.PRINTED
    assert again(store, sheet).state is RequestState.READY
    assert [(each.kind, each.how) for each in papers_of(store, desk, 1)] == [("home_care", "print"), ("visit_note", "print")]


def test_a_copy_keeps_the_stamp_of_what_it_repeats(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:  # fmt: skip
    """A copy of an old paper does not make the paper new."""
    sign(store, clinician, visit, definitions)
    request = store.requests.get(1)
    assert request is not None
    first = print_it(store, clinician, request)
    print_it(store, clinician, request, made=paper(copy_of=first))
    copy, original = documents_of(store, desk, 1)
    assert (copy.copy_of, copy.stamp) == (first, original.stamp)
