"""The bundled fonts: the two faces the first window needs at once, those of other scripts when there is time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFontDatabase

from ui.theme import RESOURCES

FOLDER = RESOURCES / "fonts"
FIRST = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf")


def load_first() -> None:
    """Load the face of the program in its two weights. Raises FileNotFoundError when one is missing or broken."""
    # For a name in another script Qt tries the faces in order, and would warn of each that lacks the script: that is the plan.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    for name in FIRST:
        _load(FOLDER / name)


def load_rest() -> None:
    """Load the faces of the other scripts that names are written in."""
    for path in sorted(FOLDER.glob("*.ttf")):
        if path.name not in FIRST:
            _load(path)


def _load(path: Path) -> None:
    if QFontDatabase.addApplicationFont(str(path)) < 0:
        raise FileNotFoundError(path.name)
