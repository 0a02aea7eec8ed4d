"""Files that are no form, or that were made to harm: a clear word in two seconds, and nothing in them is ever run."""

from __future__ import annotations

import logging
import os
import random
import time
import zlib
from collections.abc import Callable

import pytest
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from intake.definitions.bundle import Definitions
from intake.entry.form_fields import form_fields
from intake.errors import IntakeError
from intake.interop import pdf_fields
from intake.interop.filled_form import FilledForm, read_form, understand
from intake.interop.pdf_reading import LARGEST_MB, understood
from intake.wording import SENTENCES
from tests.intake.form_import.forms import Form, a_form

LONGEST_S = 2.0
"""Of work, whatever else the machine does meanwhile."""
FEW = {"patient.legal_last": "Sample", "answers.sx.twitching": "no"}


def object_stream(inside: bytes, *, kind: bytes = b"/FlateDecode") -> bytes:
    """Return a file whose catalog lies in a packed stream."""
    head = b"%PDF-1.5\n"
    stream = b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (kind, len(inside), inside)
    rows = b"\x00\x00\x00\x00" + b"\x01" + len(head).to_bytes(2, "big") + b"\x00" + b"\x02\x00\x01\x00"
    at = len(head) + len(stream)
    table = b"3 0 obj\n<</Type/XRef/W[1 2 1]/Size 3/Root 2 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(rows), rows)
    return head + stream + table + b"startxref\n%d\n%%%%EOF\n" % at


def a_bomb() -> bytes:
    """Return a file of a hundred kilobytes that unpacks to a hundred megabytes."""
    return object_stream(zlib.compress(b"2 0 " + b" " * 100_000_000, 9))


def deep(form: Form) -> bytes:
    """Return a form with fields in fields in fields."""
    inner = form.text("x")
    form.fields.clear()
    for number in range(200):
        outer = DictionaryObject({NameObject("/T"): TextStringObject(f"t{number}")})
        outer[NameObject("/Kids")] = ArrayObject([inner.indirect_reference or inner])
        form.writer._add_object(outer)
        inner = outer
    form.fields.append(inner.indirect_reference)
    return form.pdf()


def many(form: Form) -> bytes:
    """Return a form with more fields than any of ours."""
    for number in range(5_001):
        form.text(f"x{number}")
    return form.pdf()


def endless(form: Form) -> bytes:
    """Return a form in which a field is its own child."""
    field = form.text("x")
    field[NameObject("/Kids")] = ArrayObject([field.indirect_reference])
    return form.pdf()


def nested(form: Form) -> bytes:
    """Return a file with lists in lists that no reader follows to the end."""
    return form.pdf().replace(b"/Fields [", b"/Fields " + b"[" * 100_000 + b"] [", 1)


def encrypted(form: Form) -> bytes:
    """Return a form that asks for a password."""
    form.text("patient.legal_last", "Sample")
    form.writer.encrypt("open sesame", algorithm="RC4-128")
    return form.pdf()


def dynamic(form: Form) -> bytes:
    """Return a form of the other technique, which keeps its answers somewhere else."""
    form.group[NameObject("/XFA")] = ArrayObject([TextStringObject("template"), form.writer._add_object(StreamObject())])
    return form.pdf()


