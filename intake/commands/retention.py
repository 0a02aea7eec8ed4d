"""``retention``: what may go and until when the rest stays; removals, from the proposal to the end; records kept longer."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from intake.actions import retention as acts
from intake.actions.labels import patient_numbered
from intake.actions.retention_copy import copy_source, make_copy, note_copy, write_copy
from intake.commands.of_patient import clinic_of
from intake.commands.output import put_line, tell
from intake.commands.session import Session, now, password, session
from intake.domain.retention import Reckoned, Removal
from intake.errors import IntakeError
from intake.storage.retention import FIRST

NOT_ENCRYPTED: Final = "The two files are not encrypted. Keep them where only the practice can read them."
IN_BACKUPS: Final = "Backups made before still hold the record until they are rotated out."


def retention(options: Namespace) -> int:
    """Do one step and put what came of it as JSON lines."""
    with session(options) as desk:
        _STEPS[options.step](desk, options)
    return 0


def _list(desk: Session, options: Namespace) -> None:
    if options.find is not None:
        for line in acts.search_kept(desk.store, desk.actor, options.find, definitions=desk.definitions, now=now()):
            put_line(_line(line))
        return
    after = FIRST
    while True:
        found = acts.overview(desk.store, desk.actor, definitions=desk.definitions, now=now(), after=after)
        for line in found.due:
            put_line(_line(line))
        if found.more is None:
            break
        after = found.more
    for removal in (*(removal for removal, _ in found.proposed), *found.removed):
        put_line(_removal(removal))


def _propose(desk: Session, options: Namespace) -> None:
    patient_id = patient_numbered(options.record)
    put_line(_removal(acts.propose(desk.store, desk.actor, patient_id, definitions=desk.definitions, now=now())))


def _export(desk: Session, options: Namespace) -> None:
    removal = _open(desk, options)
    source = copy_source(desk.store, desk.actor, removal.id, definitions=desk.definitions, now=now())
    made = make_copy(source, definitions=desk.definitions, location=clinic_of(desk), training=desk.paths.training, printed_at=now())
    paths = write_copy(made, Path(options.output))
    put_line({**_removal(note_copy(desk.store, desk.actor, removal.id, made, now=now())), "files": [str(path) for path in paths]})
    tell(NOT_ENCRYPTED)


def _consent(desk: Session, options: Namespace) -> None:
    removal, login = _open(desk, options), desk.actor.staff.login
    put_line(_removal(acts.consent(desk.store, desk.actor, removal.id, login=login, password=password(), now=now())))


def _withdraw(desk: Session, options: Namespace) -> None:
    removal = _open(desk, options)
    acts.withdraw(desk.store, desk.actor, removal.id, now=now())
    put_line({"mrn": removal.number, "removal": removal.id, "withdrawn": True})


def _remove(desk: Session, options: Namespace) -> None:
    removal = _open(desk, options)
    put_line(_removal(acts.remove(desk.store, desk.actor, removal.id, definitions=desk.definitions, now=now())))
    while acts.forget_words(desk.store, desk.actor):
        pass
    tell(IN_BACKUPS)


def _hold(desk: Session, options: Namespace) -> None:
    act = acts.keep_no_more if options.end else acts.keep_record
    patient_id = patient_numbered(options.record)
    put_line(_line(act(desk.store, desk.actor, patient_id, reason=options.reason, definitions=desk.definitions, now=now())))


def _open(desk: Session, options: Namespace) -> Removal:
    """Return the removal that was proposed of a record. Raises IntakeError ``removal_not_found``."""
    removal = acts.removal_of(desk.store, desk.actor, patient_numbered(options.record))
    if removal is None:
        raise IntakeError("removal_not_found")
    return removal


def _line(line: Reckoned) -> dict[str, Any]:
    stays = line.stays(acts.utc_day(now()))
    return {
        "mrn": line.number,
        "name": line.name,
        "last_entry": line.last_at.isoformat(),
        "may_go_from": line.free_on.isoformat(),
        "stays": stays.value if stays else None,
        "kept_for": line.keep.reason if line.keep else None,
    }


def _removal(removal: Removal) -> dict[str, Any]:
    return {
        "mrn": removal.number,
        "removal": removal.id,
        "proposed_by": removal.proposed.by,
        "proposed_at": removal.proposed.at.isoformat(),
        "pdf_sha256": removal.copy.pdf_sha256 if removal.copy else None,
        "rows_sha256": removal.copy.rows_sha256 if removal.copy else None,
        "consents": [given.by for given in removal.consents],
        "removed_at": removal.ended.at.isoformat() if removal.ended else None,
    }


_STEPS: Final[dict[str, Callable[[Session, Namespace], None]]] = {
    "list": _list,
    "propose": _propose,
    "export": _export,
    "consent": _consent,
    "withdraw": _withdraw,
    "remove": _remove,
    "hold": _hold,
}
