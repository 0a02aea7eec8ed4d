"""Colors, type and fonts."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import fields

import pytest
from PySide6.QtGui import QColor, QFontDatabase
from PySide6.QtWidgets import QApplication

from ui import fonts, theme

LEAST_CONTRAST = 4.5
GROUNDS = ("ground", "surface", "sunken")
PAIRS = (
    *((ink, ground) for ink in ("text", "muted") for ground in (*GROUNDS, "accent_weak")),
    *((ink, f"{ink}_weak") for ink in ("accent", "warning", "danger", "ok", "info")),
    *((ink, ground) for ink in ("accent", "warning", "danger", "ok", "info") for ground in ("surface", "ground")),
    ("warning", "accent_weak"),
    ("text", "warning_weak"),
    ("text", "danger_weak"),
    ("on_accent", "accent"),
)


def luminance(color: str) -> float:
    """Return the relative luminance of a color. Source: WCAG 2.2, "relative luminance"."""
    shade = QColor(color)
    linear = [
        part / 12.92 if part <= 0.04045 else math.pow((part + 0.055) / 1.055, 2.4) for part in (shade.redF(), shade.greenF(), shade.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(ink: str, ground: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21."""
    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_words_can_be_read_on_every_ground_they_stand_on(colors: theme.Tokens, ink: str, ground: str) -> None:
    """Every pair of ink and ground keeps a contrast of at least 4.5 to 1."""
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= LEAST_CONTRAST


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_the_focus_ring_stands_out_from_every_ground(colors: theme.Tokens) -> None:
    """A ring is not read; 3 to 1 is what WCAG asks of it."""
    assert all(contrast(colors.focus, getattr(colors, ground)) >= 3 for ground in GROUNDS)


def test_the_style_sheet_names_only_colors_and_sizes_that_exist() -> None:
    """A misspelt name would be an error, and a color outside the tokens would escape the contrast test."""
    written = (theme.RESOURCES / "style.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b(?![^{]*\{)", written)
    assert "$" not in theme.style_sheet(theme.LIGHT)


def test_dark_and_light_are_told_apart_on_screen(qapp: QApplication) -> None:
    """Widgets that paint themselves follow the theme that is on."""
    try:
        theme.apply(qapp, dark=True)
        assert theme.tokens() is theme.DARK
    finally:
        theme.apply(qapp, dark=False)
    assert theme.tokens() is theme.LIGHT


def test_every_token_is_a_color() -> None:
    """A token that Qt cannot read would be painted black."""
    for colors in (theme.LIGHT, theme.DARK):
        assert all(QColor(getattr(colors, field.name)).isValid() for field in fields(colors))


def test_the_faces_of_the_window_are_those_of_the_documents() -> None:
    """One list of fonts: what a name looks like on screen is what it looks like on paper."""
    listed = tomllib.loads((fonts.FOLDER / "fonts.toml").read_text(encoding="utf-8"))["font"]
    assert set(theme.FAMILIES) == {font["family"] for font in listed}
    assert theme.FAMILIES[0] == listed[0]["family"]


def test_every_bundled_face_can_be_loaded(qapp: QApplication) -> None:
    """After the rest is loaded, Qt knows every family of the list."""
    fonts.load_rest()
    assert set(theme.FAMILIES) <= set(QFontDatabase.families())
