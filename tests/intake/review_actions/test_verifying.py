"""A file that comes back is told by its bytes: as it left, an older version, altered, or not ours."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from pypdf import PdfReader, PdfWriter

from intake.actions.charts import open_chart
from intake.actions.printing import issue_paper, note_look, papers_of
from intake.actions.signing import add_addendum
from intake.actions.verifying import Verdict, verify
from intake.definitions.bundle import Definitions
from intake.documents import keywords as reading
from intake.documents.visit_note import visit_note
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.numbers import visit_number
from intake.domain.reviews import Chart
from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import LATER, arrive


def a_pdf(keywords: str, *, title: str = "Visit note") -> bytes:
    """Return a page that says this of itself."""
    writer = PdfWriter()
    writer.add_blank_page(width=612, height=792)
    writer.add_metadata({"/Keywords": keywords, "/Title": title})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def named(visit_id: int, kind: str = "note", version: str = "/N1") -> str:
    """Return the keywords of one of our documents."""
    return f"intake-desk {kind} {visit_number(visit_id)}{version} {'ab' * 32} 2026-11-22T15:00:00+00:00"


def give_out(store: Store, actor: Actor, visit_id: int, pdf: bytes, *, kind: Paper = Paper.VISIT_NOTE, version: int = 1) -> int:
    """Record that a file left, and return the document's id."""
    made = Made(content=pdf, pages=1, version=version, preliminary=kind is Paper.VISIT_NOTE and version == 0)
    return issue_paper(store, actor, made, visit_id=visit_id, kind=kind, how="file", target="file", now=LATER)


def written(chart: Chart, definitions: Definitions) -> bytes:
    """Return the note as it is printed."""
    return visit_note(
        chart,
        practice=definitions.practice,
        checklist=definitions.checklist,
        regions=definitions.regions,
        rules=definitions.prompts,
        form=definitions.review_form,
        codes=definitions.codes,
        training=False,
        printed_at=LATER,
    )


