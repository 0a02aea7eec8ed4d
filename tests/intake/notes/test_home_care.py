"""The home-care sheet: both languages whole, easy to read, and each part with its source."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from intake.definitions.bundle import RESOURCES, Definitions
from intake.definitions.home_care import load_home_care
from intake.definitions.resource_files import ResourceFiles
from intake.domain.review_form import HomeCare
from intake.errors import ResourceError
from tests.intake.notes.reading_ease import english_syllables, fernandez_huerta, flesch_kincaid_grade, spanish_syllables

NAME = "neck-care-1"
SIXTH_GRADE = 6.0
EASY = 80.0
FAIRLY_EASY = 70.0
NEVER = re.compile(
    r"\b(diagnos\w*|likely|suspect\w*|rule[sd]? out|indicates?|suggests?|positive for|risk|normal\w*|safe\w*|clear(?:ed|s)?|red flags?"
    r"|emergency|stroke|cancer|dissection|cure[sd]?|always|never|guarantee\w*|segur[oa]s?|riesgo|emergencia)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def sheet(definitions: Definitions) -> HomeCare:
    """Return the sheet that ships with the program."""
    return definitions.home_care


def parts(sheet: HomeCare, language: str) -> list[str]:
    """Return what is read under each heading, the intro and the closing, in one language."""
    listed = [sheet.intro, *sheet.closing]
    under = [" ".join(each.in_language(language) for each in advice.sentences) for advice in sheet.advice]
    return [each.in_language(language) for each in listed] + under


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("neck", 1),
        ("home", 1),
        ("twenty", 2),
        ("muscles", 2),
        ("spasms", 2),
        ("clinician", 3),
        ("wrapped", 1),
        ("visit", 2),
        ("needles", 2),
    ],
)
def test_english_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    """The measure has to be right before it measures."""
    assert english_syllables(word) == count


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("cuello", 2),
        ("día", 2),
        ("que", 1),
        ("guía", 2),
        ("músculos", 3),
        ("aliviar", 3),
        ("pregunte", 3),
        ("muy", 1),
        ("reemplaza", 4),
        ("oír", 2),
    ],
)
def test_spanish_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    """Strong vowels stand alone, weak ones lean on their neighbour."""
    assert spanish_syllables(word) == count


def test_the_formulas_give_their_published_values() -> None:
    """A sentence of ten words of one syllable, and one of long words."""
    assert flesch_kincaid_grade("The cat sat on the mat and the dog ran.") == pytest.approx(0.39 * 10 + 11.8 - 15.59)
    assert fernandez_huerta("El sol se va y la luz no es más.") == pytest.approx(206.84 - 60 - 10.2)
    assert flesch_kincaid_grade("Considerable uncertainty characterizes epidemiological investigations.") > 20


def test_english_reads_at_sixth_grade_or_below(sheet: HomeCare) -> None:
    """The whole sheet well below, and no part of it above."""
    grades = {part: flesch_kincaid_grade(part) for part in parts(sheet, "en")}
    assert {part: grade for part, grade in grades.items() if grade > SIXTH_GRADE} == {}
    assert flesch_kincaid_grade(" ".join(grades)) <= SIXTH_GRADE - 2


def test_spanish_reads_easily(sheet: HomeCare) -> None:
    """The whole sheet is "easy", and each part at least nearly so."""
    eases = {part: fernandez_huerta(part) for part in parts(sheet, "es")}
    assert {part: ease for part, ease in eases.items() if ease < FAIRLY_EASY} == {}
    assert fernandez_huerta(" ".join(eases)) >= EASY


def test_every_part_names_where_it_comes_from(sheet: HomeCare) -> None:
    """Nothing is said that nobody can look up."""
    known = (
        "Practice's page on neck muscle spasms, 2021",
        "HSE Ireland",
        "TIMS, NHS",
        "Mayo Clinic",
        "Royal Free London",
        "Nothing but the plan",
    )
    for advice in sheet.advice:
        assert all(source.strip().startswith(known) for source in advice.source.split(";")), advice.heading.en


def test_each_treatment_that_goes_home_has_its_part_and_no_other(sheet: HomeCare, definitions: Definitions) -> None:
    """The plan and the sheet speak of the same things."""
    home = {treatment.key for treatment in definitions.review_form.treatments if treatment.home}
    assert {advice.treatment for advice in sheet.advice} == home | {""}
    headings = [advice.heading.en for advice in sheet.advice if not advice.treatment]
    assert headings == ["What to expect", "When to call the clinic", "When to call 911"]


def test_both_languages_say_each_sentence(sheet: HomeCare) -> None:
    """The same numbers stand in both, and neither is the other."""
    for text in [
        sheet.title,
        sheet.intro,
        *sheet.closing,
        *(each for advice in sheet.advice for each in (advice.heading, *advice.sentences)),
    ]:
        assert text.en != text.es
        assert re.findall(r"\d+", text.en) == re.findall(r"\d+", text.es)


def test_no_word_says_more_than_a_sheet_may(sheet: HomeCare) -> None:
    """No promise, and nothing a clinician has to say."""
    assert NEVER.search("This is a sign of cancer")
    for language in ("en", "es"):
        assert [part for part in (*parts(sheet, language), sheet.title.in_language(language)) if NEVER.search(part)] == []


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('version = "neck-care-1"', 'version = "neck-care-2"', "expected one of"),
        ('treatment = "ice"', 'treatment = "heat"', "given twice"),
        ('treatment = "ice"', "treatment = 1", "a key of the review form"),
        ('es = "Hielo"', 'fr = "Glace"', "es is missing"),
        ('source = "Nothing but the plan of the visit"', 'source = ""', "a text is expected"),
        ("[title]", "[titel]", "title is missing"),
        ('{ en = "Try to use them less."', '{ en = " "', "a text is expected"),
    ],
)
def test_a_broken_sheet_is_named_with_the_reason(tmp_path: Path, old: str, new: str, reason: str) -> None:
    """Whoever edits it finds the place."""
    text = (RESOURCES / "homecare" / f"{NAME}.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "homecare").mkdir()
    (tmp_path / "homecare" / f"{NAME}.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        load_home_care(ResourceFiles(root=RESOURCES, overrides=tmp_path), NAME)
    assert reason in str(told.value.facts["reason"])
    assert told.value.facts["name"] == f"homecare/{NAME}.toml"


def test_a_heading_with_nothing_under_it_is_refused(tmp_path: Path) -> None:
    """An empty part on paper looks like a mistake, and is one."""
    text = '[[advice]]\ntreatment = ""\nsource = "x"\nheading = { en = "a", es = "b" }\nsentences = []\n'
    (tmp_path / "homecare").mkdir()
    (tmp_path / "homecare" / "own.toml").write_text('version = "own"\n' + text, encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        load_home_care(ResourceFiles(root=tmp_path), "own")
    assert "nothing to read" in str(told.value.facts["reason"])
