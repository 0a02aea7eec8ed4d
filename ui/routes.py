"""Where one page asks the window to go, without knowing the window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeStart:
    """How a new intake begins: empty, from a kept draft, for a known patient, or with what was already typed."""

    draft_id: int | None = None
    patient_id: int | None = None
    raw: Mapping[str, object] | None = None


class Routes(QObject):
    """Signals from pages to the window; their names are the places."""

    today = Signal()
    intake = Signal(object)
    """An :class:`IntakeStart`."""
    patients = Signal()
    patient = Signal(int)
    """A patient's id."""
    request = Signal(int)
    """A patient's id, when that page is shown: go to the first request to amend that is open."""
    preview = Signal(int)
    """A visit's id: show its intake form."""
    paper = Signal(int, object)
    """A visit's id and a kind of paper (a ``Paper``): show it."""
    documents = Signal()
    letter = Signal(int)
    """A request's id: show the letter that is written for it."""
    document = Signal(int)
    """An issued document's id: show it as it left."""
    ask_document = Signal(int)
    """A patient's id: show Documents with a new request for this patient."""
    print_asked = Signal(object)
    """The ids of the requests to print, None for everything that is ready."""
    reprint_asked = Signal(int, str)
    """A request's id, and why its document is printed once more, as a copy."""
    printing = Signal()
    """Show how this desk prints each kind of document."""
    papers = Signal(object)
    """A patient's id: show what can be made for this patient on the spot; None: the intake forms that are nobody's yet."""
    review = Signal()
    chart = Signal(int)
    """A visit's id: show its chart."""
    listed = Signal(object)
    """The clinic whose list of charts is worked through, None for all."""
    place = Signal(str)
    """A place there is one of: settings, audit, backup, retention."""
    audit = Signal(object, str)
    """The audit of the record of this patient id and name, None and "" for all of it."""
    lock = Signal()
    """Lock this desk."""
    back_up = Signal()
    """Back up to every folder now."""
    prove = Signal(int, int)
    """The ids of a folder and of a backup in it: open it in a scratch place and read all of it."""
    backup_progressed = Signal(float)
    """How far the copy is that is being written, from 0 to 1."""
    said = Signal(str)
    """A short message for the foot bar."""
    alarmed = Signal(str)
    """What is wrong and somebody has to look into, for the foot bar."""
    refused = Signal(str)
    """Why a key does nothing here, for the foot bar; empty when it is told no more."""
    call = Signal()
    """Call a clinician to the patient in hand."""
    my_password = Signal()
    """Ask for the present password and a new one."""
    restored = Signal(str)
    """A backup is ready to take the store's place: sign out, and say this at the sign-in."""
    new_key = Signal()
    """Sign out and give the store a new key."""
    closed = Signal(object)
    """A page that is finished and is to be taken away (an intake after its save)."""
    practice_changed = Signal(object)
    """All definitions, as the practice or one of its clinics was just changed in them: whoever makes paper takes these from now on."""
    changed = Signal()
    """This desk wrote something that lists show: counts and drafts are asked for again."""
