"""Marks on the pages of a finished PDF: what the pages say stays as it is, byte for byte, with the mark under or beside it."""

from __future__ import annotations

import itertools
from typing import Final

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, IndirectObject, NameObject, PdfObject, StreamObject

MARK: Final = "/DeskMark"
"""What a mark is called on a page, with a number: a page may have one already."""
RESOURCES, XOBJECTS, CONTENTS = NameObject("/Resources"), NameObject("/XObject"), NameObject("/Contents")


def as_mark(document: pypdf.PdfWriter, page: pypdf.PageObject) -> IndirectObject:
    """Return a page of another PDF as a mark that ``put_mark`` draws on pages of ``document``."""
    contents = page.get_contents()
    mark = StreamObject()
    mark[NameObject("/Type")] = XOBJECTS
    mark[NameObject("/Subtype")] = NameObject("/Form")
    mark[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in page.mediabox)
    mark[RESOURCES] = page[RESOURCES].clone(document)
    mark.set_data(b"" if contents is None else contents.get_data())
    return _added(document, mark.flate_encode())


def put_mark(
    document: pypdf.PdfWriter, page: pypdf.PageObject, mark: IndirectObject, *, under: bool, matrix: tuple[float, ...] = ()
) -> None:
    """Draw a mark on a page of ``document``, under or over what it says; ``matrix`` moves what it says, never the mark."""
    resources = _entries(page.get(RESOURCES))
    named = _entries(resources.get(XOBJECTS))
    name = next(free for number in itertools.count(1) if (free := NameObject(f"{MARK}{number}")) not in named)
    drawn = f"q {name} Do Q\n".encode()
    moved = b" ".join(b"%.6g" % part for part in matrix) + b" cm\n" if matrix else b""
    before = (drawn if under else b"") + b"q " + moved
    after = b"\nQ\n" + (b"" if under else drawn)
    said = page[CONTENTS].get_object() if CONTENTS in page else ArrayObject()
    streams = said if isinstance(said, ArrayObject) else ArrayObject([page.raw_get(CONTENTS)])
    page[CONTENTS] = ArrayObject([_stream(document, before), *streams, _stream(document, after)])
    resources[XOBJECTS] = DictionaryObject({**named, name: mark})
    page[RESOURCES] = DictionaryObject(resources)


def _entries(part: PdfObject | None) -> dict[PdfObject, PdfObject]:
    """Return what a dictionary of the file holds, which other pages may share; nothing when there is none."""
    found = part.get_object() if part is not None else None
    return dict(found) if isinstance(found, DictionaryObject) else {}


def _stream(document: pypdf.PdfWriter, data: bytes) -> IndirectObject:
    stream = StreamObject()
    stream.set_data(data)
    return _added(document, stream)


def _added(document: pypdf.PdfWriter, part: StreamObject) -> IndirectObject:
    return document._add_object(part)  # noqa: SLF001 - pypdf has no public way to add a stream of one's own
