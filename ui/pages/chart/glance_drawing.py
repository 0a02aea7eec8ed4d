"""The pain drawing as it was made, with the one of the visit before outlined over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake.domain.pain import Mark, RegionSet, View
from ui import theme
from ui.pages.intake.body_view import PATTERNS, BodyView, ink_of
from ui.widgets.card import Card
from ui.widgets.labels import label

_SWATCH, _GAP, _LINE = 13, 14, 20


class OverlaidView(BodyView):
    """A view that shows marks and takes none; ``show_earlier`` outlines regions that were marked before."""

    def __init__(self, regions: RegionSet, view: View, parent: QWidget | None = None) -> None:
        """Show the view without marks."""
        super().__init__(regions, view, parent)
        self.view_key = view.key
        self._earlier: tuple[str, ...] = ()
        self._names = {region.key: region.text.en for region in view.regions}

    def show_earlier(self, marks: Sequence[Mark]) -> None:
        """Outline the regions of this view that were marked at the visit before."""
        self._earlier = tuple(dict.fromkeys(mark.region for mark in marks if mark.region in self._outlines))
        self.update()

    def describe(self) -> None:
        """Say the marks to a screen reader."""
        now = [f"{self._names[key]}: {', '.join(kind.text.en for kind in kinds)}" for key, kinds in self.kinds_on().items()]
        before = [self._names[key] for key in self._earlier]
        told = self.tr("%1 marked").replace("%1", "; ".join(now)) if now else self.tr("no mark")
        if before:
            told += ". " + self.tr("Marked at the visit before: %1").replace("%1", ", ".join(before))
        self.setAccessibleDescription(told)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Mark nothing: what the patient marked stays as it is."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks of this visit, then the outline of those before."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(earlier_pen())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        to_screen = self._to_screen()
        for key in self._earlier:
            painter.drawPath(to_screen.map(self._outlines[key]))


class DrawingCard(Card):
    """The views that anything was marked on, by name those that nothing was, and a legend of the kinds."""

    def __init__(self, regions: RegionSet, parent: QWidget | None = None) -> None:
        """Build the views of one version of the figure."""
        super().__init__(self.tr("Drawing"), " ", parent=parent)
        self.version = regions.version
        self._regions = regions
        self.views = [OverlaidView(regions, view) for view in regions.views]
        self.legend = DrawingLegend(regions)
        self.nothing = label("", "hint", wrap=True)
        for view in self.views:
            self.body.addWidget(view)
        self.body.addWidget(self.legend)
        self.body.addWidget(self.nothing)

    def show_marks(self, marks: Sequence[Mark], earlier: Sequence[Mark], before: str) -> None:
        """Show the marks, and those of the visit before; ``before`` is its day in words, empty when there is none."""
        now = [mark for mark in marks if not self._regions.problems([mark])]
        then = [mark for mark in earlier if not self._regions.problems([mark])]
        for view in self.views:
            view.show_marks(now)
            view.show_earlier(then)
            view.describe()
            view.setVisible(self._touched(view, [*now, *then]))
        self.set_subtitle(self.tr("this visit and %1").replace("%1", before) if before else self.tr("this visit"))
        empty = ", ".join(view.accessibleName().lower() for view in self.views if not self._touched(view, [*now, *then]))
        self.nothing.setText(self.tr("No mark: %1.").replace("%1", empty) if now or then else self.tr("Nothing was marked."))
        self.nothing.setVisible(bool(empty))
        self.legend.show_kinds([mark.kind for mark in now], self.tr("outlined: %1").replace("%1", before) if then and before else "")

    def _touched(self, view: OverlaidView, marks: Sequence[Mark]) -> bool:
        return any(self._regions.region(mark.region).view == view.view_key for mark in marks)


class DrawingLegend(QWidget):
    """What the fills mean: only the kinds that are on the drawing, and the outline."""

    def __init__(self, regions: RegionSet, parent: QWidget | None = None) -> None:
        """Begin without a kind."""
        super().__init__(parent)
        self._regions = regions
        self._kinds: tuple[str, ...] = ()
        self._outline = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_kinds(self, kinds: Sequence[str], outline: str) -> None:
        """Explain these kinds, in the order of the figure, and the outline when it has words."""
        self._kinds = tuple(kind.code for kind in self._regions.kinds if kind.code in kinds)
        self._outline = outline
        words = [self._words(code) for code in self._kinds]
        self.setAccessibleName("; ".join([*words, outline] if outline else words))
        self.setVisible(bool(self._kinds or outline))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Entries wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped entries."""
        return round(max((rect.bottom() for _, rect in self._entries(width)), default=0.0))

    def sizeHint(self) -> QSize:
        """Return the size at a usual width."""
        return QSize(240, self.heightForWidth(240))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a swatch and its words for each entry."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        for code, rect in self._entries(self.width()):
            swatch = QRectF(rect.left() + 0.5, rect.center().y() - _SWATCH / 2, _SWATCH, _SWATCH)
            if code:
                ink = ink_of(self._regions, self._regions.kind(code))
                painter.setPen(QPen(ink, 1))
                painter.setBrush(QBrush(ink, PATTERNS[self._regions.kind(code).pattern]))
            else:
                painter.setPen(earlier_pen())
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(swatch)
            painter.setPen(colors.color("muted"))
            words = self._words(code) if code else self._outline
            painter.drawText(rect.adjusted(_SWATCH + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

    def event(self, event: QEvent) -> bool:
        """Measure again in another font."""
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        return super().event(event)

    def _words(self, code: str) -> str:
        kind = self._regions.kind(code)
        return f"{kind.letter} {kind.text.en.lower()}"

    def _entries(self, width: int) -> Iterator[tuple[str, QRectF]]:
        metrics = theme.metrics(size_px=theme.LABEL_PX)
        x, y = 0.0, 0.0
        for code in (*self._kinds, *([""] if self._outline else [])):
            wide = metrics.horizontalAdvance(self._words(code) if code else self._outline) + _SWATCH + 7
            if x and x + wide > width:
                x, y = 0.0, y + _LINE
            yield code, QRectF(x, y, wide, _LINE)
            x += wide + _GAP


def earlier_pen() -> QPen:
    """Return the pen of what was marked at the visit before: dashed, so that it is told apart without color too."""
    return QPen(theme.tokens().color("text"), 1.6, Qt.PenStyle.DashLine, Qt.PenCapStyle.RoundCap)
