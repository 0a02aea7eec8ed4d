"""What left with a clinician's words on it: kept for who prints it again, and closed to every other password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from intake.actions.access import SignedIn
from intake.actions.check import check_store, nightly_check
from intake.actions.issuing import content_of, document_of
from intake.actions.material import copy_of, material_of
from intake.actions.print_runs import begin_run, note_ended, note_sending, note_sent, reprint_run
from intake.actions.requests import documents_of, steps_of
from intake.actions.verifying import verify
from intake.definitions.bundle import Definitions
from intake.documents.making import make, make_copy
from intake.domain.documents import IssuedDocument, Made
from intake.domain.print_runs import PrintRun, RunState
from intake.domain.staff import Actor, Role
from intake.errors import DeniedError, IntakeError
from intake.storage.store import Store
from tests.factories import NOW, WORKSTATION, a_colleague
from tests.intake.access.desk import signed_in
from tests.intake.print_runs.shop import EDISON, Shop
from tests.intake.review.charting import sign

LATER = NOW + timedelta(minutes=30)
CLINICAL = ("visit_note", "home_care", "records_copy")


@pytest.fixture
def admin(store: Store) -> Actor:
    """Return the administrator."""
    return Actor(staff=store.staff.by_id(1), workstation=WORKSTATION)


@pytest.fixture
def asked(shop: Shop, admin: Actor) -> dict[str, int]:
    """Return a request of each kind of paper of a signed visit, the intake form among them."""
    casey = a_colleague(shop.store, admin, role=Role.CLINICIAN, login="casey")
    requests = {kind: shop.order(kind=kind)[0] for kind in ("home_care", "records_copy", "intake_form")}
    sign(shop.store, casey, shop.visit_id, shop.definitions)
    return {"visit_note": shop.store.requests.of_visit(shop.visit_id, "visit_note")[0], **requests}


@pytest.fixture
def pat(store: Store, asked: dict[str, int]) -> Iterator[SignedIn]:
    """Let the print desk sign in by a password of its own."""
    assert asked
    with signed_in(store.paths, "pat", now=LATER) as found:
        yield found


@pytest.fixture
def dana(store: Store, asked: dict[str, int]) -> Iterator[SignedIn]:
    """Let the receptionist sign in by hers."""
    assert asked
    with signed_in(store.paths, "dana", now=LATER) as found:
        yield found


def run_of(found: SignedIn, definitions: Definitions) -> PrintRun:
    """Claim all that is ready."""
    return begin_run(found.store, found.actor, location=EDISON, cover=False, definitions=definitions, now=LATER)


def print_all(found: SignedIn, run: PrintRun, definitions: Definitions) -> dict[int, Made]:
    """Let every job of a run come out, and return what did by its request."""
    out: dict[int, Made] = {}
    for job in run.jobs:
        request_id, stamp = job.request_id or 0, ""
        if job.reprint:
            made = make_copy(copy_of(found.store, found.actor, request_id, now=LATER), definitions)
        else:
            material = material_of(found.store, found.actor, request_id, definitions=definitions, now=LATER)
            made, stamp = make(material, definitions, training=False, printed_at=LATER), material.stamp
        note_sending(found.store, found.actor, job.id, made, printer="front", stamp=stamp, now=LATER)
        note_sent(found.store, found.actor, job.id, queue_id=f"front-{job.id}", now=LATER)
        note_ended(found.store, found.actor, job.id, state=RunState.PRINTED, now=LATER)
        out[request_id] = made
    return out


def last_of(store: Store, request_id: int) -> IssuedDocument:
    """Return the document that left last for a request."""
    kept = store.documents.last_of(request_id)
    assert kept
    return kept


def kept_bytes(store: Store, request_id: int) -> bytes:
    """Return what the table holds of a request's last document, as a program of somebody's own reads it."""
    document_id = last_of(store, request_id).id
    [(content,)] = store._connection.execute("SELECT content FROM document WHERE id = ?", (document_id,)).fetchall()
    return bytes(content)


def words_of(pdf: bytes) -> str:
    """Return the words on all pages."""
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_range() for page in map(document.get_page, range(len(document))))


def test_the_print_desk_prints_and_prints_again(pat: SignedIn, asked: dict[str, int], definitions: Definitions) -> None:
    """By its own password, with all that it takes; size and SHA-256 are those of the bytes that left."""
    out = print_all(pat, run_of(pat, definitions), definitions)
    assert set(out) == set(asked.values())
    for request_id, made in out.items():
        kept = last_of(pat.store, request_id)
        assert content_of(pat.store, pat.actor, kept.id) == made.content
        assert kept.size == len(made.content)
        assert verify(pat.store, pat.actor, made.content, now=LATER).kind not in ("unknown", "altered")
        again = reprint_run(pat.store, pat.actor, request_id, reason="Lost", definitions=definitions, now=LATER)
        (copy,) = print_all(pat, again, definitions).values()
        assert "COPY" in words_of(copy.content)
        assert content_of(pat.store, pat.actor, last_of(pat.store, request_id).id) == copy.content


def test_no_page_of_them_is_found_by_the_front_desk(
    pat: SignedIn, dana: SignedIn, asked: dict[str, int], definitions: Definitions
) -> None:  # fmt: skip
    """The intake form is, as it left: everybody may see that one."""
    out = print_all(pat, run_of(pat, definitions), definitions)
    for kind, request_id in asked.items():
        held, left = kept_bytes(dana.store, request_id), out[request_id].content
        assert (held == left) is (kind not in CLINICAL)
        assert (b"%PDF" in held or b"stream" in held) is (kind not in CLINICAL)
        look = document_of, content_of
        assert [each.id for each in documents_of(dana.store, dana.actor, request_id)] == [last_of(dana.store, request_id).id]
        assert steps_of(dana.store, dana.actor, request_id)
        if kind in CLINICAL:
            document_id = last_of(dana.store, request_id).id
            with pytest.raises(DeniedError):
                look[0](dana.store, dana.actor, document_id, now=LATER)
            with pytest.raises(DeniedError):
                look[1](dana.store, dana.actor, document_id)
            with pytest.raises(DeniedError):
                dana.store.documents.content(document_id)
            with pytest.raises(DeniedError):
                reprint_run(dana.store, dana.actor, request_id, reason="Lost", definitions=definitions, now=LATER)
        else:
            assert content_of(dana.store, dana.actor, last_of(dana.store, request_id).id) == left


def test_the_front_desk_prints_what_is_ready_for_it(dana: SignedIn, asked: dict[str, int], definitions: Definitions) -> None:
    """Its run leaves what only others may print; and it ends a run that another desk's paper was in."""
    run = run_of(dana, definitions)
    assert [job.request_id for job in run.jobs] == [asked["intake_form"]]
    print_all(dana, run, definitions)
    with pytest.raises(IntakeError, match="nothing_to_print"):
        run_of(dana, definitions)


