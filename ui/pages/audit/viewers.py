"""Who looked at one record: everybody with how often, first and last, over the entries of that record."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from intake.domain.audit import AccessReport
from ui.pages.audit.words import viewer_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import label

MOST = 6


class ViewersCard(Card):
    """The access report on screen, hidden until there is one."""

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        """Build it hidden; times are told in ``zone``."""
        super().__init__(" ", " ", parent=parent)
        self._zone = zone
        self.report: AccessReport | None = None
        self._lines: list[QLabel] = []
        self.save_button = Button(self.tr("Save access report"), key="S")
        self.add_trailing(self.save_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self.title_label.setText(self.tr("Who looked at this record"))
        self.setAccessibleName(self.title_label.text())
        self.hide()

    def show_report(self, report: AccessReport | None) -> None:
        """Show a report, or hide."""
        self.report = report
        for each in self._lines:
            self._grid.removeWidget(each)
            each.deleteLater()
        self._lines = []
        self.setVisible(report is not None)
        if report is None:
            return
        people = len(report.viewers)
        self.set_subtitle(
            self.tr("%1 entries, %2 people, in these days").replace("%2", f"{people:,}").replace("%1", f"{len(report.entries):,}")
        )
        for place, viewer in enumerate(report.viewers[:MOST]):
            who, how_often = viewer_words(viewer, self._zone)
            self._put(label(who, "strong"), place, 0)
            self._put(label(how_often, "muted", wrap=True), place, 1)
        if people > MOST:
            self._put(label(self.tr("and %1 more, all in the report").replace("%1", str(people - MOST)), "muted"), MOST, 0)

    def words(self) -> list[str]:
        """Return the lines that are shown."""
        return [each.text() for each in self._lines]

    def _put(self, line: QLabel, place: int, column: int) -> None:
        self._grid.addWidget(line, place, column)
        self._lines.append(line)
