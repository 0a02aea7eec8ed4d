"""What the window can do for this person: one list for the palette, the keys and the help."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake.domain.staff import Task
from ui.desk import Desk
from ui.routes import IntakeStart, Routes


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something the window can do: its words, the key that does it without the palette, and the doing."""

    words: str
    key: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doings:
    """What the window itself does, which no place does."""

    call: Callable[[], object]
    check_document: Callable[[], object]
    help: Callable[[], object]
    give_screen: Callable[[], object]
    import_form: Callable[[], object]
    leave: Callable[[], object]
    show_clinic: Callable[[str | None], object]


class Commands(QObject):
    """The commands of one signed-in person; what the role may not do is not offered."""

    def __init__(self, desk: Desk, routes: Routes, doings: Doings, parent: QObject | None = None) -> None:
        """Keep where the commands lead."""
        super().__init__(parent)
        self._desk = desk
        self._routes = routes
        self._doings = doings

    def places(self) -> list[Command]:
        """Return the commands that have a key everywhere."""
        desk, routes, doings = self._desk, self._routes, self._doings
        reviews = desk.may(Task.REVIEW)
        call = self.tr("Answer the open call") if reviews else self.tr("Call a clinician")
        offered = (
            (desk.may(Task.RECORD_INTAKE), Command(words=self.tr("New intake"), key="Ctrl N", act=self.begin_intake)),
            (True, Command(words=self.tr("Today"), key="Ctrl T", act=routes.today.emit)),
            (True, Command(words=self.tr("Patients"), key="Ctrl F", act=routes.patients.emit)),
            (reviews, Command(words=self.tr("Review"), key="Ctrl R", act=routes.review.emit)),
            (True, Command(words=self.tr("Documents"), key="Ctrl O", act=routes.documents.emit)),
            (True, Command(words=self.tr("Print what is ready"), key="F9", act=self.print_ready)),
            (True, Command(words=self.tr("Settings"), key="Ctrl U", act=partial(routes.place.emit, "settings"))),
            (desk.may(Task.READ_AUDIT), Command(words=self.tr("Audit"), key="Ctrl H", act=partial(routes.place.emit, "audit"))),
            (desk.may(Task.RESTORE), Command(words=self.tr("Backup"), key="Ctrl B", act=partial(routes.place.emit, "backup"))),
            (reviews or desk.may(Task.CALL_CLINICIAN), Command(words=call, key="F7", act=doings.call)),
            (
                desk.may(Task.RECORD_INTAKE),
                Command(words=self.tr("Hand the screen to the patient"), key="Ctrl Shift P", act=doings.give_screen),
            ),
            (True, Command(words=self.tr("Keys here"), key="F1", act=doings.help)),
            (True, Command(words=self.tr("Lock this desk"), key="Ctrl L", act=routes.lock.emit)),
            (True, Command(words=self.tr("Switch user"), key="Ctrl Shift L", act=doings.leave)),
        )
        return [command for offer, command in offered if offer]

    def all(self) -> tuple[Command, ...]:
        """Return every command for the palette."""
        doings = self._doings
        clinics = [
            Command(words=self.tr("Today at %1").replace("%1", each.name), key=f"Alt {number}", act=partial(doings.show_clinic, each.key))
            for number, each in enumerate(self._desk.definitions.practice.locations, start=1)
        ]
        every = Command(words=self.tr("Today at all clinics"), key="Alt 0", act=partial(doings.show_clinic, None))
        check = Command(words=self.tr("Check a document (or drop a PDF on the window)"), key="", act=doings.check_document)
        records = self._desk.may(Task.RECORD_INTAKE)
        forms = (
            [Command(words=self.tr("Import a filled form (or drop it on the window)"), key="", act=doings.import_form)] if records else []
        )
        printing = Command(words=self.tr("Printers, trays and copies at this desk"), key="", act=self._routes.printing.emit)
        blank = Command(words=self.tr("Blank intake form, English or Spanish"), key="", act=partial(self._routes.papers.emit, None))
        password = Command(words=self.tr("My password"), key="", act=self._routes.my_password.emit)
        back_up = Command(words=self.tr("Back up now"), key="", act=self._routes.back_up.emit)
        removes = self._desk.may(Task.REMOVE_RECORDS)
        old = [Command(words=self.tr("Old records and their removal"), key="", act=partial(self._routes.place.emit, "retention"))]
        return (*self.places(), check, *forms, blank, printing, password, back_up, *(old if removes else ()), *clinics, every)

    def add_shortcuts(self, window: QWidget) -> None:
        """Have the keys work everywhere in the window."""
        for command in self.places():
            QShortcut(QKeySequence(command.key.replace(" ", "+")), window, command.act)

    def print_ready(self) -> None:
        """Print everything that is ready at this clinic."""
        self._routes.print_asked.emit(None)

    def begin_intake(self) -> None:
        """Show an empty intake."""
        self._routes.intake.emit(IntakeStart())
