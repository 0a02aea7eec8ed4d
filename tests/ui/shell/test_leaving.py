"""Leaving the desk: what is on screen goes page by page, and no page that went before holds it up."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

from ui.main_window import MainWindow
from ui.pages.page import Page
from ui.pages.today import TodayPage
from ui.routes import IntakeStart


def test_a_page_that_was_closed_just_before_does_not_stop_the_taking_down(window: MainWindow, today_page: TodayPage) -> None:
    """A finished intake closes itself when it is left; its widgets may be gone in any of the turns."""
    places = window.places
    places.open_intake(IntakeStart())
    places.open_intake(IntakeStart())
    first, second = places.intakes
    places.open_today()
    turns = places.taken_down()
    next(turns)
    second.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for _ in turns:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert first is not second
    assert places._stack.findChildren(Page) == [today_page]
