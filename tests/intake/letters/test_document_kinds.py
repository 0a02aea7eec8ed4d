"""The kinds of document: what each waits for, when it is due, and a broken file refused with file, line and reason."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions, load_definitions
from intake.definitions.document_kinds import load_document_kinds
from intake.definitions.resource_files import ResourceFiles
from intake.domain.document_kinds import WaitsFor
from intake.errors import ResourceError
from intake.paths import RESOURCES

VERSION = "neck-documents-1"
NAME = f"documents/{VERSION}.toml"
BROKEN = {
    "an unknown paper": ('paper = "home_care"', 'paper = "poster"', 'key = "home_care"', "expected one of"),
    "a note that waits for nothing": ('waits_for = "visit"', 'waits_for = "nothing"', 'key = "visit_note"', "expected one of"),
    "two clocks": ("due = { hours = 24 }", "due = { hours = 24, days = 1 }", 'key = "visit_note"', "is expected"),
    "no time at all": ("due = { hours = 24 }", "due = { hours = 0 }", 'key = "visit_note"', "hours from 1"),
    "an unknown way": ('leaves_by = "fax"', 'leaves_by = "pigeon"', 'key = "referral_letter"', "expected one of"),
    "an unknown purpose": ('purpose = "workers_comp"', 'purpose = "curiosity"', 'key = "work_status"', "expected one of"),
    "a letter without a template": ('template = "work_note"\n', "", 'key = "work_note"', "template is missing"),
    "a template of no letter": (
        'paper = "visit_note"',
        'paper = "visit_note"\ntemplate = "work_note"',
        'key = "visit_note"',
        "only a letter",
    ),
    "a language twice": ('languages = ["en", "es"]', 'languages = ["en", "en"]', 'key = "work_note"', "each once"),
    "an unknown visit type": ('visit_types = ["auto"]', 'visit_types = ["boat"]', 'key = "insurer_notice"', "expected one of"),
    "a kind twice": ('key = "home_care"', 'key = "visit_note"', 'key = "visit_note"', "given twice"),
    "a purpose of which nobody knows whether it counts": ("accountable = false\n", "", 'key = "to_patient"', "accountable is missing"),
    "a name nobody knows": ("patient_reads = true", "patient_reeds = true", "patient_reeds", "patient_reeds is not known here"),
    "a purpose with a name nobody knows": ("accountable = true", "accountable = true\naccount = 1", "account = 1", "not known here"),
    "a part nobody knows": (f'version = "{VERSION}"', f'version = "{VERSION}"\nkinds = 1', "kinds = 1", "not known here"),
    "no note for a visit": ('key = "visit_note"', 'key = "note_of_a_visit"', "[[document]]", "there is no document visit_note"),
    "a note for some visits only": (
        'waits_for = "visit"',
        'waits_for = "visit"\nvisit_types = ["auto"]',
        'key = "visit_note"',
        "of every visit",
    ),
    "another paper for every visit": (
        'paper = "visit_note"',
        'paper = "home_care"',
        'key = "visit_note"',
        "of every visit",
    ),
    "another version": (f'version = "{VERSION}"', 'version = "other-1"', "version", "expected one of"),
}


def changed(folder: Path, old: str, new: str) -> ResourceFiles:
    """Return files in which the first such text of the shipped kinds is another one."""
    text = (RESOURCES / NAME).read_text(encoding="utf-8")
    assert old in text
    path = folder / NAME
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return ResourceFiles(root=RESOURCES, overrides=folder)


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_file_line_and_reason(tmp_path: Path, case: str) -> None:
    """Whoever changed it reads where to look."""
    old, new, near, reason = BROKEN[case]
    files = changed(tmp_path, old, new)
    with pytest.raises(ResourceError) as refused:
        load_document_kinds(files, VERSION)
    text = files.text(NAME)
    assert refused.value.facts["name"] == NAME
    assert refused.value.facts["line"] == text.count("\n", 0, text.index(near)) + 1
    assert reason in str(refused.value.facts["reason"])


def test_what_waits_for_what(definitions: Definitions) -> None:
    """Nothing that a clinician answers for can leave without a signature."""
    waits = {kind.key: kind.waits_for for kind in definitions.document_kinds.kinds}
    assert waits == {
        "visit_note": WaitsFor.VISIT,
        "home_care": WaitsFor.VISIT,
        "work_note": WaitsFor.LETTER,
        "referral_letter": WaitsFor.LETTER,
        "work_status": WaitsFor.LETTER,
        "intake_form": WaitsFor.NOTHING,
        "records_copy": WaitsFor.NOTHING,
        "insurer_notice": WaitsFor.NOTHING,
    }


def test_the_insurers_notice_is_due_at_the_end_of_the_21st_day_after_treatment_began(definitions: Definitions) -> None:
    """Midnight at the clinic, whatever the clocks did meanwhile. Source: N.J.S.A. 39:6A-5."""
    rule = definitions.document_kinds.kind("insurer_notice").due
    asked = datetime(2026, 10, 20, 15, tzinfo=UTC)
    assert rule.due_at(asked, treated_on=date(2026, 10, 20), zone=definitions.practice.zone()) == datetime(2026, 11, 11, 5, tzinfo=UTC)


def test_only_what_the_rule_names_is_not_accounted_for(definitions: Definitions) -> None:
    """Source: 45 CFR 164.528(a)(1)."""
    spared = {purpose.key for purpose in definitions.document_kinds.purposes if not purpose.accountable}
    assert spared == {"to_patient", "treatment", "payment", "operations", "authorization"}


def test_a_practice_whose_own_file_names_no_documents_has_those_that_come_with_the_program(tmp_path: Path) -> None:
    """A file from before the print desk stays good."""
    text = (RESOURCES / "practice.toml").read_text(encoding="utf-8")
    (tmp_path / "practice.toml").write_text(text.replace(f'documents = "{VERSION}"', ""), encoding="utf-8")
    assert load_definitions(overrides=tmp_path).document_kinds.version == VERSION


def test_a_letter_in_a_language_that_its_template_is_not_written_in_is_refused(tmp_path: Path) -> None:
    """A patient is never promised a Spanish letter that says English words."""
    text = (RESOURCES / NAME).read_text(encoding="utf-8")
    shutil.copytree(RESOURCES / "documents", tmp_path / "documents")
    begin = text.index('key = "referral_letter"')
    (tmp_path / NAME).write_text(text[:begin] + text[begin:].replace('["en"]', '["en", "es"]', 1), encoding="utf-8")
    with pytest.raises(ResourceError) as refused:
        load_definitions(overrides=tmp_path)
    assert (refused.value.facts["name"], "not written in all of" in str(refused.value.facts["reason"])) == (NAME, True)
