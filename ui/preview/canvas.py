"""The paper: pages one under the other, sharp at every zoom and on every screen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from ui import theme
from ui.preview.layout import GAP, STEP, PageLayout, fitting_scale, held
from ui.preview.pages import PageImage, draw_page, page_sizes
from ui.preview.worker import Worker

_LINE = 48
_ZOOM_KEYS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1, Qt.Key.Key_Underscore: -1}


class PdfCanvas(QAbstractScrollArea):
    """Shows a PDF. ``moved`` tells page (from 1), number of pages and zoom in percent, whenever one of them changes."""

    moved = Signal(int, int, int)
    drawn = Signal(int)
    """A page (from 1) is on screen, sharp."""
    refused = Signal()
    """What was given is no PDF that can be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build an empty canvas that fits pages to its width."""
        super().__init__(parent)
        self._pdf = b""
        self._sizes: tuple[QSizeF, ...] = ()
        self._images: dict[int, PageImage] = {}
        self._asked: dict[int, tuple[float, float]] = {}
        self._scale = 1.0
        self._fits = True
        self._stays = False
        self._told = (0, 0, 0)
        self._worker = Worker(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCornerWidget(QWidget())  # of our own ground, not the style's
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(self._scrolled)

    def show_pdf(self, pdf: bytes, *, stay: bool = False) -> None:
        """Show another document from its first page, or with ``stay`` where the one before was read; the zoom stays as chosen."""
        self._pdf = pdf
        self._stays = stay
        # With ``stay`` the old pictures stay until the new ones are there, none of them sharp: bare paper would flash at who types.
        self._images = {number: replace(image, scale=0.0) for number, image in self._images.items() if stay}
        self._asked.clear()
        self._worker.ask(partial(page_sizes, pdf), done=partial(self._show_sizes, pdf), failed=self._refuse, newest="sizes")

    def page(self) -> int:
        """Return the page that is read now, from 1; 0 while there is none."""
        return self._layout().page_at(self._top(), self.viewport().height()) + 1 if self._sizes else 0

    def pages(self) -> int:
        """Return how many pages there are."""
        return len(self._sizes)

    def scale(self) -> float:
        """Return how many units of the screen one point of paper takes."""
        return self._scale

    def go_to(self, page: int) -> None:
        """Show a page (from 1) from its top; beyond the ends is the end."""
        rects = self._layout().rects()
        if rects:
            place = rects[min(max(page, 1), len(rects)) - 1]
            self.verticalScrollBar().setValue(int(place.top() - GAP))

    def zoom(self, steps: int) -> None:
        """Enlarge by steps, or reduce by negative ones, keeping the middle of the view where it is."""
        self._fits = False
        self._set_scale(held(self._scale * STEP**steps))

    def fit_width(self) -> None:
        """Let the pages fill the width, now and whenever it changes."""
        self._fits = True
        self._set_scale(fitting_scale(self._sizes, self.viewport().width()))

    def sharp_image(self, page: int) -> PageImage | None:
        """Return the picture of a page (from 1) when it is the one for this zoom and this screen."""
        image = self._images.get(page - 1)
        return image if image is not None and image.scale == self._scale and image.ratio == self.devicePixelRatioF() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, scroll and zoom by key."""
        if not self._moved_by(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, or let the bars know."""
        super().resizeEvent(event)
        if self._sizes and self._fits:
            self.fit_width()
        else:
            self._set_bars()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight; a page whose picture is not there yet is white paper, or the picture of the last zoom."""
        painter = QPainter(self.viewport())
        colors = theme.tokens()
        painter.fillRect(event.rect(), colors.color("ground"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, rect in self._in_sight():
            painter.fillRect(rect, Qt.GlobalColor.white)
            image = self._images.get(number)
            if image is not None:
                sharp = self.sharp_image(number + 1) is not None
                painter.drawImage(rect.topLeft(), image.image) if sharp else painter.drawImage(rect, image.image)
            painter.setPen(QPen(colors.color("line"), 1))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
            if self.sharp_image(number + 1) is None:
                self._draw(number)
        if self.hasFocus():
            painter.setPen(QPen(colors.color("focus"), 2))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))

    def _moved_by(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        bar = self.verticalScrollBar()
        turns = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        scrolls = {Qt.Key.Key_Down: _LINE, Qt.Key.Key_Up: -_LINE, Qt.Key.Key_Space: self.viewport().height() - _LINE}
        if key in turns:
            self.go_to(self.page() + turns[key])
        elif key in scrolls:
            bar.setValue(bar.value() + scrolls[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        elif key in _ZOOM_KEYS:
            self.zoom(_ZOOM_KEYS[key])
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            return False
        return True

    def _show_sizes(self, pdf: bytes, sizes: tuple[QSizeF, ...]) -> None:
        if pdf is not self._pdf:
            return
        self._sizes = sizes
        if self._fits:
            self._scale = fitting_scale(sizes, self.viewport().width())
        self._set_bars()
        if not self._stays:
            self.go_to(1)
        self.viewport().update()
        self._tell()

    def _refuse(self, error: Exception) -> None:
        self._sizes = ()
        self._set_bars()
        self.viewport().update()
        self.refused.emit()

    def _set_scale(self, scale: float) -> None:
        if scale == self._scale:
            return
        ratio = scale / self._scale
        middle = QPoint(self.viewport().width() // 2, self.viewport().height() // 2)
        bars = ((self.horizontalScrollBar(), middle.x()), (self.verticalScrollBar(), middle.y()))
        wanted = [(bar.value() + half) * ratio - half for bar, half in bars]
        self._scale = scale
        self._set_bars()
        for (bar, _), value in zip(bars, wanted, strict=True):
            bar.setValue(round(value))
        self.viewport().update()
        self._tell()

    def _set_bars(self) -> None:
        extent, view = self._layout().extent(), self.viewport().size()
        for bar, need, room in (
            (self.verticalScrollBar(), extent.height(), view.height()),
            (self.horizontalScrollBar(), extent.width(), view.width()),
        ):
            bar.setPageStep(room)
            bar.setSingleStep(_LINE)
            bar.setRange(0, max(0, int(need) - room))

    def _layout(self) -> PageLayout:
        return PageLayout(sizes=self._sizes, scale=self._scale, width=self.viewport().width())

    def _top(self) -> float:
        return float(self.verticalScrollBar().value())

    def _in_sight(self) -> list[tuple[int, QRectF]]:
        left, view = float(self.horizontalScrollBar().value()), QRectF(self.viewport().rect())
        moved = [rect.translated(-left, -self._top()) for rect in self._layout().rects()]
        return [(number, rect) for number, rect in enumerate(moved) if rect.intersects(view)]

    def _draw(self, number: int) -> None:
        wanted = (self._scale, self.devicePixelRatioF())
        if self._asked.get(number) != wanted:
            self._asked[number] = wanted
            draw = partial(draw_page, self._pdf, number, scale=self._scale, ratio=self.devicePixelRatioF())
            self._worker.ask(draw, done=partial(self._keep, self._pdf), failed=self._refuse, newest=f"page {number}")

    def _keep(self, pdf: bytes, image: PageImage) -> None:
        if pdf is not self._pdf:
            return
        seen = {number for number, _ in self._in_sight()}
        # A large zoom on a fine screen makes pictures of many megabytes: only what is in sight is kept.
        self._images = {number: kept for number, kept in self._images.items() if number in seen}
        self._asked = {number: wanted for number, wanted in self._asked.items() if number in seen}
        self._images[image.number] = image
        self.viewport().update()
        if self.sharp_image(image.number + 1) is not None:
            self.drawn.emit(image.number + 1)

    def _scrolled(self) -> None:
        self.viewport().update()
        self._tell()

    def _tell(self) -> None:
        now = (self.page(), self.pages(), round(self._scale * 75))
        if now != self._told:
            self._told = now
            self.moved.emit(*now)
