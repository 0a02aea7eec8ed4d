"""The windows of patient mode: the form over one whole screen, and blank covers over every other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QScreen
from PySide6.QtWidgets import QVBoxLayout, QWidget

_ABOVE_ALL = Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
_NAME = "Intake Desk"
_SETTLE_MS = 200


class CoveringWindow(QWidget):
    """A window over a whole screen, without a frame, above all others; it closes only when the program says so."""

    def __init__(self, inside: QWidget | None = None) -> None:
        """Hold the form, or nothing: then it is a blank cover."""
        super().__init__(None, _ABOVE_ALL)
        self.setWindowTitle(_NAME)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setAcceptDrops(False)
        if inside is not None:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(inside)

    def cover(self, screen: QScreen) -> None:
        """Lie over the whole of a screen."""
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: nobody but the staff leads out of here."""
        event.ignore()


class Windows(QObject):
    """Keeps the form on its screen and every other screen blank, whatever is plugged in or out or comes to the front."""

    def __init__(self, form: QWidget, screen: QScreen, parent: QObject | None = None) -> None:
        """Lie over every screen; the form is on ``screen``."""
        super().__init__(parent)
        self.front = CoveringWindow(form)
        self._screen: QScreen | None = screen
        self._covers: list[CoveringWindow] = []
        self._ended = False
        application = QGuiApplication.instance()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self.arrange)
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._screens_changed)
            application.screenRemoved.connect(self._screens_changed)
        self.front.installEventFilter(self)
        self.arrange()

    def all(self) -> tuple[QWidget, ...]:
        """Return every window that may be seen."""
        return (self.front, *self._covers)

    def arrange(self) -> None:
        """Lie over the screens there are now."""
        screens = QGuiApplication.screens()
        if self._ended or not screens:
            return
        if self._screen not in screens:
            self._screen = QGuiApplication.primaryScreen()
        others = [screen for screen in screens if screen is not self._screen]
        for cover in self._covers[len(others) :]:
            _remove(cover)
        self._covers = self._covers[: len(others)]
        while len(self._covers) < len(others):
            self._covers.append(CoveringWindow())
        for cover, screen in zip(self._covers, others, strict=True):
            cover.cover(screen)
        if self._screen is not None:
            self.front.cover(self._screen)
        self._come_forward()

    def end(self) -> None:
        """Take every window away."""
        self._ended = True
        self.front.removeEventFilter(self)
        self._grab_keyboard(on=False)
        for window in (self.front, *self._covers):
            _remove(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come back to the front when another window took it."""
        if event.type() is QEvent.Type.WindowDeactivate and not self._ended:
            QTimer.singleShot(0, self, self._come_forward)
        return False

    def _come_forward(self) -> None:
        if self._ended:
            return
        self.front.raise_()
        self.front.activateWindow()
        self._grab_keyboard(on=True)

    def _grab_keyboard(self, *, on: bool) -> None:
        """Take also the keys that switch between windows, where the system gives them to a program."""
        if QGuiApplication.platformName() == "xcb":
            self.front.windowHandle().setKeyboardGrabEnabled(on)

    def _screens_changed(self, _screen: QScreen) -> None:
        self._settle.start()


def _remove(window: QWidget) -> None:
    window.hide()
    window.deleteLater()
