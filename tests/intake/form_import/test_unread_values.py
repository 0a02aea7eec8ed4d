"""Values that stand in a file in another way than as a plain string: read where they can be, and otherwise told by name."""

from __future__ import annotations

import pytest
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NumberObject, PdfObject, StreamObject

from intake.definitions.bundle import Definitions
from intake.entry.form_fields import NUMBER_LENGTH
from intake.entry.from_form import OddField
from intake.interop.filled_form import FilledForm, read_form
from intake.interop.pdf_fields import MOST_BYTES
from intake.interop.pdf_texts import text_of
from tests.intake.form_import.forms import a_form

REASON = "visit.reason"
WORDS = "Neck hurts since Monday, José says…"
NUMBER = "answers.cause.text_neck.hours_per_day"


def holding(definitions: Definitions, value: PdfObject, name: str = REASON) -> FilledForm:
    """Return what is read of a form in which this stands in one field, and a name in another."""
    form = a_form(definitions, {"patient.legal_last": "Sample"}, without=[name])
    kept = form.writer._add_object(value) if isinstance(value, StreamObject) else value
    form.text(name)[NameObject("/V")] = kept
    return read_form(form.pdf(), definitions)


def a_stream(told: bytes) -> StreamObject:
    """Return a text stream of these bytes."""
    stream = StreamObject()
    stream.set_data(told)
    return stream


@pytest.mark.parametrize(
    "told",
    [
        b"\xfe\xff" + WORDS.encode("utf-16-be"),
        b"\xff\xfe" + WORDS.encode("utf-16-le"),
        b"\xef\xbb\xbf" + WORDS.encode(),
        WORDS.replace("…", "\x83").encode("latin-1"),
    ],
    ids=["UTF-16", "UTF-16 the other way round", "UTF-8", "the coding of PDF itself"],
)
def test_a_text_in_a_stream_is_read(definitions: Definitions, told: bytes) -> None:
    """Some programs keep long texts so, in any coding a string may have."""
    form = holding(definitions, a_stream(told))
    assert form.raw["visit"]["reason"] == WORDS
    assert form.oddities == ()


def test_a_stream_without_a_text_is_an_empty_line(definitions: Definitions) -> None:
    """Nothing was written, so nothing is told."""
    form = holding(definitions, a_stream(b""))
    assert (form.oddities, form.paths) == ((), ("patient.legal_last",))
    assert REASON in form.empty


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (ByteStringObject(b"\xfe\xff\xd8\x00\x00A"), "\ufffdA"),
        (ByteStringObject(b"Jo\x7f\x9f"), "Jo\ufffd\ufffd"),
        (a_stream(b"Jo\x9f"), "Jo\ufffd"),
        (a_stream(b"w" * (MOST_BYTES + 500)), "w" * (MOST_BYTES + 1)),
        (DictionaryObject({NameObject("/X"): NumberObject(1)}), ""),
        (ArrayObject([ByteStringObject(b"Jo\x9f")]), "Jo\ufffd"),
    ],
    ids=["half a sign", "no signs of any coding", "the same in a stream", "a stream without end", "no text at all", "within a list"],
)
def test_a_value_that_cannot_be_read_is_named_with_what_can_be_shown(definitions: Definitions, value: PdfObject, shown: str) -> None:
    """The patient wrote something: nobody may take the line for empty."""
    form = holding(definitions, value)
    assert form.oddities == (OddField(name=REASON, code="field_unread", text=shown),)
    assert "reason" not in form.raw["visit"]
    assert REASON not in form.empty


def test_a_form_of_which_no_value_can_be_read_is_not_called_empty(definitions: Definitions) -> None:
    """It is read, with the one value named."""
    form = a_form(definitions, {})
    form.text(REASON)[NameObject("/V")] = ByteStringObject(b"Jo\x9f")
    form.fields.insert(0, form.fields.pop())
    found = read_form(form.pdf(), definitions)
    assert (found.paths, found.unread) == ((), (REASON,))


def test_a_field_without_a_name_tells_what_stands_in_it(definitions: Definitions) -> None:
    """Another program may have lost the name, but not what was written."""
    form = a_form(definitions, {"patient.legal_last": "Sample"})
    del form.text("x", "It hurts")["/T"]
    assert OddField(name="(no name)", code="field_unknown", text="It hurts") in read_form(form.pdf(), definitions).oddities


def test_the_other_value_of_a_field_that_is_there_twice_is_told(definitions: Definitions) -> None:
    """The first one counts; the second is not lost."""
    form = a_form(definitions, {"patient.legal_last": "Sample"})
    form.text("patient.legal_last", "Other")
    assert OddField(name="patient.legal_last", code="field_twice", text="Other") in read_form(form.pdf(), definitions).oddities


@pytest.mark.parametrize("length", [NUMBER_LENGTH + 1, 5000])
def test_a_number_of_many_digits_stays_as_written(definitions: Definitions, length: int) -> None:
    """It becomes a problem at its field, whatever its length."""
    form = read_form(a_form(definitions, {NUMBER: "9" * length}).pdf(), definitions)
    assert form.raw["answers"] == {NUMBER.removeprefix("answers."): "9" * length}


def test_bytes_of_the_coding_of_pdf_are_read_sign_by_sign() -> None:
    """Where it differs from Latin-1, and where it has no sign."""
    assert text_of(b"\x18\x80\x9e\xa0\xe9\r\n") == ("˘•ž€é\n", True)
    assert text_of(b"a\xad") == ("a\ufffd", False)
