"""Reading what a file says of itself never fails, whatever the bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.documents.keywords import LARGEST_MB, Named, named_in
from tests.intake.review_actions.test_verifying import a_pdf, named

PDF = a_pdf(named(12))


def test_our_words_are_read() -> None:
    """Kind, visit and version; a preliminary note has version 0."""
    assert named_in(PDF) == Named(kind="note", visit_number="V-000012-5", version=1)
    assert named_in(a_pdf(named(12, "note", "/P"))) == Named(kind="note", visit_number="V-000012-5", version=0)
    assert named_in(a_pdf(named(12, "homecare", "/N3"))) == Named(kind="homecare", visit_number="V-000012-5", version=3)
    assert named_in(a_pdf(named(12, "intake", ""))) == Named(kind="intake", visit_number="V-000012-5", version=0)


@pytest.mark.parametrize(
    "keywords",
    [
        "",
        "intake-desk",
        named(12)[1:],
        named(12).replace("note", "bill"),
        named(12).replace("V-", "W-"),
        "intake-desk note V-٠٠٠٠١٢-3/N1",
        "x" * 99_999,
    ],
)
def test_other_words_are_none_of_ours(keywords: str) -> None:
    """Nothing is guessed."""
    assert named_in(a_pdf(keywords)) is None


@given(st.binary(max_size=3000))
def test_random_bytes_are_no_document(content: bytes) -> None:
    """With and without the first letters of a PDF."""
    assert named_in(content) is None
    assert named_in(b"%PDF-1.7\n" + content) is None


@given(st.integers(min_value=0, max_value=len(PDF)))
def test_a_file_cut_short_is_read_or_not(length: int) -> None:
    """What is left may still say whose it is; it never says another's."""
    assert named_in(PDF[:length]) in (None, named_in(PDF))


@given(
    st.lists(st.tuples(st.integers(min_value=0, max_value=len(PDF) - 1), st.integers(min_value=0, max_value=255)), min_size=1, max_size=60)
)
def test_a_spoiled_file_is_read_or_not(changes: list[tuple[int, int]]) -> None:
    """Any bytes anywhere."""
    content = bytearray(PDF)
    for place, value in changes:
        content[place] = value
    found = named_in(bytes(content))
    assert found is None or isinstance(found, Named)


def test_a_file_too_large_is_not_opened() -> None:
    """Whatever stands at its beginning."""
    assert named_in(PDF + b"\0" * (LARGEST_MB * 2**20)) is None
