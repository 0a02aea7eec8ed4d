"""The bundled fonts are there, may be given away, stay small, and load only when a name needs them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from intake.documents.fonts import FOLDER, font_files, font_of, shaper_font

LARGEST_BYTES = 14_000_000


def test_every_listed_font_is_a_font_of_that_name_and_every_file_is_listed() -> None:
    """The window and the documents find their fonts by this list."""
    assert {font.file for font in font_files()} == {path.name for path in FOLDER.glob("*.ttf")}
    assert all(shaper_font(font.name).face.glyph_count > 100 for font in font_files())


def test_the_fonts_stay_small_and_come_with_their_licences() -> None:
    """Everything is copied to every desk, and the licences ask to go with the files."""
    assert sum(path.stat().st_size for path in FOLDER.glob("*.ttf")) < LARGEST_BYTES
    assert "SIL OPEN FONT LICENSE" in (FOLDER / "licences" / "OFL-1.1.txt").read_text(encoding="utf-8")
    assert "Apache License" in (FOLDER / "licences" / "Apache-2.0.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("character", "family"),
    [
        ("é", "Noto Sans"), ("ễ", "Noto Sans"), ("Ж", "Noto Sans"), ("Ω", "Noto Sans"), ("م", "Noto Sans Arabic"),
        ("ש", "Noto Sans Hebrew"), ("न", "Noto Sans Devanagari"), ("ਗ", "Noto Sans Gurmukhi"), ("પ", "Noto Sans Gujarati"),
        ("明", "Droid Sans Fallback"), ("や", "Droid Sans Fallback"), ("김", "NanumGothic"),
    ],
)  # fmt: skip
def test_each_script_has_its_font(character: str, family: str) -> None:
    """A name in any of these scripts is drawn with letters, never boxes."""
    font = font_of(character, 600)
    assert font.family == family
    assert shaper_font(font.name).get_nominal_glyph(ord(character))


def test_a_latin_form_loads_no_other_font() -> None:
    """The large Chinese and Korean files cost a tenth of a second each, which only their names should pay."""
    program = (
        "from intake.documents import text, fonts\n"
        "text.wrap('Ana Sample, 12 Example Street' * 50, text.Style(size_pt=9), 200)\n"
        "print(fonts.shaper_font.cache_info().currsize + fonts.drawn_font.cache_info().currsize)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(found.stdout) <= 2
