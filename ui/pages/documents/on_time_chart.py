"""Week by week: the share of documents handed over in time, as bars with their numbers."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake.domain.on_time import Week, percent
from intake.entry.dates import SHORT_MONTHS
from intake.entry.on_time_rows import week_name
from ui import theme

_LINE_PX: Final = 200
_LOW_LINE_PX: Final = 150
"""How high a line of bars is, the only one or one of several."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 24, 46
_WIDEST = 44
_GAP_PX: Final = 10
_USUAL_PX: Final = 480
_NOTHING_DUE = "–"
_BOLD = QFont.Weight.DemiBold


class OnTimeChart(QWidget):
    """One bar a week. The pale part of a bar was late or is owed still.

    Every week with documents keeps its words: what has no room beside the others goes on in another line below.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._weeks: tuple[Week, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("On time by week"))

    def show_weeks(self, weeks: tuple[Week, ...]) -> None:
        """Draw these weeks; a screen reader hears their numbers."""
        self._weeks = weeks
        said = (f"{week_name(week)}: {_share(week)}, {week.tally.on_time} / {week.tally.due}" for week in weeks)
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def places(self) -> list[tuple[Week, QRectF]]:
        """Return where each week stands, with its bar and its words."""
        lines = self._lines(self.width())
        high = self._line_px(lines)
        step = (self.width() - _LEFT - _RIGHT) / max((len(line) for line in lines), default=1)
        return [
            (week, QRectF(_LEFT + place * step, number * high, step, high))
            for number, line in enumerate(lines)
            for place, week in enumerate(line)
        ]

    def words(self, week: Week) -> tuple[str, str, str]:
        """Return what is written at a week: the share above its bar, below it the first day and how many of how many."""
        tally = week.tally
        counted = f"{tally.on_time:,} / {tally.due:,}" if tally.due else ""
        return _share(week), f"{SHORT_MONTHS[week.first.month - 1]} {week.first.day}", counted

    def words_px(self, week: Week) -> float:
        """Return how much room the words at a week take."""
        share, day, counted = self.words(week)
        plain = theme.metrics(size_px=theme.LABEL_PX)
        return max(
            theme.metrics(size_px=theme.LABEL_PX, weight=_BOLD).horizontalAdvance(share),
            plain.horizontalAdvance(day),
            plain.horizontalAdvance(counted),
        )

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow picture has more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width."""
        lines = self._lines(width)
        return self._line_px(lines) * max(len(lines), 1)

    def sizeHint(self) -> QSize:
        """Return the size of a picture one reads at a glance."""
        return QSize(_USUAL_PX, _LINE_PX)

    def minimumSizeHint(self) -> QSize:
        """Have room for one week at least."""
        return QSize(_LEFT + _RIGHT + self._widest(), _LOW_LINE_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint scale, bars and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self.places()
        for top in dict.fromkeys(place.top() for _week, place in places) or (0.0,):
            self._paint_scale(painter, QRectF(0, top, self.width(), places[0][1].height() if places else self.height()))
        for week, place in places:
            self._paint_bar(painter, week, place)
            self._paint_words(painter, week, place)

    def _lines(self, width: int) -> list[tuple[Week, ...]]:
        """Return the weeks in lines of the same length, each with room for all its words; of several, those with anything due."""
        fit = max(1, (width - _LEFT - _RIGHT) // self._widest())
        long = math.ceil(len(self._weeks) / max(1, math.ceil(len(self._weeks) / fit)))
        lines = [self._weeks[at : at + long] for at in range(0, len(self._weeks), max(1, long))]
        return [line for line in lines if any(week.tally.due for week in line)] or lines[-1:]

    def _widest(self) -> int:
        return math.ceil(max((self.words_px(week) for week in self._weeks), default=0)) + _GAP_PX

    def _line_px(self, lines: list[tuple[Week, ...]]) -> int:
        return _LINE_PX if len(lines) < 2 else _LOW_LINE_PX  # noqa: PLR2004 - one line or several

    def _paint_scale(self, painter: QPainter, line: QRectF) -> None:
        colors = theme.tokens()
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        bars = _bars(line)
        for part in (0.0, 0.5, 1.0):
            y = bars.bottom() - bars.height() * part
            painter.setPen(QPen(colors.color("line"), 1))
            painter.drawLine(_LEFT, round(y), self.width() - _RIGHT, round(y))
            painter.setPen(colors.color("muted"))
            where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 8, _LEFT - 8, 16), where, f"{round(part * 100)} %")

    def _paint_bar(self, painter: QPainter, week: Week, place: QRectF) -> None:
        share = week.tally.share
        if share is None:
            return
        colors = theme.tokens()
        bars, wide = _bars(place), min(place.width() * 0.62, _WIDEST)
        whole = QRectF(place.center().x() - wide / 2, bars.top(), wide, bars.height())
        painter.setPen(QPen(colors.color("line"), 1))
        painter.setBrush(colors.color("sunken"))
        painter.drawRect(whole)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("accent"))
        painter.drawRect(whole.adjusted(0, whole.height() * (1 - share), 0, 0))

    def _paint_words(self, painter: QPainter, week: Week, place: QRectF) -> None:
        colors, bars = theme.tokens(), _bars(place)
        share, day, counted = self.words(week)
        above = (bars.top() if week.tally.share is not None else bars.bottom()) - 19
        painter.setFont(theme.font(size_px=theme.LABEL_PX, weight=_BOLD))
        painter.setPen(colors.color("text"))
        painter.drawText(_box(place, above), Qt.AlignmentFlag.AlignCenter, share)
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        painter.setPen(colors.color("muted"))
        painter.drawText(_box(place, bars.bottom() + 5), Qt.AlignmentFlag.AlignCenter, day)
        painter.drawText(_box(place, bars.bottom() + 22), Qt.AlignmentFlag.AlignCenter, counted)


def _bars(line: QRectF) -> QRectF:
    """Return where the bars stand in a line, between the words above and below."""
    return line.adjusted(0, _TOP, 0, -_BOTTOM)


def _box(place: QRectF, top: float) -> QRectF:
    return QRectF(place.left(), top, place.width(), 16)


def _share(week: Week) -> str:
    return _NOTHING_DUE if week.tally.share is None else percent(week.tally.share)
