"""The tour's camera: the window as it is, or the screen in a patient's hands, in light, in dark, and small at 200 %."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

USUAL_SIZE = QSize(1440, 900)
SMALL_SIZE = QSize(1024, 700)
SCALE = 2.0


class Camera:
    """Takes numbered pictures of the window into a folder; ``set_dark`` switches the look of the program."""

    def __init__(self, window: QWidget, folder: Path, set_dark: Callable[[bool], None]) -> None:
        """Take the window, the folder to fill and the switch between light and dark."""
        self.taken: list[Path] = []
        self._window = window
        self._folder = folder
        self._set_dark = set_dark
        self._number = 0

    def take(self, name: str) -> Iterator[None]:
        """Take the window's picture three times: light, dark, and at 200 % in a small window.

        Yields before each picture and at the end: what was asked for in the background, such as a page of paper, comes meanwhile.
        """
        self._number += 1
        stem, window = f"{self._number:02d}-{name}", self._shown()
        window.resize(USUAL_SIZE)
        yield
        self._keep(window, f"{stem}.png", 1.0)
        self._set_dark(True)
        yield
        self._keep(window, f"{stem}-dark.png", 1.0)
        self._set_dark(False)
        window.resize(SMALL_SIZE)
        yield
        self._keep(window, f"{stem}-200.png", SCALE)
        window.resize(USUAL_SIZE)
        yield

    def _shown(self) -> QWidget:
        """Return the window, or what covers the screen while it is out of sight."""
        active = QApplication.activeWindow()
        return self._window if active is None or self._window.isVisible() else active

    def _keep(self, window: QWidget, name: str, scale: float) -> None:
        picture = QPixmap(window.size() * scale)
        picture.setDevicePixelRatio(scale)
        window.render(picture, QPoint())
        path = self._folder / name
        picture.save(str(path))
        self.taken.append(path)
