"""What the patient said: never more than was answered, and nothing of it left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.documents.subjective import sentences, spoken, told
from intake.domain.checklist import Answer, Checklist, Kind, Question
from tests.intake.documents.samples import definitions

LEADS = {"yes": "Reports", "no": "Says no", "unsure": "Unsure"}


def an_answer(question: Question) -> st.SearchStrategy[Answer | None]:
    """Draw an answer that the question takes, or none."""
    codes = question.codes()
    drawn: dict[Kind, st.SearchStrategy[Answer]] = {
        Kind.STATE: st.sampled_from(codes or ("yes",)),
        Kind.CHOICE: st.sampled_from(codes or ("yes",)),
        Kind.CHOICES: st.lists(st.sampled_from(codes or ("yes",)), min_size=1, unique=True).map(tuple),
        Kind.RATING: st.integers(question.low, question.high),
        Kind.NUMBER: st.integers(question.low, question.high),
        Kind.DATE: st.sampled_from(["2024", "2026-03", "2026-11-20"]),
        Kind.TEXT: st.sampled_from(["lifting a box", "no", "yes; not asked", "首が痛い"]),
    }
    return st.one_of(st.none(), drawn[question.kind])


@st.composite
def any_answers(draw: st.DrawFn) -> tuple[Checklist, dict[str, Answer]]:
    """Draw answers to any of the questions of any checklist, details of what was not asked among them."""
    checklist = draw(st.sampled_from(list(definitions().checklists.values())))
    given_answers = {question.key: draw(an_answer(question)) for question in checklist.questions()}
    return checklist, {key: answer for key, answer in given_answers.items() if answer is not None}


@settings(max_examples=40)  # each draws answers to a hundred questions
@given(any_answers())
def test_every_question_stands_in_exactly_one_place_by_its_own_answer(drawn: tuple[Checklist, dict[str, Answer]]) -> None:
    """A no is there only where no was answered; what was not asked is never among the noes."""
    checklist, answers = drawn
    for group in checklist.groups:
        found = told(group, answers)
        mains = [question for question in group.questions if question.parent is None and question.kind is not Kind.RATING]
        placed = [*found.yes, *found.no, *found.unsure, *found.given, *found.not_asked]
        assert sorted(question.key for question in placed) == sorted(question.key for question in mains)
        assert all(answers[question.key] == "no" and question.kind is Kind.STATE for question in found.no)
        assert all(answers[question.key] == "yes" and question.kind is Kind.STATE for question in found.yes)
        assert all(answers[question.key] == "unsure" for question in found.unsure)
        assert all(question.key not in answers for question in found.not_asked)


@settings(max_examples=40)  # each draws answers to a hundred questions
@given(any_answers())
def test_the_sentences_name_each_question_once_and_every_answer_below_it(drawn: tuple[Checklist, dict[str, Answer]]) -> None:
    """What the sentences say is what the groups hold, and no detail is lost, whatever its parent's answer was."""
    checklist, answers = drawn
    for group in checklist.groups:
        found, said = told(group, answers), dict(sentences(group, checklist, answers))
        named = {"Reports": found.yes, "Says no": found.no, "Unsure": found.unsure, "Told": found.given, "Not asked": found.not_asked}
        assert set(said) == {lead for lead, questions in named.items() if questions}
        for lead, questions in named.items():
            assert all(question.short.en[1:] in said[lead] for question in questions)
        details = [question for question in group.questions if question.parent is not None and question.key in answers]
        whole = " ".join(said.values())
        assert [detail.key for detail in details if spoken(detail, answers[detail.key]) not in whole] == []


@settings(max_examples=40)  # each draws answers to a hundred questions
@given(any_answers())
def test_a_no_is_said_only_of_what_was_answered_no(drawn: tuple[Checklist, dict[str, Answer]]) -> None:
    """Taking every no away takes away every sentence that begins with it, and turns nothing else into one."""
    checklist, answers = drawn
    without = {key: answer for key, answer in answers.items() if answer != "no"}
    leads = [lead for group in checklist.groups for lead, _ in sentences(group, checklist, without)]
    assert "Says no" not in leads


def test_an_unanswered_detail_of_a_reported_symptom_is_named_as_not_asked() -> None:
    """The side of a pain that nobody asked for is not left to be guessed."""
    checklist = definitions().checklists["neck-1"]
    said = dict(sentences(checklist.groups[0], checklist, {"sx.pain.present": "yes", "sx.pain.pattern": ("constant",)}))
    assert said["Reports"] == "neck pain (pattern: constant; not asked: feels, gets in the way, where)."
    assert "twitching" in said["Not asked"]


def test_the_patients_own_words_stand_in_quotes() -> None:
    """Nobody reads them as the clinic's."""
    checklist = definitions().checklists["neck-1"]
    group = next(group for group in checklist.groups if group.key == "causes")
    assert ("Told", "something else: “slept badly”.") in list(sentences(group, checklist, {"cause.other_text": "slept badly"}))
