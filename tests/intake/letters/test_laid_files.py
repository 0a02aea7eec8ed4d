"""A file of the definitions that somebody laid into the practice's folder: what is for clinicians stays for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Actor
from intake.paths import RESOURCES
from intake.storage.store import Store
from tests.intake.access.desk import signed_in
from tests.intake.letters.office import Office
from tests.intake.letters.papers import REFERRAL

BODY = "The fingers went numb after a fall from a ladder."


@pytest.mark.parametrize("file", ["letters/referral_letter.toml", "documents/neck-documents-1.toml"])
def test_a_file_laid_into_the_folder_opens_no_letter(
    store: Store, clinician: Actor, desk: Actor, definitions: Definitions, tmp_path: Path, file: str
) -> None:
    """A template without the codes of the review, and a kind that is written from another template, are for who they were."""
    laid = tmp_path / "laid" / file
    laid.parent.mkdir(parents=True)
    text = (RESOURCES / file).read_text("utf-8")
    if file.startswith("letters"):
        text = text[: text.index('[[field]]\nkey = "codes"')] + text[text.index("[[part]]") :]
        text = text.replace('[[part]]\ntext = { en = "Codes of the signed review: {codes}" }\n\n', "")
    else:
        text = text.replace('template = "referral_letter"', 'template = "work_status"')
    laid.write_text(text, "utf-8")
    laid_in = load_definitions(RESOURCES, tmp_path / "laid")
    assert laid_in.document_kinds != definitions.document_kinds or laid_in.templates != definitions.templates
    assert laid_in.document_kinds.kind("referral_letter").task is definitions.document_kinds.kind("referral_letter").task
    room = Office(store, clinician, laid_in)
    request = room.ask("referral_letter")
    room.keep(request, {} if file.startswith("documents") else REFERRAL, body=BODY)
    with signed_in(store.paths, desk.staff.login) as front:
        kept = front.store._connection.execute("SELECT typed, body FROM letter WHERE request_id = ?", (request.id,)).fetchone()
    assert kept is not None
    assert kept[0].startswith('["notes1:')
    assert "ladder" not in str(kept)
