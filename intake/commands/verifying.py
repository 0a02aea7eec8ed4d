"""``verify-document``: whether a file equals the signed record, an older version of it, or neither."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from intake.actions.verifying import Verdict, verify
from intake.commands.output import put_line, tell
from intake.commands.session import now, session
from intake.documents.keywords import LARGEST_MB
from intake.errors import IntakeError
from intake.wording import VERDICTS

AS_ISSUED: Final = frozenset({"signed_current", "signed_older", "preliminary", "intake", "homecare", "document"})


def verify_document(options: Namespace) -> int:
    """Put one line and say one sentence; 0 for a file as it left here, 1 for any other."""
    content = _content(options.file)
    with session(options) as desk:
        verdict = verify(desk.store, desk.actor, content, now=now())
    put_line(_line(verdict))
    tell(words_of(verdict))
    return 0 if verdict.kind in AS_ISSUED else 1


def words_of(verdict: Verdict) -> str:
    """Return the verdict as a sentence."""
    number = verdict.visit_number or ""
    facts = {"visit": number, "version": verdict.version, "current": verdict.current_version}
    issued = f"{verdict.issued_at:%Y-%m-%d %H:%M} UTC" if verdict.issued_at else ""
    return VERDICTS[verdict.kind].format(**facts, issued=issued)


def _line(verdict: Verdict) -> dict[str, object]:
    return {
        "verdict": verdict.kind,
        "visit": verdict.visit_number,
        "version": verdict.version,
        "current_version": verdict.current_version,
        "issued_at": verdict.issued_at.isoformat() if verdict.issued_at else None,
    }


def _content(name: str) -> bytes:
    """Return a file's bytes, at most one more than may be.

    Raises IntakeError ``file_missing``, ``file_unreadable``, ``pdf_too_large``.
    """
    try:
        with Path(name).open("rb") as file:
            content = file.read(LARGEST_MB * 2**20 + 1)
    except FileNotFoundError as error:
        raise IntakeError("file_missing") from error
    except (OSError, ValueError) as error:
        raise IntakeError("file_unreadable") from error
    if len(content) > LARGEST_MB * 2**20:
        raise IntakeError("pdf_too_large", limit_mb=LARGEST_MB)
    return content
