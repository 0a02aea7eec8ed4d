"""The pain drawing: by keyboard, by mouse, and never on the wrong side."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.domain.pain import Mark
from tests.ui.intake.typist import CTRL, SHIFT, Typist
from ui.pages.intake.body_view import BodyView
from ui.pages.intake.region_list import RegionList


def views(typist: Typist) -> dict[str, BodyView]:
    """Return the four views by their names."""
    return {view.accessibleName(): view for view in typist.page.findChildren(BodyView)}


def the_list(typist: Typist) -> RegionList:
    """Return the list of regions."""
    found = typist.page.findChild(RegionList)
    assert found is not None
    return found


def test_a_region_is_found_by_letters_and_marked_with_space(typist: Typist) -> None:
    """A digit chooses the kind, letters the region, Space marks it and takes it back."""
    typist.press(Qt.Key.Key_D, CTRL).type("2left").press(Qt.Key.Key_Space)
    assert list(typist.page.document.marks()) == [Mark(region="temple.front.left", kind="burning")]
    typist.press(Qt.Key.Key_Space)
    assert list(typist.page.document.marks()) == []


def test_a_mark_ends_the_word_that_letters_were_finding(typist: Typist) -> None:
    """Right after Space the next letters find another region; they do not go on with the word before."""
    typist.press(Qt.Key.Key_D, CTRL).type("jaw").press(Qt.Key.Key_Space).type("elb").press(Qt.Key.Key_Space)
    assert [mark.region for mark in typist.page.document.marks()] == ["jaw.front.left", "elbow.front.left"]


def test_a_region_is_found_by_any_word_of_its_name_and_the_letter_again_goes_on(typist: Typist) -> None:
    """Names begin with the side, so that the part of the body has to be enough; J and J again is the other jaw."""
    typist.press(Qt.Key.Key_D, CTRL).type("j").press(Qt.Key.Key_Space)
    typist.type("j").press(Qt.Key.Key_Space)
    assert [mark.region for mark in typist.page.document.marks()] == ["jaw.front.left", "jaw.front.right"]


def test_the_keyboard_in_the_drawing_has_all_of_it_in_sight(typist: Typist) -> None:
    """Coming from the field before it, the views, the kinds and the list are all seen, not the top of the list only."""
    typist.press(Qt.Key.Key_8, CTRL).press(Qt.Key.Key_Return, SHIFT)
    form, section = typist.page.form, typist.page.form.section("drawing")
    assert typist.focus is the_list(typist)
    seen = section.visibleRegion().boundingRect()
    assert seen.height() == section.height() <= form.viewport().height()
    form.verticalScrollBar().setValue(0)
    typist.press(Qt.Key.Key_6, CTRL).go("pain_drawing")
    assert section.visibleRegion().boundingRect().height() == section.height()


def test_in_a_low_window_the_region_the_keyboard_is_at_stays_in_sight(typist: Typist) -> None:
    """The drawing is then higher than the room for it: going down the list goes down the page."""
    typist.window.resize(820, 420)
    typist.press(Qt.Key.Key_D, CTRL)
    regions = the_list(typist)
    for _ in range(60):
        typist.press(Qt.Key.Key_Down)
        assert regions.viewport().visibleRegion().intersects(regions.visualItemRect(regions.currentItem()))


def test_a_click_marks_the_region_under_it_and_the_list_follows(typist: Typist) -> None:
    """A click on the back of the neck marks it there; the list stands at that region."""
    typist.press(Qt.Key.Key_D, CTRL)
    back = views(typist)["Back"]
    QTest.mouseClick(back, Qt.MouseButton.LeftButton, pos=back.point_of("neck.back.left").toPoint())
    assert list(typist.page.document.marks()) == [Mark(region="neck.back.left", kind="aching")]
    assert the_list(typist).current_region() == "neck.back.left"
    QTest.mouseClick(back, Qt.MouseButton.LeftButton, pos=back.point_of("neck.back.left").toPoint())
    assert list(typist.page.document.marks()) == []


def test_a_front_mark_is_on_the_front_only(typist: Typist) -> None:
    """No other view shows it, whatever lies behind it."""
    typist.page.document.toggle_mark(Mark(region="neck.front.left", kind="burning"))
    shown = {name: list(view.kinds_on()) for name, view in views(typist).items()}
    assert shown == {"Front": ["neck.front.left"], "Back": [], "Left side": [], "Right side": []}


def test_several_kinds_can_be_on_one_region(typist: Typist) -> None:
    """Aching and burning stand side by side, and the list says both letters."""
    typist.press(Qt.Key.Key_D, CTRL).press(Qt.Key.Key_Space).type("2").press(Qt.Key.Key_Space)
    assert [mark.kind for mark in typist.page.document.marks()] == ["aching", "burning"]
    regions = the_list(typist)
    assert regions.currentItem().text().endswith("— A B")
    assert "Burning" in regions.currentItem().data(Qt.ItemDataRole.AccessibleTextRole)


def test_every_region_of_the_picture_is_in_the_list(typist: Typist) -> None:
    """The list mirrors the drawing: nothing can be marked with the mouse only."""
    regions = the_list(typist)
    keys = []
    for row in range(regions.count()):
        regions.setCurrentRow(row)
        keys.append(regions.current_region())
    assert [key for key in keys if key] == [region.key for region in typist.desk.definitions.regions.regions()]


def test_the_picture_is_drawn_with_its_marks(typist: Typist) -> None:
    """A mark changes the picture of its view and of no other."""
    typist.press(Qt.Key.Key_D, CTRL).go("patient.legal_last")
    before = {name: view.grab().toImage() for name, view in views(typist).items()}
    typist.page.document.toggle_mark(Mark(region="neck.front.left", kind="burning"))
    after = {name: view.grab().toImage() for name, view in views(typist).items()}
    assert [name for name in before if before[name] != after[name]] == ["Front"]
