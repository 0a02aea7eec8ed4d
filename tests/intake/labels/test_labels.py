"""Labels and envelopes on paper: inside their frames, in any script, or refused; made, recorded, and from the command line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from intake.actions.labels import Labels, Way, make_accounting, make_envelope, make_labels
from intake.definitions.bundle import Definitions
from intake.documents.envelopes import envelope
from intake.documents.labels import identity_label, label_sheet
from intake.domain.labels import Label, LabelSheet, postal_lines
from intake.domain.records import PatientRecord
from intake.domain.staff import Actor
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, a_patient, an_intake, save
from tests.intake.cli_desk import Run, write
from tests.intake.documents.samples import pages_by_pdfium, pages_by_pypdf, solid, spaced

LONG = {
    "legal_last": "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Example",
    "legal_first": "Maximiliana Alexandrina Theodora",
    "legal_middle": "Konstantinopolitana",
    "suffix": "III",
    "line1": "12345 North Extraordinarily Long Example Boulevard of the Americas",
    "line2": "Building 7, Apartment 1234-B, c/o Example Family Services",
}
PEOPLE: dict[str, dict[str, str]] = {
    "usual": {},
    "Korean": {"legal_last": "김", "legal_first": "민준"},
    "Arabic": {"legal_last": "بن أحمد الهاشمي", "legal_first": "محمد"},
    "Devanagari": {"legal_last": "शर्मा", "legal_first": "प्रिया"},
    "long": LONG,
}
WAY = Way(how="file", target="file", location="loc.edison", training=False)


def a_record(**fields: Any) -> PatientRecord:
    """Return a patient as kept."""
    return PatientRecord(id=42, number="RD-004217-6", version=1, patient=a_patient(**fields))


def ink_outside(pdf: bytes, sheet: LabelSheet, places: range) -> int:
    """Return how many dark pixels of each page lie outside the frames of these labels, two points within their edges."""
    outside, scale = 0, 2
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=scale, grayscale=True).to_pil()
        for place in places:
            left, top = sheet.corner(place)
            box = (left + 2, sheet.page_height_pt - top + 2, left + sheet.width_pt - 2, sheet.page_height_pt - top + sheet.height_pt - 2)
            picture.paste(255, tuple(round(edge * scale) for edge in box))
        outside += sum(picture.histogram()[:200])
    return outside


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("key", ["letter-3x10", "letter-2x7", "single-2.25x1.25", "single-4x6", "a4-3x8"])
def test_what_a_label_says_stays_inside_its_frame_and_is_read_as_entered(definitions: Definitions, key: str, person: str) -> None:
    """Whoever the patient is; every word is there, however small it has to be set."""
    sheet, record = definitions.label_sheets[key], a_record(**PEOPLE[person])
    for label in (identity_label(record), Label(lines=postal_lines(record.patient))):
        pdf = label_sheet(label, sheet, first=1, count=1, training=True)
        assert ink_outside(pdf, sheet, range(1)) == 0
        read = solid("".join(pages_by_pdfium(pdf)))
        assert all(solid(line) in read for line in (*label.lines, "TRAINING – not a real patient"))


def test_labels_begin_where_the_sheet_is_still_whole_and_flow_over_sheets(definitions: Definitions) -> None:
    """Thirty labels from the third one: 28 on the first sheet, two on the next; the used ones stay blank."""
    sheet = definitions.label_sheets["letter-3x10"]
    pdf = label_sheet(identity_label(a_record()), sheet, first=3, count=30, training=False)
    assert [page.count("RD-004217-6") for page in pages_by_pypdf(pdf)] == [28, 2]
    assert ink_outside(label_sheet(identity_label(a_record()), sheet, first=3, count=1, training=False), sheet, range(2, 3)) == 0
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert (page.mediabox.width, page.mediabox.height) == (612, 792)


def test_a_label_is_printed_as_large_as_it_is_and_the_same_each_time(definitions: Definitions) -> None:
    """A printer that shrinks a sheet to its margins would miss the labels."""
    sheet = definitions.label_sheets["letter-2x7"]
    pdf = label_sheet(identity_label(a_record()), sheet, first=1, count=14, training=False)
    root: Any = pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert pdf == label_sheet(identity_label(a_record()), sheet, first=1, count=14, training=False)


def test_words_that_do_not_fit_in_the_smallest_letters_are_refused_and_never_cut(definitions: Definitions) -> None:
    """Half a name on a label is another person's."""
    sheet = definitions.label_sheets["single-2.25x1.25"]
    with pytest.raises(IntakeError) as refused:
        label_sheet(identity_label(a_record(legal_last="Example " * 90)), sheet, first=1, count=1, training=False)
    assert refused.value.code == "label_too_small"


def test_an_address_label_says_nothing_but_name_and_address() -> None:
    """No birth date, no record number, no barcode for whoever carries the mail."""
    label = Label(lines=postal_lines(a_patient(legal_middle="B", suffix="Jr.")))
    assert label.lines == ("Ana B Sample Jr.", "12 Example Street", "Apt 3", "Edison, NJ 08837")
    assert label.barcode == ""


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"line1": "none", "line2": None, "city": None, "state": None, "zip_code": None}, ()),
        ({"line1": "declined", "line2": None, "city": None, "state": None, "zip_code": None}, ()),
        ({"line1": None}, ()),
        ({"zip_code": "abroad", "state": None, "city": "Toronto"}, ("Ana Sample", "12 Example Street", "Apt 3", "Toronto")),
        ({"legal_first": None, "line2": None}, ("Sample", "12 Example Street", "Edison, NJ 08837")),
    ],
)
def test_a_postal_address_is_what_was_told_and_none_is_made_up(fields: dict[str, str | None], lines: tuple[str, ...]) -> None:
    """No fixed address, another country, a single name."""
    assert postal_lines(a_patient(**fields)) == lines


