"""The practice and its clinics in the window: typed, seen on paper, kept; what is wrong stands at its field."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.practice_settings import practice_form
from intake.definitions.bundle import load_definitions
from intake.paths import RESOURCES
from tests.intake.settings.pictures import a_logo
from tests.ui.conftest import Bench
from tests.ui.settings.conftest import Open, section, show_section
from ui.desk import Desk
from ui.pages.settings.clinics import ClinicsSection
from ui.pages.settings.practice import PracticeSection
from ui.pages.settings.sample import SampleCard

CTRL = Qt.KeyboardModifier.ControlModifier


def first_page(card: SampleCard) -> str:
    """Return the words of the sample's first page."""
    return PdfReader(io.BytesIO(card.pdf)).pages[0].extract_text() if card.pdf else ""


@pytest.fixture
def practice(desk: Desk, open_settings: Open, qtbot: QtBot) -> PracticeSection:
    """Return the practice's form, filled, its sample drawn."""
    shown = section(open_settings(desk), "practice", PracticeSection)
    qtbot.waitUntil(lambda: "Redefine Healthcare" in first_page(shown.sample), timeout=10_000)
    return shown


@pytest.fixture
def clinics(desk: Desk, open_settings: Open, qtbot: QtBot) -> ClinicsSection:
    """Return the form of the first clinic, filled, its sample drawn."""
    shown = section(open_settings(desk), "clinics", ClinicsSection)
    qtbot.waitUntil(lambda: "2500 Morris Ave" in first_page(shown.sample), timeout=10_000)
    return shown


def test_paper_shows_what_is_typed_before_it_is_kept(desk: Desk, bench: Bench, practice: PracticeSection, qtbot: QtBot) -> None:
    """The real document, drawn anew as typing rests; nothing is kept yet."""
    practice.name_field.setFocus()
    practice.name_field.selectAll()
    QTest.keyClicks(practice.name_field, "Sample Spine Center")
    QTest.keyClick(practice.name_field, Qt.Key.Key_Return)
    QTest.keyClicks(practice.line_fields[0], "Call (732) 555-0100")
    qtbot.waitUntil(lambda: "Call (732) 555-0100" in first_page(practice.sample), timeout=10_000)
    assert "Sample Spine Center" in first_page(practice.sample)
    assert bench.ask(lambda store: practice_form(store, desk.actor)).name == "Redefine Healthcare"


def test_what_is_kept_is_on_the_next_paper_of_this_desk(
    desk: Desk, bench: Bench, practice: PracticeSection, qtbot: QtBot, tmp_path: Path
) -> None:
    """Ctrl+S; every page here works with the changed practice from then on, and a start reads the same."""
    (tmp_path / "logo.png").write_bytes(a_logo())
    practice.take_logo(tmp_path / "logo.png")
    qtbot.waitUntil(lambda: practice.logo == a_logo())
    practice.name_field.set_value("Sample Spine Center")
    with qtbot.waitSignals([practice.routes.practice_changed, practice.routes.said]):
        QTest.keyClick(practice.name_field, Qt.Key.Key_S, CTRL)
    assert desk.definitions.practice.name == "Sample Spine Center"
    assert desk.definitions.practice.locations[0].letterhead.logo is not None
    assert load_definitions(RESOURCES, desk.paths.overrides).practice == desk.definitions.practice


@pytest.mark.parametrize(("content", "words"), [(b"<svg/>", "neither a PNG nor a JPEG"), (a_logo(width=2001, height=9), "2000 pixels")])
def test_a_logo_that_will_not_do_is_refused_at_its_field(
    practice: PracticeSection, qtbot: QtBot, tmp_path: Path, content: bytes, words: str
) -> None:
    """In words that say what to do; the one before stays."""
    (tmp_path / "logo.png").write_bytes(content)
    practice.take_logo(tmp_path / "logo.png")
    qtbot.waitUntil(practice.boxes["logo"].has_problem)
    assert words in practice.boxes["logo"].note.text()
    assert practice.logo is None


