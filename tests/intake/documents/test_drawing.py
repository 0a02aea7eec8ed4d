"""The pain drawing on paper: marks stand where they were made, in their pattern, and in words."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from intake.documents.drawing import pain_drawing
from intake.documents.frame import Frame, issue
from intake.domain.pain import PATTERNS, Mark
from tests.intake.documents.samples import definitions, pages_by_pypdf, spaced

SCALE = 2


def drawn(*marks: Mark, regions: Any = None) -> bytes:
    """Return a page with nothing but a pain drawing."""
    known = definitions()
    frame = Frame(
        practice="Example Practice", location=known.practice.locations[0], title="Drawing", subtitle="", patient="Sample, Ana",
        person="", record_number="RD-004217-6", visit_number="V-000012-3", dob="Mar 4, 1985", printed="now", training=False,
    )  # fmt: skip
    return issue(frame, list(pain_drawing(marks, regions or known.regions)))


def figures(pdf: bytes) -> Image.Image:
    """Return the picture of the page between heading and legend: the four views from left to right."""
    page: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=SCALE).to_pil().convert("L")
    return page.crop((0, 150 * SCALE, page.width, 345 * SCALE))


@cache
def unmarked() -> Image.Image:
    """Return the views without a mark."""
    return figures(drawn())


def changed(*marks: Mark) -> tuple[float, float]:
    """Return from where to where across the page the marks changed the picture, in points."""
    box = ImageChops.difference(unmarked(), figures(drawn(*marks))).getbbox()
    assert box is not None
    return box[0] / SCALE, box[2] / SCALE


def test_a_front_mark_never_shows_on_the_back() -> None:
    """Neck and arm of the front view change the front view alone, and those of the back the back alone."""
    front = changed(Mark(region="neck.front.left", kind="burning"), Mark(region="hand.front.right", kind="aching"))
    back = changed(Mark(region="neck.back.left", kind="burning"), Mark(region="hand.back.right", kind="aching"))
    assert front[1] < back[0]
    assert front[1] < 200


def test_the_patients_left_is_at_the_right_of_the_front_view() -> None:
    """The figure is seen as the clinician sees the patient."""
    left, right = changed(Mark(region="hand.front.left", kind="aching")), changed(Mark(region="hand.front.right", kind="aching"))
    assert left[0] > right[1]


@pytest.mark.parametrize("view", ["front", "back", "left", "right"])
def test_every_region_can_be_marked_and_changes_its_own_view(view: str) -> None:
    """No region of the set is lost on paper."""
    regions = definitions().regions.view(view).regions
    spans = [changed(Mark(region=region.key, kind="throbbing")) for region in regions]
    assert max(right for _, right in spans) - min(left for left, _ in spans) < 200


def test_each_pattern_looks_different() -> None:
    """Without colour the kinds of pain are still told apart."""
    region = Mark(region="chest.front.left", kind="x").region
    known = definitions().regions
    kinds = [dataclasses.replace(known.kinds[0], pattern=pattern) for pattern in PATTERNS]
    sets = [dataclasses.replace(known, kinds=(kind,)) for kind in kinds]
    pictures = {figures(drawn(Mark(region=region, kind=kinds[0].code), regions=one)).tobytes() for one in sets}
    assert len(pictures) == len(PATTERNS)


def test_the_marks_are_also_listed_in_words() -> None:
    """What the picture shows can be read aloud."""
    text = spaced(pages_by_pypdf(drawn(Mark(region="neck.back.left", kind="burning"), Mark(region="neck.back.left", kind="aching")))[0])
    assert "B · Burning: Back of the neck, left" in text
    assert "A · Aching: Back of the neck, left" in text
    assert "2 marked" in text
