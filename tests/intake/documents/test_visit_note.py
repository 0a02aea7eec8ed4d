"""The visit note: everything written is on it, whose it is and whether it is signed on every page."""

from __future__ import annotations

import dataclasses
import io
from datetime import date

import pypdf
import pypdfium2
import pytest

from intake.documents.style import MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from intake.domain.prompts import Level
from intake.domain.reviews import Chart, Note
from tests.factories import a_patient, a_visit
from tests.intake.documents.charts import (
    ADDENDUM,
    LATER_PRINT,
    NOTE,
    PRINT,
    REFUSED,
    a_chart,
    a_note,
    a_prompt,
    a_rule,
    a_signature,
    rules,
    unsigned,
)
from tests.intake.documents.samples import a_record, definitions, pages_by_pdfium, pages_by_pypdf, solid, spaced

SCRIPTS = "الرقبة متصلبة · צוואר נוקשה · गर्दन में दर्द · ગરદન · ਗਰਦਨ · 首が痛い · 목이 아파요 · Шея болит · ñ é ő"


def read(pdf: bytes) -> str:
    """Return the whole text of a PDF with single spaces."""
    return spaced(" ".join(pages_by_pypdf(pdf)))


def with_note(**fields: object) -> bytes:
    """Return a signed note with other words in it."""
    return a_note(a_chart(signature=a_signature(note=dataclasses.replace(NOTE, **fields))))  # type: ignore[arg-type] # any field


def test_everything_the_clinician_wrote_is_read_from_the_paper() -> None:
    """Words, items, picks, codes with titles and release, plan, totals and activities."""
    text = read(a_note())
    for words in (
        "It wakes her at night.", "tight and tender", "Rotation left 45 degrees", "Muscle in spasm Left", "128/82 mmHg",
        "Overexertion or muscle fatigue; Mechanical dysfunction", "M62.838 Other muscle spasm", "M54.2 Cervicalgia",
        "ICD-10-CM, release 2026-04-01. Picked by the clinician", "Heat: 15 minutes, three times a day", "Posture advice.",
        "Back in two weeks", "Neck Disability Index: 14 points of 50", "a higher number is worse", "Vernon and Mior 1991",
        "“driving to work” 4 of 10", "“lifting my son” not rated", "picked and written by the clinician",
    ):  # fmt: skip
        assert words in text, words


def test_what_the_clinician_did_not_record_is_named_as_such() -> None:
    """An item nobody examined is never read as one without findings."""
    text = read(with_note(findings={}, examination="", totals={}, activities=()))
    assert "Examination Not recorded." in text
    assert "Not recorded Neck movement; Palpation; Neurological" in text
    assert "Outcome measures" not in text
    assert read(with_note(findings={"rom.flexion": "full"})).count("Flexion Full") == 1


@pytest.mark.parametrize("chart", [a_chart(), a_chart(addenda=(ADDENDUM,)), unsigned()], ids=["signed", "added", "unsigned"])
def test_every_page_has_two_identifiers_its_number_and_the_foot(chart: Chart) -> None:
    """A page that falls out of the folder can be put back, and says what it is and is not."""
    record = a_record(visit=a_visit(reason="neck pain, " * 3000))
    pages = [spaced(page) for page in pages_by_pypdf(a_note(dataclasses.replace(chart, visit=record)))]
    assert len(pages) > 5
    foot = "Prompts are drawn from cited published sources, version neck-prompts-1, and do not replace clinical judgement."
    for number, page in enumerate(pages, start=1):
        for part in ("Sample, Ana", "RD-004217-6", "Mar 4, 1985", f"Page {number} of {len(pages)}", "Not a diagnosis.", foot):
            assert part in page
        assert ("PRELIMINARY" in page) == chart.number.endswith("/P")


def test_an_unsigned_note_has_no_fingerprint_and_a_signed_one_no_such_mark() -> None:
    """Nobody takes a draft for a document."""
    text = read(a_note(unsigned()))
    assert "V-000012-3/P" in text
    assert "No clinician has signed this note." in text
    assert "SHA-256" not in text
    signed = read(a_note())
    assert "PRELIMINARY" not in signed
    assert f"SHA-256 {PRINT}" in signed
    assert "Signed by Dr. Nora Example, clinician" in signed
    assert "Nov 22, 2026, 10:20 AM (2026-11-22 15:20:00 UTC)" in signed
    assert "Document V-000012-3/N1 · fingerprint 3f9a-17c2-88d0-4b1e" in signed


