"""The left side of a chart: prompts, safety history, answers, drawing and ratings."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from intake.definitions.bundle import Definitions
from intake.domain.pain import Mark
from intake.domain.prompts import Refusal
from intake.domain.visits import Safety
from tests.factories import a_patient, a_visit
from tests.intake.documents.charts import a_chart, a_signature
from tests.ui.chart.reading import ENTER, NEW_PROMPTS, Reader, Visits, bob
from tests.ui.shell.test_theme import LEAST_CONTRAST, contrast
from ui import theme
from ui.pages.chart.glance_facts import safety_items
from ui.pages.chart.glance_item import Item

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

INKS = ("text", "muted", "info", "ok", "danger")
"""What is written in the box of the prompts, whose ground is tinted."""
NOW = {"safety.speech": "yes", "attack.blurry_vision": "yes"}


@pytest.fixture
def visits(bench: Bench) -> Visits:
    """Save visits at Edison."""
    return Visits(bench)


def item(reader: Reader, path: str) -> Item:
    """Return an item of the reported answers."""
    return next(each for each in reader.page.glance.reported.items() if each.path == path)


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_in_the_tinted_box_can_be_read(colors: theme.Tokens) -> None:
    """In both themes, at least 4.5 to 1; so does NOW, which is written on the color itself."""
    assert min(contrast(getattr(colors, ink), colors.danger_weak) for ink in INKS) >= LEAST_CONTRAST
    assert contrast(colors.surface, colors.danger) >= LEAST_CONTRAST


def test_a_prompt_shows_level_sentence_answers_and_rule(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Everything a clinician needs to judge it without the software."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    row = reader.page.glance.prompts.rows[0]
    rule = clinician.definitions.prompts.rule("RF-VAS-2")
    assert row.words is not None
    assert row.level_pill.text() == "⚠ TODAY"
    assert f"{row.reported.text()} {row.words.listed}" == row.words.sentence == rule.sentence()
    assert row.answers.text() == "Answered: Blurry eyesight: Yes."
    assert row.basis.isVisible()
    assert rule.basis.rstrip(".") in row.basis.text()
    assert rule.sentence() in row.accessibleName()


def test_how_well_the_source_was_checked_is_said_unless_it_was_with_its_text(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """The rule of this prompt was compared with a secondary text only."""
    assert clinician.definitions.prompts.rule("RF-VAS-2").checked == "V2"
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    assert "Source compared with a secondary text only." in reader.page.glance.prompts.rows[0].listed.text()


def test_the_most_pressing_prompt_stands_first_with_sign_and_word(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """NOW before TODAY; the title counts them."""
    reader = Reader(clinician, visits.save({**NOW, "safety.dexterity": "yes"}), qtbot)
    prompts = reader.page.glance.prompts
    shown = [row.level_pill.text() for row in prompts.rows if row.isVisible()]
    assert shown[0] == "⚑ NOW"
    assert shown == sorted(shown, key=["⚑ NOW", "⚠ TODAY", "ℹ REVIEW"].index)
    assert prompts.title_label.text() == f"⚑ {len(shown)} answers for your attention"


def test_acknowledging_asks_for_a_word_and_keeps_it_with_name_and_time(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A opens the field in the row, an empty word is refused there, Enter keeps; the prompt stays in sight."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    row = reader.page.glance.prompts.rows[0]
    reader.press(Qt.Key.Key_A)
    assert reader.focused() is row.field
    reader.press(ENTER)
    qtbot.waitUntil(row.box.has_problem)
    assert row.box.note.text() == "⚠ Write what was done about it."
    with qtbot.waitSignal(reader.routes.changed):
        reader.type("Eyes examined, referred today")
        reader.press(ENTER)
    assert row.done.text() == "✓ Acknowledged 10:00 AM by Casey Example: Eyes examined, referred today"
    assert row.isVisible()
    assert not row.button.isVisible()
    assert reader.page.glance.prompts.title_label.text() == "✓ Every prompt is acknowledged"
    assert reader.focused() is reader.page.glance.reported


def test_after_the_last_word_the_first_answer_is_in_sight(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """The keyboard comes to the answers, and the pane does not run away to their middle."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot, height=500)
    glance = reader.page.glance
    with qtbot.waitSignal(glance.wrote):
        reader.press(Qt.Key.Key_A)
        reader.type("Seen")
        reader.press(ENTER)
    current = glance.reported.current()
    assert current is not None
    corner = glance.reported.place_of(current.path).topLeft()
    qtbot.waitUntil(lambda: glance.viewport().rect().contains(glance.reported.mapTo(glance.viewport(), corner)))
    assert glance.verticalScrollBar().value() < glance.verticalScrollBar().maximum() // 2


