"""The look that the tables of every place share: whole rows, no grid, a quiet head that does not sort."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTableView

HEAD_PX = 30


def dress_table(table: QTableView, delegate: QAbstractItemDelegate, *, row_px: int) -> None:
    """Let ``delegate`` paint a table's rows, of this height, one of which is current; Tab leaves the table."""
    table.setItemDelegate(delegate)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    side, head = table.verticalHeader(), table.horizontalHeader()
    side.hide()
    side.setDefaultSectionSize(row_px)
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head.setFixedHeight(HEAD_PX)
    head.setHighlightSections(False)
    head.setSectionsClickable(False)
