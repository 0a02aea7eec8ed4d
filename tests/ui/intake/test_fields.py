"""The fields of the form: understood, proposed, shown when they apply, told when they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from intake.actions.visits import open_visit
from tests.ui.intake.typist import ALT, CTRL, SHIFT, Typist
from ui.pages.intake.choices import Choices
from ui.pages.intake.fields_section import FieldsSection
from ui.pages.intake.list_editor import ListEditor
from ui.pages.intake.region_list import RegionList
from ui.widgets.buttons import Button
from ui.widgets.field_box import FieldBox

if TYPE_CHECKING:
    from tests.ui.conftest import Bench
    from ui.desk import Desk

EDITORS = (QLineEdit, QPlainTextEdit, Choices, ListEditor, RegionList, Button)


def note_of(typist: Typist, path: str) -> str:
    """Return what stands under a field."""
    box = next(box for box in typist.page.findChildren(FieldBox) if box.property("path") == path)
    return box.note.text()


def test_what_was_understood_stands_under_the_field_while_typing(typist: Typist) -> None:
    """A short birth date shows as the day and the age it means."""
    typist.go("patient.dob").type("3485")
    assert note_of(typist, "patient.dob") == "Mar 4, 1985 · 41 years"


def test_a_letter_answers_a_choice_and_goes_on(typist: Typist) -> None:
    """Sex takes one key, and the keyboard is at the phone."""
    typist.go("patient.sex").type("f")
    assert (typist.text("patient.sex"), typist.path) == ("female", "patient.phone")


def test_delete_makes_a_choice_not_asked(typist: Typist) -> None:
    """An answer taken back is no answer."""
    typist.go("patient.sex").type("f").go("patient.sex").press(Qt.Key.Key_Delete)
    assert typist.text("patient.sex") == ""


def test_enter_goes_on_and_shift_enter_goes_back(typist: Typist) -> None:
    """The same key with Shift is the way back."""
    typist.enter("Rivera").press(Qt.Key.Key_Return, SHIFT)
    assert typist.path == "patient.legal_last"


def test_a_zip_proposes_city_and_state_and_enter_passes_them(typist: Typist) -> None:
    """What the ZIP tells need not be typed, and is said to come from it."""
    typist.go("patient.zip_code").enter("08837")
    assert (typist.text("patient.city"), typist.text("patient.state")) == ("Edison", "NJ")
    assert note_of(typist, "patient.city") == "from the ZIP"
    assert typist.path == "patient.language"


def test_a_zip_never_overwrites_what_was_typed(typist: Typist) -> None:
    """A city that was typed stays, whatever ZIP comes after it; a proposed one follows the ZIP."""
    typist.go("patient.city").type("West Caldwell").go("patient.zip_code").type("07006")
    assert (typist.text("patient.city"), typist.text("patient.state")) == ("West Caldwell", "NJ")


def test_fields_come_and_go_with_what_decides_them_and_keep_what_was_typed(typist: Typist) -> None:
    """An insurer typed for an auto accident is there again when the visit type comes back."""
    typist.go("visit.visit_type").type("a").go("visit.claim.insurer").type("Example Auto")
    typist.go("visit.visit_type").type("n")
    assert not typist.page.form.go_to("visit.claim.insurer")
    typist.go("visit.visit_type").type("a").go("visit.claim.insurer")
    assert typist.text("visit.claim.insurer") == "Example Auto"


def test_a_child_is_asked_for_the_responsible_adult(typist: Typist) -> None:
    """The guardian's fields come with the birth date and go with it."""
    typist.go("patient.dob").type("3/4/2015").press(Qt.Key.Key_Return)
    assert typist.page.form.go_to("patient.guardian_name")
    typist.go("patient.dob").press(Qt.Key.Key_A, CTRL).type("3/4/1985").press(Qt.Key.Key_Return)
    assert not typist.page.form.go_to("patient.guardian_name")


def test_alt_n_types_the_word_for_none_and_goes_on(typist: Typist) -> None:
    """No phone is an answer, one key long."""
    typist.go("patient.phone").press(Qt.Key.Key_N, ALT)
    assert (typist.text("patient.phone"), typist.path) == ("none", "patient.email")


