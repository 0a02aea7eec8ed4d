"""The templates of letters, one file each under ``letters/``: refused whole when a field in them is not known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from intake.definitions.document_kinds import DOCUMENTS, LANGUAGES
from intake.definitions.letter_rules import check_template
from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.definitions.versions import versions
from intake.domain.document_kinds import DocumentKind, DocumentKinds
from intake.domain.fields import Choice
from intake.domain.letters import CLINICAL_SOURCES, DATE_SOURCES, SOURCES, FieldKind, LetterField, Part, Template
from intake.domain.staff import NEED_NOTES
from intake.domain.text import Text

LETTERS: Final = "letters"
OWN_PAPER: Final = ("to_patient", "authorization")
"""Purposes for which everything may be said: a person's own record, to that person or to whom that person names."""
_ROOT: Final = (
    "version", "languages", "basis", "title", "salutation", "closing", "own_words", "recipient", "address", "about", "field", "part",
)  # fmt: skip
_FIELD_KEYS: Final = ("key", "label", "kind", "source", "required", "choices", "hint", "clinical")
_KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_FIELD = re.compile(r"\{([^{}]*)\}")
_FEWEST_CHOICES: Final = 2


def load_templates(files: ResourceFiles, kinds: DocumentKinds) -> Mapping[str, Template]:
    """Return every template by its key; ResourceError names file, line and reason when one is broken or one that is needed missing."""
    purposes = tuple(purpose.key for purpose in kinds.purposes)
    templates = {key: _template(files, key, purposes) for key in versions(files, LETTERS, ".toml")}
    root = files.toml_node(f"{DOCUMENTS}/{kinds.version}.toml")
    for kind in kinds.kinds:
        node = root.beside(f'template = "{kind.template}"')
        if kind.template and kind.template not in templates:
            raise node.broken(f"there is no file {LETTERS}/{kind.template}.toml")
        if kind.template and not set(kind.languages) <= set(templates[kind.template].languages):
            raise node.broken(f"{kind.template} is not written in all of: {', '.join(kind.languages)}")
    return templates


def told_by(kinds: DocumentKinds, templates: Mapping[str, Template], closed: Collection[str] = ()) -> DocumentKinds:
    """Return the kinds, each knowing whether its template tells what stands in the review of a visit.

    What is ``closed`` as it comes with the program stays so, whatever file lies in the place of it.
    """
    told = {key for key, template in templates.items() if template.tells_review}
    return replace(kinds, kinds=tuple(replace(kind, tells_review=kind.template in told or _opened(kind, closed)) for kind in kinds.kinds))


def closed_kinds(kinds: DocumentKinds) -> frozenset[str]:
    """Return the keys of the kinds that not everybody may read."""
    return frozenset(kind.key for kind in kinds.kinds if kind.task in NEED_NOTES)


def _opened(kind: DocumentKind, closed: Collection[str]) -> bool:
    return kind.key in closed and replace(kind, tells_review=False).task not in NEED_NOTES


def _template(files: ResourceFiles, key: str, purposes: tuple[str, ...]) -> Template:
    root = files.toml_node(f"{LETTERS}/{key}.toml")
    version = root.only(*_ROOT).child("version").beside("version").string()
    if not re.fullmatch(re.escape(key) + r"-\d+", version, re.ASCII):
        raise root.beside("version").broken(f"a version looks like {key}-1")
    languages = tuple(part.one_of(LANGUAGES) for part in root.child("languages").beside("languages").parts())
    basis = tuple(part.one_of(purposes) for part in root.children("basis")) if root.has("basis") else ()
    reader = _Reader(root, languages, basis)
    template = Template(
        key=key,
        version=version,
        title=reader.plain("title"),
        fields=tuple(reader.fields.values()),
        parts=tuple(reader.part(part) for part in root.child("part").parts()),
        salutation=reader.plain("salutation"),
        closing=reader.plain("closing"),
        languages=languages,
        basis=basis,
        about=tuple(reader.part(part) for part in root.children("about")),
        own_words=reader.named("own_words", FieldKind.CONSENT),
        recipient=reader.named("recipient", FieldKind.TEXT),
        address=reader.named("address", FieldKind.LONG),
    )
    check_template(root, template)
    return template


