"""Single values of every kind."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.definitions.bundle import Definitions
from intake.domain.fields import Described
from intake.domain.visits import all_fields
from intake.entry.applying import fields_by_path
from intake.entry.reading import propose, read_field, shown
from intake.entry.values import read_value

TODAY = date(2026, 11, 22)
NASTY = st.text() | st.text(alphabet="0123456789/-.: ()+@xaep\u0301\u202e\0\n\t", max_size=30) | st.characters().map(str)


def value_of(path: str, text: str) -> str | date | None:
    """Return the value of a field's text."""
    return read_value(fields_by_path()[path].about, text, on=TODAY).value


def code_of(path: str, text: str) -> str | None:
    """Return what is wrong with a field's text."""
    return read_value(fields_by_path()[path].about, text, on=TODAY).code


@pytest.mark.parametrize("field", all_fields(), ids=lambda field: field.path)
@given(text=NASTY)
def test_every_field_reads_any_text_and_what_it_shows_reads_the_same(field: Described, text: str, definitions: Definitions) -> None:
    """Total and idempotent: no text breaks a field, and the understood text typed again is the same value."""
    path = field.path
    first = read_field(path, text, raw={}, definitions=definitions, on=TODAY)
    if first.value is None:
        return
    again = shown(fields_by_path()[path], first.value)
    assert read_field(path, again, raw={}, definitions=definitions, on=TODAY).value == first.value
    kept = first.value.isoformat() if isinstance(first.value, date) else first.value
    assert read_field(path, kept, raw={}, definitions=definitions, on=TODAY).value == first.value


@pytest.mark.parametrize(
    "name",
    [
        "O'Brien",
        "de la Cruz",
        "van den BERG",
        "mcDonald",
        "Nguyễn",
        "محمد الأمين",
        "שרה כהן",
        "王小明",
        "김민지",
        "ਗੁਰਪ੍ਰੀਤ",
        "Ñuñez-Ibáñez",
        "X Æ A-12",
        "🙂 Smile",
    ],
)
def test_a_name_is_kept_exactly_as_given(name: str) -> None:
    """No script, case or sign of a name is corrected."""
    assert value_of("patient.legal_last", f"  {name}\t") == unicodedata.normalize("NFC", name)


def test_a_name_loses_only_stray_spaces() -> None:
    """A double space and a space at the end are nobody's name."""
    assert value_of("patient.legal_first", "  Ana \u00a0  María ") == "Ana María"


def test_combining_marks_are_composed() -> None:
    """José typed on two keyboards is one José."""
    assert value_of("patient.legal_first", "Jose\u0301") == "José"


@pytest.mark.parametrize("text", ["An\0a", "An\x07a", "An\na", "An\ta", "A\u202ena", "A\ud800", "Ana\x7fB"])
def test_control_characters_inside_a_line_are_refused(text: str) -> None:
    """Nothing is taken out of a name in silence."""
    assert code_of("patient.legal_first", text) == "control_characters"


def test_line_ends_and_tabs_are_kept_in_long_texts_and_nothing_else_is() -> None:
    """A reason may have paragraphs."""
    assert value_of("visit.reason", "first\r\nsecond\tthird\rfourth\n") == "first\nsecond\tthird\nfourth"
    assert code_of("visit.reason", "first\0second") == "control_characters"


def test_40000_characters_are_a_reason_and_one_more_is_told() -> None:
    """Long stories are taken whole or not at all, never cut."""
    assert value_of("visit.reason", "x" * 40_000) == "x" * 40_000
    assert code_of("visit.reason", "x" * 40_001) == "too_long"


def test_300_characters_are_a_name_and_one_more_is_told() -> None:
    """Names of some families are long."""
    assert value_of("patient.legal_last", "ü" * 300) == "ü" * 300
    assert code_of("patient.legal_last", "ü" * 301) == "too_long"


@pytest.mark.parametrize("text", ["'; DROP TABLE patient; --", "{{7*7}}", "<b>bold</b>", "%s %d", "=1+1", "🙂", "\\", '"'])
def test_signs_that_mean_something_elsewhere_are_only_signs(text: str) -> None:
    """What is typed is kept as typed."""
    assert value_of("visit.reason", text) == text
    assert value_of("patient.legal_last", text) == text


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("patient.phone", "None", "none"), ("patient.phone", "no phone", "none"), ("patient.phone", "DECLINED", "declined"),
        ("patient.email", "declines", "declined"), ("visit.safety.allergies", "NKDA", "none"),
        ("visit.safety.allergies", "None known.", "none"), ("visit.safety.medications", "none", "none"),
        ("patient.line1", "homeless", "none"), ("patient.sex", "Female", "female"), ("patient.interpreter", "Y", "yes"),
        ("visit.booking", "walk-in, same day", "walk_in"), ("patient.zip_code", "abroad", "abroad"),
        ("patient.state", "n.j.", "NJ"), ("patient.state", "new jersey", "NJ"), ("patient.zip_code", "08837 1234", "08837-1234"),
        ("visit.primary.member_id", " abc 12/3 ", "ABC 12/3"), ("patient.email", "Ana@Example.com", "Ana@Example.com"),
    ],
)  # fmt: skip
def test_words_and_signs_are_understood(path: str, typed: str, kept: str) -> None:
    """An answer is taken the way people give it."""
    assert value_of(path, typed) == kept


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("patient.email", "ana@example", "not_an_email"), ("patient.email", "a@b@example.com", "not_an_email"),
        ("patient.zip_code", "7083", "not_a_zip"), ("patient.zip_code", "0883x", "not_a_zip"), ("patient.state", "ZZ", "not_a_state"),
        ("patient.sex", "maybe", "not_a_choice"), ("visit.appointment_time", "25:00", "not_a_time"),
        ("visit.claim.accident_date", "2030-01-01", "date_in_future"), ("patient.phone", "12", "not_a_phone"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_its_own_code(path: str, typed: str, code: str) -> None:
    """The words say what to do, so the codes are told apart."""
    assert code_of(path, typed) == code


@pytest.mark.parametrize("text", ["", "   ", "\n", "\t \u00a0", "\u200b"])
def test_nothing_typed_is_not_asked(text: str) -> None:
    """An empty field is no answer and no fault."""
    assert (value_of("patient.phone", text), code_of("patient.phone", text)) == (None, None)


def test_a_zip_proposes_the_town_and_the_state() -> None:
    """Every clinic's own ZIP is known; West Caldwell's usual name is Caldwell, so a proposal never overwrites."""
    assert propose("08837") == ("Edison", "NJ")
    assert propose("08837-1234") == ("Edison", "NJ")
    assert propose("07006") == ("Caldwell", "NJ")
    assert propose("99950") == ("Ketchikan", "AK")
    assert (propose("00000"), propose("#ZIP,"), propose("7083"), propose("")) == (None, None, None, None)
