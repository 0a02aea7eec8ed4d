"""What every chapter of the tour can do: sign somebody in, and look at what is on screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from ui.app import App
from ui.tour.clock import Clock
from ui.tour.driver import Driver
from ui.tour.paper_way import PaperWay
from ui.tour.steps import ENTER, TAB, Photograph, Step, TourError, Until, Write

if TYPE_CHECKING:
    # Only for their types: loading the pages early would hide what opening them costs.
    from ui.main_window import MainWindow
    from ui.models.board import BoardModel
    from ui.pages.page import Page
    from ui.pages.patients.page import PatientsPage
    from ui.pages.preview import PreviewPage
    from ui.pages.sign_in import SignInPage
    from ui.pages.today import TodayPage

PASSWORD = "training-clinic-1"  # noqa: S105 - of the training clinic's invented accounts, shown on its sign-in screen
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Chapter:
    """Yields the steps of one person's work; each begins where the one before ended."""

    def __init__(self, app: App, driver: Driver, clock: Clock, out: Path, way: PaperWay) -> None:
        """Take the program, the driver that counts the keys, the program's clock, the folder for the papers, and how they are printed."""
        self._app = app
        self._driver = driver
        self._clock = clock
        self._out = out
        self._way = way

    def _signed_out(self) -> Iterator[Step]:
        yield Until(what="the sign-in with its ready accounts", holds=self._at_sign_in)

    def _sign_in(self, login: str, *, nobody_came: bool = False) -> Iterator[Step]:
        yield from self._signed_out()
        if not self._driver.keystrokes:
            yield Photograph(name="sign-in")
        yield Write(text=login)
        yield TAB
        yield Write(text=PASSWORD)
        yield ENTER
        yield Until(what="today's visits after the sign-in", holds=lambda: self._shows("TodayPage") and (nobody_came or self._rows() > 0))

    def _paper(self, name: str, *, picture: str = "preview") -> Iterator[Step]:
        yield Until(what="the paper in the preview", holds=self._paper_is_shown)
        yield Photograph(name=picture)
        page, path = cast("PreviewPage", self._page("PreviewPage")), self._out / name
        path.unlink(missing_ok=True)
        page.leaving_desk.save_to(path)
        yield Until(what="the saved PDF", holds=path.exists)

    def _at_sign_in(self) -> bool:
        page = self._app.window.centralWidget()
        return type(page).__name__ == "SignInPage" and cast("SignInPage", page).accounts_card is not None

    def _work(self) -> MainWindow:
        work = self._app.work
        if work is None:
            raise TourError("nobody is signed in")
        return work

    def _shows(self, kind: str) -> bool:
        return self._app.work is not None and type(self._app.work.places.current()).__name__ == kind

    def _page(self, kind: str) -> Page:
        page = self._work().places.current()
        if page is None or not self._shows(kind):
            raise TourError(f"{type(page).__name__} is shown, not {kind}")
        return page

    def _paper_is_shown(self) -> bool:
        return self._shows("PreviewPage") and cast("PreviewPage", self._page("PreviewPage")).view.shows_paper()

    def _rows(self) -> int:
        return len(self._names())

    def _found(self) -> int:
        return cast("PatientsPage", self._page("PatientsPage")).table.model().rowCount()

    def _names(self) -> list[str]:
        if not self._shows("TodayPage"):
            return []
        board = cast("BoardModel", cast("TodayPage", self._page("TodayPage")).table.rows.model())
        return [board.line(row).name for row in range(board.rowCount())]
