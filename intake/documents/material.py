"""What a requested document is made of, read from the record once, so that it can be made on any thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.domain.document_kinds import DocumentKind
from intake.domain.letters import Letter
from intake.domain.records import VisitRecord
from intake.domain.requests import Request
from intake.domain.reviews import Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyMark:
    """A document to be printed again as it left: its id and its bytes, and what every page of the copy says: when, and by whom."""

    document_id: int
    content: bytes
    version: int
    language: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that a document of a request is made of.

    ``charts`` are those of its visit, or for a records copy of every visit, the first first; ``record`` is the visit of an intake
    form or a letter. ``stamp`` tells the state of the record when this was read.
    """

    kind: DocumentKind
    request: Request
    stamp: str
    charts: tuple[Chart, ...] = ()
    record: VisitRecord | None = None
    letter: Letter | None = None
