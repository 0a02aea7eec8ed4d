"""The form behind a draft, told beside it: what is to be confirmed, and what could not be taken over as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.entry.form_fields import MARK
from intake.entry.from_form import FromForm, OddField
from intake.wording import label_of, text_of
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.form_marks import SIGN
from ui.widgets.card import Card
from ui.widgets.labels import Pill, label

MOST_LINES = 12
LANGUAGES = {"en": "English", "es": "Español"}
_LEFT = ("field_unread", "field_unknown", "field_emptied")
"""What a patient wrote and stands nowhere on the page, or took away and stands there; it is told first."""


class FormCard(Card):
    """Hidden for an intake that was typed."""

    def __init__(self, document: IntakeDocument, parent: QWidget | None = None) -> None:
        """Follow the document's marks."""
        super().__init__(self.tr("From a filled form"), parent=parent)
        self._document = document
        self._form: FromForm | None = None
        self._left = Pill()
        self._keys = label(self.tr("F3 confirms the field in hand, Shift F3 the whole section."), "hint", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.body.addWidget(self._left)
        self.body.addWidget(self._keys)
        self.body.addLayout(self._lines)
        document.form_marks.changed.connect(self._follow)
        document.changed.connect(self._follow)
        self._follow("")

    def words(self) -> Sequence[str]:
        """Return the lines of the card."""
        items = (self._lines.itemAt(index) for index in range(self._lines.count()))
        return [item.widget().text() for item in items if item is not None]  # type: ignore[union-attr]  # labels, all of them

    def _follow(self, _path: str) -> None:
        form = self._document.form_marks.form
        self.setVisible(form is not None)
        if form is None:
            return
        if form is not self._form:
            self._form = form
            self._show(form)
        left = len(self._document.to_confirm())
        said = self.tr("%1 to confirm").replace("%1", str(left)) if left else self.tr("all confirmed")
        self._left.show_text(f"{SIGN if left else '✓'} {said}", "info" if left else "ok")
        self._keys.setVisible(bool(left))

    def _show(self, form: FromForm) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.title_label.setText(self.tr("From a filled form") if form.sha256 else self.tr("From the patient"))
        where = "" if form.sha256 else self.tr("At the screen")
        language = LANGUAGES.get(form.language, self.tr("language not told"))
        self._say(" · ".join(part for part in (where, language, form.version) if part), "hint")
        for note in form.notes:
            self._say(f"⚠ {text_of(note)}", tone="warning")
        told = sorted(form.odd, key=lambda each: each.code not in _LEFT)
        for each in told[:MOST_LINES]:
            self._say(_line(each, self._document.definitions))
        if (more := len(told) - MOST_LINES) > 0:
            self._say(self.tr("and %1 more fields").replace("%1", str(more)), "hint")

    def _say(self, text: str, kind: str = "", *, tone: str = "") -> None:
        line = label(text, kind, tone=tone, wrap=True)
        line.setMinimumWidth(1)  # the name of a field in a file is one long word, and the card ends where the panel does
        self._lines.addWidget(line)


def _line(odd: OddField, definitions: Definitions) -> str:
    """Return a field by its name and label, why it is told, and what was filled in but stands nowhere on the page."""
    path = odd.name.partition(MARK)[0]
    known = label_of(path, definitions)
    called = odd.name if known == path else f"{known} ({odd.name})"
    said = f"{called}: {text_of(odd.code)}"
    return f"{said}: “{odd.text}”" if odd.text else said