def test_an_empty_name_is_told_at_its_field_and_nothing_typed_is_lost(practice: PracticeSection, qtbot: QtBot) -> None:
    """The paper stays as it was last right."""
    before = practice.sample.pdf
    practice.name_field.set_value(" ")
    practice.line_fields[1].set_value("Second line")
    practice.save()
    qtbot.waitUntil(practice.boxes["name"].has_problem)
    assert practice.line_fields[1].value() == "Second line"
    assert practice.sample.pdf == before


def test_what_is_typed_and_not_kept_is_still_there_after_another_section(desk: Desk, open_settings: Open, qtbot: QtBot) -> None:
    """Looking something up elsewhere costs nothing."""
    page = open_settings(desk)
    practice = section(page, "practice", PracticeSection)
    qtbot.waitUntil(lambda: practice.name_field.value() != "")
    practice.name_field.set_value("Half typed")
    section(page, "clinics", ClinicsSection)
    show_section(page, "practice")
    with qtbot.waitSignal(practice.sample.shown, timeout=10_000):
        practice.sample.choose("letter")
    assert practice.name_field.value() == "Half typed"


def test_a_clinic_is_changed_by_keyboard_and_seen_on_its_paper(desk: Desk, clinics: ClinicsSection, qtbot: QtBot) -> None:
    """Phone as people write it, hours as typed."""
    clinics.fields["phone"].setFocus()
    QTest.keyClicks(clinics.fields["phone"], "7325550101")
    QTest.keyClick(clinics.fields["phone"], Qt.Key.Key_Return)
    assert clinics.fields["fax"].hasFocus()
    qtbot.waitUntil(lambda: "(732) 555-0101" in first_page(clinics.sample), timeout=10_000)
    with qtbot.waitSignal(clinics.routes.practice_changed):
        QTest.keyClick(clinics.fields["fax"], Qt.Key.Key_S, CTRL)
    assert desk.definitions.practice.location("loc.union").phone == "(732) 555-0101"


def test_every_wrong_field_of_a_clinic_is_told_at_once(desk: Desk, clinics: ClinicsSection, qtbot: QtBot) -> None:
    """At its field; the first of them has the focus."""
    for name, text in (("line1", ""), ("zip_code", "0883"), ("phone", "555-0100")):
        clinics.fields[name].set_value(text)
    clinics.save()
    qtbot.waitUntil(clinics.boxes["line1"].has_problem)
    assert [name for name, box in clinics.boxes.items() if box.has_problem()] == ["line1", "zip_code", "phone"]
    assert clinics.fields["line1"].hasFocus()
    assert not (desk.paths.overrides / "locations.toml").exists()


def test_another_clinic_is_chosen_with_an_arrow(clinics: ClinicsSection, qtbot: QtBot) -> None:
    """Its form and its paper come."""
    clinics.clinic_field.setFocus()
    QTest.keyClick(clinics.clinic_field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: clinics.fields["line1"].value() == "10 Parsonage Road")
    qtbot.waitUntil(lambda: "10 Parsonage Road" in first_page(clinics.sample), timeout=10_000)


def test_what_is_typed_of_a_clinic_comes_back_with_it_and_the_list_says_so(clinics: ClinicsSection, qtbot: QtBot) -> None:
    """Another clinic is looked at in between; nothing typed of the first one is lost, and none of it gets into the other."""
    first = clinics.clinic_field.currentIndex()
    clinics.fields["phone"].set_value("(732) 555-0148")
    QTest.keyClick(clinics.clinic_field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: clinics.fields["line1"].value() == "10 Parsonage Road")
    assert clinics.fields["phone"].value() != "(732) 555-0148"
    assert clinics.clinic_field.itemText(first).endswith("· not saved")
    QTest.keyClick(clinics.clinic_field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: clinics.fields["phone"].value() == "(732) 555-0148")
    assert not clinics.clinic_field.itemText(first).endswith("· not saved")