def test_a_real_note_is_preliminary_then_current_then_older(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """As the visit is signed and added to, each file stays what it was."""
    visit_id = arrive(store, desk, definitions)
    draft = written(open_chart(store, clinician, visit_id, definitions=definitions, now=LATER), definitions)
    give_out(store, clinician, visit_id, draft, version=0)
    number = visit_number(visit_id)
    assert verify(store, desk, draft, now=LATER) == Verdict(kind="preliminary", visit_number=number, issued_at=LATER)
    first = written(sign(store, clinician, visit_id, definitions), definitions)
    give_out(store, clinician, visit_id, first)
    current = Verdict(kind="signed_current", visit_number=number, version=1, current_version=1, issued_at=LATER)
    assert verify(store, desk, first, now=LATER) == current
    at = LATER + timedelta(minutes=1)
    chart = add_addendum(store, clinician, visit_id, text="More", reason="Recalled", password=PASSWORD, definitions=definitions, now=at)
    second = written(chart, definitions)
    give_out(store, clinician, visit_id, second, version=2)
    assert verify(store, desk, first, now=LATER).kind == "signed_older"
    assert verify(store, desk, second, now=LATER).kind == "signed_current"
    assert verify(store, desk, draft, now=LATER).kind == "preliminary"
    assert verify(store, desk, draft, now=LATER).current_version == 2


def test_a_note_with_one_letter_changed_is_altered(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Also when the file still opens and looks the same."""
    visit_id = arrive(store, desk, definitions)
    note = written(sign(store, clinician, visit_id, definitions), definitions)
    give_out(store, clinician, visit_id, note)
    changed = note.replace(b"/Title", b"/Titel", 1)
    assert changed != note
    assert len(PdfReader(io.BytesIO(changed)).pages) == len(PdfReader(io.BytesIO(note)).pages)
    verdict = verify(store, desk, changed, now=LATER)
    assert (verdict.kind, verdict.visit_number, verdict.version, verdict.current_version) == ("altered", visit_number(visit_id), 1, 1)
    assert verify(store, desk, note + b"\n", now=LATER).kind == "altered"


def test_other_documents_are_told_by_their_kind(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """An intake form and a home-care sheet are no signed note."""
    visit_id = arrive(store, desk, definitions)
    form, sheet = a_pdf("", title="Intake form"), a_pdf(named(visit_id, "homecare"))
    give_out(store, desk, visit_id, form, kind=Paper.INTAKE_FORM, version=0)
    give_out(store, clinician, visit_id, sheet, kind=Paper.HOME_CARE, version=0)
    assert [verify(store, desk, each, now=LATER).kind for each in (form, sheet)] == ["intake", "homecare"]


@pytest.mark.parametrize("pdf", [b"", b"hello", b"%PDF-1.7", a_pdf(""), a_pdf("Sample, Ana"), a_pdf("intake-desk note V-000999-0/N1 x y")])
def test_what_is_no_document_of_ours_is_unknown(store: Store, desk: Actor, admin: Actor, pdf: bytes) -> None:
    """A file without our words, with a wrong check digit, or no PDF at all."""
    assert verify(store, desk, pdf, now=LATER) == Verdict(kind="unknown")


def test_a_note_of_another_practice_is_unknown(store: Store, desk: Actor, admin: Actor) -> None:
    """It names a visit that is not kept here."""
    for visit_id in (999, 10**17):
        assert verify(store, desk, a_pdf(named(visit_id)), now=LATER).kind == "unknown"


def test_of_the_same_bytes_given_out_twice_the_first_time_counts(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """Both times are on the list of papers, and what it was at first it stays."""
    visit_id = arrive(store, desk, definitions)
    sign(store, clinician, visit_id, definitions)
    pdf = a_pdf(named(visit_id))
    give_out(store, clinician, visit_id, pdf)
    give_out(store, clinician, visit_id, pdf, version=2)
    assert verify(store, desk, pdf, now=LATER).kind == "signed_current"
    patient_id = store.visits.patient_of(visit_id)
    assert patient_id is not None
    assert [(paper.kind, paper.how) for paper in papers_of(store, desk, patient_id)] == [("visit_note", "file"), ("visit_note", "file")]


def test_a_look_at_the_preview_is_no_file_that_left(store: Store, clinician: Actor, desk: Actor, definitions: Definitions) -> None:
    """It is recorded, and neither a paper nor known again."""
    visit_id = arrive(store, desk, definitions)
    pdf = a_pdf("")
    sha256 = hashlib.sha256(pdf).hexdigest()
    note_look(store, clinician, visit_id=visit_id, kind=Paper.VISIT_NOTE, sha256=sha256, now=LATER)
    patient_id = store.visits.patient_of(visit_id)
    assert patient_id is not None
    assert papers_of(store, desk, patient_id) == ()
    assert verify(store, desk, pdf, now=LATER).kind == "unknown"


def test_every_check_is_recorded_with_its_verdict(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """With the visit it was about, when it was about one."""
    visit_id = arrive(store, desk, definitions)
    for pdf in (b"nothing", a_pdf(named(visit_id))):
        verify(store, desk, pdf, now=NOW)
    rows = store._connection.execute("SELECT visit_id, changes FROM audit WHERE action = 'verify_document' ORDER BY seq").fetchall()
    assert [(row[0], verdict in row[1]) for row, verdict in zip(rows, ("unknown", "altered"), strict=True)] == [
        (None, True),
        (visit_id, True),
    ]


def test_a_file_too_large_is_refused_before_it_is_read(store: Store, desk: Actor, admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is told."""
    monkeypatch.setattr("intake.actions.verifying.LARGEST_MB", 0)
    with pytest.raises(IntakeError) as caught:
        verify(store, desk, b"%PDF-1.7", now=LATER)
    assert (caught.value.code, reading.LARGEST_MB) == ("pdf_too_large", 100)