def test_a_draft_that_cannot_be_read_whole_says_how_much_is_missing() -> None:
    """A total of 99 points of 50 is not on the paper, and the paper says that something is not."""
    text = read(a_note(unsigned(draft={"history": "Began on Monday.", "totals": {"ndi": "99"}})))
    assert "Began on Monday." in text
    assert "1 of its entries could not be read yet" in text


def test_prompts_are_printed_with_answers_source_level_and_acknowledgement() -> None:
    """The most pressing first; one that is not acknowledged says so."""
    prompts = (a_prompt(id=7, rule_id="RF-EX-2", level=Level.REVIEW, acknowledgement=None), a_prompt(id=9))
    text = read(a_note(unsigned(prompts=prompts)))
    assert text.index("electric feeling") < text.index("trouble with buttons")
    for words in (
        "Patient reports an electric feeling on bending the neck. Listed in: Example and others",
        "J Example Med 2020;1:1. For clinician judgement.",
        "Neck pain: yes; Neck pain, pattern: constant, throbbing; Implanted device: Yes; Age: 41 years.",
        "“Examined at once; reflexes equal on both sides.” · acknowledged by Dr. Nora Example, Nov 22, 2026, 10:05 AM",
        "Not acknowledged by a clinician.", "2 raised · 1 not acknowledged", "RF-EX-1 of neck-prompts-1", "approved by Dr. Pat Example",
        "NOW", "REVIEW",
    ):  # fmt: skip
        assert words in text, words


def test_a_prompt_after_a_correction_and_one_raised_by_unsure_say_so() -> None:
    """The prompt stays, and why it stands there stays readable."""
    text = read(a_note(a_chart(prompts=(a_prompt(unsure=True, holds=False),))))
    assert "The answers were corrected since" in text
    assert "Raised by an answer of unsure" in text


def test_without_prompts_the_count_of_unasked_items_is_said() -> None:
    """The absence of a prompt is no finding."""
    text = read(a_note(a_chart(prompts=())))
    assert "None of the answers recorded matches a configured prompt. This is not a clinical assessment. 0 items were not asked." in text
    assert "1 item was answered unsure." in text


def test_refused_and_unapproved_rules_are_announced_on_the_note() -> None:
    """What was not checked is never silently nothing."""
    text = read(a_note(rules=rules(refused=(REFUSED,), approved=False)))
    assert "Prompts unavailable: RF-EX-9 (line 41) was not loaded: it has no source." in text
    assert "This practice has not approved the configured prompts yet." in text
    assert "Prompts unavailable" not in read(a_note())


def test_a_rule_that_waits_for_approval_is_not_said_to_be_approved() -> None:
    """The word in the file is no physician's name."""
    waiting = rules(rules=(a_rule("RF-EX-1", "an electric feeling", approved_by="pending"),), approved=False)
    text = read(a_note(a_chart(prompts=(a_prompt(),)), rules=waiting))
    assert "not approved by this practice yet" in text
    assert "approved by pending" not in text


def test_a_rule_of_another_version_is_named_when_its_text_is_not_at_hand() -> None:
    """An old note is not printed with new words."""
    chart = a_chart(prompts=(a_prompt(rules_version="neck-prompts-0"),))
    assert "The text of rule RF-EX-1 is not among this program's files." in read(a_note(chart))
    older = rules(version="neck-prompts-0")
    assert "Patient reports an electric feeling" in read(a_note(chart, rule_sets={"neck-prompts-0": older}))


def test_corrections_keep_what_the_desk_recorded() -> None:
    """Answers and safety fields alike: before, after, who, when, why."""
    text = read(a_note())
    for words in (
        "Twitching: recorded as no, corrected to yes by Dr. Nora Example, Nov 22, 2026, 10:05 AM. Reason: “She shows it”",
        "Blood thinner: recorded as No, corrected to Yes by Dr. Nora Example",
        "Dizziness: recorded as no, corrected to not asked by Dr. Nora Example",
        "Blood thinner (corrected) Yes", "Reports twitching (corrected)", "dizziness (corrected)",
    ):  # fmt: skip
        assert words in text, words
    assert "Corrections" not in read(a_note(a_chart(corrections=(), prompts=())))


def test_addenda_follow_with_author_time_reason_and_the_new_number() -> None:
    """The first signature stays readable beside the fingerprint that covers everything."""
    second = dataclasses.replace(ADDENDUM, number=2, text="Second call. " + SCRIPTS, reason="Second", fingerprint="b" * 64)
    text = read(a_note(a_chart(addenda=(ADDENDUM, second))))
    for words in (
        "Addendum 1", "Telephone call", "The patient called: the arm is stronger.", "Nov 24, 2026, 9:00 AM", "Addendum 2", "Second call.",
        "V-000012-3/N3", f"SHA-256 {'b' * 64}", "The review as first signed: V-000012-3/N1 · 3f9a-17c2-88d0-4b1e", "a0b1-c2d3-e4f5-0617",
    ):  # fmt: skip
        assert words in text, words
    assert LATER_PRINT not in text


