"""The banner: its words have its color from the first time they are said."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from ui import theme
from ui.widgets.notices import Banner


@pytest.mark.parametrize("tone", ["danger", "warning", "ok", "info"])
def test_the_words_have_the_color_of_the_tone(tone: str, dressed: None, qtbot: QtBot) -> None:
    """Also when the banner was on screen in another tone before."""
    banner = Banner()
    qtbot.addWidget(banner)
    banner.say("First", tone="info", action="Understood")
    with qtbot.waitExposed(banner):
        banner.show()
    banner.say("Then", tone=tone, action="Understood")
    assert banner._words.palette().color(QPalette.ColorRole.WindowText) == theme.tokens().color(tone)
