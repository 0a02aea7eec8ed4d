"""The paper on screen: pages and zoom by real keys, sharp on fine screens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.preview.layout import LARGEST, SMALLEST, PageLayout, fitting_scale, held
from ui.preview.pages import draw_page, page_sizes
from ui.preview.view import PreviewView

LETTER = QSizeF(612, 792)


@pytest.fixture
def view(qtbot: QtBot, pdf: bytes) -> PreviewView:
    """Three pages in a window, the first one drawn."""
    view = PreviewView()
    qtbot.addWidget(view)
    view.resize(700, 600)
    view.show()
    view.activateWindow()
    qtbot.waitActive(view)
    with qtbot.waitSignal(view.canvas.drawn):
        view.show_pdf(pdf)
    view.canvas.setFocus()
    return view


def press(qtbot: QtBot, view: PreviewView, key: Qt.Key) -> None:
    """Press a key on the paper."""
    QTest.keyClick(view.canvas, key)


def test_the_first_page_fits_the_width_and_is_told(view: PreviewView) -> None:
    """What is seen is said in words, also to a screen reader."""
    assert view.canvas.page() == 1
    assert view.canvas.pages() == 3
    assert view.canvas.horizontalScrollBar().maximum() == 0
    assert view.where.text().startswith("Page 1 of 3 · ")
    assert view.canvas.accessibleDescription() == view.where.text()


def test_page_keys_turn_pages_and_stop_at_the_ends(qtbot: QtBot, view: PreviewView) -> None:
    """PgDn goes to the top of the next page, beyond the last is the last."""
    pages = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_PageUp):
        press(qtbot, view, key)
        pages.append(view.canvas.page())
    assert pages == [2, 3, 3, 2, 1, 1]


def test_plus_minus_and_zero_zoom_and_the_words_follow(qtbot: QtBot, view: PreviewView) -> None:
    """0 brings the whole width back."""
    fit = view.canvas.scale()
    press(qtbot, view, Qt.Key.Key_Plus)
    assert view.canvas.scale() == pytest.approx(fit * 1.25)
    assert view.canvas.horizontalScrollBar().maximum() > 0
    assert view.where.text().endswith(f"{round(fit * 1.25 * 75)} %")
    press(qtbot, view, Qt.Key.Key_Minus)
    press(qtbot, view, Qt.Key.Key_Minus)
    assert view.canvas.scale() == pytest.approx(fit / 1.25)
    press(qtbot, view, Qt.Key.Key_0)
    assert view.canvas.scale() == pytest.approx(fit)


def test_zoom_has_limits(qtbot: QtBot, view: PreviewView) -> None:
    """Neither a dot nor more pixels than memory holds."""
    for _ in range(30):
        view.canvas.zoom(1)
    assert view.canvas.scale() == LARGEST
    for _ in range(60):
        view.canvas.zoom(-1)
    assert view.canvas.scale() == SMALLEST


def test_the_wheel_zooms_with_ctrl_and_scrolls_without(view: PreviewView) -> None:
    """As in every program that shows paper."""
    before = view.canvas.scale()

    def turn(modifier: Qt.KeyboardModifier) -> None:
        place = QPointF(view.canvas.viewport().rect().center())
        event = QWheelEvent(
            place, view.canvas.viewport().mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, modifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(view.canvas.viewport(), event)

    turn(Qt.KeyboardModifier.ControlModifier)
    assert view.canvas.scale() == pytest.approx(before / 1.25)
    assert view.canvas.verticalScrollBar().value() == 0
    turn(Qt.KeyboardModifier.NoModifier)
    assert view.canvas.scale() == pytest.approx(before / 1.25)
    assert view.canvas.verticalScrollBar().value() > 0


def test_a_page_is_drawn_again_for_another_zoom(qtbot: QtBot, view: PreviewView) -> None:
    """What is on screen after a zoom is no enlarged picture of the last one."""
    with qtbot.waitSignal(view.canvas.drawn):
        press(qtbot, view, Qt.Key.Key_Plus)
    image = view.canvas.sharp_image(1)
    assert image is not None
    assert image.image.width() == pytest.approx(612 * view.canvas.scale(), abs=1)


def test_a_fine_screen_gets_its_own_pixels(pdf: bytes) -> None:
    """At 200 % a page has twice the pixels on the same paper."""
    coarse, fine = (draw_page(pdf, 0, scale=1.0, ratio=ratio).image for ratio in (1.0, 2.0))
    assert (fine.width(), fine.height()) == (2 * coarse.width(), 2 * coarse.height())
    assert fine.deviceIndependentSize() == coarse.deviceIndependentSize()


def test_another_document_replaces_the_first_from_its_first_page(qtbot: QtBot, view: PreviewView, pdf: bytes) -> None:
    """Nothing of the paper before stays on screen."""
    press(qtbot, view, Qt.Key.Key_End)
    assert view.canvas.page() == 3
    with qtbot.waitSignal(view.canvas.drawn):
        view.show_pdf(bytes(pdf) + b"\n")
    assert view.canvas.page() == 1


def test_the_picture_stays_until_that_of_the_changed_paper_is_there(qtbot: QtBot, view: PreviewView, pdf: bytes) -> None:
    """Bare paper at each pause would flash at who types; the new paper is drawn all the same."""
    before = view.canvas.viewport().grab().toImage()
    with qtbot.waitSignal(view.canvas.drawn):
        view.show_pdf(pdf + b"\n", stay=True)
        after = view.canvas.viewport().grab().toImage()
        shown = [(x, y) for x in range(0, before.width(), 5) for y in range(0, before.height(), 2)]
        dark = [image.pixelColor(*at).lightness() < 128 for image in (before, after) for at in shown]
        assert any(dark[: len(shown)])
        assert sum(dark[len(shown) :]) > 0.5 * sum(dark[: len(shown)])
    assert view.canvas.sharp_image(1) is not None


def test_what_is_no_pdf_is_said_in_words(qtbot: QtBot, view: PreviewView) -> None:
    """A damaged file is no empty page."""
    with qtbot.waitSignal(view.canvas.refused):
        view.show_pdf(b"%PDF-1.7 but not really")
    assert not view.shows_paper()
    assert "damaged" in view.words.text()


def test_sizes_are_those_of_the_paper(pdf: bytes) -> None:
    """Letter, in points."""
    assert page_sizes(pdf) == (LETTER, LETTER, LETTER)


def test_pages_stand_under_each_other_in_the_middle() -> None:
    """A view wider than the paper has the paper in its middle."""
    layout = PageLayout(sizes=(LETTER, LETTER), scale=0.5, width=1000)
    first, second = layout.rects()
    assert first.center().x() == pytest.approx(500)
    assert second.top() > first.bottom()
    assert layout.extent().height() > second.bottom()
    assert layout.page_at(0, 300) == 0
    assert layout.page_at(second.top() - 20, 300) == 1


def test_a_fitting_scale_leaves_the_margins_and_keeps_its_limits() -> None:
    """A view that is still 10 pixels wide breaks nothing."""
    assert fitting_scale((LETTER,), 612 + 24) == pytest.approx(1.0)
    assert fitting_scale((LETTER,), 10) == SMALLEST
    assert held(99) == LARGEST
