"""What a clinician is offered, files that cannot be read, and which version is used."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from intake.definitions.bundle import RESOURCES, Definitions, load_definitions
from intake.definitions.resource_files import ResourceFiles
from intake.definitions.review_forms import load_review_form
from intake.domain.review_form import ReviewForm
from intake.entry.notes import NOT_EXAMINED
from intake.errors import ResourceError

NAME = "neck-review-1"
NEVER = re.compile(
    r"\b(diagnos\w*|likely|suspected|rule[sd]? out|indicates?|suggests you have|positive for|risk|normal\w*"
    r"|safe|clear(?:ed)?|no red flags|emergency|stroke|cancer|dissection)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def form(definitions: Definitions) -> ReviewForm:
    """Return the review form that ships with the program."""
    return definitions.review_form


def test_the_causes_and_treatments_are_those_of_the_practice(form: ReviewForm) -> None:
    """Its eight causes with unknown and other; its treatments with what a clinician orders besides."""
    causes = ["overexertion", "injury_accident", "mechanical", "arthritis", "nerve_damage", "disc", "myofascial", "text_neck"]
    assert [cause.key for cause in form.causes] == [*causes, "unknown", "other"]
    ordered = ["therapy", "referral", "imaging", "follow_up"]
    assert [each.key for each in form.treatments] == ["heat", "ice", "otc", "prescription", "massage", "posture", "screen_time", *ordered]
    assert [each.key for each in form.treatments if not each.home] == ["therapy", "referral", "imaging"]


def test_the_examination_has_what_only_a_clinician_records(form: ReviewForm) -> None:
    """Movement, palpation, neurological signs, head and eyes, vital signs, the facts of NEXUS."""
    assert [group.key for group in form.groups] == ["movement", "palpation", "neuro", "cranial", "vitals", "nexus"]
    for key in ("neuro.hoffmann", "neuro.babinski", "neuro.clonus", "neuro.gait", "neuro.spurling", "cranial.nystagmus", "cranial.pupils"):
        assert form.item(key).choices
    assert (form.item("rom.rotation_left").unit, form.item("vitals.blood_pressure_left").unit) == ("degrees", "mmHg")
    levels = [item.key for group in form.groups for item in group.items if item.key.startswith(("strength.", "sensation.", "reflex."))]
    assert len(levels) == 15


def test_the_facts_of_nexus_are_recorded_and_nothing_is_computed_of_them(form: ReviewForm) -> None:
    """Five facts, present or absent, and a note that says so."""
    nexus = form.groups[-1]
    assert len(nexus.items) == 5
    assert {tuple(choice.label for choice in item.choices) for item in nexus.items} == {("Present", "Absent", "Not examined")}
    assert "computes no result" in nexus.note


def test_each_item_with_answers_can_be_left_out_of_the_examination(form: ReviewForm) -> None:
    """Not examined is an answer, and never the same as absent."""
    items = [item for group in form.groups for item in group.items if item.choices]
    assert [item.key for item in items if item.choices[-1].code != NOT_EXAMINED] == []


def test_measures_are_totals_with_unit_range_direction_rule_and_source(form: ReviewForm) -> None:
    """PEG waits for a permission."""
    told = {each.key: (each.low, each.high, each.unit, each.enabled) for each in form.measures}
    assert told == {
        "ndi": (0, 50, "points of 50", True),
        "bournemouth": (0, 70, "points of 70", True),
        "copenhagen": (0, 30, "points of 30", True),
        "peg": (0, 30, "points of 30", False),
    }
    assert {each.higher_is for each in form.measures} == {"worse"}
    assert all(each.missing and re.search(r"\b(19|20)\d\d\b", each.source) for each in form.measures)


def test_practice_snippets_have_blanks_to_jump_through(form: ReviewForm) -> None:
    """They are texts to fill in, never findings made up beforehand."""
    assert {".neck", ".rot", ".neuro", ".trap", ".plan", ".fu"} <= {each.abbreviation for each in form.snippets}
    assert all(re.search(r"\[[^\]]+\]", each.text) for each in form.snippets)


def test_no_word_of_the_form_says_more_than_it_may(form: ReviewForm) -> None:
    """Choices are what was seen: present, absent, equal, reduced."""
    said = [group.label + group.note for group in form.groups]
    said += [item.label for group in form.groups for item in group.items]
    said += [choice.label for group in form.groups for item in group.items for choice in item.choices]
    said += [cause.label for cause in form.causes] + [measure.label for measure in form.measures]
    said += (
        [each.label + each.hint for each in form.treatments]
        + [each.missing for each in form.measures]
        + [each.text for each in form.snippets]
    )
    assert NEVER.search("Reflexes are Normal.")
    assert [each for each in said if NEVER.search(each)] == []


def test_an_unknown_key_is_a_mistake_of_the_program(form: ReviewForm) -> None:
    """A signed note is read with the version it names."""
    for find in (form.item, form.cause, form.treatment, form.measure):
        with pytest.raises(KeyError):
            find("nowhere")
    assert form.cause("disc").label == "Herniated disc"
    assert form.treatment("heat").label == "Heat"
    assert form.measure("ndi").high == 50


@pytest.mark.parametrize(
    ("old", "new", "line_of", "reason"),
    [
        ('version = "neck-review-1"', 'version = "other"', "version", "expected one of"),
        ('key = "rom.flexion"', 'key = "Rom Flexion"', "Rom Flexion", "a key has small letters"),
        ('key = "rom.flexion"', 'key = "rom.extension"', "rom.extension", "the item rom.extension is given twice"),
        ('label = "Flexion", answers = "movement"', 'label = "Flexion", answers = "dance"', "rom.flexion", "expected one of"),
        ('label = "Gait", answers', "answers", "neuro.gait", "label is missing"),
        ('key = "text_neck"', 'key = "disc"', "disc", "the cause disc is given twice"),
        ("high = 50", "high = 0", "ndi", "low has to be below high"),
        ("high = 50", 'high = "50"', "ndi", "a whole number"),
        ('higher_is = "worse"', 'higher_is = "sad"', "ndi", "expected one of"),
        ('abbreviation = ".rot"', 'abbreviation = "rot"', "rot", "an abbreviation is"),
        ('abbreviation = ".rot"', 'abbreviation = ".neck"', ".neck", "the abbreviation .neck is given twice"),
        ("left [degrees], right [degrees]", "left [degrees, right [degrees]", ".rot", "a blank is written"),
        ('{ code = "absent", label = "Absent" }', '{ code = "present", label = "Absent" }', "", "two or more different answers"),
        ("[answers]", "[choices]", "", "answers is missing"),
        ("enabled = false", 'enabled = "no"', "peg", "neither true nor false"),
    ],
)
def test_a_broken_form_is_named_with_line_and_reason(tmp_path: Path, old: str, new: str, line_of: str, reason: str) -> None:
    """Whoever edits it finds the place."""
    text = (RESOURCES / "review" / f"{NAME}.toml").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1)
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / f"{NAME}.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        load_review_form(ResourceFiles(root=RESOURCES, overrides=tmp_path), NAME)
    assert told.value.facts["name"] == f"review/{NAME}.toml"
    assert reason in str(told.value.facts["reason"])
    if line_of:
        assert line_of in text.splitlines()[int(told.value.facts["line"]) - 1]


def test_a_form_without_causes_is_refused(tmp_path: Path) -> None:
    """There would be nothing to pick."""
    (tmp_path / "review").mkdir()
    (tmp_path / "review" / "own.toml").write_text('version = "own"\n[answers]\n', encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        load_review_form(ResourceFiles(root=tmp_path), "own")
    assert "are needed" in str(told.value.facts["reason"])


def own_practice(folder: Path, without: str = "", named: str = "") -> Path:
    """Write a practice's own practice.toml without some of its lines and with another; return its folder."""
    lines = (RESOURCES / "practice.toml").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not (without and re.match(without, line))]
    (folder / "practice.toml").write_text("\n".join([*kept, named]) + "\n", encoding="utf-8")
    return folder


