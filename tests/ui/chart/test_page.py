"""The page of a chart: who it is of, the way to the next one, and the keys."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

from intake.actions.charts import open_chart
from intake.domain.document_kinds import Paper
from intake.domain.staff import Role
from tests.factories import a_patient
from tests.ui.chart.reading import ALT, CTRL, NEW_PROMPTS, SHIFT, Reader, Visits, bob
from tests.ui.conftest import colleague
from ui.pages.chart.note_choices import NoteChoices
from ui.pages.chart.page import ChartPage
from ui.routes import Routes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench, Clock
    from ui.desk import Desk


@pytest.fixture
def visits(bench: Bench) -> Visits:
    """Save visits at Edison."""
    return Visits(bench)


def test_the_head_says_who_it_is_and_how_long_they_wait(clinician: Desk, visits: Visits, clock: Clock, qtbot: QtBot) -> None:
    """Name, age on the day, sex, birth date, record number, clinic, reason, waiting time, language and interpreter."""
    visit = visits.save(patient=a_patient(language="es", interpreter="yes"))
    clock.forward(18)
    head = Reader(clinician, visit, qtbot).page.head_widget
    assert head.name_label.text() == "Sample, Ana"
    assert head.person_label.text() == "41 · female · b. Mar 4, 1985"
    assert head.number_label.text() == "RD-000001-3"
    assert head.clinic_pill.text() == "Edison"
    assert head.visit_label.text() == "Stiff neck · waiting 18 min · speaks Spanish, interpreter"


def test_ctrl_j_opens_the_next_chart_on_the_same_page_and_back(clinician: Desk, visits: Visits, clock: Clock, qtbot: QtBot) -> None:
    """No widget is built anew for the next chart; the answers shown are the next visit's."""
    first = visits.save({"sx.knot": "yes"})
    clock.forward(5)
    second = visits.save(patient=bob())
    reader = Reader(clinician, first, qtbot)
    rows = reader.page.glance.prompts
    assert any(item.path == "answers.sx.knot" and item.state == "yes" for item in reader.page.glance.reported.items())
    reader.press(Qt.Key.Key_J, CTRL)
    reader.wait_for(second)
    assert reader.page.glance.prompts is rows
    assert reader.page.title.startswith("Placeholder, Bob")
    assert all(item.state == "no" for item in reader.page.glance.reported.items() if item.path == "answers.sx.knot")
    reader.press(Qt.Key.Key_J, CTRL | SHIFT)
    reader.wait_for(first)
    assert reader.page.title.startswith("Sample, Ana")