class _Reader:
    """Reads the parts of one template, knowing its fields."""

    def __init__(self, root: Node, languages: Sequence[str], basis: tuple[str, ...]) -> None:
        """Read the fields first."""
        self._root = root
        self._languages = languages
        self._basis = basis
        self._clinical: set[str] = set()
        self.fields: dict[str, LetterField] = {}
        for part in root.child("field").parts():
            self._add(part)

    def text(self, node: Node) -> Text:
        """Return a wording in the template's languages; one that is not among them says what the English says."""
        en = node.only(*LANGUAGES).child("en").string().strip()
        return Text(en=en, es=node.child("es").string().strip() if "es" in self._languages else en)

    def plain(self, key: str) -> Text:
        """Return a wording of the whole letter, in which no field stands: nothing fills it."""
        node = self._root.child(key).beside(f"{key} = ")
        return self._plain(node, self.text(node))

    def named(self, key: str, kind: FieldKind) -> str:
        """Return the name of a field of this kind that the file gives under a key, empty when it gives none."""
        if not self._root.has(key):
            return ""
        node = self._root.child(key).beside(key)
        if (name := node.string()) not in self.fields or self.fields[name].kind is not kind:
            raise node.broken(f"{name} is no field of the kind {kind}")
        return name

    def part(self, part: Node) -> Part:
        """Return a paragraph; the fields in it that need not be answered are what it cannot stand without."""
        text = self.text(part.child("text").beside("text"))
        node = part.beside(text.en).only("text", "consent", "needs")
        keys = tuple(dict.fromkeys(self._keys(node, text.en)))
        if set(self._keys(node.beside(text.es), text.es)) != set(keys):
            raise node.broken("the languages do not have the same fields")
        consent = self._consent(node)
        needs = [each.string() for each in node.children("needs")] + [key for key in keys if not self.fields[key].required]
        for key in needs:
            self._known(node.beside(key), key)
        clinical = self._basis and not consent and self._clinical.intersection(keys)
        purposes = (*self._basis, *OWN_PAPER) if clinical else ()
        return Part(text=text, consent=consent, needs=tuple(dict.fromkeys(needs)), purposes=purposes, keys=keys)

    def _add(self, part: Node) -> None:
        key = part.child("key").string()
        node = part.beside(f'key = "{key}"').only(*_FIELD_KEYS)
        if not _KEY.fullmatch(key):
            raise node.broken("a key has small letters, digits and _ only")
        if key in self.fields:
            raise node.broken(f"the field {key} is given twice")
        kind = FieldKind(node.child("kind").one_of(tuple(FieldKind)))
        source = self._source(node, kind)
        words = self._words(node, kind)
        self.fields[key] = LetterField(
            key=key,
            label=self._plain(node, self.text(node.child("label"))),
            kind=kind,
            source=source,
            required=node.flag("required"),
            choices=tuple(Choice(code=code, label=text.en) for code, text in words.items()),
            words=words,
            hint=node.child("hint").string() if node.has("hint") else "",
        )
        if node.flag("clinical") or source in CLINICAL_SOURCES:
            self._clinical.add(key)

    def _plain(self, node: Node, text: Text) -> Text:
        if brace := next((each for each in (text.en, text.es) if "{" in each or "}" in each), ""):
            raise node.beside(brace).broken("a field stands in a paragraph only; there are braces in these words")
        return text

    def _source(self, node: Node, kind: FieldKind) -> str:
        if not node.has("source"):
            return ""
        source = node.child("source").string()
        beside = node.beside(source)
        if source not in SOURCES:
            raise beside.broken(f"{source} is nothing that the record fills a letter with")
        if kind in (FieldKind.CONSENT, FieldKind.CHOICE) or (kind is FieldKind.DATE) != (source in DATE_SOURCES):
            raise beside.broken(f"{source} cannot fill a field of the kind {kind}")
        return source

    def _words(self, node: Node, kind: FieldKind) -> dict[str, Text]:
        choices = [part.only("code", "label") for part in node.children("choices")]
        words = {part.child("code").string(): self._plain(node, self.text(part.child("label"))) for part in choices}
        if (kind is FieldKind.CHOICE) != bool(words) or len(words) == 1:
            raise node.broken(f"choices: {_FEWEST_CHOICES} or more for the kind choice, none for any other")
        return words

    def _keys(self, node: Node, text: str) -> Iterator[str]:
        for key in _FIELD.findall(text):
            yield self._known(node.beside("{" + key + "}"), key)
        if "{" in _FIELD.sub("", text) or "}" in _FIELD.sub("", text):
            raise node.broken("a brace stands alone; a field looks like {patient_name}")

    def _known(self, node: Node, key: str) -> str:
        if key not in self.fields:
            raise node.broken(f"there is no field {key}")
        if self.fields[key].kind is FieldKind.CONSENT:
            raise node.broken(f"{key} is a consent and has no words of its own")
        return key

    def _consent(self, node: Node) -> str:
        if not node.has("consent"):
            return ""
        consent = node.child("consent").string()
        if consent not in self.fields or self.fields[consent].kind is not FieldKind.CONSENT:
            raise node.beside(f'consent = "{consent}"').broken(f"{consent} is no field of the kind consent")
        return consent
