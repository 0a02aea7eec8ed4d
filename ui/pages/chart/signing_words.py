"""What stands between a chart and a signature, each named as the clinician knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from intake.definitions.bundle import Definitions
from intake.domain.codes import CodeWarning
from intake.domain.reviews import BESIDE, Chart
from intake.entry.code_picking import OTHER_RELEASE, code_warnings
from intake.entry.notes import read_note
from intake.errors import Problem
from intake.wording import label_of
from ui.failures import words_of_problem
from ui.pages.chart.codes_words import other_release_words, reason_of
from ui.pages.chart.snippets import blanks_in

PARTS = {"examination": "Examination", "impression": "Impression", "plan": "Plan"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing to do before signing: the path of its place (``prompts.7``, ``note.plan``) and the words for it."""

    place: str
    words: str


def missing_words(problems: Sequence[Problem], chart: Chart, definitions: Definitions) -> tuple[Missing, ...]:
    """Return every problem in words, in the order given."""
    return tuple(Missing(place=each.field, words=_words(each, chart, definitions)) for each in problems)


def warning_words(chart: Chart, definitions: Definitions) -> tuple[str, ...]:
    """Return what may be signed as it is and still needs another look: blanks left, an empty prescription, codes that exclude."""
    draft = {name: part for name, part in chart.draft.items() if name not in BESIDE}
    blanks = blanks_in(draft)
    said = [f"{_tr('Blanks left')}: {' '.join(blanks)}"] if blanks else []
    reading = read_note(draft, form=definitions.review_form, codes=definitions.codes, on=chart.visit.visit_day)
    of_codes = code_warnings(definitions.codes, reading.note.codes, chart.visit.visit_day)
    said += [_of_code(each, definitions) for each in of_codes]
    wrong = [each for each in reading.problems if each.level == "warning" and not each.field.startswith("note.codes")]
    return (*said, *(f"{label_of(each.field, definitions)}: {words_of_problem(each)}" for each in wrong))


def _of_code(warning: CodeWarning, definitions: Definitions) -> str:
    if warning.code == OTHER_RELEASE:
        return other_release_words(definitions.codes)
    return f"{warning.about}: {reason_of(warning.about, (warning,))}"


def written_words(missing: Sequence[Missing]) -> str:
    """Return which of the needed parts are written, empty when none is."""
    open_parts = {each.place.removeprefix("note.").partition(".")[0] for each in missing}
    done = [_tr(words) for part, words in PARTS.items() if part not in open_parts]
    if not done:
        return ""
    verb = _tr("is written") if len(done) == 1 else _tr("are written")
    head, last = ", ".join(done[:-1]), done[-1]
    names = f"{head} {_tr('and')} {last}" if head else last
    return f"{names[0]}{names[1:].lower()} {verb}"


def _words(problem: Problem, chart: Chart, definitions: Definitions) -> str:
    part, _, key = problem.field.partition(".")
    if part == "prompts":
        return _tr("Not acknowledged: %1").replace("%1", _reported(int(key), chart, definitions))
    if problem.code == "part_missing":
        return _tr("%1 is not written yet").replace("%1", _tr(PARTS.get(key, key)))
    if part == "hold" and chart.hold is not None:
        return _tr("%1 has this chart").replace("%1", chart.hold.name)
    if part in ("hold", "clock", "signature"):
        return words_of_problem(problem)
    return f"{label_of(problem.field, definitions)}: {words_of_problem(problem)}"


def _reported(prompt_id: int, chart: Chart, definitions: Definitions) -> str:
    prompt = next((each for each in chart.prompts if each.id == prompt_id), None)
    rules = definitions.rule_sets.get(prompt.rules_version) if prompt is not None else None
    rule = next((each for each in rules.rules if prompt is not None and each.id == prompt.rule_id), None) if rules is not None else None
    if rule is None:
        return _tr("a prompt") if prompt is None else prompt.rule_id
    return rule.reported


def _tr(text: str) -> str:
    return QCoreApplication.translate("signing", text)
