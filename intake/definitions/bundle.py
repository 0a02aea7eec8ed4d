"""All definitions together: the practice, what new visits are asked, and every version an old visit was asked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.definitions.checklists import load_checklist
from intake.definitions.code_lists import CODES, load_codes
from intake.definitions.document_kinds import DOCUMENTS, load_document_kinds
from intake.definitions.form_texts import FORMS, load_form_texts
from intake.definitions.home_care import HOME_CARE, load_home_care
from intake.definitions.labels import load_labels
from intake.definitions.letters import closed_kinds, load_templates, told_by
from intake.definitions.pain_regions import load_regions
from intake.definitions.practice import PRACTICE_FILE, current_versions, load_practice
from intake.definitions.prompt_rules import FOLDER as PROMPTS
from intake.definitions.prompt_rules import current_rules, load_rules
from intake.definitions.resource_files import ResourceFiles
from intake.definitions.review_forms import REVIEW, load_review_form
from intake.definitions.rule_facts import askable
from intake.definitions.versions import chosen, versions
from intake.domain.checklist import Checklist
from intake.domain.codes import CodeList
from intake.domain.document_kinds import DocumentKinds
from intake.domain.forms import FormTexts
from intake.domain.labels import Envelope, LabelSheet
from intake.domain.letters import Template
from intake.domain.pain import RegionSet
from intake.domain.practice import Practice
from intake.domain.prompts import RuleSet
from intake.domain.review_form import HomeCare, ReviewForm
from intake.paths import RESOURCES

__all__ = ["RESOURCES", "Definitions", "load_definitions"]

Instead = Mapping[str, bytes | None]
"""Files that would be put in the place of those there are, None for one that would be taken away, by name."""
CHECKLISTS = "checklists"
REGIONS = "pain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """What the practice has defined. ``checklist``, ``regions``, ``review_form``, ``codes`` and ``home_care`` are those of new visits.

    ``prompts`` are the rules in use; a broken file of rules stops nothing, what it refused stands in ``prompts.refused``.
    The mappings hold every version by its name, ``code_lists`` by release.
    """

    practice: Practice
    checklist: Checklist
    regions: RegionSet
    checklists: Mapping[str, Checklist]
    region_sets: Mapping[str, RegionSet]
    review_form: ReviewForm
    review_forms: Mapping[str, ReviewForm]
    codes: CodeList
    code_lists: Mapping[str, CodeList]
    home_care: HomeCare
    prompts: RuleSet
    rule_sets: Mapping[str, RuleSet]
    document_kinds: DocumentKinds
    templates: Mapping[str, Template]
    label_sheets: Mapping[str, LabelSheet]
    envelopes: Mapping[str, Envelope]
    forms: FormTexts


def load_definitions(root: Path = RESOURCES, overrides: Path | None = None, instead: Instead | None = None) -> Definitions:
    """Return everything under ``root``, a practice's own file of the same name first, and what is ``instead`` of either before both.

    Raises ResourceError with file, line and reason for the first file that is broken.
    """
    files = ResourceFiles(root=root, overrides=overrides, instead=instead or {})
    practice = load_practice(files)
    checklists = {version: load_checklist(files, version) for version in versions(files, CHECKLISTS, ".json")}
    region_sets = {version: load_regions(files, version) for version in versions(files, REGIONS, ".json")}
    checklist, regions = current_versions(files)
    for name, known in ((checklist, checklists), (regions, region_sets)):
        if name not in known:
            raise files.toml_node(PRACTICE_FILE).beside(name).broken(f"there is no file {name}.json")
    review_forms = {version: load_review_form(files, version) for version in versions(files, REVIEW, ".toml")}
    code_lists = {name: load_codes(files, name) for name in versions(files, CODES, ".toml")}
    rule_sets = _rule_sets(files, checklists, checklist)
    groups = {group.key for each in checklists.values() for group in each.groups}
    label_sheets, envelopes = load_labels(files)
    kinds = load_document_kinds(files, chosen(files, "documents", DOCUMENTS))
    templates = load_templates(files, kinds)
    return Definitions(
        practice=practice,
        checklist=checklists[checklist],
        regions=region_sets[regions],
        checklists=checklists,
        region_sets=region_sets,
        prompts=rule_sets[current_rules(files)],
        rule_sets=rule_sets,
        review_form=review_forms[chosen(files, "review_form", REVIEW)],
        review_forms=review_forms,
        codes=code_lists[chosen(files, "codes", CODES)],
        code_lists={each.release: each for each in code_lists.values()},
        home_care=load_home_care(files, chosen(files, "home_care", HOME_CARE)),
        label_sheets=label_sheets,
        envelopes=envelopes,
        document_kinds=told_by(kinds, templates, _closed_as_shipped(root) if overrides or instead else ()),
        templates=templates,
        forms=load_form_texts(files, chosen(files, "form", FORMS), groups),
    )


def _closed_as_shipped(root: Path) -> frozenset[str]:
    """Return the keys of the kinds that not everybody may read as they come with the program."""
    files = ResourceFiles(root=root)
    kinds = load_document_kinds(files, chosen(files, "documents", DOCUMENTS))
    return closed_kinds(told_by(kinds, load_templates(files, kinds)))


def _rule_sets(files: ResourceFiles, checklists: Mapping[str, Checklist], current: str) -> dict[str, RuleSet]:
    """Return the rules of every version.

    Those in use are held against what is asked now; older ones, of which only the words are still read, against all ever asked.
    """
    in_use = current_rules(files)
    asked = {True: askable(checklists[current]), False: askable(*checklists.values())}
    return {version: load_rules(files, version, asked[version == in_use]) for version in {*versions(files, PROMPTS, ".toml"), in_use}}
