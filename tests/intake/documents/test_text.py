"""What is read from the paper is what was entered, in any script, however long."""

from __future__ import annotations

import io
import unicodedata

import bidi
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from intake.documents.shaping import shape_line, visual_runs
from intake.documents.text import Style, Writer, plain_runs, printable, width_of, wrap
from tests.intake.documents.samples import pages_by_pdfium, pages_by_pypdf, solid, spaced

BODY = Style(size_pt=9)
NAMES = {
    "latin": "Ana María Rivera-O’Brien",
    "vietnamese": "Nguyễn Thị Ánh",
    "cyrillic": "Соколова Ирина",
    "greek": "Παπαδόπουλος Νίκος",
    "arabic": "محمد علي",
    "arabic with vowel marks": "مُحَمَّد بْن عَبْد اللَّه",
    "hebrew": "אברהם כהן",
    "hebrew with points": "שָׁלוֹם",
    "devanagari": "नरेन्द्र शर्मा",
    "gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "gujarati": "પટેલ જિજ્ઞેશ",
    "chinese": "王小明",
    "japanese": "山田 太郎 やまだ たろう",
    "korean": "김 민준",
    "combining marks": "é̄x Z̶͑ǫ̂",
    "latin around arabic": "Ana محمد Rivera",
    "arabic around latin": "محمد Rivera علي",
    "chinese and arabic": "Ana 王 محمد",
    "emoji": "😀 Ana 👍🏽",
    "quotes and braces": "'; DROP TABLE {{x}} <b>",
    "one letter": "ا",
}


@pytest.mark.parametrize(
    "line",
    [
        "ألم في الرقبة since 3 days (left)",
        "ألم (في الرقبة) منذ [3] أيام",
        "Rivera (محمد علي) since 3 days",
        "pain (neck) محمد (MRI [2]) علي",
        "(محمد Rivera) علي)",
        "(left) ألم",
    ],
)
def test_brackets_stand_around_what_they_enclose_in_either_direction(line: str) -> None:
    """The order on paper is that of another implementation of the Unicode rules, brackets included."""
    runs = visual_runs(line, 400)
    assert "".join(run[::-1] if level % 2 else run for run, level, _ in runs) == bidi.get_display(line)


def page_of(*lines: str) -> bytes:
    """Return a page with a label, each line twice, and a label after it, as a form has them."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(612, 792), invariant=1)
    writer = Writer(canvas)
    for place, line in enumerate(lines):
        y = 740 - 28 * place
        writer.line(48, y, "Name", BODY)
        writer.line(100, y, line, BODY)
        writer.line(320, y, line, Style(size_pt=11, weight=600))
        writer.line(520, y, "Phone", BODY)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_two_readers_find_the_name_as_entered(name: str) -> None:
    """Search, copy and the print queue's preview see the name, not glyphs."""
    pdf = page_of(name)
    assert spaced(name) in spaced(pages_by_pypdf(pdf)[0])
    assert spaced(name) in spaced(pages_by_pdfium(pdf)[0])


def test_names_of_all_scripts_on_one_page_do_not_disturb_one_another() -> None:
    """A right-to-left line does not turn its neighbours around."""
    pdf = page_of(*NAMES.values())
    read = [spaced(pages_by_pypdf(pdf)[0]), spaced(pages_by_pdfium(pdf)[0])]
    assert [name for name in NAMES.values() for text in read if text.count(spaced(name)) < 2] == []


@pytest.mark.parametrize("name", ["محمد (أبو علي) 12", "غرفة12"])
def test_digits_and_brackets_among_arabic_are_read_in_order(name: str) -> None:
    """These are carried in pieces: the letters keep their order, line ends stand between the pieces."""
    pdf = page_of(name)
    assert solid(name) in solid(pages_by_pypdf(pdf)[0])
    assert solid(name) in solid(pages_by_pdfium(pdf)[0])


def test_a_name_without_vowel_marks_gains_none() -> None:
    """Discretionary ligatures would draw marks on محمد that nobody typed."""
    assert len(shape_line("محمد", 400).glyphs) == 4


def test_arabic_letters_join() -> None:
    """Inside a word a letter has another form than alone."""
    joined = {glyph.glyph for glyph in shape_line("محمد", 400).glyphs}
    assert joined.isdisjoint(shape_line(letter, 400).glyphs[0].glyph for letter in "مح")


def test_plain_latin_needs_no_shaper() -> None:
    """The usual form stays on the quick path."""
    assert plain_runs("Rivera-O’Brien, Ana María · Соколова", 400) is not None
    assert plain_runs("علي", 400) is None


def test_a_character_without_a_letter_is_drawn_as_a_box() -> None:
    """What cannot be drawn is seen to be there."""
    glyphs = shape_line("😀", 400).glyphs
    assert [glyph.glyph for glyph in glyphs] == [0]
    assert shape_line("😀", 400).width > 0


@pytest.mark.parametrize("text", ["neck pain, " * 3636, "x" * 40_000, "首が痛いです。" * 5714, "ألم في الرقبة " * 2857, "ا" * 40_000])
def test_a_very_long_answer_is_wrapped_without_loss(text: str) -> None:
    """Forty thousand characters, with or without spaces, all stand within the width."""
    lines = wrap(text, BODY, 516)
    assert solid("".join(lines)) == solid(text)
    assert max(width_of(line, BODY) for line in lines) <= 516


def test_a_mark_is_never_cut_from_its_letter() -> None:
    """A line end between a letter and its accent would draw the accent on nothing."""
    lines = wrap("é̄" * 400, BODY, 100)
    assert not any(unicodedata.combining(line[0]) for line in lines)
    assert "".join(lines) == "é̄" * 400


def test_line_ends_are_kept_and_controls_are_dropped() -> None:
    """A reason of several lines is printed as such; a NUL has no place on paper."""
    assert wrap("one\r\ntwo\n\nthree\x00\x07", BODY, 516) == ["one", "two", "", "three"]
    assert printable("a\tb\ud800") == "a    b"


@given(st.text(max_size=200), st.integers(min_value=40, max_value=516))
def test_any_text_can_be_wrapped_and_drawn(text: str, width: int) -> None:
    """Whatever was entered, the page is drawn and no letter is lost."""
    lines = wrap(text, BODY, width)
    assert solid("".join(lines)) == solid("".join(printable(text).split()))
    assert page_of(*lines[:20]).startswith(b"%PDF")
