"""What a patient reads on the intake form, in both languages, read from a versioned file under ``forms/``.

A field of the record that is neither in a section nor left to staff, and a choice without words, are refused: a form that
lost a question would be worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.fields import Described
from intake.domain.forms import FEW_LINES, LINE_WIDTH, FieldText, FormTexts, SectionText
from intake.domain.text import Text
from intake.domain.visits import all_fields

FORMS: Final = "forms"
MOST_LINES: Final = 20
_EMPTY: Final = Text(en="", es="")


def load_form_texts(files: ResourceFiles, version: str, groups: Collection[str]) -> FormTexts:
    """Return one version of the form's words; ``groups`` are the keys of the groups of any checklist.

    ResourceError names file, line and reason when the file is broken.
    """
    root = files.toml_node(f"{FORMS}/{version}.toml")
    root.only("version", "title", "intro", "staff", "section", "picks").child("version").beside("version").one_of((version,))
    known = {field.path: field for field in all_fields()}
    staff = tuple(_staff(part, known) for part in root.child("staff").parts())
    sections = tuple(_section(part, root, known, groups) for part in root.child("section").parts())
    _check(root, sections, staff, known)
    return FormTexts(
        version=version,
        title=_text(root.child("title").beside("[title]")),
        intro=_text(root.child("intro").beside("[intro]")),
        sections=sections,
        staff=staff,
    )


def _staff(part: Node, known: Mapping[str, Described]) -> str:
    path = part.string()
    if path not in known:
        raise part.beside(path).broken(f"the record has no field {path}")
    return path


def _section(part: Node, root: Node, known: Mapping[str, Described], groups: Collection[str]) -> SectionText:
    key = part.child("key").string()
    node = part.beside(f'key = "{key}"').only("key", "title", "note", "field", "group", "drawing")
    group = node.child("group").string() if node.has("group") else ""
    if group and group not in groups:
        raise node.broken(f"no checklist has a group {group}")
    fields = tuple(_field(each, root, known) for each in node.children("field"))
    drawing = node.flag("drawing")
    if sum((bool(group), bool(fields), drawing)) != 1:
        raise node.broken("a section holds fields, or a group of the checklist, or the drawing")
    note = _text(node.child("note")) if node.has("note") else _EMPTY
    return SectionText(key=key, title=_text(node.child("title")), note=note, fields=fields, group=group, drawing=drawing)


def _field(part: Node, root: Node, known: Mapping[str, Described]) -> FieldText:
    path = part.child("path").string()
    node = part.beside(path).only("path", "text", "picks", "width", "lines")
    if path not in known:
        raise node.broken(f"the record has no field {path}")
    return FieldText(
        path=path,
        text=_text(node.child("text")),
        picks=_picks(node, root, known[path]),
        width=_number(node, "width", LINE_WIDTH, most=LINE_WIDTH),
        lines=_number(node, "lines", FEW_LINES, most=MOST_LINES),
    )


def _number(node: Node, key: str, usual: int, *, most: int) -> int:
    number = node.child(key).integer() if node.has(key) else usual
    if not 1 <= number <= most:
        raise node.broken(f"{key} is from 1 to {most}")
    return number


def _picks(node: Node, root: Node, field: Described) -> dict[str, Text]:
    """Return the words of every choice of a field: its own, or those of the set it names."""
    codes = [choice.code for choice in field.about.choices]
    if not node.has("picks"):
        if codes:
            raise node.broken(f"{field.path} has choices, and there are no words for them")
        return {}
    own = node.child("picks")
    given = root.child("picks").child(own.string()).beside(f"[picks.{own.value}]") if isinstance(own.value, str) else own
    missing = [code for code in codes if not given.has(code)]
    if missing:
        raise given.broken(f"the choice {missing[0]} of {field.path} has no words")
    if other := set(given.value) - set(codes):
        raise given.broken(f"{field.path} has no choice {min(other)}")
    return {code: _text(given.child(code)) for code in codes}


def _check(root: Node, sections: tuple[SectionText, ...], staff: tuple[str, ...], known: Mapping[str, Described]) -> None:
    """Refuse what stands twice, and a field of the record that stands nowhere."""
    paths = [*staff, *(field.path for section in sections for field in section.fields)]
    keys = [section.key for section in sections]
    groups = [section.group for section in sections if section.group]
    for listed in (paths, keys, groups):
        if twice := next((each for each in listed if listed.count(each) > 1), None):
            raise root.beside(twice).broken(f"{twice} is given twice")
    if sum(section.drawing for section in sections) != 1:
        raise root.beside("[[section]]").broken("the form has one drawing")
    if left := next((path for path in known if path not in paths), None):
        raise root.beside("[[section]]").broken(f"{left} is in no section and not left to staff")


def _text(node: Node) -> Text:
    node.only("en", "es")
    return Text(en=node.child("en").string().strip(), es=node.child("es").string().strip())
