"""The prompts of a chart, above everything else that was answered. None of them goes away by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.prompts import Level
from ui.pages.chart.glance_prompt_row import LEVELS, PromptRow, PromptWords
from ui.pages.intake.flow import laid_out_once
from ui.widgets.card import Card
from ui.widgets.labels import label, set_tone

_TONES = {Level.NOW: "danger", Level.TODAY: "warning", Level.REVIEW: ""}


class PromptsBox(Card):
    """One row a prompt, and under them what was not asked. ``acknowledged`` carries a prompt's id and the word on it.

    ``typed`` carries the same at every keystroke.
    """

    acknowledged = Signal(int, str)
    typed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the box without a prompt."""
        super().__init__(self.tr("Prompts"), parent=parent)
        self.rows: list[PromptRow] = []
        self._shown = 0
        self._sentences = [label("", "muted", wrap=True) for _ in range(2)]
        for each in self._sentences:
            self.body.addWidget(each)

    def show_prompts(
        self, prompts: Sequence[PromptWords], sentences: Sequence[str], *, may: bool, typed: Callable[[int], str] = lambda _id: ""
    ) -> None:
        """Show the prompts, those that wait first; the rows of the visit before serve again. ``typed`` tells what was typed on one."""
        with laid_out_once(self):
            while len(self.rows) < len(prompts):
                row = PromptRow(self)
                row.acknowledged.connect(self.acknowledged)
                row.typed.connect(self.typed)
                row.pointed.connect(partial(self._point, row))
                self.body.insertWidget(len(self.rows), row)
                self.rows.append(row)
            self._shown = len(prompts)
            for row, words in zip(self.rows, prompts, strict=False):
                row.show_prompt(words, may=may, typed=typed(words.id))
            for place, row in enumerate(self.rows):
                row.setVisible(place < len(prompts))
                row.show_rule(shown=place == 0 and row.is_open())
                row.show_key(shown=place == 0)
            for place, each in enumerate(self._sentences):
                each.setText(sentences[place] if place < len(sentences) else "")
                each.setVisible(place < len(sentences))
        self._say([each for each in prompts if not each.done])

    def waiting(self) -> list[PromptRow]:
        """Return the rows this person may acknowledge, in their order."""
        return [row for row in self.rows[: self._shown] if row.is_open()]

    def row_of(self, prompt_id: int) -> PromptRow | None:
        """Return the row of a prompt, None when it is not shown."""
        return next((row for row in self.rows[: self._shown] if row.words is not None and row.words.id == prompt_id), None)

    def sentences(self) -> list[str]:
        """Return what is said under the prompts."""
        return [each.text() for each in self._sentences if not each.isHidden()]

    def _point(self, pointed: PromptRow) -> None:
        """Show the rule of one row only, so that all prompts are in sight."""
        for row in self.rows[: self._shown]:
            row.show_rule(shown=row is pointed)

    def _say(self, waiting: Sequence[PromptWords]) -> None:
        if waiting:
            count = len(waiting)
            sign = LEVELS[waiting[0].level][0][0]
            words = self.tr("1 answer for your attention") if count == 1 else self.tr("%1 answers for your attention")
            title = f"{sign} {words.replace('%1', str(count))}"
        else:
            title = self.tr("✓ Every prompt is acknowledged") if self._shown else self.tr("Prompts")
        tone = _TONES[waiting[0].level] if waiting else ""
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.set_tone(tone)
        set_tone(self.title_label, LEVELS[waiting[0].level][1] if waiting else "")