def test_enter_passes_what_a_declined_answer_leaves_nothing_to_ask_of(typist: Typist) -> None:
    """No voicemail without a phone, no ZIP without an address, no relationship without a contact; Tab still goes there."""
    typist.go("patient.phone").enter("none")
    assert typist.path == "patient.email"
    typist.enter().enter("declined")
    assert typist.path == "patient.language"
    typist.go("patient.emergency_name").enter("none")
    assert typist.path == "visit.visit_type"
    typist.go("patient.phone").press(Qt.Key.Key_Tab)
    assert typist.path == "patient.phone_type"


def test_rare_fields_wait_behind_one_key(typist: Typist) -> None:
    """Ctrl+M opens them and puts the keyboard on the first, again it closes what is empty."""
    typist.press(Qt.Key.Key_M, CTRL)
    assert typist.path == "patient.legal_middle"
    typist.type("Q").press(Qt.Key.Key_M, CTRL)
    paths = [path for path, _editor in typist.page.form.section("identity").stops()]
    assert "patient.legal_middle" in paths
    assert "patient.suffix" not in paths


def test_a_problem_is_told_on_leaving_the_field_and_goes_when_mended(typist: Typist) -> None:
    """Thirty February is told at the field in words, not while it is being typed."""
    typist.go("patient.dob").type("2/30/1985")
    assert "⚠" not in note_of(typist, "patient.dob")
    typist.press(Qt.Key.Key_Return)
    assert note_of(typist, "patient.dob").startswith("⚠ This is no date")
    typist.go("patient.dob").press(Qt.Key.Key_Backspace, times=9).type("2/28/1985")
    assert note_of(typist, "patient.dob") == "Feb 28, 1985 · 41 years"


def test_a_save_tells_every_problem_at_once_with_a_way_to_each(typist: Typist) -> None:
    """An empty form lists all that is needed; F8 goes from one to the next; mending takes a line away."""
    typist.press(Qt.Key.Key_S, CTRL)
    listed = [problem.field for problem in typist.page.form.problems.problems()]
    assert listed[:3] == ["patient.legal_last", "patient.dob", "patient.sex"]
    assert len(listed) > 15
    assert typist.path == "patient.legal_last"
    typist.press(Qt.Key.Key_F8)
    assert typist.path == "patient.dob"
    typist.type("3485").press(Qt.Key.Key_Return)
    typist.qtbot.waitUntil(lambda: "patient.dob" not in [problem.field for problem in typist.page.form.problems.problems()])
    assert typist.page.saved is None


def test_a_problem_that_another_field_mends_is_taken_back_at_its_field(typist: Typist) -> None:
    """Without a fixed address nobody is asked for a city any more, neither in the list nor under the field."""
    typist.press(Qt.Key.Key_S, CTRL)
    typist.qtbot.waitUntil(lambda: "cannot be left out" in note_of(typist, "patient.city"))
    typist.go("patient.line1").enter("none")
    typist.qtbot.waitUntil(lambda: note_of(typist, "patient.city") == "")
    assert "patient.city" not in {problem.field for problem in typist.page.form.problems.problems()}
    assert "cannot be left out" in note_of(typist, "patient.emergency_name")


def test_an_auto_accident_tells_when_the_insurer_must_have_its_notice(typist: Typist) -> None:
    """21 days from the visit, or from an earlier first treatment; nothing for any other visit."""
    coverage = typist.page.form.section("coverage")
    assert isinstance(coverage, FieldsSection)
    remark = coverage.subtitle_label
    typist.go("visit.visit_type").type("a")
    assert remark.text() == "notice to the auto insurer due by Dec 13, 2026"
    typist.go("visit.claim.first_treatment").enter("11/16/2026")
    assert remark.text() == "notice to the auto insurer due by Dec 7, 2026"
    typist.go("visit.visit_type").type("w")
    assert remark.text() == ""


def test_the_second_policy_says_over_each_field_that_it_is_the_second(typist: Typist) -> None:
    """Both have an insurance company and a member id; nobody has to guess which."""
    typist.go("visit.payment").type("i").go("visit.secondary.payer")
    boxes = {box.property("path"): box.label.text() for box in typist.page.findChildren(FieldBox)}
    assert [boxes["visit.primary.payer"], boxes["visit.secondary.payer"]] == ["Insurance company", "2nd insurance company"]


