"""The one line above the form that says what stands in the way, and offers the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from intake.errors import IntakeError
from intake.wording import text_of
from ui.pages.intake.saving import Saving
from ui.widgets.notices import Banner


class Teller(QObject):
    """Puts words into the banner; never a window in the way."""

    def __init__(self, banner: Banner, saving: Saving, parent: QObject | None = None) -> None:
        """Tell what the save asks and what it failed on."""
        super().__init__(parent)
        self._banner = banner
        self._saving = saving
        self._asks_clinic = False
        self._draft_lost = False
        banner.pressed.connect(self._pressed)
        saving.clinic_asked.connect(self.ask_clinic)
        saving.failed.connect(self.failed)

    def ask_clinic(self, name: str) -> None:
        """Ask once whether the visit is meant for another clinic than this desk's."""
        words = self.tr("This desk is at another clinic. Save the visit for %1?").replace("%1", name)
        self._asks_clinic = True
        self._banner.say(words, tone="warning", action=self.tr("Save for %1").replace("%1", name))
        self._banner.button.setFocus()

    def say_match(self) -> None:
        """Say that a strong match waits for an answer."""
        self._banner.say(text_of("strong_match_unanswered"), tone="warning")

    def say_gone(self) -> None:
        """Say that the draft asked for is no more."""
        self._banner.say(self.tr("This draft is gone: it was saved or thrown away meanwhile."), tone="warning")

    def failed(self, error: Exception) -> None:
        """Say why something could not be done; what was typed is still there."""
        if not isinstance(error, IntakeError):
            raise error
        self._banner.say(text_of(error.code, **error.facts), tone="danger")

    def draft_failed(self, error: Exception) -> None:
        """Say that the disk refuses the draft; it is tried again by itself."""
        if not isinstance(error, IntakeError):
            raise error
        self._draft_lost = True
        again = self.tr("What you typed is still here, and writing it down is tried again by itself.")
        self._banner.say(f"{text_of(error.code, **error.facts)} {again}", tone="danger")

    def draft_kept(self) -> None:
        """Take the warning back: everything is on disk."""
        if self._draft_lost:
            self._draft_lost = False
            self._banner.hide()

    def clear(self) -> None:
        """Say nothing."""
        self._asks_clinic = False
        self._banner.hide()

    def _pressed(self) -> None:
        if self._asks_clinic:
            self.clear()
            self._saving.confirm_clinic()
            self._saving.again()
        else:
            self._banner.hide()
