"""Record and visit numbers: a slip of the finger never opens another chart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.numbers import check_digit, read_number, record_number, visit_number

SERIALS = st.integers(min_value=1, max_value=99_999_999)


def test_the_check_digit_is_damms() -> None:
    """The published example: 572 has the check digit 4."""
    assert check_digit("572") == 4


@given(SERIALS)
def test_a_number_reads_back_as_its_serial(serial: int) -> None:
    """What is printed can be typed."""
    assert read_number(record_number(serial)) == ("RD", serial)
    assert read_number(visit_number(serial)) == ("V", serial)


@given(SERIALS, st.data())
def test_one_wrong_digit_is_caught(serial: int, data: st.DataObject) -> None:
    """No single wrong digit gives a number that someone may have."""
    number = record_number(serial)
    place = data.draw(st.sampled_from([at for at, sign in enumerate(number) if sign.isdigit()]))
    wrong = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[place]]))
    assert read_number(number[:place] + wrong + number[place + 1 :]) is None


@given(SERIALS, st.data())
def test_two_swapped_neighbours_are_caught(serial: int, data: st.DataObject) -> None:
    """No swap of two different neighbours, the check digit among them, gives another number."""
    digits = record_number(serial).removeprefix("RD").replace("-", "")
    swaps = [at for at in range(len(digits) - 1) if digits[at] != digits[at + 1]]
    if not swaps:
        return
    at = data.draw(st.sampled_from(swaps))
    assert read_number(f"RD{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}") is None


@pytest.mark.parametrize("typed", ["rd-004217-9", " RD 004217 9 ", "rd0042179", "RD.004217.9"])
def test_case_and_punctuation_do_not_matter(typed: str) -> None:
    """A number is typed as it is read out."""
    number = record_number(4217)
    assert read_number(typed.replace("9", number[-1])) == ("RD", 4217)


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    """Nothing that can be typed breaks the reading."""
    assert read_number(text) is None or isinstance(read_number(text), tuple)


@pytest.mark.parametrize("serial", [2**63, 10**30, int("9" * 4000)])
def test_a_number_beyond_all_records_is_none(serial: int) -> None:
    """Whatever its check digit says; the largest there may be is one."""
    digits = str(serial)
    assert read_number(f"RD-{digits}-{check_digit(digits)}") is None
    assert read_number(f"RD-{'7' * 9000}-0") is None
    assert read_number(record_number(2**63 - 1)) == ("RD", 2**63 - 1)
