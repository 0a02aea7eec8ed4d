"""The body from one side, with its marks: clicked to mark, mirrored by the list of regions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QIcon,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake.domain.pain import BOX_SIZE, Mark, PainKind, Polyline, Region, RegionSet, View
from ui import theme

PATTERNS = {
    "dots": Qt.BrushStyle.Dense6Pattern,
    "stripes_down": Qt.BrushStyle.FDiagPattern,
    "stripes_up": Qt.BrushStyle.BDiagPattern,
    "crosshatch": Qt.BrushStyle.DiagCrossPattern,
    "horizontal": Qt.BrushStyle.HorPattern,
    "vertical": Qt.BrushStyle.VerPattern,
    "checks": Qt.BrushStyle.CrossPattern,
}
INKS = ("danger", "warning", "info", "accent", "ok", "text", "muted")
USUAL_PX, LEAST_PX = 240, 100
TITLE_HEIGHT = 20
LETTER_PX = 10
EDGE_PX = 1.6
DETAIL_PX = 0.9


def ink_of(regions: RegionSet, kind: PainKind) -> QColor:
    """Return the color of a pain kind; its letter and pattern say the same without color."""
    place = [known.code for known in regions.kinds].index(kind.code)
    return theme.tokens().color(INKS[place % len(INKS)])


def swatch(regions: RegionSet, kind: PainKind, *, size_px: int, ratio: float, line_px: float = 1) -> QIcon:
    """Return a square in the color and pattern of a pain kind, sharp at this ratio of the screen's pixels to its units."""
    pixmap = QPixmap(round(size_px * ratio), round(size_px * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    ink, edge = ink_of(regions, kind), math.ceil(line_px) - 1
    painter.setPen(QPen(ink, line_px))
    painter.setBrush(QBrush(ink, PATTERNS[kind.pattern]))
    painter.drawRect(edge, edge, size_px - 1 - edge, size_px - 1 - edge)
    painter.end()
    return QIcon(pixmap)


class BodyView(QWidget):
    """One view. ``marked`` carries the key of the region that was clicked with a mouse or a pen."""

    marked = Signal(str)
    title_height = TITLE_HEIGHT
    letter_px = LETTER_PX

    def __init__(self, regions: RegionSet, view: View, parent: QWidget | None = None) -> None:
        """Show the view without marks."""
        super().__init__(parent)
        self._regions = regions
        self._view = view
        self._kinds_on: dict[str, list[PainKind]] = {}
        self._outlines = {region.key: _outline(region) for region in view.regions}
        self._strokes = [(_polygon(stroke), width) for strokes, width in _weighted(view) for stroke in strokes]
        self._pointed = ""
        self._chosen = ""
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(view.text.en)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show the marks that are on this view; those of other views never appear here."""
        self._kinds_on = {}
        for mark in marks:
            if self._region(mark.region) is not None:
                self._kinds_on.setdefault(mark.region, []).append(self._regions.kind(mark.kind))
        self.update()

    def show_chosen(self, key: str) -> None:
        """Outline the region the keyboard is at."""
        if key != self._chosen:
            self._chosen = key
            self.update()

    def kinds_on(self) -> Mapping[str, list[PainKind]]:
        """Return what this view shows: the kinds on each marked region."""
        return self._kinds_on

    def point_of(self, key: str) -> QPointF:
        """Return a point on the screen inside a region, for the pointer."""
        region = self._regions.region(key)
        inside = next(point for point in _grid(region) if self._view.region_at(*point) is region)
        return self._to_screen().map(QPointF(*inside))

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(USUAL_PX, USUAL_PX + TITLE_HEIGHT)

    def hasHeightForWidth(self) -> bool:
        """Be as high as wide: a narrow view leaves no empty room under the figure."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of figure and title, as far as a figure grows."""
        return min(max(width, LEAST_PX), USUAL_PX) + TITLE_HEIGHT

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which regions can be hit."""
        return QSize(LEAST_PX, LEAST_PX + TITLE_HEIGHT)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Outline and name the region under the pointer."""
        region = self._region_at(event.position())
        pointed = region.key if region else ""
        if pointed != self._pointed:
            self._pointed = pointed
            self.setToolTip(region.text.en if region else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the region under the pointer."""
        self._pointed = ""
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark the region."""
        region = self._region_at(event.position())
        if region is not None and event.button() is Qt.MouseButton.LeftButton:
            self.marked.emit(region.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the figure, its regions and the marks."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.title_height:
            painter.setPen(QColor(colors.muted))
            painter.setFont(theme.font(size_px=theme.LABEL_PX))
            painter.drawText(QRectF(0, 0, self.width(), self.title_height), Qt.AlignmentFlag.AlignCenter, self._view.text.en)
        to_screen = self._to_screen()
        for region in self._view.regions:
            self._paint_region(painter, region, to_screen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke, width in self._strokes:
            painter.setPen(QPen(QColor(colors.edge), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline(to_screen.map(stroke))
        for region in self._view.regions:
            self._paint_letters(painter, region, to_screen)

    def _paint_region(self, painter: QPainter, region: Region, to_screen: QTransform) -> None:
        colors = theme.tokens()
        outline = to_screen.map(self._outlines[region.key])
        near = region.key in (self._pointed, self._chosen)
        painter.fillPath(outline, QColor(colors.accent_weak if near else colors.sunken))
        for kind in self._kinds_on.get(region.key, ()):
            painter.fillPath(outline, QBrush(ink_of(self._regions, kind), PATTERNS[kind.pattern]))
        chosen = region.key == self._chosen
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colors.focus if chosen else colors.accent if near else colors.line), 2 if chosen else 0.8))
        painter.drawPath(outline)

    def _paint_letters(self, painter: QPainter, region: Region, to_screen: QTransform) -> None:
        letters = "".join(kind.letter for kind in self._kinds_on.get(region.key, ()))
        if not letters:
            return
        colors = theme.tokens()
        painter.setFont(theme.font(size_px=self.letter_px, weight=QFont.Weight.Bold))
        box = painter.fontMetrics().boundingRect(letters).adjusted(-3, 0, 3, 0)
        place = QRectF(box)
        place.moveCenter(to_screen.map(self._outlines[region.key]).boundingRect().center())
        painter.setPen(QPen(QColor(colors.line), 1))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(place, 3, 3)
        painter.setPen(QColor(colors.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letters)

    def _region(self, key: str) -> Region | None:
        return next((region for region in self._view.regions if region.key == key), None)

    def _region_at(self, place: QPointF) -> Region | None:
        inverse, _possible = self._to_screen().inverted()
        point = inverse.map(place)
        return self._view.region_at(point.x(), point.y())

    def _to_screen(self) -> QTransform:
        size = min(self.width(), self.height() - self.title_height)
        scale = size / BOX_SIZE
        return QTransform(scale, 0, 0, scale, (self.width() - size) / 2, self.title_height)


def _outline(region: Region) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(_polygon(region.outline))
    path.closeSubpath()
    return path


def _polygon(points: Polyline) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _weighted(view: View) -> tuple[tuple[Sequence[Polyline], float], ...]:
    """Return the strokes of the figure with their widths in pixels."""
    return (view.outline, EDGE_PX), (view.details, DETAIL_PX)


def _grid(region: Region) -> list[tuple[float, float]]:
    """Return points over the region's box, from its middle outwards."""
    xs = [x for x, _y in region.outline]
    ys = [y for _x, y in region.outline]
    middle = ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)
    steps = [part / 20 for part in range(1, 20)]
    points = [(min(xs) + across * (max(xs) - min(xs)), min(ys) + down * (max(ys) - min(ys))) for across in steps for down in steps]
    return sorted(points, key=lambda point: abs(point[0] - middle[0]) + abs(point[1] - middle[1]))