def test_after_the_last_chart_the_foot_bar_says_so(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """The chart stays."""
    visit = visits.save()
    reader = Reader(clinician, visit, qtbot)
    with qtbot.waitSignal(reader.routes.said) as said:
        reader.press(Qt.Key.Key_J, CTRL)
    assert said.args == ["No further chart awaits review here."]
    assert reader.page.state.visit_id == visit


def test_f6_goes_to_the_note_and_back(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A text of the note takes the keyboard, then the answers do."""
    reader = Reader(clinician, visits.save(), qtbot)
    reader.press(Qt.Key.Key_F6)
    assert reader.page.side.isAncestorOf(reader.focused())
    reader.press(Qt.Key.Key_F6)
    assert reader.focused() is reader.page.glance.reported


def test_in_a_narrow_window_one_pane_is_shown_and_f6_brings_the_other(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Neither is squeezed."""
    reader = Reader(clinician, visits.save(), qtbot, width=620, height=500)
    assert reader.page.glance.isVisible()
    assert not reader.page.side.isVisible()
    reader.press(Qt.Key.Key_F6)
    assert reader.page.side.isVisible()
    assert not reader.page.glance.isVisible()
    assert reader.page.side.width() == 620
    reader.press(Qt.Key.Key_F6)
    assert reader.page.glance.isVisible()


def test_letters_in_the_note_are_text_and_nothing_else(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A and E acknowledge and correct only outside of a text; Alt+A does so inside one too."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    reader.press(Qt.Key.Key_F6)
    reader.type("Aea")
    row = reader.page.glance.prompts.rows[0]
    assert "Aea" in str(reader.page.state.raw)
    assert not row.box.isVisible()
    reader.press(Qt.Key.Key_A, ALT)
    assert reader.focused() is row.field


def test_letters_that_a_chip_of_the_note_does_not_want_do_nothing(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A and E act on what is read only while the keyboard is there."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    reader.press(Qt.Key.Key_F6)
    chip = reader.page.side.note.findChildren(NoteChoices)[0]
    chip.setFocus()
    qtbot.waitUntil(chip.hasFocus)
    reader.press(Qt.Key.Key_A)
    reader.press(Qt.Key.Key_E)
    assert reader.focused() is chip
    assert not any(row.box.isVisible() for row in reader.page.glance.prompts.rows)


@pytest.mark.parametrize(("key", "modifier", "kind"), [(Qt.Key.Key_P, CTRL, Paper.VISIT_NOTE), (Qt.Key.Key_H, ALT, Paper.HOME_CARE)])
def test_papers_are_a_key_away(
    clinician: Desk, visits: Visits, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, kind: Paper
) -> None:
    """Ctrl+P shows the visit note, Alt+H the home-care sheet."""
    visit = visits.save()
    reader = Reader(clinician, visit, qtbot)
    with qtbot.waitSignal(reader.routes.paper) as asked:
        reader.press(key, modifier)
    assert asked.args == [visit, kind]


def test_escape_goes_to_the_list(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """From the answers."""
    reader = Reader(clinician, visits.save(), qtbot)
    with qtbot.waitSignal(reader.routes.review):
        reader.press(Qt.Key.Key_Escape)


def test_leaving_puts_the_chart_back_for_the_next_clinician(
    clinician: Desk, desk: Desk, bench: Bench, visits: Visits, qtbot: QtBot
) -> None:
    """Nothing was typed: the second clinician has it in hand when the first one went away."""
    visit = visits.save()
    reader = Reader(clinician, visit, qtbot)
    assert reader.page.state.can_write
    reader.page.leaving()
    other = colleague(desk, bench, login="robin", role=Role.CLINICIAN, workstation="desk-4")
    chart = bench.ask(lambda store: open_chart(store, other.actor, visit, definitions=other.definitions, now=other.now()))
    assert chart.hold is not None
    assert chart.hold.name == "Robin Example"


def test_a_chart_in_other_hands_is_only_read(clinician: Desk, desk: Desk, bench: Bench, visits: Visits, qtbot: QtBot) -> None:
    """A and E do nothing but say so; no button offers it."""
    visit = visits.save(NEW_PROMPTS)
    other = colleague(desk, bench, login="robin", role=Role.CLINICIAN, workstation="desk-4")
    bench.ask(lambda store: open_chart(store, other.actor, visit, definitions=other.definitions, now=other.now()))
    reader = Reader(clinician, visit, qtbot)
    assert not reader.page.state.can_write
    assert reader.page.glance.prompts.rows[0].button.isHidden()
    reader.page.glance.reported.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_E):
        with qtbot.waitSignal(reader.routes.said) as said:
            reader.press(key)
        assert said.args == ["This chart is only read here."]
    assert reader.page.glance.correct_box.isHidden()


def test_a_visit_that_is_not_there_is_told_in_words(clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """The page says so instead of staying empty."""
    page = ChartPage(clinician, Routes())
    page.show_visit(99)
    qtbot.addWidget(page)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: bool(page.words.text()))
    assert page.state.chart is None


def test_every_control_has_a_name_for_screen_readers(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Of the left side, with a prompt that is being acknowledged and an answer that is being corrected."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)
    reader.press(Qt.Key.Key_A)
    reader.page.glance.correct("answers.sx.knot")
    controls = [
        *reader.page.glance.findChildren(QAbstractButton),
        *reader.page.glance.findChildren(QLineEdit),
        *reader.page.glance.findChildren(QPlainTextEdit),
    ]
    assert len(controls) > 5
    assert [each for each in controls if each.isVisible() and not each.accessibleName()] == []
    assert reader.page.glance.reported.accessibleDescription()


def test_the_head_of_a_page_stands_in_the_top_bar(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Instead of title, clinic and find box; another page puts these back."""
    from ui.main_window import MainWindow  # noqa: PLC0415 - the one test that needs the window

    visit = visits.save()
    window = MainWindow(dataclasses.replace(clinician))
    qtbot.addWidget(window)
    window.show()
    window.begin()
    window.routes.chart.emit(visit)
    page = window.places.current()
    assert isinstance(page, ChartPage)
    qtbot.waitUntil(lambda: page.head_widget.name_label.text() == "Sample, Ana")
    assert page.head_widget.isVisible()
    assert not window.top_bar.find_box.isVisible()
    window.routes.today.emit()
    assert not page.head_widget.isVisible()
    assert window.top_bar.find_box.isVisible()


def test_the_foot_bar_names_the_letters_of_the_pane_with_the_keyboard(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """A and E while the answers have it; in the note, where they are typed as text, the key that works there."""
    reader = Reader(clinician, visits.save(NEW_PROMPTS), qtbot)

    def told() -> set[str]:
        return {key for entry in reader.page.legend() for key in entry.keys}

    assert {"A", "E"} <= told()
    with qtbot.waitSignal(reader.page.legend_changed):
        reader.press(Qt.Key.Key_F6)
    assert not {"A", "E"} & told()
    assert "Alt A" in told()
    with qtbot.waitSignal(reader.page.legend_changed):
        reader.press(Qt.Key.Key_F6)
    assert {"A", "E"} <= told()