def test_escape_leaves_a_prompt_open(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """What was typed is still there when the field opens again."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    row = reader.page.glance.prompts.rows[0]
    reader.press(Qt.Key.Key_A)
    reader.type("Look at")
    reader.press(Qt.Key.Key_Escape)
    assert reader.focused() is row.button
    assert reader.page.glance.prompts.waiting() == [row]
    reader.press(Qt.Key.Key_A)
    assert row.field.text() == "Look at"


def test_the_next_prompt_takes_the_keyboard_after_a_word(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A, word, Enter, A, word, Enter: no mouse and no searching."""
    reader = Reader(clinician, visits.save({**NEW_PROMPTS, "safety.dexterity": "yes"}), qtbot)
    prompts = reader.page.glance.prompts
    for done in (1, 2):
        with qtbot.waitSignal(reader.page.glance.wrote):
            reader.press(Qt.Key.Key_A)
            reader.type("Seen")
            reader.press(ENTER)
        assert len(prompts.waiting()) == 2 - done
    assert sum(bool(row.words and row.words.done) for row in prompts.rows if row.isVisible()) == 2


def test_without_a_prompt_the_count_of_what_was_not_asked_is_said(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Never that nothing is wrong; the questions are named, also those answered unsure."""
    safety = Safety(
        allergies="none", medications="none", blood_thinner="no", opioids="no", pregnancy="no", device="no", steroids="no",
        contrast_allergy="no", surgery="no",
    )  # fmt: skip
    visit = visits.save({"safety.diabetes": "unsure", "attack.balance": None}, safety=safety)
    sentences = Reader(clinician, visit, qtbot).page.glance.prompts.sentences()
    label = clinician.definitions.checklist.question("attack.balance").short.en
    assert sentences[0].startswith("None of the answers recorded matches a configured prompt. This is not a clinical assessment. ")
    assert "not asked" in sentences[0]
    assert label in sentences[0]
    assert sentences[1] == "1 item was answered unsure: Diabetes."


def test_rules_that_were_refused_or_not_approved_are_announced_on_every_chart(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """By name, line and reason, above everything else."""
    rules = dataclasses.replace(clinician.definitions.prompts, refused=(Refusal(name="RF-X", line=12, reason="no source"),), approved=False)
    definitions = dataclasses.replace(clinician.definitions, prompts=rules)
    reader = Reader(dataclasses.replace(clinician, definitions=definitions), visits.save(), qtbot)
    text = reader.page.glance.announcement.text()
    assert "1 rule could not be loaded and asks nothing: RF-X, line 12: no source." in text
    assert "The practice has not approved these rules yet" in text


def test_the_safety_banner_has_what_was_said_first_and_what_was_not_asked_in_sight(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Yes and unsure with a sign, then not asked, then no."""
    safety = Safety(
        allergies="Codeine (hives)", medications="Apixaban", blood_thinner="yes", blood_thinner_name="apixaban, last dose today",
        opioids="no", pregnancy="unsure", device="no",
    )  # fmt: skip
    words = Reader(clinician, visits.save(safety=safety), qtbot).page.glance.safety.words()
    assert words[:3] == ["⚠ Blood thinner: apixaban, last dose today", "⚠ Allergies: Codeine (hives)", "⚠ Pregnancy: unsure"]
    assert "? Steroids: not asked" in words
    assert words.index("? Steroids: not asked") < words.index("Opioids: no")


def test_answers_stand_yes_first_with_details_then_unsure_no_and_not_asked(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Details are on the row; a question that was not asked is in sight by name, and so is such a detail."""
    visit = visits.save({
        "sx.knot": "unsure", "sx.pain.present": "yes", "sx.pain.pattern": ("constant", "throbbing"), "sx.headache": None,
    })  # fmt: skip
    reader = Reader(clinician, visit, qtbot)
    paths = [each.path for each in reader.page.glance.reported.items()]
    order = ["answers.sx.pain.present", "answers.sx.knot", "answers.sx.twitching", "answers.sx.headache"]
    assert [paths.index(path) for path in order] == sorted(paths.index(path) for path in order)
    pain = item(reader, "answers.sx.pain.present")
    assert (pain.word, pain.details) == ("Yes", "constant, throbbing")
    assert "where" in pain.missing
    assert item(reader, "answers.sx.headache").word == "not asked"


def test_what_is_new_since_the_last_visit_is_marked_on_its_row(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Against the visit before only; what is as it was has no mark."""
    visits.save({"sx.knot": "yes", "sx.twitching": "yes"}, days_ago=40)
    visit = visits.save({"sx.stiff": "yes", "sx.twitching": "yes"})
    reader = Reader(clinician, visit, qtbot)
    assert item(reader, "answers.sx.stiff").chip == "new since Oct 13"
    assert item(reader, "answers.sx.knot").chip == "was yes Oct 13"
    assert not item(reader, "answers.sx.knot").is_compact()
    assert item(reader, "answers.sx.twitching").chip == ""


def test_an_answer_that_raised_a_prompt_is_flagged_where_it_stands(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """With its level; others are not."""
    reader = Reader(clinician, visits.save({**NEW_PROMPTS, "sx.knot": "yes"}), qtbot)
    assert item(reader, "answers.attack.blurry_vision").level == "today"
    assert item(reader, "answers.sx.knot").level is None


def test_arrows_walk_the_answers_line_by_line_and_within_a_line(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A screen reader is told the answer the keyboard is at."""
    reader = Reader(clinician, visits.save({"sx.knot": "yes", "sx.stiff": "yes"}), qtbot)
    reported = reader.page.glance.reported
    reported.setFocus()
    reported.go_to("answers.sx.knot")
    reader.press(Qt.Key.Key_Down)
    current = reported.current()
    assert current is not None
    assert current.path == "answers.sx.stiff"
    assert "Yes" in reported.accessibleDescription()
    reported.go_to("answers.sx.twitching")
    reader.press(Qt.Key.Key_Right)
    after = reported.current()
    assert after is not None
    assert after.path == "answers.sx.pain.present"
    reader.press(Qt.Key.Key_Left)
    assert reported.current() == item(reader, "answers.sx.twitching")


def test_the_drawing_has_the_marks_of_the_visit_before_outlined_over_it(
    clinician: Desk, definitions: Definitions, visits: Visits, qtbot: QtBot
) -> None:
    """Views without any mark are named; a screen reader hears both visits."""
    front = definitions.regions.views[0]
    kind = definitions.regions.kinds[0].code
    visits.save(days_ago=40, marks=(Mark(region=front.regions[1].key, kind=kind),))
    visit = visits.save(marks=(Mark(region=front.regions[0].key, kind=kind),))
    card = Reader(clinician, visit, qtbot).page.glance.drawing
    assert card is not None
    shown = [view for view in card.views if view.isVisible()]
    assert [view.view_key for view in shown] == [front.key]
    assert front.regions[0].text.en in shown[0].accessibleDescription()
    assert f"Marked at the visit before: {front.regions[1].text.en}" in shown[0].accessibleDescription()
    assert card.subtitle_label.text() == "this visit and Oct 13"
    assert "outlined: Oct 13" in card.legend.accessibleName()
    assert card.nothing.text().startswith("No mark: ")


def test_ratings_are_raw_with_the_two_published_thresholds_and_no_verdict(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A visit without a rating has a gap; the change is a number with both values."""
    visits.save({"sx.pain.nprs_now": 6}, days_ago=300)
    visits.save(days_ago=40)
    visit = visits.save({"sx.pain.nprs_now": 3, "sx.pain.nprs_worst7d": 8})
    ratings = Reader(clinician, visit, qtbot).page.glance.ratings
    assert ratings.plot.accessibleName() == "Pain now: Jan 26 6, Oct 13 not asked, Nov 22 3"
    assert ratings.change.text() == "Change since Jan 26: -3 (6 to 3)."
    assert "1.3 (Cleland 2008), 4.0 (Kovacs 2008)" in ratings.source.text()
    said = f"{ratings.change.text()} {ratings.source.text()}".lower()
    assert not any(word in said for word in ("improved", "better", "worse."))


def test_another_patient_brings_nothing_of_the_one_before(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Chips, drawing, ratings and a word half typed belong to one chart only."""
    visits.save({"sx.knot": "yes"}, days_ago=40)
    first = visits.save({**NEW_PROMPTS, "sx.pain.nprs_now": 7})
    second = visits.save(NEW_PROMPTS, patient=bob())
    reader = Reader(clinician, first, qtbot)
    reader.page.glance.reported.go_to("visit.safety.medications")
    reader.press(Qt.Key.Key_A)
    reader.type("half a word")
    reader.routes.chart.emit(second)
    reader.wait_for(second)
    glance = reader.page.glance
    assert glance.prompts.rows[0].field.text() == ""
    assert glance.reported.current() == glance.reported.items()[0]
    assert glance.verticalScrollBar().value() == 0
    assert glance.ratings.isHidden()
    assert all(each.chip == "" for each in glance.reported.items())
    assert glance.drawing is not None
    assert glance.drawing.subtitle_label.text() == "this visit"


def test_a_signed_chart_asks_of_the_patient_who_was_signed_for() -> None:
    """What the record says of that person since takes no item away."""
    chart = a_chart(corrections=(), signature=a_signature(patient=a_patient(sex="female")))
    record = dataclasses.replace(chart.visit, visit=a_visit(safety=Safety()))
    man = dataclasses.replace(record, patient=dataclasses.replace(record.patient, patient=a_patient(sex="male")))
    paths = [each.path for each in safety_items(dataclasses.replace(chart, visit=man))]
    assert "visit.safety.pregnancy" in paths
