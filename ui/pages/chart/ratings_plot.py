"""Pain ratings over visits, raw as given: the software says how far apart two of them are and never what that means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.pages.intake.flow import FlowRows
from ui.widgets.buttons import Chip
from ui.widgets.card import Card
from ui.widgets.labels import label

HIGHEST = 10
HIGH_PX, LEAST_PX = 148, 180
_LEFT, _RIGHT, _TOP, _BOTTOM = 26, 20, 20, 24
_DOT = 3.5
THRESHOLDS = "Raw ratings, 0 none to 10 worst. Published change thresholds: 1.3 (Cleland 2008), 4.0 (Kovacs 2008)."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One rating at one visit; None when it was not asked."""

    day: str
    value: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratings:
    """One question over the visits, the earliest first; the last one is the visit on the chart."""

    name: str
    values: tuple[Rated, ...]

    def sentence(self) -> str:
        """Return all values in words."""
        return f"{self.name}: " + ", ".join(f"{each.day} {'not asked' if each.value is None else each.value}" for each in self.values)

    def change(self) -> str:
        """Return how far the last value is from the one before it, with both of them; empty when there are not two."""
        rated = [each for each in self.values if each.value is not None]
        if len(rated) < 2 or self.values[-1].value is None:  # noqa: PLR2004 - a change needs two values
            return ""
        before, now = rated[-2], rated[-1]
        by = (now.value or 0) - (before.value or 0)
        if not by:
            return f"The same as on {before.day}: {now.value}."
        return f"Change since {before.day}: {by:+d} ({before.value} to {now.value})."


class RatingsPlot(QWidget):
    """Visit by visit, evenly spaced, each dot with its number; a visit without a rating has a gap with words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._ratings = Ratings(name="", values=())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ratings(self, ratings: Ratings) -> None:
        """Plot these values."""
        self._ratings = ratings
        self.setAccessibleName(ratings.sentence())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a small plot."""
        return QSize(LEAST_PX + 80, HIGH_PX)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which dates still fit."""
        return QSize(LEAST_PX, HIGH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scale, the line and the dots."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_scale(painter)
        points = [(self._place(place, each.value), each) for place, each in enumerate(self._ratings.values) if each.value is not None]
        painter.setPen(QPen(theme.tokens().color("accent"), 2))
        if len(points) > 1:
            painter.drawPolyline([point for point, _ in points])
        for point, each in points:
            self._paint_dot(painter, point, str(each.value))
        self._paint_days(painter)

    def _paint_scale(self, painter: QPainter) -> None:
        colors = theme.tokens()
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        for value in (0, HIGHEST // 2, HIGHEST):
            y = self._place(0, value).y()
            painter.setPen(QPen(colors.color("line"), 1))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - _RIGHT / 2, y))
            painter.setPen(colors.color("muted"))
            painter.drawText(QRectF(0, y - 8, _LEFT - 8, 16), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(value))

    def _paint_dot(self, painter: QPainter, point: QPointF, words: str) -> None:
        colors = theme.tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("accent"))
        painter.drawEllipse(point, _DOT, _DOT)
        painter.setPen(colors.color("text"))
        painter.setFont(theme.font(size_px=theme.LABEL_PX, weight=QFont.Weight.DemiBold))
        painter.drawText(QRectF(point.x() - 16, point.y() - 21, 32, 16), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_days(self, painter: QPainter) -> None:
        colors = theme.tokens()
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        painter.setPen(colors.color("muted"))
        values = self._ratings.values
        step = self._step()
        for place, each in enumerate(values):
            x = self._place(place, 0).x()
            wide = max(step, 70.0)
            box = QRectF(min(max(x - wide / 2, 0), self.width() - wide), self.height() - _BOTTOM + 6, wide, 18)
            edge = Qt.AlignmentFlag.AlignRight if place == len(values) - 1 and place else Qt.AlignmentFlag.AlignHCenter
            painter.drawText(box, edge | Qt.AlignmentFlag.AlignVCenter, each.day)
            if each.value is None:
                painter.drawText(QRectF(box.left(), self._place(place, 5).y() - 8, wide, 16), Qt.AlignmentFlag.AlignHCenter, "not asked")

    def _step(self) -> float:
        room = self.width() - _LEFT - _RIGHT - 2 * _DOT
        return room / max(len(self._ratings.values) - 1, 1)

    def _place(self, place: int, value: int | None) -> QPointF:
        high = self.height() - _TOP - _BOTTOM
        alone = len(self._ratings.values) == 1
        x = self.width() / 2 if alone else _LEFT + 2 * _DOT + place * self._step()
        return QPointF(x, _TOP + high * (1 - (value or 0) / HIGHEST))


class RatingsCard(Card):
    """One of the ratings at a time, chosen by its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the card without ratings."""
        super().__init__(self.tr("Pain ratings"), self.tr("0 to 10"), parent=parent)
        self.plot = RatingsPlot()
        self.change = label("", "", wrap=True)
        self.source = label(THRESHOLDS, "hint", wrap=True)
        self._ratings: tuple[Ratings, ...] = ()
        self.chips: list[Chip] = []
        self._chosen = 0
        self._names = QWidget()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._names.setSizePolicy(policy)
        self._flow = FlowRows(self._names, gap_x=6, gap_y=6, grows=False)
        for widget in (self._names, self.plot, self.change, self.source):
            self.body.addWidget(widget)

    def show_ratings(self, ratings: Sequence[Ratings]) -> None:
        """Show these ratings; without any there is nothing to show."""
        self._ratings = tuple(ratings)
        while len(self.chips) < len(ratings):
            chip = Chip("")
            chip.clicked.connect(partial(self.choose, len(self.chips)))
            self.chips.append(chip)
            self._flow.addWidget(chip)
        for place, chip in enumerate(self.chips):
            chip.setVisible(place < len(ratings))
            if place < len(ratings) and chip.text() != ratings[place].name:
                chip.setText(ratings[place].name)
                chip.setAccessibleName(ratings[place].name)
        self.setVisible(bool(ratings))
        if ratings:
            self.choose(min(self._chosen, len(ratings) - 1))

    def choose(self, place: int) -> None:
        """Plot the rating at a place."""
        self._chosen = place
        for index, chip in enumerate(self.chips):
            chip.setChecked(index == place)
        ratings = self._ratings[place]
        self.plot.show_ratings(ratings)
        self.change.setText(ratings.change())
        self.change.setVisible(bool(ratings.change()))
