"""Every file of definitions, and what loads it, as targets of bent files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from intake.definitions.bundle import RESOURCES, Definitions
from intake.definitions.checklists import load_checklist
from intake.definitions.code_lists import load_codes
from intake.definitions.document_kinds import load_document_kinds
from intake.definitions.form_texts import load_form_texts
from intake.definitions.home_care import load_home_care
from intake.definitions.labels import load_labels
from intake.definitions.letters import load_templates
from intake.definitions.pain_regions import load_regions
from intake.definitions.practice import current_versions, load_practice
from intake.definitions.prompt_rules import current_rules, load_rules
from intake.definitions.resource_files import ResourceFiles
from intake.definitions.review_forms import load_review_form
from intake.definitions.rule_facts import askable
from intake.errors import ResourceError
from tests.faults.fuzzing import READ, Target

Load = Callable[[ResourceFiles, str, Definitions], object]
BY_FOLDER: Mapping[str, Load] = {
    "": lambda files, _, __: (load_practice(files), current_versions(files), current_rules(files)),
    "checklists": lambda files, stem, _: load_checklist(files, stem),
    "codes": lambda files, stem, _: load_codes(files, stem),
    "documents": lambda files, stem, _: load_document_kinds(files, stem),
    "forms": lambda files, stem, known: load_form_texts(files, stem, {group.key for group in known.checklist.groups}),
    "homecare": lambda files, stem, _: load_home_care(files, stem),
    "labels": lambda files, _, __: load_labels(files),
    "letters": lambda files, _, known: load_templates(files, known.document_kinds),
    "pain": lambda files, stem, _: load_regions(files, stem),
    "prompts": lambda files, stem, known: load_rules(files, stem, askable(known.checklist)),
    "review": lambda files, stem, _: load_review_form(files, stem),
}
"""What loads the files of a folder."""
LOADERS: Mapping[str, Load] = {
    name: BY_FOLDER[name.rpartition("/")[0]]
    for name in sorted(path.relative_to(RESOURCES).as_posix() for path in RESOURCES.rglob("*") if path.suffix in (".toml", ".json"))
    if name.rpartition("/")[0] in BY_FOLDER
}
"""By the name of the file."""


class UnnamedError(Exception):
    """A broken file was refused without its name or a reason."""


def resource(name: str, definitions: Definitions) -> Target:
    """Return the target that loads this file, bent, with all others as they are."""

    def read(content: bytes) -> str:
        files = ResourceFiles(root=RESOURCES, instead={name: content})
        try:
            LOADERS[name](files, PurePosixPath(name).stem, definitions)
        except ResourceError as error:
            if not (error.facts["name"] and error.facts["reason"]):
                raise UnnamedError from error
            raise
        return READ

    return Target(name=name, seeds=[(RESOURCES / name).read_bytes()], read=read, json=name.endswith(".json"))