def test_a_practices_own_file_from_before_these_keys_still_works(tmp_path: Path) -> None:
    """It gets the newest that came with the program."""
    loaded = load_definitions(RESOURCES, own_practice(tmp_path, without=r"(review_form|codes|home_care) ="))
    assert (loaded.review_form.version, loaded.codes.release, loaded.home_care.version) == (NAME, "2026-04-01", "neck-care-1")


def test_a_practices_own_version_is_used_when_it_names_it(tmp_path: Path) -> None:
    """The version that came with the program stays readable for notes that were written with it."""
    (tmp_path / "review").mkdir()
    text = (RESOURCES / "review" / f"{NAME}.toml").read_text(encoding="utf-8")
    (tmp_path / "review" / "our-review-1.toml").write_text(text.replace(NAME, "our-review-1"), encoding="utf-8")
    loaded = load_definitions(RESOURCES, own_practice(tmp_path, without="review_form =", named='review_form = "our-review-1"'))
    assert loaded.review_form.version == "our-review-1"
    assert set(loaded.review_forms) == {NAME, "our-review-1"}


@pytest.mark.parametrize("key", ["review_form", "codes", "home_care"])
def test_a_version_without_a_file_is_refused_by_its_line(tmp_path: Path, key: str) -> None:
    """Like every mistake in the practice's own files."""
    folder = own_practice(tmp_path, without=f"{key} =", named=f'{key} = "nowhere-9"')
    with pytest.raises(ResourceError) as told:
        load_definitions(RESOURCES, folder)
    assert told.value.facts["name"] == "practice.toml"
    assert "nowhere-9.toml" in str(told.value.facts["reason"])
    assert told.value.facts["line"] == len((folder / "practice.toml").read_text(encoding="utf-8").splitlines())


def test_the_tenth_version_is_newer_than_the_ninth(tmp_path: Path) -> None:
    """Numbers are compared as numbers."""
    root = tmp_path / "resources"
    shutil.copytree(RESOURCES, root)
    text = (RESOURCES / "review" / f"{NAME}.toml").read_text(encoding="utf-8")
    for number in (9, 10):
        (root / "review" / f"neck-review-{number}.toml").write_text(text.replace(NAME, f"neck-review-{number}"), encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    assert load_definitions(root, own_practice(own, without="review_form =")).review_form.version == "neck-review-10"
