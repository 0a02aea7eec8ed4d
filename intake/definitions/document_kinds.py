"""The kinds of document and the purposes of disclosure, read from a versioned file under ``documents/``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.document_kinds import DocumentKind, DocumentKinds, DueRule, Paper, Purpose, WaitsFor
from intake.domain.requests import WAYS
from intake.domain.text import Text
from intake.domain.visits import VISIT_TYPES

DOCUMENTS: Final = "documents"
LANGUAGES: Final = ("en", "es")
_KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_WAITS: Final = {
    Paper.VISIT_NOTE: (WaitsFor.VISIT,),
    Paper.HOME_CARE: (WaitsFor.VISIT,),
    Paper.INTAKE_FORM: (WaitsFor.NOTHING,),
    Paper.RECORDS_COPY: (WaitsFor.NOTHING,),
    Paper.LETTER: (WaitsFor.NOTHING, WaitsFor.LETTER),
}
"""What each paper can wait for: what carries a signed review waits for it, and only a letter can be signed by itself."""
_KIND: Final = (
    "key", "name", "paper", "template", "waits_for", "due", "languages", "patient_reads", "leaves_by", "purpose", "visit_types", "duplex",
)  # fmt: skip
PROMISED: Final = "visit_note"
"""The key of the kind that every visit is promised by itself."""
_LONGEST: Final = {"hours": 24 * 366, "days": 366}


def load_document_kinds(files: ResourceFiles, version: str) -> DocumentKinds:
    """Return one version of the kinds; ResourceError names file, line and reason when its file is broken."""
    root = files.toml_node(f"{DOCUMENTS}/{version}.toml")
    root.only("version", "document", "purpose").child("version").beside("version").one_of((version,))
    purposes = tuple(_purpose(part) for part in root.child("purpose").parts())
    keys = tuple(purpose.key for purpose in purposes)
    kinds = tuple(_kind(part, keys) for part in root.child("document").parts())
    if not (kinds and purposes):
        raise root.broken("a document and a purpose are needed")
    _refuse_twice(root, "document", (kind.key for kind in kinds))
    _refuse_twice(root, "purpose", keys)
    _refuse_unpromised(root, kinds)
    return DocumentKinds(version=version, kinds=kinds, purposes=purposes)


def _kind(part: Node, purposes: tuple[str, ...]) -> DocumentKind:
    key, node = _keyed(part)
    node.only(*_KIND)
    paper = Paper(node.child("paper").one_of(tuple(Paper)))
    return DocumentKind(
        key=key,
        name=_text(node.child("name")),
        paper=paper,
        waits_for=WaitsFor(node.child("waits_for").one_of(_WAITS[paper])),
        due=_due(node.child("due")),
        template=_template(node, paper),
        languages=_listed(node.child("languages"), LANGUAGES),
        patient_reads=node.flag("patient_reads"),
        leaves_by=node.child("leaves_by").one_of(tuple(way.code for way in WAYS)),
        purpose=node.child("purpose").one_of(purposes),
        visit_types=_listed(node.child("visit_types"), tuple(kind.code for kind in VISIT_TYPES)) if node.has("visit_types") else (),
        duplex=node.flag("duplex"),
    )


def _purpose(part: Node) -> Purpose:
    key, node = _keyed(part)
    if not node.only("key", "name", "accountable", "source").has("accountable"):
        raise node.broken("accountable is missing")
    name, source = _text(node.child("name")), node.child("source").string()
    return Purpose(key=key, name=name, accountable=node.flag("accountable"), source=source)


def _keyed(part: Node) -> tuple[str, Node]:
    """Return the key of a part, and the part to be searched by the line of its key."""
    key = part.child("key").string()
    node = part.beside(f'key = "{key}"')
    if not _KEY.fullmatch(key):
        raise node.broken("a key has small letters, digits and _ only")
    return key, node


def _due(node: Node) -> DueRule:
    if not isinstance(node.value, dict) or len(node.value) != 1 or not set(node.value) <= set(_LONGEST):
        raise node.broken("due: { hours = 24 } or { days = 21 } is expected")
    ((unit, _),) = node.value.items()
    if not 1 <= (count := node.child(unit).integer()) <= _LONGEST[unit]:
        raise node.broken(f"due: {unit} from 1 to {_LONGEST[unit]} are expected")
    return DueRule(hours=count) if unit == "hours" else DueRule(days=count)


def _template(node: Node, paper: Paper) -> str:
    if paper is Paper.LETTER:
        return node.child("template").string()
    if node.has("template"):
        raise node.broken("only a letter has a template")
    return ""


def _listed(node: Node, allowed: tuple[str, ...]) -> tuple[str, ...]:
    listed = tuple(part.one_of(allowed) for part in node.parts())
    if not listed or len(set(listed)) != len(listed):
        raise node.broken(f"one or more of these, each once: {', '.join(allowed)}")
    return listed


def _refuse_twice(root: Node, name: str, keys: Iterable[str]) -> None:
    for before, after in pairwise(sorted(keys)):
        if before == after:
            raise root.beside(f'key = "{before}"').broken(f"the {name} {before} is given twice")


def _refuse_unpromised(root: Node, kinds: tuple[DocumentKind, ...]) -> None:
    """Refuse a file without the note that every visit is promised: no visit could be recorded."""
    note = next((kind for kind in kinds if kind.key == PROMISED), None)
    if note is None:
        raise root.beside("[[document]]").broken(f"there is no document {PROMISED}, which every visit is promised")
    if note.paper is not Paper.VISIT_NOTE or note.visit_types:
        raise root.beside(f'key = "{PROMISED}"').broken(f"{PROMISED} is the paper {Paper.VISIT_NOTE.value} of every visit")


def _text(node: Node) -> Text:
    node.only(*LANGUAGES)
    return Text(en=node.child("en").string().strip(), es=node.child("es").string().strip())