HARMFUL: dict[str, tuple[Callable[[Form], bytes], set[str]]] = {
    "deep fields": (deep, {"form_too_deep"}),
    "many fields": (many, {"form_too_many_fields"}),
    "its own child": (endless, {"form_not_ours"}),
    "lists in lists": (nested, {"form_not_ours"}),
    "encrypted": (encrypted, {"form_encrypted"}),
    "xfa": (dynamic, {"form_xfa"}),
    "a bomb": (lambda _form: a_bomb(), {"form_swollen"}),
    "slow to unpack": (lambda _form: object_stream(b"\x00a" * 8_000_000, kind=b"/RunLengthDecode"), {"form_too_slow"}),
    "no pdf": (lambda _form: b"Dear practice, please find attached", {"form_not_pdf"}),
    "empty": (lambda _form: b"", {"form_not_pdf"}),
    "another file": (lambda _form: b"%PDF-1.4 nothing of ours\n%%EOF", {"form_unreadable"}),
    "truncated": (lambda form: form.pdf()[:-200], {"form_truncated"}),
    "no table": (lambda _form: b"%PDF-1.7\n" + b"1 0 obj<</A 1 0 R>>endobj " * 200_000 + b"\n%%EOF", {"form_unreadable", "form_too_slow"}),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_file_is_refused_in_its_own_words_and_in_time(definitions: Definitions, name: str) -> None:
    """No crash, no hang, and a sentence that says what to do."""
    make, codes = HARMFUL[name]
    pdf = make(Form())
    begun = os.times()
    with pytest.raises(IntakeError) as refused:
        read_form(pdf, definitions)
    ended = os.times()
    assert refused.value.code in codes
    assert refused.value.code in SENTENCES
    assert ended.children_user + ended.children_system - begun.children_user - begun.children_system < LONGEST_S


def test_a_huge_file_is_refused_before_it_is_looked_at(definitions: Definitions) -> None:
    """By its size alone."""
    huge = a_form(definitions, FEW).pdf() + b"\0" * (LARGEST_MB * 2**20)
    begun = time.perf_counter()
    with pytest.raises(IntakeError, match="form_too_large"):
        read_form(huge, definitions)
    assert time.perf_counter() - begun < 0.1


def test_what_a_file_carries_is_named_and_not_run(definitions: Definitions) -> None:
    """A script at opening, a program to launch at a press, a file inside: the answers are read, the rest is told."""
    form = a_form(definitions, FEW)
    form.root[NameObject("/OpenAction")] = action("/JavaScript", "/JS", "app.alert(1)")
    box = form.text("press")
    box[NameObject("/AA")] = DictionaryObject({NameObject("/D"): action("/Launch", "/F", "calc.exe")})
    form.writer.add_attachment("letter.txt", b"hello")
    found = read_form(form.pdf(), definitions)
    assert set(found.notes) == {"form_script", "form_launch", "form_files"}
    assert found.raw["patient"] == {"legal_last": "Sample"}
    assert all(note in SENTENCES for note in found.notes)


def action(kind: str, key: str, value: str) -> DictionaryObject:
    """Return something that a file wants done."""
    return DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)})


def mutations(pdf: bytes, count: int) -> list[bytes]:
    """Return a file with bytes changed, taken out, doubled and cut off, the same ones in every run."""
    chance = random.Random(4)
    made = []
    for _ in range(count):
        bent = bytearray(pdf)
        for _ in range(chance.choice((1, 3, 20, 200))):
            at = chance.randrange(len(bent))
            match chance.randrange(4):
                case 0:
                    bent[at] = chance.randrange(256)
                case 1:
                    del bent[at : at + chance.randrange(1, 40)]
                case 2:
                    bent[at:at] = bent[at : at + 40]
                case _:
                    bent[at : at + 4] = chance.choice((b"<<<<", b"[[[[", b"/Kid", b"9999", b" R >", b"(\\))"))
        made.append(bytes(bent))
    return made


def in_this_process(pdf: bytes, definitions: Definitions) -> FilledForm:
    """Read a file as the other program does, with its outer edge: whatever ends that program is one refusal."""
    try:
        told = pdf_fields.read(pdf)
    except pdf_fields.RefusedError as refused:
        told = {"refused": str(refused)}
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        AssertionError,
        IndexError,
        OverflowError,
    ) as error:
        raise IntakeError("form_unreadable") from error
    return understand(understood(told), definitions, sha256="")


def test_a_bent_form_is_read_or_refused_and_never_anything_else(definitions: Definitions) -> None:
    """Two hundred damaged files: a result or a clear error."""
    small = a_form(definitions, FEW, without=everything_but_few(definitions)).pdf()
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains of every one
    seen = [outcome(in_this_process, pdf, definitions) for pdf in mutations(small, 200)]
    assert set(seen) <= {"read", *SENTENCES}
    assert 20 < seen.count("read") < 180


def test_bent_whole_forms_are_read_or_refused_by_the_program_itself(definitions: Definitions) -> None:
    """The same through the program of its own that reads them at a desk."""
    seen = [outcome(read_form, pdf, definitions) for pdf in mutations(a_form(definitions, FEW).pdf(), 5)]
    assert set(seen) <= {"read", *SENTENCES}


def outcome(reader: Callable[[bytes, Definitions], FilledForm], pdf: bytes, definitions: Definitions) -> str:
    """Return the code a file is refused with, or that it was read."""
    try:
        reader(pdf, definitions)
    except IntakeError as error:
        return error.code
    return "read"


def everything_but_few(definitions: Definitions) -> list[str]:
    """Return the names of all fields but a handful, for a form that is read fast."""
    return [known.name for place, known in enumerate(form_fields(definitions)) if place % 40 and known.name not in FEW]


@pytest.mark.parametrize(
    "told",
    [None, [], {}, {"refused": "rm -rf"}, {"fields": 3, "says": "", "active": []}, {"fields": [{"name": 1}], "says": None, "active": [2]}],
)
def test_nonsense_from_the_other_program_is_a_refusal(told: object) -> None:
    """It may have been taken over by the file."""
    with pytest.raises(IntakeError, match="form_unreadable"):
        understood(told)
