"""What a patient sees: large, named, in one language, and in words that alarm nobody."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from intake.definitions.bundle import Definitions
from tests.ui.conftest import MORNING
from tests.ui.patient.patient import Patient
from tests.wording import FORBIDDEN
from ui import theme
from ui.pages.intake.document import IntakeDocument
from ui.patient.figure import DrawingScreen
from ui.patient.form import PatientForm
from ui.patient.handback import HandbackScreen, Why
from ui.patient.review import ReviewScreen

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit)
LEAST_TARGET_PX = 48
LEAST_TYPE_PX = 18


@pytest.fixture
def form(definitions: Definitions, qtbot: QtBot) -> PatientForm:
    """Return the form alone, on a tablet held sideways."""
    made = PatientForm(IntakeDocument(definitions, MORNING.date()), on_record=False)
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    return made


def shown_words(root: QWidget) -> list[str]:
    """Return the words on screen and what a screen reader says of them."""
    found = [each.text() for each in root.findChildren(QLabel) if each.isVisible()]
    found += [each.text() for each in root.findChildren(QAbstractButton) if each.isVisible()]
    found += [each.accessibleName() for each in root.findChildren(QWidget)]
    found += [each.accessibleDescription() for each in root.findChildren(QWidget)]
    return [words for words in found if words]


def places(form: PatientForm) -> list[int]:
    """Return the place of the first screen, of the first of each section, and of the review."""
    first: dict[str, int] = {}
    for place, screen in enumerate(form.screens):
        first.setdefault(screen.section, place)
    return [-1, *first.values(), len(form.screens)]


def test_every_control_is_large_enough_for_a_finger_and_has_a_name(form: PatientForm) -> None:
    """48 px and more, on every kind of screen; words from 18 px on."""
    for place in places(form):
        form.go(place)
        small = [
            f"{type(each).__name__} {each.accessibleName()} {each.height()}"
            for each in form.findChildren(QWidget)
            if isinstance(each, CONTROLS) and each.isVisible() and each.height() < LEAST_TARGET_PX
        ]
        assert small == [], f"at {place}"
        unnamed = [each for each in form.findChildren(QWidget) if isinstance(each, CONTROLS) and not each.accessibleName()]
        assert unnamed == [], f"at {place}"
        least = QFontMetricsF(theme.font(size_px=LEAST_TYPE_PX)).height() - 0.5
        tiny = [each.text() for each in form.findChildren(QLabel) if each.isVisible() and QFontMetricsF(each.font()).height() < least]
        assert tiny == [], f"at {place}"


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_words_alarm_or_assert(form: PatientForm, language: str) -> None:
    """The words that no screen may say are on none of them, in either language."""
    form.speak("es" if language == "es" else "en")
    found = []
    for place in places(form):
        form.go(place)
        found += [words for words in shown_words(form) if FORBIDDEN.search(words)]
    for why in Why:
        form.hand_back(why)
        found += [words for words in shown_words(form) if FORBIDDEN.search(words)]
    assert found == []


def test_the_language_is_switched_where_one_is(patient: Patient) -> None:
    """What was answered stays, and the question is asked in the other language."""
    patient.choose("en")
    patient.go_to("answers.safety.walking")
    patient.pick("answers.safety.walking", "no")
    place = patient.form.place
    patient.press(patient.form.head.language_button)
    assert patient.form.place == place
    assert any("¿Camina con menos firmeza" in words for words in patient.read())
    assert "Siguiente" in patient.read()
    picked = [each.accessibleName() for each in patient.box("answers.safety.walking").controls if getattr(each, "isChecked", bool)()]
    assert picked == ["No"]


def test_the_chosen_language_is_proposed_for_the_record_and_never_overrides_it(patient: Patient) -> None:
    """The desk goes on in the language the patient took, unless the patient said another one."""
    patient.choose("es")
    assert patient.mode.document.text("patient.language") == "es"
    patient.go_to("patient.language")
    patient.pick("patient.language", "pt")
    patient.press(patient.form.head.language_button)
    assert patient.mode.document.text("patient.language") == "pt"


def test_the_review_shows_every_answer_and_leads_back_to_each(patient: Patient) -> None:
    """In the patient's words; what has none says so; from there one comes back to the review."""
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    patient.go_to("answers.safety.walking")
    patient.pick("answers.safety.walking", "unsure")
    review = patient.review()
    assert review.rows["patient.legal_last"].answer() == "Sample"
    assert review.rows["answers.safety.walking"].answer() == "Unsure"
    assert review.rows["patient.dob"].answer() == "○ Not answered"
    assert "answers.safety.trauma.mechanism" not in review.rows
    patient.press(review.rows["answers.safety.walking"])
    patient.pick("answers.safety.walking", "yes")
    while not isinstance(patient.form.shown, ReviewScreen):
        patient.press(patient.form.foot.next_button)
    again = patient.form.shown
    patient.qtbot.waitUntil(lambda: not again.is_building())
    row = again.rows["answers.safety.walking"]
    assert row.answer() == "Yes"
    patient.qtbot.waitUntil(row.hasFocus)


def test_next_shows_what_lies_below_before_it_leads_on(form: PatientForm) -> None:
    """A question under the edge of the screen is never passed over unseen."""
    form.speak("en")
    form.resize(1024, 420)
    place = next(place for place, screen in enumerate(form.screens) if screen.section == "safety")
    form.go(place)
    form.grab()
    assert form.foot.next_button.accessibleName().startswith("More below")
    form.foot.next_button.click()
    assert form.place == place


def test_on_a_narrow_screen_everything_is_in_reach(form: PatientForm) -> None:
    """A tablet held upright: nothing sticks out at the right."""
    form.speak("es")
    form.resize(800, 1280)
    for place in places(form):
        form.go(place)
        form.grab()
        shown = form.shown
        assert shown is not None
        assert shown.horizontalScrollBar().maximum() == 0, f"at {place}"
        assert form.width() == 800


def test_every_way_to_hand_back_names_itself(form: PatientForm) -> None:
    """For a screen reader too."""
    for why in Why:
        form.hand_back(why)
        assert isinstance(form.shown, HandbackScreen)
        assert form.shown.accessibleName() == why.title.en


def test_the_drawing_says_its_places_in_spanish(form: PatientForm) -> None:
    """Views, places and kinds."""
    form.speak("es")
    form.go(next(place for place, screen in enumerate(form.screens) if screen.drawing))
    assert isinstance(form.shown, DrawingScreen)
    form.shown.as_list.click()
    regions = form.document.definitions.regions
    assert [key.accessibleName() for key in form.shown.kinds] == [kind.text.es for kind in regions.kinds]
    assert set(shown_words(form.shown)) >= {region.text.es for region in regions.views[0].regions}
