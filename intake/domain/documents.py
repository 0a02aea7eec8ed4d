"""Documents that left the program, and what was told to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

How = Literal["print", "file"]
Event = Literal["print", "export", "handover"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document as it would leave now: its bytes, its pages, the version of a note (0 while it is not signed), and its language.

    ``preliminary`` papers say so on every page and never stop a clock. ``copy_of`` is the id of the issued document it repeats.
    """

    content: bytes
    pages: int
    version: int = 0
    preliminary: bool = False
    language: str = "en"
    copy_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """One document as it was issued, without its bytes; these are None of documents from before bytes were kept.

    ``stamp`` tells the state of the record it was made from: another one now means "changed since printed".
    """

    id: int
    sha256: str
    kind: str
    patient_id: int
    visit_id: int | None
    request_id: int | None
    version: int
    preliminary: bool
    pages: int | None
    size: int | None
    language: str
    copy_of: int | None
    stamp: str
    how: How
    target: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What was told to whom: ``what`` is the kind of document with its number, ``purpose`` a key of the purposes."""

    at: datetime
    event: Event
    recipient: str
    address: str
    what: str
    purpose: str
    accountable: bool
    by: str
