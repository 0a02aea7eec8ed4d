"""Phone numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.entry.phones import digits_of, read_phone, show_phone


@pytest.mark.parametrize(
    "typed",
    ["7325550148", "(732) 555-0148", "732.555.0148", "732-555-0148", "+1 732 555 0148", "1-732-555-0148", "732/555/0148",
     " ( 732)555 - 0148 ", "tel: 732 555 0148", "\u202a(732) 555-0148\u202c", "732\u2011555\u20110148", "７３２５５５０１４８"],
)  # fmt: skip
def test_punctuation_and_country_code_do_not_matter(typed: str) -> None:
    """One number has one form."""
    assert read_phone(typed).value == "+17325550148"
    assert read_phone(typed).code is None


@pytest.mark.parametrize(
    "typed", ["732 555 0148 x12", "732-555-0148 ext. 12", "(732) 555-0148, ext 12", "7325550148;ext=12", "732-555-0148 #12"]
)
def test_an_extension_is_kept_apart(typed: str) -> None:
    """The number can be called without it."""
    assert read_phone(typed).value == "+17325550148;ext=12"


def test_a_number_of_another_country_is_taken_with_its_plus() -> None:
    """Patients have families abroad."""
    assert read_phone("+44 20 7946 0018").value == "+442079460018"
    assert show_phone("+442079460018") == "+44 20 7946 0018"


@pytest.mark.parametrize("typed", ["(077) 123-4567", "+1 077 123 4567", "973 123 4567"])
def test_a_number_no_exchange_gives_out_is_a_warning(typed: str) -> None:
    """It is kept as it was said, for the patient may have said it so."""
    read = read_phone(typed)
    assert read.value is not None
    assert (read.code, read.level) == ("phone_not_valid", "warning")


def test_a_number_without_area_code_says_what_is_missing() -> None:
    """The words tell what to ask."""
    assert read_phone("555-0148").code == "phone_without_area_code"


@pytest.mark.parametrize("typed", ["12", "call mom 732 555 0148", "732-555-0148 or 732-555-0149", "x12", "+++", "1" * 60, "732555o148", ""])
def test_what_is_no_number_is_never_guessed(typed: str) -> None:
    """No digit is taken out of words."""
    assert read_phone(typed).value is None
    assert read_phone(typed).code == "not_a_phone"


@given(st.text(max_size=60) | st.text(alphabet="0123456789+()-. x#;ext=", max_size=40))
def test_any_text_is_read_without_an_error_and_shown_text_reads_the_same(text: str) -> None:
    """Total, and at rest after one reading."""
    read = read_phone(text)
    assert (read.value is None) <= (read.code is not None)
    if read.value is not None:
        assert read_phone(show_phone(read.value)).value == read.value
        assert read_phone(read.value).value == read.value


def test_numbers_are_compared_without_country_code_1_and_extension() -> None:
    """A colleague who leaves out +1 means the same phone."""
    assert digits_of("+17325550148;ext=12") == "7325550148"
    assert digits_of("+442079460018") == "442079460018"
