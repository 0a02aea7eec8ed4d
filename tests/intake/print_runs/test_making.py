"""Every kind of document out of its material: what it says of itself, its pages, and who may have it."""

from __future__ import annotations

import dataclasses

import pypdfium2
import pytest

from intake.actions.letters import keep_letter, sign_letter
from intake.actions.material import material_of
from intake.documents.making import make, make_copy
from intake.documents.material import CopyMark
from intake.domain.documents import Made
from intake.domain.staff import Actor, Role
from intake.errors import DeniedError, IntakeError
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, WORKSTATION, a_colleague
from tests.intake.print_runs.papers import a_pdf
from tests.intake.print_runs.shop import Shop
from tests.intake.review.charting import LATER, sign


@pytest.fixture
def clinician(store: Store) -> Actor:
    """Return a clinician."""
    admin = next(staff for staff in store.staff.all() if staff.role is Role.ADMINISTRATOR)
    return a_colleague(store, Actor(staff=admin, workstation=WORKSTATION), role=Role.CLINICIAN, login="casey")


def made(shop: Shop, request_id: int) -> Made:
    """Make a request's document."""
    material = material_of(shop.store, shop.actor, request_id, definitions=shop.definitions, now=LATER)
    return make(material, shop.definitions, training=False, printed_at=LATER)


def text_of(pdf: bytes) -> list[str]:
    """Return what each page says."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_an_intake_form_is_made_of_its_visit(shop: Shop) -> None:
    """It waits for nobody, so it is never preliminary."""
    (request_id,) = shop.order()
    form = made(shop, request_id)
    pages = text_of(form.content)
    assert (form.pages, form.preliminary, form.version) == (len(pages), False, 0)
    assert "Intake form" in pages[0]


def test_a_note_is_preliminary_until_it_is_signed(shop: Shop, clinician: Actor) -> None:
    """Then it is version 1, and says so no more."""
    shop.actor = clinician
    note = next(line.id for line in shop.store.request_lists.of_patient(1, limit=9) if line.kind == "visit_note")
    before = made(shop, note)
    assert (before.preliminary, before.version) == (True, 0)
    assert all("PRELIMINARY" in page for page in text_of(before.content))
    sign(shop.store, clinician, 1, shop.definitions)
    after = made(shop, note)
    assert (after.preliminary, after.version) == (False, 1)
    assert not any("PRELIMINARY" in page for page in text_of(after.content))


def test_a_home_care_sheet_speaks_the_language_of_its_request(shop: Shop, clinician: Actor) -> None:
    """What the patient reads at home is in the patient's language."""
    shop.actor = clinician
    sign(shop.store, clinician, 1, shop.definitions)
    english, spanish = shop.order(kind="home_care"), shop.order(kind="home_care", language="es")
    assert [made(shop, request_id).language for request_id in (*english, *spanish)] == ["en", "es"]
    assert "Página 1" in text_of(made(shop, spanish[0]).content)[0]


def test_a_records_copy_holds_every_visit(shop: Shop, clinician: Actor) -> None:
    """Its pages are counted over the whole."""
    shop.actor = clinician
    sign(shop.store, clinician, 1, shop.definitions)
    (request_id,) = shop.order(kind="records_copy")
    copy = made(shop, request_id)
    pages = text_of(copy.content)
    assert copy.pages == len(pages) > 4
    assert any("Intake form" in page for page in pages)
    assert any("Visit note" in page for page in pages)


def test_a_letter_is_preliminary_until_it_is_complete_and_signed(shop: Shop, clinician: Actor) -> None:
    """What is asked for stands as a gap; signed, it says what was signed."""
    shop.actor = clinician
    sign(shop.store, clinician, 1, shop.definitions)
    (request_id,) = shop.order(kind="referral_letter")
    assert made(shop, request_id).preliminary
    material = material_of(shop.store, clinician, request_id, definitions=shop.definitions, now=LATER)
    assert material.letter is not None
    typed = dict.fromkeys(material.letter.missing, "Sample words")
    letter = keep_letter(shop.store, clinician, request_id, typed=typed, body=None, definitions=shop.definitions, now=LATER)
    assert letter.missing == ()
    assert made(shop, request_id).preliminary
    sign_letter(shop.store, clinician, request_id, password=PASSWORD, definitions=shop.definitions, now=LATER)
    signed = made(shop, request_id)
    assert (signed.preliminary, signed.version) == (False, letter.version)
    assert "Sample words" in " ".join(text_of(signed.content))


def test_material_is_read_by_who_may_print_it_only(shop: Shop) -> None:
    """A receptionist reads no note by asking for its paper."""
    note = next(line.id for line in shop.store.request_lists.of_patient(1, limit=9) if line.kind == "visit_note")
    with pytest.raises(DeniedError):
        material_of(shop.store, shop.actor, note, definitions=shop.definitions, now=NOW)


def test_a_kind_the_practice_no_longer_has_is_named(shop: Shop) -> None:
    """A request outlives the file that its kind came from."""
    (request_id,) = shop.order()
    kinds = shop.definitions.document_kinds
    fewer = dataclasses.replace(kinds, kinds=tuple(kind for kind in kinds.kinds if kind.key != "intake_form"))
    without = dataclasses.replace(shop.definitions, document_kinds=fewer)
    with pytest.raises(IntakeError) as gone:
        material_of(shop.store, shop.actor, request_id, definitions=without, now=NOW)
    assert gone.value.code == "unknown_document"


def test_a_copy_says_when_and_by_whom_in_the_language_of_the_document(shop: Shop) -> None:
    """On every page, over the pages as they left."""
    mark = CopyMark(document_id=7, content=a_pdf(pages=2), version=3, language="es", at=NOW, by="Pat Example")
    copy = make_copy(mark, shop.definitions)
    assert (copy.copy_of, copy.version, copy.pages, copy.language) == (7, 3, 2, "es")
    pages = text_of(copy.content)
    assert all("COPY" in page and "Impreso de nuevo el 22 de noviembre de 2026" in page for page in pages)
    assert [f"Sample page {number}" in page for number, page in enumerate(pages, 1)] == [True, True]
