"""The bundled fonts: the two faces the first window needs at once, those of other scripts when there is time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFontDatabase

from ui import theme
from ui.theme import RESOURCES

FOLDER = RESOURCES / "fonts"
FIRST = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf")


def load_first() -> None:
    """Load the face of the program in its two weights. Raises FileNotFoundError when one is missing or broken."""
    # For a name in another script Qt tries the faces in order, and would warn of each that lacks the script: that is the plan.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    for name in FIRST:
        _load(FOLDER / name)


def rest() -> Iterator[None]:
    """Load the faces of the other scripts that names are written in, one at each step."""
    for path in sorted(FOLDER.glob("*.ttf")):
        if path.name not in FIRST:
            _load(path)
            yield
    theme.forget_metrics()


def load_rest() -> None:
    """Load all of them at once."""
    for _ in rest():
        pass


def _load(path: Path) -> None:
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise FileNotFoundError(path.name)