def test_another_clinic_is_asked_once(typist: Typist) -> None:
    """The question stands in the form, Enter confirms it, and the visit is saved for that clinic."""
    typist.identity().rest().go("visit.location").type("uni").press(Qt.Key.Key_S, CTRL)
    assert "Union" in typist.page.banner.text()
    assert typist.page.saved is None
    typist.press(Qt.Key.Key_Return)
    typist.qtbot.waitUntil(lambda: typist.page.saved is not None)


@pytest.mark.parametrize("name", ["محمد بن سلمان", "نور‎ Ali", "👩‍⚕️ Zoë", "'; DROP TABLE patient;--", "<b>{{x}}</b>", "O’Neil-de la Cruz"])
def test_names_are_kept_exactly(desk: Desk, bench: Bench, typist: Typist, name: str) -> None:
    """A name in any script is saved as it was entered, never re-cased and never read as a tag."""
    typist.go("patient.legal_last").paste(name).press(Qt.Key.Key_Return)
    typist.enter("Ana").enter("3485").type("f").enter("7325550148").rest().save()
    saved = typist.page.saved
    assert saved is not None
    visit = bench.ask(lambda store: open_visit(store, desk.actor, saved.visit_id, definitions=desk.definitions, now=desk.now()))
    assert visit.patient.patient.legal_last == name


def test_forty_thousand_characters_of_reason_are_kept(desk: Desk, bench: Bench, typist: Typist) -> None:
    """A very long reason is saved whole."""
    reason = "pain " * 7_999 + "ends."
    typist.identity().rest().go("visit.reason").press(Qt.Key.Key_A, CTRL).paste(reason).save()
    saved = typist.page.saved
    assert saved is not None
    visit = bench.ask(lambda store: open_visit(store, desk.actor, saved.visit_id, definitions=desk.definitions, now=desk.now()))
    assert visit.visit.reason == reason


def test_one_character_too_many_is_told_and_nothing_is_cut(typist: Typist) -> None:
    """What is too long stays in the field and is told."""
    typist.go("visit.reason").paste("x" * 40_001).press(Qt.Key.Key_Return)
    assert len(typist.text("visit.reason")) == 40_001
    assert "too long" in note_of(typist, "visit.reason")


def test_tab_walks_in_the_order_of_asking(typist: Typist) -> None:
    """Fields that were made late stand where they belong, proposed ones are not passed over."""
    typist.go("visit.visit_type").type("a").go("patient.legal_last")
    walked = [typist.path]
    while typist.press(Qt.Key.Key_Tab).path:
        walked.append(typist.path)
    expected = [path for path, _widget in typist.page.form.section("identity").stops()]
    assert walked[: len(expected)] == expected
    sections = [typist.page.document.fields[path].about.section for path in walked if path in typist.page.document.fields]
    assert list(dict.fromkeys(sections)) == ["identity", "contact", "visit", "coverage", "safety", "notices"]
    assert walked.index("visit.location") < walked.index("visit.visit_type") < walked.index("visit.claim.accident_date")


def test_every_control_has_a_name(typist: Typist) -> None:
    """A screen reader can say what each control is for."""
    typist.press(Qt.Key.Key_M, CTRL).go("answers.sx.pain.present").type("y")
    controls = [widget for widget in typist.page.findChildren(QWidget) if isinstance(widget, EDITORS)]
    assert len(controls) > 80
    assert [type(widget).__name__ for widget in controls if not widget.accessibleName()] == []


def test_sections_are_one_key_away(typist: Typist) -> None:
    """Ctrl and a digit jumps, Alt+Down goes to the next section, and the keyboard is on its first field."""
    typist.press(Qt.Key.Key_5, CTRL)
    assert typist.path == "visit.safety.allergies"
    typist.press(Qt.Key.Key_Down, ALT)
    assert typist.path == "answers.sx.onset.speed"
    typist.press(Qt.Key.Key_Up, ALT)
    assert typist.path == "visit.safety.allergies"


def test_the_legend_tells_the_keys_of_the_field(typist: Typist) -> None:
    """At a yes/no question it says Y, N and U; at a phone it says how to answer none."""
    typist.go("answers.sx.twitching")
    assert typist.page.legend()[0].keys == ("Y", "N", "U")
    typist.go("patient.phone")
    assert ("Alt N",) in [key.keys for key in typist.page.legend()]
