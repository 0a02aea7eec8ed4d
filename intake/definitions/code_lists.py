"""The codes a clinician picks from, read from a dated file under ``codes/``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.codes import Code, CodeList

CODES: Final = "codes"
_CATEGORY: Final = 3
"""Characters of the coarsest heading, such as M54."""
_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One code as the file has it: ``excludes`` are its own, without those of the headings above."""

    node: Node
    code: str
    topic: str
    heading: bool
    excludes: tuple[str, ...]


def load_codes(files: ResourceFiles, name: str) -> CodeList:
    """Return one release of the codes; ResourceError names file, line and reason when its file is broken."""
    root = files.toml_node(f"{CODES}/{name}.toml")
    release = root.child("release").beside("release").string()
    if not name.endswith(release):
        raise root.beside("release").broken(f"the file's name ends with its release, {release}")
    rows = {row.code: row for row in _rows(root)}
    if not rows:
        raise root.beside("topic").broken("there is no code")
    _check(rows)
    return CodeList(
        release=release,
        in_force=_day(root, "in_force"),
        superseded_on=_day(root, "superseded_on") if root.has("superseded_on") else None,
        source=root.child("source").beside("source").string(),
        codes=tuple(_code(row, rows) for row in rows.values()),
    )


def _rows(root: Node) -> Iterator[_Row]:
    known: set[str] = set()
    for topic in root.child("topic").parts():
        label = topic.child("label").string()
        for part in topic.beside(label).child("codes").parts():
            code = part.child("code").string()
            node = part.beside(f'code = "{code}"')
            if code in known:
                raise node.broken(f"{code} is given twice")
            known.add(code)
            excludes = tuple(_shaped(each) for each in node.children("excludes"))
            yield _Row(node=node, code=_shaped(node.child("code")), topic=label, heading=node.flag("heading"), excludes=excludes)


def _check(rows: Mapping[str, _Row]) -> None:
    """Refuse a heading with nothing to pick under it, and a code that can be billed with a finer one under it."""
    for code, following in pairwise([*sorted(rows), ""]):
        finer = following.startswith(code)
        if finer != rows[code].heading:
            reason = f"{following} stands under it, so it is a heading" if finer else "a heading has codes under it"
            raise rows[code].node.broken(reason)


def _code(row: _Row, rows: Mapping[str, _Row]) -> Code:
    """Return the code with the Excludes1 of every heading above it."""
    above = [rows[row.code[:length]] for length in range(_CATEGORY, len(row.code) + 1) if row.code[:length] in rows]
    return Code(
        code=row.code,
        title=row.node.child("title").string(),
        topic=row.topic,
        billable=not row.heading,
        excludes=tuple(sorted({prefix for each in above for prefix in each.excludes})),
        note=row.node.child("note").string() if row.node.has("note") else "",
    )


def _shaped(node: Node) -> str:
    if not _CODE.fullmatch(code := node.string()):
        raise node.broken(f"{code} is not shaped like a code")
    return code


def _day(root: Node, key: str) -> date:
    node = root.child(key).beside(key)
    if type(node.value) is not date:
        raise node.broken(f"{key}: a day such as 2026-04-01 is expected, without quotes")
    return node.value
