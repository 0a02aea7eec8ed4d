"""The chapter of trust: a desk that is locked over a half-typed form, a backup that is proven, and who looked at a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.tour.chapter import CTRL_SHIFT, PASSWORD
from ui.tour.forms import FormChapter
from ui.tour.patient import SAID
from ui.tour.steps import ENTER, Photograph, Step, TourError, Until, Write, ctrl, press

if TYPE_CHECKING:
    # Only for their types: loading the pages early would hide what opening them costs.
    from ui.lock.locking import Locking
    from ui.lock.screen import LockScreen
    from ui.pages.audit.page import AuditPage
    from ui.pages.backup.page import BackupPage

BACKUPS = "backups"
HALF, REST = "Halfway", "-Locked"
LEFT = press(Qt.Key.Key_Left)


class TrustChapter(FormChapter):
    """The receptionist locks the desk, then the administrator looks after it; it begins at whatever screen the desk was left at."""

    said = SAID

    def steps(self) -> Iterator[Step]:
        """Yield every step from the half-typed name to the report of who looked at a record."""
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._sign_in("desk", nobody_came=True)
        yield from self._lock_and_unlock()
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._sign_in("admin", nobody_came=True)
        yield from self._settings()
        yield from self._back_up()
        yield from self._who_looked()

    def _lock_and_unlock(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_N)
        yield from self._form_is_ready()
        yield Write(text=f"{HALF}{REST}")
        yield from (LEFT for _ in REST)
        yield ctrl(Qt.Key.Key_L)
        yield Until(what="the locked desk", holds=lambda: self._locking().is_locked)
        yield Photograph(name="locked")
        yield Write(text=f"not-{PASSWORD}")
        yield ENTER
        yield Until(what="the refusal on the locked desk", holds=self._is_refused)
        yield Photograph(name="lock-refused")
        yield Until(what="the end of the wait", holds=self._may_try)
        yield Write(text=PASSWORD)
        yield ENTER
        yield Until(what="the form as it was, with the cursor where it was", holds=self._caret_is_back)
        yield Photograph(name="unlocked")

    def _settings(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_U)
        yield Until(what="the settings", holds=lambda: self._shows("SettingsPage"))
        yield Photograph(name="settings")

    def _back_up(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_B)
        yield Until(what="the backups", holds=lambda: self._shows("BackupPage"))
        target = self._out.resolve() / BACKUPS
        target.mkdir(exist_ok=True)
        yield press(Qt.Key.Key_N)
        yield Until(what="the field for the folder", holds=self._asks_folder)
        yield Write(text=str(target))
        yield Photograph(name="backup-folder")
        yield ENTER
        yield Until(what="a backup that was opened again and proven", holds=self._is_proven)
        yield Photograph(name="backup-proven")

    def _who_looked(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_H)
        yield Until(what="the audit", holds=lambda: self._shows("AuditPage") and bool(self._audit().entries))
        yield Photograph(name="audit")
        yield press(Qt.Key.Key_R)
        page = self._audit()
        yield Write(text="ana river")
        yield Until(what="the patient among those found", holds=lambda: not page.pick.list_view.isHidden())
        yield ENTER
        yield Until(what="who looked at the record", holds=lambda: page.viewers.report is not None)
        yield Photograph(name="access-report")

    def _locking(self) -> Locking:
        beside = self._app.at_work
        if beside is None:
            raise TourError("nobody is signed in")
        return beside.locking

    def _lock_screen(self) -> LockScreen:
        screen = self._locking().screen
        if screen is None:
            raise TourError("the desk is not locked")
        return screen

    def _is_refused(self) -> bool:
        return self._lock_screen().password_box.has_problem()

    def _may_try(self) -> bool:
        return self._lock_screen().unlock_button.isEnabled()

    def _caret_is_back(self) -> bool:
        field = QApplication.focusWidget()
        back = isinstance(field, QLineEdit) and (field.text(), field.cursorPosition()) == (f"{HALF}{REST}", len(HALF))
        return back and not self._locking().is_locked

    def _backup(self) -> BackupPage:
        return cast("BackupPage", self._page("BackupPage"))

    def _asks_folder(self) -> bool:
        return self._backup().add_overlay.folder_field.hasFocus()

    def _is_proven(self) -> bool:
        found = self._backup().found
        return found is not None and any(each.proven_at is not None for each in found.targets)

    def _audit(self) -> AuditPage:
        return cast("AuditPage", self._page("AuditPage"))
