"""A paper of a visit that is printed from its preview: kept before the pages go, told when they came out, never twice unasked."""

from __future__ import annotations

import pytest

from intake.actions.addenda import add_addendum
from intake.actions.check import check_store
from intake.actions.print_runs import begin_run, find_lost, note_sent, settle_lost
from intake.actions.printing import VisitPaper, begin_print, end_print, issue_paper, paper_stamp, papers_of
from intake.actions.requests import documents_of, request_line, steps_of
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.print_runs import PrintRun, PrintSetting, RunState
from intake.domain.requests import RequestState
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError
from intake.storage.documents import sha256_of
from intake.storage.store import Store
from tests.factories import PASSWORD, save
from tests.intake.requests.promising import DAY, LATER, ask, delivered, paper, print_it
from tests.intake.review.charting import sign

FRONT = PrintSetting(printer="front")


@pytest.fixture
def visit(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> int:
    """Return a visit that a clinician signed; its note is ready."""
    visit_id = save(store, desk, definitions).visit_id
    sign(store, clinician, visit_id, definitions)
    return visit_id


def a_paper(store: Store, visit: int, kind: Paper = Paper.VISIT_NOTE, *, made: Made | None = None) -> VisitPaper:
    """Return a paper made of the record as it stands."""
    return VisitPaper(visit_id=visit, kind=kind, made=made or paper(), stamp=paper_stamp(store, visit, kind))


def send(store: Store, actor: Actor, sheet: VisitPaper) -> PrintRun:
    """Send a paper to a queue."""
    run = begin_print(store, actor, sheet, setting=FRONT, now=LATER)
    note_sent(store, actor, run.jobs[0].id, queue_id="front-1", now=LATER)
    return run


def come_out(store: Store, actor: Actor, sheet: VisitPaper) -> None:
    """Print a paper to its end."""
    end_print(store, actor, send(store, actor, sheet), state=RunState.PRINTED, clinic="Edison", now=LATER)


def add(store: Store, clinician: Actor, visit: int, definitions: Definitions) -> None:
    """Add to a signed note."""
    add_addendum(store, clinician, visit, text="More", reason="Recalled", password=PASSWORD, definitions=definitions, now=LATER)


def left(store: Store) -> list[str]:
    """Return the actions of the audit about documents, in order."""
    rows = store._connection.execute("SELECT action FROM audit WHERE action LIKE '%_document' ORDER BY seq").fetchall()
    return [row[0] for row in rows]


def refusal(store: Store, actor: Actor, sheet: VisitPaper) -> str:
    """Return why a paper may not be printed."""
    with pytest.raises(ConflictError) as caught:
        begin_print(store, actor, sheet, setting=FRONT, now=LATER)
    return caught.value.code


def test_a_print_is_kept_before_it_goes_and_told_when_it_came_out(
    store: Store, desk: Actor, clinician: Actor, visit: int, admin: Actor
) -> None:
    """The queue's word that it has the pages is no print: the request is printed when the last page is out, and told once."""
    sheet = a_paper(store, visit)
    run = send(store, clinician, sheet)
    (kept,) = store.documents.known(sha256_of(sheet.made.content))
    assert (store.documents.content(kept.id), kept.request_id) == (sheet.made.content, 1)
    assert documents_of(store, desk, 1) == ()
    assert request_line(store, desk, 1).state is RequestState.READY
    assert (store.disclosures.of_patient(1), left(store)) == ((), ["send_document"])
    for _ in range(2):
        end_print(store, clinician, run, state=RunState.PRINTED, clinic="Edison", now=LATER)
    assert request_line(store, desk, 1).state is RequestState.PRINTED
    assert [(each.event, each.recipient) for each in store.disclosures.of_patient(1)] == [("print", "Print desk, Edison")]
    assert left(store) == ["send_document", "print_document"]
    assert check_store(store, admin, now=LATER).documents == ()


@pytest.mark.parametrize("state", [RunState.FAILED, RunState.CANCELLED])
def test_what_did_not_come_out_is_not_told(store: Store, desk: Actor, clinician: Actor, visit: int, state: RunState) -> None:
    """The request is ready as before, nothing left, and it can be printed again."""
    end_print(store, clinician, send(store, clinician, a_paper(store, visit)), state=state, words="Paper jam", now=LATER)
    assert request_line(store, desk, 1).state is RequestState.READY
    assert (store.disclosures.of_patient(1), papers_of(store, desk, 1)) == ((), ())
    assert "print_document" not in left(store)
    come_out(store, clinician, a_paper(store, visit))
    assert [step.what for step in steps_of(store, desk, 1)].count("printed") == 1
    assert request_line(store, desk, 1).state is RequestState.PRINTED


def test_what_was_printed_is_printed_again_only_as_a_copy(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """With its reason, in Documents; whether it was handed over meanwhile or not."""
    come_out(store, clinician, a_paper(store, visit))
    assert refusal(store, clinician, a_paper(store, visit)) == "printed_already"
    with pytest.raises(ConflictError):
        issue_paper(store, clinician, paper(), visit_id=visit, kind=Paper.VISIT_NOTE, how="print", target="front", now=LATER)
    assert len(documents_of(store, desk, 1)) == 1
    sheet = ask(store, desk, definitions, "home_care", visit_id=visit)
    print_it(store, clinician, sheet)
    assert refusal(store, clinician, a_paper(store, visit, Paper.HOME_CARE)) == "printed_already"


def test_what_was_handed_over_is_printed_again_only_as_a_copy(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """Until the record moved on: then nobody asked for it yet, and it is a paper of its own."""
    visit = save(store, desk, definitions).visit_id
    delivered(store, desk, clinician, definitions)
    assert refusal(store, clinician, a_paper(store, visit)) == "printed_already"
    add(store, clinician, visit, definitions)
    come_out(store, clinician, a_paper(store, visit))
    newest = store.documents.of_patient(1)[0]
    assert (newest.request_id, newest.version) == (None, 2)


def test_a_record_that_moved_on_makes_the_printed_request_ready_and_prints_it(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """What is printed then is the new version; when it does not come out, the request waits for it, ready."""
    come_out(store, clinician, a_paper(store, visit))
    add(store, clinician, visit, definitions)
    end_print(store, clinician, send(store, clinician, a_paper(store, visit)), state=RunState.FAILED, words="Paper jam", now=LATER)
    assert request_line(store, desk, 1).state is RequestState.READY
    come_out(store, clinician, a_paper(store, visit))
    line = request_line(store, desk, 1)
    assert (line.state, line.changed, documents_of(store, desk, 1)[0].version) == (RequestState.PRINTED, False, 2)


def test_what_another_desk_prints_is_not_printed_here(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """Neither what a run has claimed, nor, the other way round, what a preview sent."""
    begin_run(store, clinician, location="loc.edison", request_ids=(1,), cover=False, definitions=definitions, now=LATER)
    assert refusal(store, clinician, a_paper(store, visit)) == "already_printing"
    issue_paper(store, clinician, paper(), visit_id=visit, kind=Paper.VISIT_NOTE, how="file", target="file", now=LATER)
    assert request_line(store, desk, 1).state is RequestState.READY
    find_lost(store, clinician, now=LATER + DAY)
    send(store, clinician, a_paper(store, visit))
    assert refusal(store, clinician, a_paper(store, visit)) == "already_printing"
    with pytest.raises(IntakeError) as caught:
        begin_run(store, clinician, location="loc.edison", cover=False, definitions=definitions, now=LATER)
    assert caught.value.code == "with_another_run"


def test_a_crash_after_the_pages_went_leaves_a_job_to_be_asked_about(store: Store, desk: Actor, clinician: Actor, visit: int) -> None:
    """Bytes and queue id are kept; it is found again, and told when a person says that it came out."""
    run = send(store, clinician, a_paper(store, visit))
    (job,) = find_lost(store, clinician, now=LATER + DAY)
    assert (job.id, job.state, job.queue_id) == (run.jobs[0].id, RunState.SENT, "front-1")
    end_print(store, clinician, run, state=RunState.LOST, now=LATER)
    settle_lost(store, clinician, job.id, came_out=True, now=LATER)
    assert request_line(store, desk, 1).state is RequestState.PRINTED


def test_a_stale_preview_is_not_printed_and_its_file_counts_as_changed(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, visit: int
) -> None:
    """The stamp is that of the moment when the record was read, not that of the moment when the paper left."""
    stale = a_paper(store, visit)
    add(store, clinician, visit, definitions)
    assert refusal(store, clinician, stale) == "record_moved_on"
    issue_paper(
        store, clinician, stale.made, visit_id=visit, kind=stale.kind, how="file", target="file", stamp=stale.stamp, now=LATER
    )  # fmt: skip
    line = request_line(store, desk, 1)
    assert (line.state, line.changed, documents_of(store, desk, 1)[0].version) == (RequestState.PRINTED, True, 1)


@pytest.mark.parametrize("how", ["print", "file"])
def test_whether_a_paper_is_preliminary_and_its_version_are_the_stores_word(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions, how: str
) -> None:
    """A caller that says "final, version 7" of an unsigned visit is not believed, nor one that says the record was another."""
    visit = save(store, desk, definitions).visit_id
    claimed = paper(version=7)
    for stamp in (None, "n7"):
        issue_paper(
            store, clinician, claimed, visit_id=visit, kind=Paper.VISIT_NOTE, how="print" if how == "print" else "file", target="x",
            stamp=stamp, now=LATER,
        )  # fmt: skip
    end_print(store, clinician, send(store, clinician, a_paper(store, visit, made=claimed)), state=RunState.PRINTED, now=LATER)
    kept = store.documents.of_patient(1)
    assert {(each.preliminary, each.version, each.request_id) for each in kept} == {(True, 0, None)}
    assert len(kept) == 3
    assert request_line(store, desk, 1).state is RequestState.WAITING


def test_a_paper_nobody_asked_for_is_told_when_it_came_out(store: Store, desk: Actor, visit: int) -> None:
    """As often as it is printed; each is a job that is found again after a crash."""
    end_print(store, desk, send(store, desk, a_paper(store, visit, Paper.INTAKE_FORM)), state=RunState.FAILED, now=LATER)
    assert store.disclosures.of_patient(1) == ()
    for _ in range(2):
        come_out(store, desk, a_paper(store, visit, Paper.INTAKE_FORM))
    assert [each.event for each in store.disclosures.of_patient(1)] == ["print", "print"]
    assert [(each.kind, each.how) for each in papers_of(store, desk, 1)] == [("intake_form", "print")] * 2


def test_a_visit_that_is_not_there_has_no_paper(store: Store, clinician: Actor) -> None:
    """It is told by its code."""
    with pytest.raises(IntakeError) as caught:
        paper_stamp(store, 4711, Paper.VISIT_NOTE)
    assert caught.value.code == "visit_not_found"
