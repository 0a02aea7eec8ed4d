"""The look of the screen in a patient's hands: the program's colors, larger type."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from PySide6.QtWidgets import QScroller, QWidget

from ui import theme

BODY_PX = 18
QUESTION_PX = 20
TITLE_PX = 26
TARGET_PX = 54
"""The least height of what is touched."""
NARROW_PX = 720
"""Below this width answers stand under each other."""
COLUMN_PX = 860
"""Lines longer than this are hard to read; the rest of a wide screen stays empty."""


def sheet() -> str:
    """Return the style sheet in the colors that are on screen now."""
    sizes = {"body": BODY_PX, "question": QUESTION_PX, "title": TITLE_PX}
    points = {f"{name}_size": f"{theme.font(size_px=px).pointSizeF():.3f}pt" for name, px in sizes.items()}
    text = (theme.RESOURCES / "patient.qss").read_text(encoding="utf-8")
    return Template(text).substitute({**asdict(theme.tokens()), **points})


def scrolls_by_touch(viewport: QWidget) -> None:
    """Have a finger move what is shown in a scroll area."""
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