def test_earlier_ratings_are_printed_only_when_given() -> None:
    """Raw numbers with their day, never a verdict."""
    before = a_chart(visit=a_record(number="V-000007-1", visit_day=date(2026, 10, 2)), answers={"sx.pain.nprs_now": 9})
    text = read(a_note(earlier=(before,)))
    assert "Oct 2, 2026, V-000007-1: Pain now 9; Average, 7 days not asked" in text
    assert "Earlier" not in read(a_note())


def test_a_signed_note_shows_the_patient_as_signed() -> None:
    """A later change of name does not change what was signed."""
    renamed = a_record(patient=a_patient(legal_last="Married"))
    text = read(a_note(a_chart(visit=renamed)))
    assert "Sample, Ana" in text
    assert "Married" not in text


@pytest.mark.parametrize(
    "text", ["neck pain, " * 3636, "x" * 40_000, "首が痛いです。" * 5714, "ألم في الرقبة " * 2850], ids=["en", "x", "ja", "ar"]
)
def test_a_note_of_40000_characters_flows_over_pages_and_is_printed_to_its_last_word(text: str) -> None:
    """Nothing is clipped, and nothing stands outside the margins."""
    pdf = with_note(history=text)
    pages = pages_by_pypdf(pdf)
    assert len(pages) > 6
    whole = solid("".join(pages))
    assert sum(whole.count(letter) for letter in set(solid(text))) >= len(solid(text))
    for page in pypdfium2.PdfDocument(pdf):
        found = page.get_textpage()
        boxes = [found.get_charbox(index) for index in range(found.count_chars()) if found.get_text_range(index, 1).strip()]
        assert min(left for left, _, _, _ in boxes) >= MARGIN - 1
        assert max(right for _, _, right, _ in boxes) <= PAGE_WIDTH - MARGIN + 1
        assert min(bottom for _, bottom, _, _ in boxes) >= 18
        assert max(top for _, _, _, top in boxes) <= PAGE_HEIGHT - 10


def test_every_script_is_read_back_from_every_part() -> None:
    """Two readers find what was typed."""
    words = {"heat": f"plan {SCRIPTS}"}
    pdf = with_note(history=f"history {SCRIPTS}", examination=SCRIPTS, impression=SCRIPTS, plan=words, plan_text=SCRIPTS)
    for text in ("".join(pages_by_pypdf(pdf)), "".join(pages_by_pdfium(pdf))):
        assert all(solid(text).count(solid(part)) >= 5 for part in SCRIPTS.split(" · "))


def test_the_same_chart_gives_the_same_bytes_and_another_time_others() -> None:
    """A file that comes back is known by its bytes."""
    assert a_note() == a_note()
    assert a_note() != a_note(printed_at=a_signature().at)


def test_the_files_own_data_carry_number_and_fingerprint_and_never_a_name() -> None:
    """Keywords are there for the check of a file that comes back."""
    for chart, part in ((a_chart(), f"note V-000012-3/N1 {PRINT} "), (unsigned(), "note V-000012-3/P - ")):
        told = dict(pypdf.PdfReader(io.BytesIO(a_note(chart))).metadata or {})
        assert str(told["/Keywords"]) == f"intake-desk {part}2026-11-22T15:30:00+00:00"
        assert str(told["/Title"]) == "Visit note"
        assert not any(name in str(told) for name in ("Sample", "Ana", "RD-004217"))


def test_training_and_preliminary_are_both_on_every_page() -> None:
    """One mark does not hide the other."""
    pages = pages_by_pypdf(a_note(unsigned(), training=True))
    assert all("TRAINING – not a real patient" in page and "PRELIMINARY – not signed" in page for page in pages)


def test_an_empty_note_is_printed_with_its_gaps_named() -> None:
    """An unsigned note that nobody wrote yet."""
    text = read(a_note(unsigned(draft={})))
    for words in ("History Not recorded.", "Examination Not recorded.", "Codes None picked.", "Plan Not recorded."):
        assert words in text, words
    assert Note() != NOTE


def test_each_version_of_the_checklist_can_be_printed() -> None:
    """Visits keep the version they were asked with."""
    for version, checklist in definitions().checklists.items():
        record = a_record(checklist_version=version)
        assert f"checklist {version}" in read(a_note(a_chart(visit=record), checklist=checklist))
