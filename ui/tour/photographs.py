"""The tour's camera: the window as it is, in light, in dark, and small at 200 %."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

USUAL_SIZE = QSize(1440, 900)
SMALL_SIZE = QSize(1024, 700)
SCALE = 2.0


class Camera:
    """Takes numbered pictures of one window into a folder; ``set_dark`` switches the look of the program."""

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
        stem = f"{self._number:02d}-{name}"
        yield
        self._keep(f"{stem}.png", 1.0)
        self._set_dark(True)
        yield
        self._keep(f"{stem}-dark.png", 1.0)
        self._set_dark(False)
        self._window.resize(SMALL_SIZE)
        yield
        self._keep(f"{stem}-200.png", SCALE)
        self._window.resize(USUAL_SIZE)
        yield

    def _keep(self, name: str, scale: float) -> None:
        picture = QPixmap(self._window.size() * scale)
        picture.setDevicePixelRatio(scale)
        self._window.render(picture, QPoint())
        path = self._folder / name
        picture.save(str(path))
        self.taken.append(path)