@pytest.mark.parametrize("person", PEOPLE)
def test_an_envelope_has_both_addresses_apart_and_leaves_the_foot_to_the_post(definitions: Definitions, person: str) -> None:
    """In every size; the addressee's begins where the file says, nothing lies in the lowest 5/8 inch."""
    lines = postal_lines(a_patient(**PEOPLE[person]))
    for size in definitions.envelopes.values():
        location = definitions.practice.location("loc.edison")
        pdf = envelope(lines, size, practice=definitions.practice, location=location, training=False)
        read = solid("".join(pages_by_pdfium(pdf)))
        assert all(solid(line) in read for line in (*lines, definitions.practice.name, "Edison, NJ 08837"))
        picture = next(iter(pypdfium2.PdfDocument(pdf))).render(scale=1, grayscale=True).to_pil()
        assert picture.size == (pytest.approx(size.width_pt, abs=1), pytest.approx(size.height_pt, abs=1))
        for clear in (
            (0, round(size.height_pt) - 44, picture.width, picture.height),
            (0, round(size.address_top_pt) - 14, picture.width, round(size.address_top_pt) - 2),
            (picture.width - 26, 0, picture.width, picture.height),
        ):
            assert picture.crop(clear).getextrema()[0] > 200


def test_labels_and_envelopes_are_recorded_as_they_leave(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Who, whose, which sheet, how many; never what stands on them."""
    saved = save(store, desk, definitions)
    labels = Labels(sheet="letter-3x10", first=2, count=5)
    assert "Sample, Ana" in spaced(
        pages_by_pypdf(make_labels(store, desk, saved.patient_id, labels, WAY, definitions=definitions, now=NOW))[0]
    )
    make_envelope(store, desk, saved.patient_id, "envelope-10", WAY, definitions=definitions, now=NOW)
    told = store._connection.execute(
        "SELECT action, patient_id, changes FROM audit WHERE action LIKE 'export_%' ORDER BY seq"
    ).fetchall()  # fmt: skip
    assert [(action, patient) for action, patient, _ in told] == [
        ("export_labels", saved.patient_id),
        ("export_envelope", saved.patient_id),
    ]
    assert json.loads(told[0][2])["count"][1] == "5"
    assert "Sample" not in "".join(changes for *_, changes in told)


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        (Labels(sheet="nowhere"), ["unknown_sheet"]),
        (Labels(sheet="letter-3x10", first=31, count=301), ["not_on_sheet", "labels_out_of_range"]),
        (Labels(sheet="letter-3x10", first=0, count=0), ["not_on_sheet", "labels_out_of_range"]),
    ],
)
def test_labels_there_are_not_are_refused(store: Store, desk: Actor, definitions: Definitions, labels: Labels, codes: list[str]) -> None:
    """Before anything is made or recorded."""
    saved = save(store, desk, definitions)
    before = store.data_version()
    with pytest.raises(InvalidInputError) as refused:
        make_labels(store, desk, saved.patient_id, labels, WAY, definitions=definitions, now=NOW)
    assert [problem.code for problem in refused.value.problems] == codes
    assert store.data_version() == before


def test_a_patient_without_an_address_gets_no_envelope(store: Store, desk: Actor, definitions: Definitions) -> None:
    """And nothing says that one left."""
    nowhere = a_patient(line1="none", line2=None, zip_code=None, city=None, state=None)
    saved = save(store, desk, definitions, intake=an_intake(definitions, patient=nowhere))
    with pytest.raises(IntakeError) as refused:
        make_envelope(store, desk, saved.patient_id, "envelope-10", WAY, definitions=definitions, now=NOW)
    assert refused.value.code == "no_postal_address"
    assert store._connection.execute("SELECT count(*) FROM audit WHERE action = 'export_envelope'").fetchone() == (0,)


def test_the_accounting_is_not_everybodys(store: Store, desk: Actor, print_desk: Actor, definitions: Definitions) -> None:
    """A receptionist may not ask for it; what the print desk takes out is recorded, the asking too."""
    saved = save(store, desk, definitions)
    with pytest.raises(DeniedError):
        make_accounting(store, desk, saved.patient_id, WAY, definitions=definitions, now=NOW)
    pdf = make_accounting(store, print_desk, saved.patient_id, WAY, definitions=definitions, now=NOW)
    words = spaced(pages_by_pypdf(pdf)[0])
    assert "Nov 22, 2020 to Nov 22, 2026" in words
    actions = [row[0] for row in store._connection.execute("SELECT action FROM audit WHERE action LIKE '%account%' ORDER BY seq")]
    assert actions == ["account_disclosures", "export_accounting"]


def test_the_command_writes_labels_envelope_and_accounting(run: Run, tmp_path: Path) -> None:
    """By the record number; a sheet there is not is told with those there are, a visit's number is none of a patient."""
    line = run("add", write(tmp_path / "one.json"))[1][0]
    for words in (("labels", "--address", "--count", "3"), ("envelope",), ("accounting",)):
        target = tmp_path / "out.pdf"
        code, [told], said = run("pdf", words[0], line["mrn"], *words[1:], "-o", str(target))
        assert (code, told["mrn"], told["bytes"], said) == (0, line["mrn"], target.stat().st_size, "")
    code, lines, said = run("pdf", "labels", line["mrn"], "--sheet", "big", "-o", str(tmp_path / "no.pdf"))
    assert (code, lines, "letter-3x10" in said) == (2, [], True)
    assert run("pdf", "envelope", line["visit"], "-o", str(tmp_path / "no.pdf"))[0] == 2
    assert not (tmp_path / "no.pdf").exists()
