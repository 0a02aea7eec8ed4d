"""Whether a file that comes back is a document as it left here: the signed record, an older version of it, or neither."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from intake.documents.keywords import LARGEST_MB, Named, named_in
from intake.domain.documents import IssuedDocument
from intake.domain.numbers import VISIT_PREFIX, read_number, visit_number
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError
from intake.storage.store import Store

VerdictKind = Literal["signed_current", "signed_older", "preliminary", "intake", "homecare", "document", "unknown", "altered"]
_AS_ISSUED: Final[dict[str, VerdictKind]] = {"intake_form": "intake", "home_care": "homecare"}
_NOTE: Final = "visit_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a file is. ``version`` and ``current_version`` are those of the visit's note, 0 while it is not signed.

    A ``document`` is any other than the papers of a visit: a letter, a copy of the record. Of an ``altered`` file number and version
    are what it says of itself; of an ``unknown`` one nothing is known.
    """

    kind: VerdictKind
    visit_number: str | None = None
    version: int = 0
    current_version: int = 0
    issued_at: datetime | None = None


def verify(store: Store, actor: Actor, pdf: bytes, *, now: datetime) -> Verdict:
    """Return what a file is, by its bytes; one that names a visit of ours and is not as it was issued is ``altered``.

    Raises IntakeError ``pdf_too_large``.
    """
    actor.must(Task.VERIFY_DOCUMENT)
    if len(pdf) > LARGEST_MB * 2**20:
        raise IntakeError("pdf_too_large", limit_mb=LARGEST_MB)
    sha256 = hashlib.sha256(pdf).hexdigest()
    named = named_in(pdf)
    with store.transaction():
        # A row that the audit's chain does not know of is no document: it tells of every one that left.
        known = (each for each in store.documents.known(sha256) if store.audit.tells_of_paper(each.patient_id, each.visit_id, sha256))
        issued = next(known, None)
        visit_id = issued.visit_id if issued else _visit_named(store, named)
        verdict = _verdict(store, issued, named, visit_id)
        patient_id = issued.patient_id if issued else None if visit_id is None else store.visits.patient_of(visit_id)
        changes = {"verdict": (None, verdict.kind), "sha256": (None, sha256)}
        store.audit.add(actor, "verify_document", at=now, patient_id=patient_id, visit_id=visit_id, changes=changes)
    return verdict


def _visit_named(store: Store, named: Named | None) -> int | None:
    """Return the id of the visit a file names, None when no visit here has that number."""
    number = read_number(named.visit_number) if named else None
    if number is None or number[0] != VISIT_PREFIX:
        return None
    return number[1] if store.visits.patient_of(number[1]) is not None else None


def _verdict(store: Store, issued: IssuedDocument | None, named: Named | None, visit_id: int | None) -> Verdict:
    if visit_id is None:
        return Verdict(kind="document", issued_at=issued.at) if issued else Verdict(kind="unknown")
    current = store.reviews.version(visit_id)
    if issued is None:
        return Verdict(kind="altered", visit_number=visit_number(visit_id), version=named.version if named else 0, current_version=current)
    return Verdict(
        kind=_kind(issued, current),
        visit_number=visit_number(visit_id),
        version=issued.version,
        current_version=current,
        issued_at=issued.at,
    )


def _kind(issued: IssuedDocument, current: int) -> VerdictKind:
    if issued.kind != _NOTE:
        return _AS_ISSUED.get(issued.kind, "document")
    if issued.version == 0:
        return "preliminary"
    return "signed_current" if issued.version == current else "signed_older"
