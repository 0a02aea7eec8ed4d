"""Who sees a letter: one that tells what a clinician wrote in the review is for those who may read notes, whatever way it is reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intake.actions.issuing import content_of, document_of, keep_document
from intake.actions.letters import keep_letter, open_letter
from intake.actions.material import copy_of, material_of
from intake.actions.print_runs import begin_run, reprint_run
from intake.actions.requests import list_requests
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.documents import Made
from intake.domain.requests import Filter, Request
from intake.domain.staff import Actor, Task
from intake.errors import DeniedError, IntakeError
from intake.paths import RESOURCES
from intake.storage.store import Store
from tests.factories import NOW
from tests.intake.letters.office import LATER, Office
from tests.intake.letters.papers import REFERRAL
from tests.intake.review.charting import sign


@pytest.fixture
def room(store: Store, clinician: Actor, definitions: Definitions) -> Office:
    """Return the practice at a clinician's desk."""
    return Office(store, clinician, definitions)


@pytest.fixture
def signed(room: Office, clinician: Actor) -> Request:
    """Return a request for a referral letter that tells the codes of a signed review, and is signed."""
    request = room.ask("referral_letter")
    sign(room.store, clinician, request.visit_id or 0, room.definitions, now=NOW, codes=["M54.2"])
    assert room.keep(request, REFERRAL).values["codes"]
    room.sign(request, clinician)
    return request


def test_only_the_referral_letter_of_those_that_ship_tells_of_a_review(definitions: Definitions) -> None:
    """Its codes; who signed a visit stands on every list."""
    told = {kind.key: kind.task for kind in definitions.document_kinds.kinds if kind.template}
    assert told == {
        "referral_letter": Task.PRINT_NOTE,
        "work_note": Task.WRITE_LETTER,
        "work_status": Task.WRITE_LETTER,
        "insurer_notice": Task.WRITE_LETTER,
    }


def test_who_may_not_read_notes_neither_opens_nor_words_nor_previews_it(room: Office, signed: Request, desk: Actor, admin: Actor) -> None:
    """The request itself stands on the list for everybody."""
    store, known = room.store, room.definitions
    for actor in (desk, admin):
        assert signed.id in [line.id for line in list_requests(store, actor, Filter(location=None))]
        for look in (
            lambda who=actor: open_letter(store, who, signed.id, definitions=known, now=LATER),
            lambda who=actor: keep_letter(store, who, signed.id, typed={}, body=None, definitions=known, now=LATER),
            lambda who=actor: material_of(store, who, signed.id, definitions=known, now=LATER),
        ):
            with pytest.raises(DeniedError):
                look()


def test_who_may_print_notes_sees_and_prints_it(room: Office, signed: Request, print_desk: Actor) -> None:
    """That is what a print desk is for."""
    assert open_letter(room.store, print_desk, signed.id, definitions=room.definitions, now=LATER).signature is not None
    run = begin_run(
        room.store, print_desk, location=signed.location, request_ids=(signed.id,), cover=False, definitions=room.definitions, now=LATER
    )
    assert [job.request_id for job in run.jobs] == [signed.id]


def test_it_is_in_no_run_of_who_may_not_read_notes(room: Office, signed: Request, desk: Actor) -> None:
    """F9 at the desk leaves it."""
    with pytest.raises(IntakeError, match="nothing_to_print"):
        begin_run(
            room.store, desk, location=signed.location, request_ids=(signed.id,), cover=False, definitions=room.definitions, now=LATER
        )


def test_its_kept_bytes_and_copies_are_not_for_who_may_not_read_notes(room: Office, signed: Request, clinician: Actor, desk: Actor) -> None:
    """As it left is what it says."""
    kept: dict[str, Any] = {
        "kind": signed.kind,
        "patient_id": signed.patient_id,
        "visit_id": signed.visit_id,
        "request_id": signed.id,
        "target": "file",
        "now": LATER,
    }
    made = Made(content=b"%PDF-1.7", pages=1)
    with pytest.raises(DeniedError), room.store.transaction():
        keep_document(room.store, desk, made, how="file", **kept)
    with room.store.transaction():
        document_id = keep_document(room.store, clinician, made, how="file", **kept)
    assert content_of(room.store, clinician, document_id) == b"%PDF-1.7"
    for look in (
        lambda: content_of(room.store, desk, document_id),
        lambda: document_of(room.store, desk, document_id, now=LATER),
        lambda: copy_of(room.store, desk, signed.id, now=LATER),
        lambda: reprint_run(room.store, desk, signed.id, reason="Lost", definitions=room.definitions, now=LATER),
    ):
        with pytest.raises(DeniedError):
            look()


def test_a_template_of_the_practices_own_decides_who_sees_its_letters(tmp_path: Path, room: Office, desk: Actor) -> None:
    """A work status that tells the codes from now on is for fewer people; one opened before too, once it is looked at."""
    request = room.ask("work_note")
    text = (RESOURCES / "letters/work_note.toml").read_text(encoding="utf-8").replace('"visit.arrived"', '"review.codes"')
    (tmp_path / "own/letters").mkdir(parents=True)
    (tmp_path / "own/letters/work_note.toml").write_text(text, encoding="utf-8")
    own = load_definitions(overrides=tmp_path / "own")
    assert own.document_kinds.kind("work_note").task is Task.PRINT_NOTE
    with pytest.raises(DeniedError):
        open_letter(room.store, desk, request.id, definitions=own, now=LATER)
    open_letter(room.store, room.desk, request.id, definitions=own, now=LATER)
    with pytest.raises(DeniedError):
        open_letter(room.store, desk, request.id, definitions=room.definitions, now=LATER)
