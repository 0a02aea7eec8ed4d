"""What the window may ask of any page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.desk import Desk
from ui.routes import Routes


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One entry of the foot bar: the keys as they are printed (``("Ctrl S",)``), and what they do."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTarget:
    """To whom a clinician is called: a visit, or the intake of this draft; ``location`` is the clinic, ``title`` the name."""

    location: str
    title: str
    visit_id: int | None = None
    draft_id: int | None = None


class Page(QWidget):
    """A place in the stack of the main window."""

    legend_changed = Signal()
    title_changed = Signal()

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Keep what every page works with."""
        super().__init__(parent)
        self.desk = desk
        self.routes = routes
        self._title = ""

    @property
    def title(self) -> str:
        """What the top bar calls this place."""
        return self._title

    @title.setter
    def title(self, text: str) -> None:
        self._title = text
        self.setAccessibleName(text)
        self.title_changed.emit()

    def legend(self) -> tuple[Key, ...]:
        """Return the keys that work now, most used first; emit ``legend_changed`` when they change."""
        return ()

    def head(self) -> QWidget | None:
        """Return what stands in the top bar instead of title, clinic and find box, or None."""
        return None

    def panel(self) -> QWidget | None:
        """Return the context panel to stand at the right, or None. The window shows and hides it with the page."""
        return None

    def reload(self) -> None:
        """Ask again for what is shown: this desk or another one wrote to the store."""

    def call_target(self) -> CallTarget | None:
        """Return the patient in hand, to whom a clinician can be called; None when there is none."""
        return None

    def show_called(self, words: str) -> None:
        """Say how it stands with the call of a clinician that was made from here."""

    def entered(self) -> None:
        """Be shown: ask for what may have changed, and put the focus where work begins."""

    def leaving(self) -> None:
        """Be hidden: write down what is not yet kept."""
