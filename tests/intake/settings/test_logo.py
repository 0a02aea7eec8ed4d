"""A logo as it is read, and as it stands on every paper of the letterhead."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from intake.actions.overrides import tried
from intake.actions.sample_papers import PAPERS, SamplePaper, proposed, sample_paper
from intake.definitions.bundle import Definitions
from intake.definitions.logo import MOST_BYTES, PRINTED_PX, read_logo
from intake.documents.letterhead import MOST_HEIGHT, MOST_WIDTH, logo_size
from intake.domain.practice import Letterhead
from intake.errors import IntakeError, ResourceError
from intake.paths import Paths
from tests.factories import NOW
from tests.intake.settings.pictures import a_huge_header, a_logo


def fault(content: bytes) -> str:
    """Return why a picture is refused, empty when it is not."""
    try:
        read_logo(content)
    except IntakeError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "1"), ("JPEG", "RGB"), ("JPEG", "CMYK")]
)
def test_a_picture_of_any_usual_make_becomes_one_for_paper(kind: str, mode: str) -> None:
    """Its own proportions, no more pixels than paper shows, nothing of the file but the picture."""
    logo = read_logo(a_logo(width=1600, height=400, kind=kind, mode=mode))
    assert (logo.width_px, logo.height_px) == (560, 140)
    assert logo.width_px <= PRINTED_PX[0]
    with Image.open(io.BytesIO(logo.png)) as ready:
        assert ready.format == "PNG"
        assert ready.mode == "RGB"
        assert ready.info == {}


def test_what_a_camera_wrote_beside_the_picture_stays_out() -> None:
    """A photograph tells where it was taken; a letter must not."""
    exif = Image.Exif()
    exif[0x010E] = "SECRET-PLACE"
    content = a_logo(kind="JPEG", exif=exif)
    assert b"SECRET-PLACE" in content
    assert b"SECRET-PLACE" not in read_logo(content).png


def test_a_picture_that_lies_on_its_side_is_set_upright() -> None:
    """As every other program shows it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = read_logo(a_logo(width=200, height=100, kind="JPEG", exif=exif))
    assert (logo.width_px, logo.height_px) == (88, 176)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "logo_not_a_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo_not_a_picture"),
        (b"GIF89a" + bytes(40), "logo_not_a_picture"),
        (a_logo(kind="GIF"), "logo_not_a_picture"),
        (a_logo()[:200], "logo_damaged"),
        (a_logo(width=2001, height=10), "logo_too_many_pixels"),
        (a_logo(width=10, height=2001), "logo_too_many_pixels"),
        (a_huge_header(30_000, 30_000), "logo_too_many_pixels"),
        (a_huge_header(2_000_000_000, 2_000_000_000), "logo_too_many_pixels"),
        (a_logo() + bytes(MOST_BYTES), "logo_too_large"),
    ],
)
def test_what_is_no_logo_is_refused_by_its_reason(content: bytes, code: str) -> None:
    """Other kinds, damaged ones, too many bytes, too many pixels: before any memory is taken for them."""
    assert fault(content) == code


def test_the_largest_sound_picture_is_taken() -> None:
    """2000 by 2000 is still one."""
    assert fault(a_logo(width=2000, height=2000)) == ""


