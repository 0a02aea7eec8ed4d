"""Earlier visits beside a chart."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake.definitions.bundle import Definitions
from intake.domain.reviews import Activity, Chart, Note, Signature
from tests.factories import a_patient
from tests.ui.chart.reading import ALT, Reader, Visits
from ui.pages.chart.earlier import EarlierPane
from ui.pages.chart.earlier_changes import note_parts
from ui.pages.chart.ratings_plot import Rated, Ratings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk


@pytest.fixture
def visits(bench: Bench) -> Visits:
    """Save visits at Edison."""
    return Visits(bench)


def a_signature(definitions: Definitions) -> Signature:
    """Return a signed note with something in each of its parts."""
    form, codes = definitions.review_form, definitions.codes
    note = Note(
        history="Woke with it",
        examination="Turns left 40 degrees",
        causes=(form.causes[0].key,),
        impression="Muscle pain",
        codes=(codes.codes[0].code,),
        plan={form.treatments[0].key: "twice a day"},
        plan_text="Back in a week",
        activities=(Activity(name="Carrying shopping", score=4), Activity(name="Reading", score=None)),
    )
    return Signature(
        by="Casey Example",
        role="clinician",
        at=datetime(2026, 10, 13, 16, 0, tzinfo=UTC),
        fingerprint="0" * 64,
        note=note,
        patient=a_patient(),
        form_version=form.version,
        rules_version=definitions.prompts.version,
        code_release=codes.release,
    )


def test_alt_2_shows_what_changed_since_the_last_visit(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Answers with their details, ratings and safety history; what was not asked this time stands apart with its answer."""
    visits.save({"sx.knot": "yes", "sx.knot.side": "left", "sx.pain.nprs_now": 6}, days_ago=40)
    visit = visits.save({"sx.knot": "yes", "sx.knot.side": "right", "sx.pain.nprs_now": 3, "sx.headache": None})
    reader = Reader(clinician, visit, qtbot)
    assert reader.page.side.tabs[1].text() == "Earlier visits (1)"
    reader.press(Qt.Key.Key_2, ALT)
    words = reader.words(reader.page.side.earlier)
    assert "Oct 13, 2026" in words
    assert "Knot in the muscle: Yes · left → Yes · right\nPain now: 6 of 10 → 3 of 10" in words
    assert "Headache (no)" in words
    assert "No signed note." in words
    assert reader.focused() is reader.page.side.earlier
    reader.press(Qt.Key.Key_1, ALT)
    assert not reader.page.side.earlier.isVisible()


def test_a_first_visit_says_that_there_is_no_earlier_one(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Instead of an empty pane."""
    reader = Reader(clinician, visits.save(), qtbot)
    reader.press(Qt.Key.Key_2, ALT)
    assert "No earlier visit" in reader.words(reader.page.side.earlier)


def test_the_signed_note_of_an_earlier_visit_is_read_in_words(definitions: Definitions) -> None:
    """Causes, codes and treatments by their names, part by part; parts without a word are left out."""
    parts = dict(note_parts(a_signature(definitions), definitions))
    form, code = definitions.review_form, definitions.codes.codes[0]
    assert list(parts) == ["History", "Examination", "Impression", "Plan", "Outcome measures"]
    assert parts["Impression"] == f"{form.causes[0].label}\n{code.code} {code.title}\nMuscle pain"
    assert parts["Plan"] == f"{form.treatments[0].label}: twice a day\nBack in a week"
    assert parts["Outcome measures"] == "Carrying shopping: 4\nReading: not rated"


def test_a_signed_earlier_visit_shows_note_signer_and_day(clinician: Desk, visits: Visits, qtbot: QtBot) -> None:
    """Names that look like markup stay text."""
    visits.save(days_ago=40)
    reader = Reader(clinician, visits.save(), qtbot)
    chart = reader.page.state.chart
    assert chart is not None
    signature = dataclasses.replace(a_signature(clinician.definitions), by="<b>Casey</b>")
    before: Chart = dataclasses.replace(chart, signature=signature)
    window = QWidget()
    qtbot.addWidget(window)
    pane = EarlierPane(clinician, window)
    pane.resize(400, 700)
    window.show()
    pane.show_visits(chart, (before,))
    qtbot.waitUntil(lambda: len(pane.cards) == 1)
    words = reader.words(pane)
    assert "Turns left 40 degrees" in words
    assert any(text.startswith("Signed by <b>Casey</b>, Oct 13, 2026 · V-") for text in words)
    assert "Every answer is the same." in words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((6, 3), "Change since then: -3 (6 to 3)."),
        ((3, 7), "Change since then: +4 (3 to 7)."),
        ((0, 0), "The same as on then: 0."),
        ((5, None), ""),
        ((None, 5), ""),
    ],
)
def test_a_change_of_a_rating_is_a_number_and_no_judgement(values: tuple[int | None, int | None], words: str) -> None:
    """Zero is a rating; a visit that was not rated gives no change."""
    before, now = values
    ratings = Ratings(name="Pain now", values=(Rated(day="then", value=before), Rated(day="now", value=now)))
    assert ratings.change() == words
