"""The keys that work now, as the foot bar shows them."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ui.pages.intake.choices import Choices
from ui.pages.intake.editors import LineEditor, LongEditor
from ui.pages.intake.list_editor import ListEditor
from ui.pages.page import Key


class Legend(QObject):
    """Says which keys work, most used first."""

    def keys_of(self, section: str, widget: QWidget | None) -> tuple[Key, ...]:
        """Return the keys of the field the keyboard is in, then those of the form."""
        return (*self._field_keys(section, widget), *self._form_keys(section))

    def saved_keys(self) -> tuple[Key, ...]:
        """Return the keys after a save."""
        return (
            Key(keys=("Ctrl P",), text=self.tr("print")),
            Key(keys=("Ctrl N",), text=self.tr("next intake")),
            Key(keys=("Ctrl T",), text=self.tr("Today")),
        )

    def _field_keys(self, section: str, widget: QWidget | None) -> tuple[Key, ...]:
        after = Key(keys=("Enter",), text=self.tr("next"))
        if section == "drawing":
            return (
                Key(keys=("Space",), text=self.tr("mark")),
                Key(keys=("1", "…", "7"), text=self.tr("kind of pain")),
                Key(keys=("A", "…", "Z"), text=self.tr("find a region")),
                after,
            )
        if isinstance(widget, Choices):
            return (*self._choice_keys(section, widget), after)
        if isinstance(widget, ListEditor):
            return (Key(keys=("A", "…", "Z"), text=self.tr("choose")), Key(keys=("Space",), text=self.tr("list")), after)
        if isinstance(widget, LineEditor | LongEditor):
            return (after, *(Key(keys=(f"Alt {letter.upper()}",), text=word) for letter, word in widget.words.items()))
        return (after,)

    def _choice_keys(self, section: str, widget: Choices) -> tuple[Key, ...]:
        if widget.is_state():
            return (Key(keys=("Y", "N", "U"), text=self.tr("answer")), Key(keys=("Right",), text=self.tr("details")))
        if section == "checklist":
            return (Key(keys=("1", "…", "9"), text=self.tr("pick")),)
        letters = tuple(letter.upper() for letter in widget.letters if letter)
        return (Key(keys=letters, text=self.tr("answer")), Key(keys=("Del",), text=self.tr("not asked")))

    def _form_keys(self, section: str) -> tuple[Key, ...]:
        language = (Key(keys=("F2",), text=self.tr("English, Spanish")),) if section == "checklist" else ()
        return (
            Key(keys=("Alt Down",), text=self.tr("next section")),
            *language,
            Key(keys=("Ctrl S",), text=self.tr("save")),
            Key(keys=("Ctrl P",), text=self.tr("save and print")),
            Key(keys=("Ctrl M",), text=self.tr("more fields")),
            Key(keys=("F6",), text=self.tr("same person?")),
            Key(keys=("Ctrl D",), text=self.tr("drawing")),
            Key(keys=("F8",), text=self.tr("next problem")),
            Key(keys=("Ctrl 1", "…", "8"), text=self.tr("section")),
            Key(keys=("Shift Enter",), text=self.tr("back")),
        )
