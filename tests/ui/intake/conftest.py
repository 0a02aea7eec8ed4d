"""A form with someone at its keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.intake.typist import Typist

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.desk import Desk


@pytest.fixture
def typist(desk: Desk, qtbot: QtBot) -> Typist:
    """Someone at an empty form of the desk at Edison."""
    return Typist(desk, qtbot)
