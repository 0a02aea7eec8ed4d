"""What the program never says: no assertion about a patient, in any string that can reach a screen or a paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.definitions.bundle import load_definitions
from intake.documents.frame import NOT_A_DIAGNOSIS
from intake.documents.visit_note import PROMPTS_FOOT
from intake.domain.prompting import empty_words
from intake.domain.prompts import Level
from tests.wording import FORBIDDEN, faults_of, strings_of

ROOT = Path(__file__).resolve().parent.parent
CODE = [ROOT / "main.py", *(path for folder in ("intake", "ui") for path in (ROOT / folder).rglob("*.py"))]
DATA = [path for suffix in ("json", "toml", "svg") for path in (ROOT / "resources").rglob(f"*.{suffix}")]
FILES = sorted(CODE + DATA)

ALLOWED = {
    "Patient-reported information recorded by staff. Not a diagnosis.": "The footer that every paper has to carry: it denies.",
    "Practice emergency procedure applies.": "The prescribed sentence for the desk: names the practice's procedure, asserts nothing.",
    "Emergency contact": "A person to call, as every record names it: no assertion about the patient's state.",
    "Emergency": "Why a privacy notice was not signed, by the words of 45 CFR 164.520: picked by staff, about the paper.",
}
"""Exact strings that may say a forbidden word, and why."""

PLANTED = {
    "tr.py": 'def shown(self):\n    return self.tr("This patient is likely to have a stroke.")\n',
    "word.py": 'def shown(self):\n    return self.tr("normal")\nF = about("Reason", when=("a", ("emergency",)))\n',
    "entry.py": 'def shown():\n    return (Entry(label="Result", value="normal"),)\n',
    "table.py": 'WORDS = {"none": "likely"}\n',
    "label.py": 'LABEL = "Low risk"\n',
    "formed.py": 'def shown(name):\n    return f"{name} is cleared"\n',
    "nested.py": "def shown(name):\n    return f\"{name or 'No red flags'}\"\n",
    "spread.py": 'TEXT = (\n    "The answers rule "\n    "out a fracture."\n)\n',
    "problem.json": '{"item": [{"text": "Suspected injury"}]}',
    "spanish.json": '{"es": "No hay sospecha de fractura."}',
    "option.toml": '[[item]]\ncode = "plain"\nlabel = "normal"\n',
    "prompt.toml": '[[rule]]\nreported = "a sign of dissection"\n',
    "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg"><title>All clear</title></svg>',
    "described.svg": '<svg xmlns="http://www.w3.org/2000/svg" aria-label="Normal neck"/>',
}
HARMLESS = {
    "doc.py": '"""Likely normal."""\n\nX = 1\n"""A safe number: not diagnosed."""\n\n\ndef f():\n    """Rule out nothing."""\n',
    "log.py": 'log.info("connection is safe", extra={"code": "clear"})\n',
    "sql.py": 'QUERY = "SELECT emergency FROM patient WHERE likely = 1"\n',
    "names.py": 'KEYS = ("patient.emergency_phone", "emergency", "safety.cancer_history", "normal")\n',
    "near.py": 'TEXT = "Safety questions. Unlikely words, abnormal, clearly. A keystroke. Risk is high."\n',
    "keys.toml": 'when = "safety.cancer_history is yes"\ncode = "emergency"\n',
    "strokes.svg": '<svg xmlns="http://www.w3.org/2000/svg"><path stroke="#000" d="M4 6l4 4"/></svg>',
}


def named(path: Path) -> str:
    """Return a path as the name of a test's case."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=named)
def test_no_string_says_a_forbidden_word(path: Path) -> None:
    """Reworded, or allowed by its exact words with the reason."""
    assert [(found.shown.place, found.words, found.shown.text) for found in faults_of(path) if found.shown.text not in ALLOWED] == []


def test_every_allowed_string_is_still_said() -> None:
    """An allowance that nothing needs any more would cover the next mistake."""
    said = {shown.text for path in FILES for shown in strings_of(path)}
    assert set(ALLOWED) - said == set()
    assert [text for text in ALLOWED if not FORBIDDEN.search(text)] == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_sentence_is_found(tmp_path: Path, name: str) -> None:
    """In code and in data, in words that are formed, and in one word that is shown."""
    (tmp_path / name).write_text(PLANTED[name], encoding="utf-8")
    assert len(faults_of(tmp_path / name)) == 1


def test_a_sentence_planted_in_a_real_file_is_found(tmp_path: Path) -> None:
    """The shipped rules, as they are but for one sentence."""
    shipped = (ROOT / "resources/prompts/neck-prompts-1.toml").read_text(encoding="utf-8")
    (tmp_path / "own.toml").write_text(
        shipped.replace("that the hands have become clumsy", "hands that suggest a high-risk cord"), encoding="utf-8"
    )
    assert [found.words for found in faults_of(tmp_path / "own.toml") if found.shown.text not in ALLOWED] == [("high-risk",)]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_never_shown_is_left_alone(tmp_path: Path, name: str) -> None:
    """Docstrings, the log, SQL and identifiers; and words that only look like a forbidden one."""
    (tmp_path / name).write_text(HARMLESS[name], encoding="utf-8")
    assert faults_of(tmp_path / name) == []


def test_the_prescribed_sentences_are_said_word_for_word() -> None:
    """To the desk at each level, where nothing holds, and at the foot of a paper with prompts."""
    desk = {level: " ".join((words.title, *words.later)) for level, words in load_definitions().prompts.desk.items()}
    assert desk == {
        Level.NOW: "Stop and tell a clinician now. Do not leave the patient alone to fetch help. Practice emergency procedure applies.",
        Level.TODAY: "A clinician must review this checklist before the patient leaves.",
        Level.REVIEW: "Marked for clinician review.",
    }
    assert empty_words(3) == (
        "None of the answers recorded matches a configured prompt. This is not a clinical assessment. 3 items were not asked."
    )
    assert f"{NOT_A_DIAGNOSIS} {PROMPTS_FOOT}" == (
        "Patient-reported information recorded by staff. Not a diagnosis. Prompts are drawn from cited published sources, version %1, "
        "and do not replace clinical judgement."
    )
