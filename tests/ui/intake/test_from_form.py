"""A draft that was read from a form: every value is marked until a person confirms it, and none is saved before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from pypdf.generic import NameObject, TextStringObject
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from intake.actions.drafts import my_drafts
from intake.actions.form_import import Imported, import_form, keep_form
from intake.definitions.bundle import Definitions
from intake.entry.from_form import NOT_CONFIRMED, from_form
from intake.interop.filled_form import FilledForm, read_form
from tests.intake.form_import.forms import a_form
from tests.ui.intake.typist import SHIFT, Typist
from ui.desk import Desk
from ui.pages.intake.question_row import QuestionRow
from ui.routes import IntakeStart
from ui.widgets.field_box import FieldBox

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench

F3 = Qt.Key.Key_F3
FILLED = {
    "patient.legal_last": "Rivera",
    "patient.legal_first": "Ana",
    "patient.dob": "3/4/1985",
    "patient.email": "at home",
    "answers.sx.twitching": "yes",
    "pain_drawing::front.forehead::aching": "Yes",
}


def a_file(definitions: Definitions, filled: Mapping[str, str] = FILLED, *, patient: str = "") -> bytes:
    """Return a form that was filled in so."""
    marks = [each.code for each in definitions.regions.kinds], [each.key for each in definitions.regions.regions()]
    known = {name: value for name, value in filled.items() if not name.startswith("pain_drawing")}
    drawn = {f"pain_drawing::{marks[1][2]}::{marks[0][0]}": "Yes"} if len(known) < len(filled) else {}
    return a_form(definitions, {**known, **drawn}, language="es", patient=patient, renamed={"patient.city": "city"}).pdf()


def bring(bench: Bench, definitions: Definitions, filled: Mapping[str, str] = FILLED, *, patient: str = "") -> Imported:
    """Import a form at the desk."""
    pdf, desk = a_file(definitions, filled, patient=patient), bench.desk
    return bench.ask(lambda store: import_form(store, desk.actor, pdf, definitions=definitions, location=None, now=desk.now()))


@pytest.fixture(scope="module")
def filled_form(definitions: Definitions) -> FilledForm:
    """Return a form that Ana Rivera filled in, with one value that cannot be kept, as it is read from its file."""
    return read_form(a_file(definitions), definitions)


@pytest.fixture
def reader(desk: Desk, bench: Bench, filled_form: FilledForm, qtbot: QtBot) -> Typist:
    """Somebody at the draft of that form."""
    known, now = desk.definitions, desk.now()
    imported = bench.ask(lambda store: keep_form(store, desk.actor, filled_form, definitions=known, location=None, now=now))
    return Typist(desk, qtbot, IntakeStart(draft_id=imported.draft_id))


def box(typist: Typist, path: str) -> FieldBox:
    """Return the box of a field."""
    return next(each for each in typist.page.form.findChildren(FieldBox) if each.property("path") == path)


def test_every_value_is_marked_and_the_bar_counts_them(reader: Typist) -> None:
    """With a sign and words at fields, rows and the drawing; a field without a value has none."""
    assert box(reader, "patient.legal_last").mark() == "✎ from the form"
    assert "from the form" in box(reader, "patient.legal_last").control.accessibleDescription()
    assert box(reader, "patient.phone").mark() == ""
    row = next(each for each in reader.page.form.findChildren(QuestionRow) if each.question.key == "sx.twitching")
    assert row.mark().startswith("✎ from the form")
    words = " ".join(reader.page.jump_bar.words())
    assert "Identity ✎ 3" in words
    assert "Contact ✎ 1" in words
    assert "Pain drawing ✎ 1" in words
    assert reader.page.document.on is not None


def test_the_keyboard_is_at_the_first_value_to_confirm(desk: Desk, bench: Bench, definitions: Definitions, qtbot: QtBot) -> None:
    """Whatever field of the file came first; once one is confirmed, the draft opens where it was left."""
    imported = bring(bench, definitions, {"patient.email": "ana@example.com", "answers.sx.twitching": "yes"})
    opened = Typist(desk, qtbot, IntakeStart(draft_id=imported.draft_id))
    assert opened.path == "patient.email"
    assert QApplication.focusWidget() is opened.page.form.focusWidget()
    opened.press(F3)
    assert opened.path == "answers.sx.twitching"


def test_a_file_that_lost_its_name_tells_no_language(desk: Desk, bench: Bench, definitions: Definitions, qtbot: QtBot) -> None:
    """A form in Spanish is never offered as one in English, and a long name of a field leaves the card its edge."""
    typed = {name: text for name, text in FILLED.items() if name.startswith("patient.")}
    form = a_form(definitions, typed, language="es", renamed={"patient.city": "c" * 90})
    form.say("")
    form.fields[0].get_object()[NameObject("/T")] = TextStringObject("x")
    imported = bench.ask(lambda store: import_form(store, desk.actor, form.pdf(), definitions=definitions, location=None, now=desk.now()))
    opened = Typist(desk, qtbot, IntakeStart(draft_id=imported.draft_id))
    assert any(words.startswith("language not told") for words in opened.page.form_card.words())
    assert opened.page.form_card.minimumSizeHint().width() <= 248


def test_a_value_that_cannot_be_kept_is_told_at_once_as_it_was_written(reader: Typist) -> None:
    """The patient is not there to be asked by the field."""
    assert reader.text("patient.email") == "at home"
    assert box(reader, "patient.email").has_problem()


def test_one_key_confirms_the_field_and_goes_to_the_next(reader: Typist) -> None:
    """Over all of them; what is wrong is passed by no key."""
    reader.go("patient.legal_last").press(F3)
    assert reader.path == "patient.legal_first"
    assert box(reader, "patient.legal_last").mark() == "✓ confirmed"
    reader.press(F3).press(F3)
    assert reader.path == "patient.email"
    reader.press(F3)
    assert reader.path == "patient.email"
    assert "patient.email" in reader.page.document.to_confirm()


def test_one_key_confirms_the_section(reader: Typist) -> None:
    """And goes on to the next section with a mark."""
    reader.go("patient.legal_first").press(F3, SHIFT)
    assert reader.page.document.to_confirm() == ("patient.email", "answers.sx.twitching", "pain_drawing")
    assert reader.path == "patient.email"


def test_what_a_person_types_over_is_confirmed(reader: Typist) -> None:
    """Whoever types it knows it."""
    reader.go("patient.legal_first").press(Qt.Key.Key_End).type("h")
    reader.go("answers.sx.twitching").type("n")
    assert {"patient.legal_first", "answers.sx.twitching"}.isdisjoint(reader.page.document.to_confirm())


def test_marks_outlive_a_restart(reader: Typist, desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """They are part of the draft."""
    reader.go("patient.legal_last").press(F3).drafted()
    kept = from_form(bench.ask(lambda store: my_drafts(store, desk.actor))[0].content)
    assert kept is not None
    assert kept.unconfirmed == ("patient.legal_first", "patient.dob", "patient.email", "answers.sx.twitching", "pain_drawing")
    again = Typist(desk, qtbot, IntakeStart(draft_id=reader.page.draft_id))
    assert again.page.document.to_confirm() == kept.unconfirmed


def test_a_save_is_refused_at_each_value_and_loses_nothing(reader: Typist) -> None:
    """Each is a problem at its field."""
    reader.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    told = {problem.field for problem in reader.page.form.problems.problems() if problem.code == NOT_CONFIRMED}
    assert told == {"patient.legal_last", "patient.legal_first", "patient.dob", "answers.sx.twitching", "pain_drawing"}
    assert reader.page.saved is None
    assert reader.text("patient.legal_last") == "Rivera"


def test_what_is_odd_about_the_file_stands_beside_the_form(reader: Typist, typist: Typist) -> None:
    """By name; an intake that was typed has no such card."""
    words = " ".join(reader.page.form_card.words())
    assert "Español" in words
    assert "city: no field of the form" in words
    assert "(patient.city): missing from the file" in words
    assert reader.page.form_card.isVisible()
    assert not typist.page.form_card.isVisible()


def test_a_detail_that_was_written_without_its_question_is_seen(desk: Desk, bench: Bench, definitions: Definitions, qtbot: QtBot) -> None:
    """Nothing that a patient wrote hides, and nothing hidden is saved."""
    detail = next(each for each in definitions.checklist.questions() if each.parent and each.kind.value == "text")
    imported = bring(bench, definitions, {"patient.legal_last": "Rivera", f"answers.{detail.key}": "since the crash"})
    opened = Typist(desk, qtbot, IntakeStart(draft_id=imported.draft_id))
    assert opened.page.form.go_to(f"answers.{detail.key}")
    assert f"answers.{detail.key}" in opened.page.document.to_confirm()


def test_a_look_alike_is_asked_about_by_itself(desk: Desk, bench: Bench, definitions: Definitions, qtbot: QtBot) -> None:
    """When the draft opens; taking the patient confirms the demographics, giving back marks them again."""
    bench.arrive("Rivera", "Ana")
    opened = Typist(desk, qtbot, IntakeStart(draft_id=bring(bench, definitions).draft_id))
    opened.qtbot.waitUntil(lambda: len(opened.page.same_person.matches()) == 1)
    before = opened.page.document.to_confirm()
    opened.press(Qt.Key.Key_F6).press(Qt.Key.Key_Return)
    opened.qtbot.waitUntil(lambda: opened.page.returning.record is not None)
    opened.page.same_person.confirmed.emit([])
    assert not [path for path in opened.page.document.to_confirm() if path.startswith("patient.")]
    opened.page.returning.give_back()
    assert opened.page.document.to_confirm() == before
    assert opened.text("patient.email") == "at home"


def test_a_form_of_a_known_patient_opens_as_a_visit_of_that_patient(
    desk: Desk, bench: Bench, definitions: Definitions, qtbot: QtBot
) -> None:
    """Its values are marked; whoever says it is another person has only what the form said."""
    saved = bench.arrive("Rivera", "Ana")
    opened = Typist(desk, qtbot, IntakeStart(draft_id=bring(bench, definitions, patient=saved.record_number).draft_id))
    opened.qtbot.waitUntil(lambda: opened.page.returning.record is not None)
    assert "patient.legal_last" in opened.page.document.to_confirm()
    assert opened.text("patient.line1") == "12 Example Street"
    opened.page.returning.give_back()
    assert opened.page.document.raw["patient"] == {"legal_last": "Rivera", "legal_first": "Ana", "dob": "3/4/1985", "email": "at home"}
    assert "patient.legal_last" in opened.page.document.to_confirm()


def test_a_form_that_is_confirmed_becomes_a_visit(desk: Desk, bench: Bench, definitions: Definitions, qtbot: QtBot) -> None:
    """With what the desk adds."""
    filled = {"patient.legal_last": "Rivera", "patient.legal_first": "Ana", "patient.dob": "3/4/1985", "patient.phone": "732 555 0148"}
    opened = Typist(desk, qtbot, IntakeStart(draft_id=bring(bench, definitions, filled).draft_id))
    opened.go("patient.legal_last").press(F3, SHIFT).go("patient.sex").type("f").go("patient.phone_type")
    opened.rest().save()
    assert opened.page.saved is not None
    assert bench.ask(lambda store: my_drafts(store, desk.actor)) == ()
