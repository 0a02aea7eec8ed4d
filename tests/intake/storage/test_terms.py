"""What a search text may mean."""

from __future__ import annotations

from datetime import date

import pytest

from intake.domain.numbers import record_number, visit_number
from intake.errors import IntakeError
from intake.storage.terms import find_keys, index_words, phone_digits, terms_of
from tests.factories import TODAY, a_patient


@pytest.mark.parametrize("text", ["RD-004217-{c}", "rd004217{c}", "rd 004217 {c}", " RD-004217-{c} "])
def test_a_whole_record_number_means_exactly_one_patient(text: str) -> None:
    """Case and punctuation of a number do not matter."""
    (serials,) = terms_of(text.format(c=record_number(4217)[-1]), on=TODAY).serials
    assert (serials.prefix, serials.first, serials.last) == ("RD", 4217, 4217)


def test_every_wrong_check_digit_is_told() -> None:
    """A mistyped number never opens another chart."""
    right = record_number(4217)[-1]
    for digit in set("0123456789") - {right}:
        with pytest.raises(IntakeError) as caught:
            terms_of(f"RD-004217-{digit}", on=TODAY)
        assert caught.value.code == "wrong_check_digit"


def test_part_of_a_record_number_means_all_it_can_become() -> None:
    """While it is typed nothing is wrong yet."""
    ranges = terms_of("RD-0042", on=TODAY).serials
    assert [(serials.first, serials.last) for serials in ranges] == [(4200, 4299)]
    assert terms_of("RD-0", on=TODAY).serials[0].last == 99_999


def test_numbers_beyond_six_digits_are_understood() -> None:
    """The millionth patient's number is one digit longer."""
    number = record_number(1_000_001)
    assert [(s.first, s.last) for s in terms_of(number, on=TODAY).serials] == [(1_000_001, 1_000_001)]
    for length in range(4, len(number)):
        ranges = terms_of(number[:length], on=TODAY).serials
        assert any(serials.first <= 1_000_001 <= serials.last or serials.first == serials.last for serials in ranges)


def test_a_visit_number_is_told_from_a_record_number() -> None:
    """Both can be typed into the same box."""
    (serials,) = terms_of(visit_number(318), on=TODAY).serials
    assert (serials.prefix, serials.first) == ("V", 318)


@pytest.mark.parametrize("text", ["3485", "030485", "3/4/85", "03/04/1985", "1985-03-04", "4 mar 1985"])
def test_a_birth_date_is_understood_as_on_entry(text: str) -> None:
    """Every way of typing a birth date finds by it."""
    assert terms_of(text, on=TODAY).dob == date(1985, 3, 4)


@pytest.mark.parametrize("text", ["(732) 555-0148", "732.555.0148", "7325550148", "+1 732 555 0148"])
def test_punctuation_of_a_phone_does_not_matter(text: str) -> None:
    """Only its digits are looked up."""
    assert terms_of(text, on=TODAY).digits.removeprefix("1") == "7325550148"


def test_words_and_digits_together_are_looked_up_as_words() -> None:
    """A name with the end of a phone, or with a birth date, in any order."""
    assert terms_of("Sample 0148", on=TODAY).tokens == ("sample", "0148")
    assert terms_of("3/4/85 Ana", on=TODAY).tokens == ("19850304", "ana")


def test_a_phone_is_found_whole_without_its_area_and_by_its_last_four() -> None:
    """Extension and the country's 1 are not part of what is typed."""
    keys = find_keys(a_patient(phone="+17325550148;ext=12", phone2="none", email="Ana@Example.com"))
    assert keys == {"7325550148", "5550148", "0148", "ana@example.com"}
    assert phone_digits("+442079460018") == "442079460018"


def test_every_name_is_in_the_word_index() -> None:
    """Middle, preferred and former names are found too; so are birth date and phone."""
    words = index_words(
        a_patient(legal_last="O'Néill-Sample", legal_middle="Sofía", preferred_name="Annie", former_name="Exampleton")
    ).split()
    assert {"oneill", "sample", "ana", "sofia", "annie", "exampleton", "19850304", "0148"} <= set(words)


@pytest.mark.parametrize("text", ["", "   ", "'", '"', "*", "AND", "%", "-", "((", "\0", "🧣", "@", "x" * 10_000])
def test_no_text_breaks_the_search(text: str) -> None:
    """Whatever is typed has a meaning or none, and never an error."""
    assert terms_of(text, on=TODAY) is not None
