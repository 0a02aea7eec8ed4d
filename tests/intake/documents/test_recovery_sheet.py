"""The sheets of access: the recovery key, and spare codes."""

from __future__ import annotations

import io
from functools import partial

import pypdf

from intake.definitions.bundle import Definitions
from intake.documents.recovery_sheet import recovery_sheet, spare_codes_sheet
from intake.security.recovery_key import spoken
from tests.factories import NOW


def test_each_sheet_holds_what_it_is_for_on_one_page_and_no_code_for_a_camera(definitions: Definitions) -> None:
    """A picture of the key would be read by any phone that passes by. The same arguments give the same bytes."""
    practice = definitions.practice
    codes = tuple(f"AB2{number}-C3D4-E5F6" for number in range(10))
    words = spoken(bytes(range(32)))
    place = practice.locations[0]
    sheets = (
        (partial(recovery_sheet, words, practice=practice, location=place, by="Alex Sample", training=False, made_at=NOW), words.split()),
        (partial(spare_codes_sheet, codes, practice=practice, location=place, by="Alex Sample", training=False, made_at=NOW), codes),
    )
    for make, held in sheets:
        made = make()
        assert made == make()
        (page,) = pypdf.PdfReader(io.BytesIO(made)).pages
        text = page.extract_text()
        assert all(group in text for group in held)
        assert "Alex Sample" in text
        assert len(page.get_contents().get_data()) < 20_000, "hundreds of little squares"  # type: ignore[union-attr]  # a page has content
