"""Colors, type and the style sheet, light and dark."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FAMILIES = (
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Gurmukhi", "Noto Sans Gujarati",
    "NanumGothic", "Droid Sans Fallback",
)  # fmt: skip
"""The bundled faces in the order they are tried for a character; the documents draw with the same."""
BODY_PX = 13
LABEL_PX = 11.5
CARD_TITLE_PX = 13.5
PLACE_TITLE_PX = 16
NUMBER_PX = 18
GRID_PX = 4
_HALF_LIGHT = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The named colors of one theme, as ``#RRGGBB``. A ``_weak`` color is the ground its namesake is written on."""

    ground: str
    surface: str
    sunken: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_weak: str
    on_accent: str
    warning: str
    warning_weak: str
    danger: str
    danger_weak: str
    ok: str
    ok_weak: str
    info: str
    info_weak: str
    focus: str

    def color(self, name: str) -> QColor:
        """Return one token as a color, for painting. Raises AttributeError for a name that is no token."""
        return _color(getattr(self, name))


@cache
def _color(value: str) -> QColor:
    """Return a color, made once: a table asks for it in every cell. Nobody changes what is given out."""
    return QColor(value)


LIGHT = Tokens(
    ground="#F5F6F8", surface="#FFFFFF", sunken="#EEF1F4", line="#DCE1E7", edge="#8A95A3", text="#18212C", muted="#5A6676",
    accent="#0B6E6E", accent_weak="#E1F1F0", on_accent="#FFFFFF", warning="#8A5200", warning_weak="#FFF2D9", danger="#A11F2B",
    danger_weak="#FCE7E8", ok="#1C6638", ok_weak="#E3F4E9", info="#1E4C92", info_weak="#E6EEFB", focus="#2B7DE9",
)  # fmt: skip
DARK = Tokens(
    ground="#11151B", surface="#181E26", sunken="#141920", line="#2A333F", edge="#667385", text="#E6EAF0", muted="#97A3B3",
    accent="#4DB8B2", accent_weak="#173435", on_accent="#0C1517", warning="#F0B65A", warning_weak="#33270F", danger="#F28B93",
    danger_weak="#3A1A1E", ok="#78C795", ok_weak="#15301F", info="#8DB4F2", info_weak="#172840", focus="#5AA2FF",
)  # fmt: skip


def tokens() -> Tokens:
    """Return the colors on screen now, for widgets that paint themselves."""
    ground = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if ground.lightness() < _HALF_LIGHT else LIGHT


def apply(app: QApplication, *, dark: bool | None = None) -> Tokens:
    """Dress the whole application; ``dark=None`` follows the system and keeps following it."""
    hints = app.styleHints()
    scheme = {None: Qt.ColorScheme.Unknown, True: Qt.ColorScheme.Dark, False: Qt.ColorScheme.Light}[dark]
    hints.setColorScheme(scheme)
    chosen = DARK if (hints.colorScheme() == Qt.ColorScheme.Dark if dark is None else dark) else LIGHT
    app.setStyle("Fusion")
    app.setPalette(palette(chosen))
    app.setFont(font())
    app.setStyleSheet(style_sheet(chosen))
    return chosen


def font(*, size_px: float = BODY_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the program's face in one size and weight, for painting."""
    return QFont(_face(_points(size_px), weight))


def metrics(*, size_px: float = BODY_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFontMetricsF:
    """Return how wide and high that face writes."""
    return _metrics(_points(size_px), weight)


def forget_metrics() -> None:
    """Measure anew from now on: faces of other scripts have come."""
    _metrics.cache_clear()


@cache
def _face(points: float, weight: QFont.Weight) -> QFont:
    face = QFont(list(FAMILIES))
    face.setPointSizeF(points)
    face.setWeight(weight)
    return face


@cache
def _metrics(points: float, weight: QFont.Weight) -> QFontMetricsF:
    return QFontMetricsF(_face(points, weight))


def _points(size_px: float) -> float:
    # Qt takes a pixel size as a whole number only; half a pixel has to be said in points of this screen.
    return size_px * 72.0 / QGuiApplication.primaryScreen().logicalDotsPerInchY()


def style_sheet(colors: Tokens) -> str:
    """Return the style sheet with the theme's colors in the place of its ``$names``."""
    sizes = {"label": LABEL_PX, "body": BODY_PX, "card": CARD_TITLE_PX, "place": PLACE_TITLE_PX, "number": NUMBER_PX}
    files = {"icons": (RESOURCES / "icons").as_posix(), "theme": "dark" if colors is DARK else "light"}
    names = {**asdict(colors), **files, **{f"{name}_size": f"{_points(px):.3f}pt" for name, px in sizes.items()}}
    return Template((RESOURCES / "style.qss").read_text(encoding="utf-8")).substitute(names)


def palette(colors: Tokens) -> QPalette:
    """Return the palette of a theme: what Qt itself paints, and what tells :func:`tokens` which theme is on."""
    role = QPalette.ColorRole
    filled = {
        role.Window: colors.ground, role.WindowText: colors.text, role.Base: colors.surface, role.AlternateBase: colors.sunken,
        role.Text: colors.text, role.PlaceholderText: colors.muted, role.Button: colors.surface, role.ButtonText: colors.text,
        role.ToolTipBase: colors.surface, role.ToolTipText: colors.text, role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent, role.Accent: colors.accent, role.Link: colors.accent, role.Mid: colors.line,
        role.Midlight: colors.sunken, role.Light: colors.surface, role.Dark: colors.edge, role.Shadow: colors.edge,
    }  # fmt: skip
    made = QPalette()
    for each, color in filled.items():
        made.setColor(each, QColor(color))
    for each in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(colors.muted))
    return made
