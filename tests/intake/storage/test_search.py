"""Finding patients by what is typed."""

from __future__ import annotations

from datetime import date

import pytest

from intake.domain.numbers import record_number
from intake.domain.patients import Patient
from intake.storage.store import Store
from tests.factories import NOW, TODAY, a_patient


def keep(store: Store, *patients: Patient) -> list[int]:
    """Keep patients and make them findable."""
    ids = []
    with store.transaction():
        for patient in patients:
            record = store.patients.add(patient, at=NOW)
            store.search.add(record.id, patient)
            ids.append(record.id)
    return ids


def found(store: Store, text: str, limit: int = 30) -> list[int]:
    """Return the ids that a text finds."""
    return [line.id for line in store.search.find(text, limit=limit, on=TODAY)]


@pytest.fixture
def ana(store: Store) -> int:
    """Ana among others who share a part of everything with her."""
    first, *_ = keep(
        store,
        a_patient(legal_middle="Sofía", preferred_name="Annie", former_name="Exampleton"),
        a_patient(legal_last="Example", legal_first="Bob", dob=date(1985, 4, 3), phone="+12015550100", email=None),
        a_patient(legal_last="Sampson", legal_first="Zoe", dob=date(1990, 1, 1), phone="none", email="zoe@example.com"),
        a_patient(legal_last="Núñez-O'Pretend", legal_first="Juan Carlos", dob=date(2001, 2, 3), phone="+19085550177"),
    )
    return first


@pytest.mark.parametrize(
    "text",
    [
        "Sample", "sample", "SAMP", "  sample ", "Sample, Ana", "ana sample", "Ana S", "s ana", "sample a", "Annie", "exampleton",
        "sofia", "sofía ana", "annie sample", "03/04/1985", "3485", "1985-03-04", "4 mar 1985", "(732) 555-0148", "7325550148",
        "+1 732-555-0148", "1 732 555", "555-0148", "0148", "ana.sample@example.com", "ana.s", "ANA.SAMPLE@EX", "sample 0148",
        "0148 sample", "ana 3/4/1985", "3/4/85 sam", "RD-000001", "sample ana sofia",
    ],
)  # fmt: skip
def test_a_patient_is_found_by_any_part_in_any_order(store: Store, ana: int, text: str) -> None:
    """Name, birth date, phone or its end, email and number, typed as anybody types them."""
    assert ana in found(store, text)


@pytest.mark.parametrize("text", ["samplex", "9999", "ana bob", "RD-000002", "04/03/1985", "sample 0177", "ana.x@"])
def test_a_patient_is_not_found_by_what_is_not_true(store: Store, ana: int, text: str) -> None:
    """A hit means that everything typed fits."""
    assert ana not in found(store, text)


@pytest.mark.parametrize("text", ["nunez", "núñez o'pretend", "opretend", "pretend", "juan", "carlos", "juan carlos nu", "nunez ju"])
def test_marks_apostrophes_and_hyphens_never_hide_a_name(store: Store, ana: int, text: str) -> None:
    """What some write and some leave out does not matter, except a word that does not begin so."""
    assert (ana + 3 in found(store, text)) is (text != "pretend")


def test_a_name_typed_letter_by_letter_keeps_its_hit(store: Store, ana: int) -> None:
    """No letter on the way loses the patient."""
    for text in ("sample, ana", "ana sample", "(732) 555-0148", "ana.sample@example.com", record_number(ana)):
        for length in range(1, len(text) + 1):
            if text[:length].strip("(RD-"):
                assert ana in found(store, text[:length]), text[:length]


def test_names_come_in_their_order_and_no_more_than_asked(store: Store) -> None:
    """The list is steady while typing goes on."""
    keep(store, *(a_patient(legal_last=f"Sample{letter}", legal_first="Bo") for letter in "dbca"))
    lines = store.search.find("sam", limit=3, on=TODAY)
    assert [line.legal_last for line in lines] == ["Samplea", "Sampleb", "Samplec"]


def test_first_names_have_room_beside_many_last_names(store: Store) -> None:
    """A hundred people called Ana-something by family name do not hide the ones called Ana."""
    keep(store, *(a_patient(legal_last=f"Anason{place:03d}", legal_first="Bo") for place in range(100)))
    (ana,) = keep(store, a_patient(legal_last="Zample", legal_first="Ana"))
    assert ana in found(store, "ana")


def test_a_changed_patient_is_found_by_the_new_and_not_by_the_old(store: Store, ana: int) -> None:
    """Name, phone and email, in every index."""
    before = a_patient(legal_middle="Sofía", preferred_name="Annie", former_name="Exampleton")
    after = a_patient(legal_last="Changed", phone="+12015550111", email="new@example.com")
    kept = store.patients.get(ana)
    assert kept is not None
    with store.transaction():
        store.patients.replace(kept, after, at=NOW)
        store.search.replace(ana, before, after)
    for text in ("changed", "2015550111", "0111", "new@example.com", "changed ana"):
        assert ana in found(store, text)
    for text in ("sample", "7325550148", "0148", "ana.sample@example.com", "annie", "exampleton"):
        assert ana not in found(store, text)


@pytest.mark.parametrize("name", ["مثال", "Пример", "示例", "예시", "उदाहरण", "דוגמה", "Thửnghiệm"])
def test_names_in_every_script_are_found_by_their_beginning(store: Store, name: str) -> None:
    """The first letters are enough, whatever they are."""
    (patient_id,) = keep(store, a_patient(legal_last=name))
    assert patient_id in found(store, name[:2])


@pytest.mark.parametrize("text", ["", " ", '"', "*", "' OR 1=1 --", "AND OR NOT", "NEAR(a b)", "\0", "🧣", "@", "0", "x" * 5000])
def test_no_text_breaks_the_search(store: Store, ana: int, text: str) -> None:
    """Signs that mean something to the database mean nothing here."""
    assert isinstance(found(store, text), list)