def test_the_front_desk_tells_of_a_paper_that_it_is_one_of_ours(
    pat: SignedIn, dana: SignedIn, asked: dict[str, int], definitions: Definitions
) -> None:  # fmt: skip
    """A patient brings a page back: its SHA-256 is enough."""
    out = print_all(pat, run_of(pat, definitions), definitions)
    verdict = verify(dana.store, dana.actor, out[asked["visit_note"]].content, now=LATER)
    assert (verdict.kind, verdict.version) == ("signed_current", 1)


def test_a_request_that_was_widened_past_the_actions_leaves_no_page_in_the_open(
    pat: SignedIn, dana: SignedIn, asked: dict[str, int], definitions: Definitions
) -> None:  # fmt: skip
    """What a paper is says who may see it, whatever its request was made to say."""
    dana.store._connection.execute("UPDATE request SET task = 'print_intake'")
    print_all(pat, run_of(pat, definitions), definitions)
    assert not any(b"%PDF" in kept_bytes(dana.store, asked[kind]) for kind in CLINICAL)


def test_the_check_reads_them_with_the_key_and_counts_them_without(
    pat: SignedIn, dana: SignedIn, store: Store, admin: Actor, asked: dict[str, int], definitions: Definitions
) -> None:  # fmt: skip
    """No false finding at the front desk at night; a byte that was changed is found by who has the key."""
    print_all(pat, run_of(pat, definitions), definitions)
    assert nightly_check(dana.store, workstation="desk-1", now=LATER).good
    assert check_store(store, admin, now=LATER).good
    assert (dana.store.documents.unopened(), store.documents.unopened()) == (3, 0)
    changed = last_of(store, asked["home_care"]).id
    raw = store._connection
    raw.execute("DROP TRIGGER document_never_changed")
    raw.execute("UPDATE document SET content = zeroblob(length(content)) WHERE id = ?", (changed,))
    assert (list(store.documents.altered()), list(dana.store.documents.altered())) == ([changed], [])


@pytest.mark.parametrize("kind", ["intake_form", "visit_note"])
def test_a_page_that_was_exchanged_is_not_hidden_by_calling_it_something_else(
    pat: SignedIn, dana: SignedIn, asked: dict[str, int], definitions: Definitions, kind: str
) -> None:  # fmt: skip
    """An open one is not called encrypted, an encrypted one not open."""
    print_all(pat, run_of(pat, definitions), definitions)
    document_id = last_of(dana.store, asked[kind]).id
    raw = dana.store._connection
    raw.execute("DROP TRIGGER document_never_changed")
    raw.execute("UPDATE document SET content = CAST('other' AS BLOB), encrypted = 1 - encrypted WHERE id = ?", (document_id,))
    assert list(dana.store.documents.altered()) == [document_id]


def test_nothing_lies_beside_the_store_in_the_open(
    pat: SignedIn, asked: dict[str, int], definitions: Definitions, data: Path
) -> None:  # fmt: skip
    """Neither page nor word in any file of the data folder."""
    print_all(pat, run_of(pat, definitions), definitions)
    assert asked
    held = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert b"%PDF" not in held
    assert b"muscle spasm" not in held
