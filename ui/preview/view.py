"""The preview: the paper, and above it which page this is and how large."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.preview.canvas import PdfCanvas
from ui.widgets.buttons import Chip
from ui.widgets.labels import label


class PreviewView(QWidget):
    """Shows a PDF with :meth:`show_pdf`, or says in words why there is none with :meth:`show_words`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the view, with nothing to show yet."""
        super().__init__(parent)
        self.canvas = PdfCanvas()
        self.canvas.setAccessibleName(self.tr("Preview of the paper"))
        self.where = label("", "hint")
        self.words = label("", "muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.words)
        self._stack.addWidget(self.canvas)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(self._strip())
        outer.addWidget(self._stack, 1)
        self.canvas.moved.connect(self._tell)
        self.canvas.refused.connect(self._refused)
        self.setFocusProxy(self.canvas)

    def show_pdf(self, pdf: bytes, *, stay: bool = False) -> None:
        """Show a document from its first page, or with ``stay`` where the one before was read."""
        self.canvas.show_pdf(pdf, stay=stay)
        self._stack.setCurrentWidget(self.canvas)

    def show_words(self, text: str) -> None:
        """Show words where the paper would be."""
        self.words.setText(text)
        self.where.setText("")
        self._stack.setCurrentWidget(self.words)

    def shows_paper(self) -> bool:
        """Say whether a document is on screen, and not words."""
        return self._stack.currentWidget() is self.canvas

    def _strip(self) -> QHBoxLayout:
        strip = QHBoxLayout()
        strip.setSpacing(6)
        strip.addWidget(self.where)
        strip.addStretch(1)
        for sign, name, act in (
            ("−", self.tr("Smaller"), self._smaller),
            ("+", self.tr("Larger"), self._larger),
            (self.tr("Fit width"), self.tr("Fit the width"), self.canvas.fit_width),
        ):
            chip = Chip(sign)
            chip.setCheckable(False)
            chip.setAccessibleName(name)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # each has its key on the paper, where the focus stays
            chip.clicked.connect(act)
            strip.addWidget(chip)
        return strip

    def _smaller(self) -> None:
        self.canvas.zoom(-1)

    def _larger(self) -> None:
        self.canvas.zoom(1)

    def _tell(self, page: int, pages: int, percent: int) -> None:
        words = self.tr("Page %1 of %2 · %3 %").replace("%1", str(page)).replace("%2", str(pages)).replace("%3", str(percent))
        self.where.setText(words)
        self.canvas.setAccessibleDescription(words)

    def _refused(self) -> None:
        self.show_words(self.tr("This file is damaged and cannot be shown. Close the preview and open it again."))
