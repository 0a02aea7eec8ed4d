"""``pdf letter``: a requested letter as a file that only its owner can read."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from intake.actions.issuing import keep_document
from intake.actions.letters import open_letter
from intake.actions.requests import request_id_of
from intake.commands.output import put_line
from intake.commands.session import now, session
from intake.commands.writing import replacing


def letter(options: Namespace) -> int:
    """Write the letter, put one line, and keep it as it left the program; an incomplete or unsigned one says so on every page."""
    from intake.actions.material import material_of  # noqa: PLC0415 - a command loads only what it needs
    from intake.documents.making import make  # noqa: PLC0415 - as above

    with session(options) as desk:
        request_id = request_id_of(options.visit)
        missing = open_letter(desk.store, desk.actor, request_id, definitions=desk.definitions, now=now()).missing
        material = material_of(desk.store, desk.actor, request_id, definitions=desk.definitions, now=now())
        made = make(material, desk.definitions, training=desk.paths.training, printed_at=now())
        request = material.request
        with replacing(Path(options.output), made.content), desk.store.transaction():
            keep_document(
                desk.store,
                desk.actor,
                made,
                kind=request.kind,
                patient_id=request.patient_id,
                visit_id=request.visit_id,
                request_id=request_id,
                how="file",
                target="file",
                now=now(),
                stamp=material.stamp,
            )
    told = {"file": options.output, "document": request.number, "kind": request.kind, "bytes": len(made.content), "pages": made.pages}
    put_line({**told, "version": made.version, "preliminary": made.preliminary, "missing": list(missing)})
    return 0
