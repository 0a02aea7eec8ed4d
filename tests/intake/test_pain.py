"""The pain drawing: regions that tile a body, each on one side and in one view, and marks that are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.definitions.pain_regions import load_regions
from intake.definitions.resource_files import ResourceFiles
from intake.domain.pain import BOX_SIZE, Mark, Region
from intake.errors import Problem, ResourceError

RESOURCES = Path(__file__).parents[2] / "resources"
SOURCE = (RESOURCES / "pain" / "neck-regions-1.json").read_text("utf-8")
REGIONS = load_regions(ResourceFiles(root=RESOURCES))
MIDDLE = BOX_SIZE / 2


def middle_x(region: Region) -> float:
    """Return the middle of a region's width."""
    xs = [x for x, _ in region.outline]
    return (min(xs) + max(xs)) / 2


def test_the_regions_of_a_view_never_overlap() -> None:
    """A click marks one region: points 5 units apart lie in one region at most, and the body is covered."""
    for view in REGIONS.views:
        covered = 0
        for y in range(2, 1000, 5):
            row = [region for region in view.regions if min(q for _, q in region.outline) <= y <= max(q for _, q in region.outline)]
            for x in range(2, 1000, 5):
                hits = sum(region.contains(x + 0.37, y + 0.41) for region in row)
                assert hits <= 1, (view.key, x, y)
                covered += hits
        assert covered > 4000


@pytest.mark.parametrize(("view", "left_is_at_the_right"), [("front", True), ("back", False)])
def test_the_patients_left_is_where_it_is_when_you_look_at_them(view: str, *, left_is_at_the_right: bool) -> None:
    """Seen from the front the patient's left is at the viewer's right; seen from the back it is not."""
    for region in REGIONS.view(view).regions:
        if region.side == "midline":
            assert middle_x(region) == pytest.approx(MIDDLE, abs=5)
        else:
            assert (middle_x(region) > MIDDLE) == ((region.side == "left") == left_is_at_the_right), region.key


def test_every_left_region_has_a_right_one_that_mirrors_it() -> None:
    """Neither side of the body can be marked better than the other."""
    for region in REGIONS.regions():
        if region.side != "left":
            continue
        other = REGIONS.region(region.key.removesuffix(".left") + ".right")
        assert other.side == "right"
        assert middle_x(other) == pytest.approx(BOX_SIZE - middle_x(region), abs=1.5)
        assert "right" in other.text.en.lower()
        assert "left" in region.text.en.lower()


def test_a_region_belongs_to_one_view_and_its_key_says_which() -> None:
    """A mark on the front can never show on the back."""
    for view in REGIONS.views:
        word = "side" if view.key in {"left", "right"} else view.key
        for region in view.regions:
            assert region.view == view.key
            assert region.key.split(".")[1] == word
            assert region.key.endswith(f".{region.side}") or region.side == "midline"
    assert len({region.key for region in REGIONS.regions()}) == len(REGIONS.regions()) == 66


@pytest.mark.parametrize(
    "key",
    [
        "neck.back.left",
        "neck.back.midline",
        "neck.back.right",
        "base_of_skull.back.left",
        "shoulder_top.back.right",
        "between_blades.back",
        "hand.front.left",
    ],
)
def test_the_regions_that_records_point_to_are_there(key: str) -> None:
    """Keys are never renamed within a version."""
    assert REGIONS.region(key).key == key


def test_every_region_has_its_own_name_in_both_languages() -> None:
    """The list that mirrors the picture must tell every region apart by ear."""
    for language in ("en", "es"):
        names = [region.text.in_language(language) for region in REGIONS.regions()]
        assert len(set(names)) == len(names)


def test_every_point_of_a_region_stands_on_the_figure() -> None:
    """A region follows the body: its middle is found by pointing at it."""
    for view in REGIONS.views:
        for region in view.regions:
            ys = sorted(y for _, y in region.outline)
            y = (ys[0] + ys[-1]) / 2 + 0.05
            inside = [x for x in range(0, 1000, 2) if region.contains(x + 0.13, y)]
            assert inside
            assert view.region_at(inside[len(inside) // 2] + 0.13, y) == region


def test_there_is_no_region_beside_the_body() -> None:
    """A slip of the pen marks nothing."""
    assert all(view.region_at(1, 1) is None and view.region_at(999, 999) is None for view in REGIONS.views)


def test_pain_kinds_are_told_apart_without_colour() -> None:
    """Letter and pattern are different for every kind."""
    assert len(REGIONS.kinds) == 7
    assert len({kind.letter for kind in REGIONS.kinds}) == len({kind.pattern for kind in REGIONS.kinds}) == 7
    assert REGIONS.kind("burning").letter == "B"
    with pytest.raises(KeyError):
        REGIONS.kind("itching")


def test_marks_are_checked_one_by_one() -> None:
    """A wrong mark is named by its place in the drawing."""
    good = Mark(region="neck.back.left", kind="aching")
    marks = [good, Mark(region="knee.front.left", kind="aching"), Mark(region="neck.back.left", kind="itching"), good]
    assert REGIONS.problems(marks) == [
        Problem(field="pain_drawing.1", code="unknown_region"),
        Problem(field="pain_drawing.2", code="unknown_pain_kind"),
        Problem(field="pain_drawing.3", code="duplicate_mark"),
    ]


def test_one_region_may_hurt_in_two_ways() -> None:
    """Two kinds on one region are two marks, not one twice."""
    assert REGIONS.problems([Mark(region="neck.back.left", kind="aching"), Mark(region="neck.back.left", kind="burning")]) == []


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"letter": "B"', '"letter": "A"', "the letter A is given twice"),
        ('"letter": "B"', '"letter": "BB"', "letter has to be one letter"),
        ('"pattern": "dots"', '"pattern": "stars"', "expected one of: dots,"),
        ('"side": "midline"', '"side": "middle"', "expected one of: left, right, midline"),
        ('"key": "forehead.front"', '"key": "head_top.front"', "the region head_top.front is given twice"),
        ('"key": "back"', '"key": "front"', "the view front is given twice"),
        ("[[", "[[1001, 5], [", "a number from 0 to 1000 is expected"),
        ('"outline": [', '"outline": [[[1]],', "a point has two numbers"),
        ('"es": "Ardor"', '"es": ""', "a text is expected"),
    ],
)
def test_a_broken_figure_is_refused_with_its_reason(tmp_path: Path, before: str, after: str, reason: str) -> None:
    """A figure that cannot be drawn or told apart never reaches the screen."""
    assert before in SOURCE
    (tmp_path / "pain").mkdir()
    (tmp_path / "pain" / "neck-regions-1.json").write_text(SOURCE.replace(before, after, 1), "utf-8")
    with pytest.raises(ResourceError) as caught:
        load_regions(ResourceFiles(root=RESOURCES, overrides=tmp_path))
    assert str(caught.value.facts["reason"]).startswith(reason)
    assert caught.value.facts["name"] == "pain/neck-regions-1.json"