def test_a_mutated_picture_is_read_or_refused_and_never_more() -> None:
    """Bytes changed, cut and put in: a code that has words, no other error."""
    dice = random.Random(5)
    seeds = [a_logo(width=60, height=30), a_logo(width=60, height=30, kind="JPEG"), a_logo(width=60, height=30, mode="P")]
    for _ in range(600):
        content = bytearray(dice.choice(seeds))
        for _ in range(dice.randint(1, 6)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        if dice.random() < 0.3:
            del content[dice.randrange(len(content)) :]
        assert fault(bytes(content)) in ("", "logo_not_a_picture", "logo_damaged", "logo_too_many_pixels")


@pytest.mark.parametrize(("width", "height"), [(400, 100), (100, 400), (2000, 40), (30, 30)])
def test_a_logo_is_fitted_and_never_distorted(width: int, height: int) -> None:
    """It fills its room in one direction and keeps its proportions."""
    logo = read_logo(a_logo(width=width, height=height))
    wide, high = logo_size(logo)
    assert wide <= MOST_WIDTH + 0.01
    assert high <= MOST_HEIGHT + 0.01
    assert wide == pytest.approx(MOST_WIDTH) or high == pytest.approx(MOST_HEIGHT)
    assert wide / high == pytest.approx(logo.width_px / logo.height_px)


@pytest.mark.parametrize("paper", list(PAPERS))
def test_every_paper_of_the_letterhead_carries_logo_and_lines(definitions: Definitions, paper: SamplePaper) -> None:
    """On the first page, whichever document it is; without a logo there is no picture."""
    own = Letterhead(logo=read_logo(a_logo()), lines=("Call (732) 555-0100", "office@example.com"))
    dressed = proposed(definitions, name="Sample Practice", letterhead=own)
    with_logo = sample_paper(paper, dressed, location="loc.edison", printed_at=NOW)
    first = PdfReader(io.BytesIO(with_logo)).pages[0]
    assert [(image.image.width, image.image.height) for image in first.images if image.image] == [(400, 100)]
    text = first.extract_text()
    assert "Sample Practice" in text
    assert "(732) 555-0100" in text
    bare = sample_paper(paper, definitions, location="loc.edison", printed_at=NOW)
    assert not list(PdfReader(io.BytesIO(bare)).pages[0].images)


@pytest.mark.parametrize("paper", list(PAPERS))
def test_the_same_letterhead_gives_the_same_bytes(definitions: Definitions, paper: SamplePaper) -> None:
    """What is printed can be printed again and compared."""
    dressed = proposed(definitions, name="Sample", letterhead=Letterhead(logo=read_logo(a_logo())))
    made = {sample_paper(paper, dressed, location="loc.union", printed_at=NOW) for _ in range(2)}
    assert len(made) == 1


def test_the_logo_on_paper_has_its_colors_and_its_place(definitions: Definitions) -> None:
    """Drawn by another program: left half and right half of the picture, at the left margin."""
    dressed = proposed(definitions, name="Sample", letterhead=Letterhead(logo=read_logo(a_logo(width=320, height=100))))
    pdf = sample_paper("intake", dressed, location="loc.edison", printed_at=NOW)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=1).to_pil().convert("RGB")
    assert page.getpixel((48 + 128 * 5 // 8, 36 + 20)) == pytest.approx((230, 140, 30), abs=12)
    assert page.getpixel((48 + 50, 36 + 36)) == pytest.approx((11, 110, 110), abs=12)
    assert page.getpixel((48 + 128 + 6, 36 + 20)) == (255, 255, 255)


def test_a_logo_that_broke_since_is_named_at_the_start(tmp_path: Path) -> None:
    """File, line and reason, as for every broken definition."""
    paths = Paths(data=tmp_path, training=False)
    practice = b'name = "Sample"\nlogo = "letterhead/logo-00000000.png"\nprivacy_version = "1"\nconsent_version = "1"\n'
    with pytest.raises(ResourceError) as caught:
        tried(paths, {"practice.toml": practice, "letterhead/logo-00000000.png": b"not a picture"})
    assert caught.value.facts["name"] == "practice.toml"
    assert caught.value.facts["line"] == 2
    assert "neither a PNG nor a JPEG" in str(caught.value.facts["reason"])


@pytest.mark.parametrize("paper", list(PAPERS))
def test_a_long_name_keeps_to_its_side_of_the_paper(definitions: Definitions, paper: SamplePaper) -> None:
    """Set smaller, never over the title at the right."""
    name = "Sample Center for Spine and Neck Care of New Jersey"[:50]
    own = Letterhead(logo=read_logo(a_logo(width=320, height=100)))
    dressed = proposed(definitions, name=name, letterhead=own)
    pdf = sample_paper(paper, dressed, location="loc.edison", printed_at=NOW)
    with pypdfium2.PdfDocument(pdf) as document:
        words = document[0].get_textpage()
        at = words.search(name).get_next()
        assert at is not None
        right = max(words.get_charbox(index)[2] for index in range(at[0], at[0] + at[1]))
    assert right <= {"letter": 564 - 110, "form": 48 + 216, "intake": 48 + 340, "report": 564 - 130}[paper] + 1
