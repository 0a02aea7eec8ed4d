"""Sheets of labels and envelopes, read from the files under ``labels/``: one that does not fit its own paper is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.definitions.versions import versions
from intake.domain.labels import Envelope, LabelSheet
from intake.domain.text import Text

LABELS: Final = "labels"
POINTS_PER: Final = {"in": 72.0, "mm": 72 / 25.4}
SMALLEST_PT: Final = 24.0
"""What is lower or narrower than a third of an inch holds no readable line."""
_SHEET: Final = {
    "page": ("width", "height"), "grid": ("columns", "rows"), "margin": ("left", "top"), "label": ("width", "height"), "pitch": ("x", "y"),
}  # fmt: skip
_ENVELOPE: Final = {"page": ("width", "height"), "return_address": ("left", "top"), "address": ("left", "top")}
_LARGEST: Final = {"in": 24.0, "mm": 610.0}
_MOST: Final = 40
_SLACK_PT: Final = 0.75
"""Sizes are told rounded, to a hundredth of an inch or a tenth of a millimeter."""


def load_labels(files: ResourceFiles) -> tuple[Mapping[str, LabelSheet], Mapping[str, Envelope]]:
    """Return the sheets of labels and the envelopes by their keys, which are the names of their files.

    Raises ResourceError with file, line and reason.
    """
    sheets: dict[str, LabelSheet] = {}
    envelopes: dict[str, Envelope] = {}
    for key in versions(files, LABELS, ".toml"):
        root = files.toml_node(f"{LABELS}/{key}.toml")
        if root.child("paper").beside("paper").one_of(("labels", "envelope")) == "labels":
            sheets[key] = _sheet(key, root)
        else:
            envelopes[key] = _envelope(key, root)
    return sheets, envelopes


def _sheet(key: str, root: Node) -> LabelSheet:
    sheet = LabelSheet(
        key=key,
        name=_name(root),
        page_width_pt=_length(root, "page", "width"),
        page_height_pt=_length(root, "page", "height"),
        columns=_count(root, "columns"),
        rows=_count(root, "rows"),
        left_pt=_length(root, "margin", "left"),
        top_pt=_length(root, "margin", "top"),
        width_pt=_length(root, "label", "width"),
        height_pt=_length(root, "label", "height"),
        pitch_x_pt=_length(root, "pitch", "x"),
        pitch_y_pt=_length(root, "pitch", "y"),
    )
    _refuse_unknown(root, _SHEET)
    _refuse_beyond(root, sheet)
    return sheet


def _refuse_beyond(root: Node, sheet: LabelSheet) -> None:
    """Refuse labels that leave the page, lie over one another, or are too small to say anything."""
    label, pitch, page = root.beside("[label]"), root.beside("[pitch]"), root.beside("[grid]")
    if min(sheet.width_pt, sheet.height_pt) < SMALLEST_PT:
        raise label.broken("a label of this size has no room for a line of text")
    if sheet.columns > 1 and sheet.pitch_x_pt < sheet.width_pt - _SLACK_PT:
        raise pitch.broken("x: the labels of a row lie over one another")
    if sheet.rows > 1 and sheet.pitch_y_pt < sheet.height_pt - _SLACK_PT:
        raise pitch.broken("y: the labels of a column lie over one another")
    if sheet.left_pt + (sheet.columns - 1) * sheet.pitch_x_pt + sheet.width_pt > sheet.page_width_pt + _SLACK_PT:
        raise page.broken(f"columns: {sheet.columns} do not fit the width of the page")
    if sheet.top_pt + (sheet.rows - 1) * sheet.pitch_y_pt + sheet.height_pt > sheet.page_height_pt + _SLACK_PT:
        raise page.broken(f"rows: {sheet.rows} do not fit the height of the page")


def _envelope(key: str, root: Node) -> Envelope:
    envelope = Envelope(
        key=key,
        name=_name(root),
        width_pt=_length(root, "page", "width"),
        height_pt=_length(root, "page", "height"),
        return_left_pt=_length(root, "return_address", "left"),
        return_top_pt=_length(root, "return_address", "top"),
        address_left_pt=_length(root, "address", "left"),
        address_top_pt=_length(root, "address", "top"),
    )
    _refuse_unknown(root, _ENVELOPE)
    for part, left, top in (
        ("return_address", envelope.return_left_pt, envelope.return_top_pt),
        ("address", envelope.address_left_pt, envelope.address_top_pt),
    ):
        if left > envelope.width_pt - SMALLEST_PT or top > envelope.height_pt - SMALLEST_PT:
            raise root.beside(f"[{part}]").broken("this begins beyond the envelope")
    return envelope


def _name(root: Node) -> Text:
    name = root.child("name").beside("[name]")
    text = Text(en=name.child("en").string().strip(), es=name.child("es").string().strip())
    name.only("en", "es")
    return text


def _refuse_unknown(root: Node, parts: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse a name in the file that nothing is made of: a slip would be printed as if it were not there."""
    root.only("paper", "name", "unit", *parts)
    for part, known in parts.items():
        root.child(part).beside(f"[{part}]").only(*known)


def _length(root: Node, part: str, key: str) -> float:
    """Return a length in points; the file gives it in its own unit."""
    unit = root.child("unit").beside("unit").one_of(tuple(POINTS_PER))
    node = root.child(part).beside(f"[{part}]").child(key)
    return node.number(low=0, high=_LARGEST[unit]) * POINTS_PER[unit]


def _count(root: Node, key: str) -> int:
    node = root.child("grid").beside("[grid]").child(key)
    if not 1 <= (count := node.integer()) <= _MOST:
        raise node.broken(f"{key}: a number from 1 to {_MOST} is expected")
    return count
