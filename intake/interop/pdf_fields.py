"""The fields of a PDF form as they stand in the file; a program of its own, for a file from outside can be made to harm its reader.

``python -I -S pdf_fields.py FOLDER``, with the file on standard input and FOLDER where pypdf is, puts one JSON document on standard
output: ``{"fields": […], "says": "…", "active": […]}`` or ``{"refused": code}``. Whatever else goes wrong ends it with another exit
code than 0. It limits its own time and memory, imports nothing of ours, runs nothing that a file carries, and opens no other file.
"""

from __future__ import annotations

import gc
import io
import json
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pypdf import PdfReader

CPU_S: Final = 1.2  # a whole form takes a sixth of it
MEMORY: Final = 640 * 2**20
MOST_INSIDE: Final = 50_000_000  # bytes that one packed stream may hold
MOST_FIELDS: Final = 5_000
MOST_PAGES: Final = 300
DEEPEST: Final = 24
MOST_TEXT: Final = 4_000_000  # characters of all values together
MOST_BYTES: Final = 32_000  # of one value that is no string; one more says that there are more
RADIO: Final = 1 << 15
PUSH: Final = 1 << 16
NAMELESS: Final = "(no name)"
SCRIPT, LAUNCH, FILES = "script", "launch", "files"
ACTIONS: Final = {"/JavaScript": SCRIPT, "/Rendition": SCRIPT, "/Launch": LAUNCH, "/ImportData": LAUNCH, "/SubmitForm": LAUNCH}
MOST_OF_A_BOX: Final = 2_000
_STRING: Final = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_CODE: Final = re.compile(rb"\\([0-7]{3})")
_LOOKS: Final = re.compile(rb"/AP\s*<<\s*/N\s*<<([^<>]*)>>")
_STATE: Final = re.compile(rb"(/[\w.-]+)\s+\d+ \d+ R")
_ENTRY: Final = re.compile(rb"(/AS|/V|/FT|/T)(?![\w.-])\s*(/[\w.-]+|\(\d+\))")
_NOT_PLAIN: Final = re.compile(rb"#|/(?:A|AA|Kids|Opt|Ff)(?![\w.-])|/Subtype\s*/(?!Widget)|/T\s*<")
"""A name with signs in disguise, something to do, more than a box, another thing than a box, a name in numbers."""
NOT_NEEDED: Final = ("cryptography", "Crypto", "PIL")
"""What pypdf would load if it could: an encrypted file is refused, and no picture is looked at."""


class RefusedError(Exception):
    """The file is not read; the argument is the code that says why."""


def read(pdf: bytes) -> dict[str, Any]:
    """Return the fields of a PDF with what they hold. Raises RefusedError, and whatever pypdf raises for a broken file."""
    from pypdf import Configuration, PdfReader, apply_configuration  # noqa: PLC0415 - found in a folder that is named at the start
    from pypdf.errors import LimitReachedError  # noqa: PLC0415 - as above

    limits = Configuration(
        array_based_stream_maximum_output_length=MOST_INSIDE,
        lzw_maximum_output_length=MOST_INSIDE,
        run_length_maximum_output_length=MOST_INSIDE,
        zlib_maximum_output_length=MOST_INSIDE,
        disable_legacy_handling=True,
    )
    try:
        with apply_configuration(limits):
            return _read(PdfReader(io.BytesIO(pdf), strict=False), pdf)
    except LimitReachedError as error:
        raise RefusedError("form_swollen") from error


def _read(reader: PdfReader, pdf: bytes) -> dict[str, Any]:
    if reader.is_encrypted:
        raise RefusedError("form_encrypted")
    root = _group(reader.trailer.get("/Root"))
    form = _group(root.get("/AcroForm"))
    if "/XFA" in form:
        raise RefusedError("form_xfa")
    walk = _Walk(reader=reader, pdf=pdf)
    fields = list(walk.fields(form))
    if sum(len(str(field["value"])) + sum(map(len, field["bytes"])) for field in fields) > MOST_TEXT:
        raise RefusedError("form_swollen")
    active = {each for group in (*_places(root), *walk.pages()) for each in _active(group)}
    if "/EmbeddedFiles" in _group(root.get("/Names")) or _list(root.get("/AF")):
        active.add(FILES)
    says = _text(_group(reader.trailer.get("/Info")).get("/Keywords"))
    return {"fields": fields, "says": says or "", "active": sorted(active | walk.active)}


class _Walk:
    """A walk over everything that lies on the pages: first the fields, then what is none.

    Most of a form's objects are boxes to mark. A box that is written plainly is read by a glance at its bytes: pypdf, which reads
    whatever else there is, takes many times as long.
    """

    def __init__(self, *, reader: PdfReader, pdf: bytes) -> None:
        """Begin with nothing seen."""
        self.active: set[str] = set()
        self._reader = reader
        self._pdf = pdf
        self._seen: set[object] = set()

    def fields(self, form: dict[Any, Any]) -> Iterator[dict[str, Any]]:
        """Yield every field that holds something itself, in the order of the form; a field's children without a name are its boxes."""
        waiting = [(each, "", "", 0, 0) for each in reversed(_list(form.get("/Fields")))]
        count = 0
        while waiting:
            found, before, kind, flags, depth = waiting.pop()
            if not self._is_new(found):
                continue
            count += 1
            if count > MOST_FIELDS:
                raise RefusedError("form_too_many_fields")
            if depth > DEEPEST:
                raise RefusedError("form_too_deep")
            group = self._glance(found) or _group(found)
            self.active.update(_active(group))
            called = _text(group.get("/T")) or "".join(_bytes(group.get("/T")))
            name = ".".join(part for part in (before, called) if part)
            kind = str(_plain(group.get("/FT")) or kind)
            own = _plain(group.get("/Ff"))
            flags = int(own) if isinstance(own, int) else flags
            inner, boxes = self._children(group)
            waiting += [(each, name, kind, flags, depth + 1) for each in reversed(inner)]
            if not inner and (name or "/V" in group):
                yield _field(group, boxes or [group], name=name or NAMELESS, kind=kind, flags=flags)

    def pages(self) -> Iterator[dict[Any, Any]]:
        """Yield the pages and what lies on them, without what the fields have shown."""
        for number, page in enumerate(self._reader.pages):
            if number == MOST_PAGES:
                raise RefusedError("form_swollen")
            yield page
            yield from (_group(each) for each in _list(page.get("/Annots")) if self._is_new(each))

    def _children(self, group: dict[Any, Any]) -> tuple[list[Any], list[dict[Any, Any]]]:
        """Return the fields in a field, and its boxes."""
        children = _list(group.get("/Kids"))
        if len(children) > MOST_FIELDS:
            raise RefusedError("form_too_many_fields")
        inner, boxes = [], []
        for each in children:
            box = self._glance(each) or _group(each)
            if "/T" in box:
                inner.append(each)
            elif self._is_new(each):
                self.active.update(_active(box))
                boxes.append(box)
        return inner, boxes

    def _glance(self, found: Any) -> dict[Any, Any] | None:
        """Return a box that is written plainly and asks for nothing to be done, None for anything else."""
        table = self._reader.xref.get(getattr(found, "generation", -1), {})
        begin = table.get(getattr(found, "idnum", -1))
        if not begin:
            return None
        written = self._pdf[begin : begin + MOST_OF_A_BOX]
        return _plain_box(written[: written.find(b"endobj") + 1]) if written.startswith(b"%d " % found.idnum) else None

    def _is_new(self, found: Any) -> bool:
        """Tell whether an object was not met before, and remember it."""
        name = getattr(found, "idnum", None) or id(found)
        new = name not in self._seen
        self._seen.add(name)
        return new


def _plain_box(written: bytes) -> dict[Any, Any] | None:
    """Return what a box's bytes say: its states, which one is on, its name if it is a field; None when they may say more."""
    strings: list[bytes] = []

    def numbered(string: re.Match[bytes]) -> bytes:
        strings.append(string[1])
        return b"(%d)" % (len(strings) - 1)

    bare = _STRING.sub(numbered, written)
    looks = _LOOKS.search(bare)
    if looks is None or bare.count(b"(") != len(strings) or bare.count(b")") != len(strings) or _NOT_PLAIN.search(bare):
        return None
    box: dict[Any, Any] = {"/AP": {"/N": dict.fromkeys(name.decode() for name in _STATE.findall(looks[1]))}}
    for key, value in _ENTRY.findall(bare):
        if not value.startswith(b"("):
            box[key.decode()] = value.decode()
            continue
        text = _CODE.sub(lambda code: bytes([int(code[1], 8) & 0xFF]), strings[int(value[1:-1])])
        if not text.isascii() or b"\\" in text:
            return None
        box[key.decode()] = text.decode()
    return box if box.get("/FT", "/Btn") == "/Btn" else None


def _field(group: dict[Any, Any], boxes: list[dict[Any, Any]], *, name: str, kind: str, flags: int) -> dict[str, Any]:
    """Return a field in plain words; of a button ``states`` are those of its boxes, ``named`` what states that are numbers stand for."""
    told = {"name": name, "bytes": _bytes(group.get("/V")), "states": [], "named": []}
    if kind != "/Btn":
        called = {"/Tx": "text", "/Ch": "list", "/Sig": "signature"}.get(kind, "other")
        return told | {"kind": called, "value": [text for each in _parts(group.get("/V")) if (text := _text(each)) is not None]}
    looks = (str(look) for box in boxes for look in _group(_group(box.get("/AP")).get("/N")))
    states = {look.removeprefix("/"): None for look in looks if look != "/Off"}
    value = _name(group.get("/V")) or next((on for box in boxes if (on := _name(box.get("/AS")))), None)
    called = "push" if flags & PUSH else "radio" if flags & RADIO else "check"
    named = [_text(each) or "" for each in _list(group.get("/Opt"))]
    return told | {"kind": called, "value": [value] if value else [], "states": list(states), "named": named}


def _name(found: Any) -> str | None:
    """Return the name of a state that is on, None for one that is off."""
    text = _plain(found)
    return text.removeprefix("/") if isinstance(text, str) and text not in ("/Off", "Off", "") else None


def _parts(found: Any) -> list[Any]:
    plain = _plain(found)
    return plain if isinstance(plain, list) else [plain]


def _bytes(found: Any) -> list[str]:
    """Return what stands there and is no string that could be read, one sign for each byte: a stream, bytes, something else."""
    told: list[str] = []
    for plain in (_plain(each) for each in _parts(found)):
        if plain is not None and not isinstance(plain, str | bool | int | float) and type(plain).__name__ != "NullObject":
            data = plain.get_data() if hasattr(plain, "get_data") else plain
            told += [data[: MOST_BYTES + 1].decode("latin-1") if isinstance(data, bytes) else ""] if data != b"" else []
    return told


def _text(found: Any) -> str | None:
    """Return a text as written, its lines ended as everywhere; a stream or bytes that are no text are none."""
    plain = _plain(found)
    if isinstance(plain, bool | int | float):
        return str(plain)
    return plain.replace("\r\n", "\n").replace("\r", "\n") if isinstance(plain, str) else None


def _places(root: dict[Any, Any]) -> Iterator[dict[Any, Any]]:
    yield root
    yield {"/A": root.get("/OpenAction")}
    if "/JavaScript" in _group(root.get("/Names")):
        yield {"/A": {"/S": "/JavaScript"}}


def _active(group: dict[Any, Any]) -> Iterator[str]:
    """Yield what would happen by itself, or at a press, in a program that runs what a file carries."""
    if group.get("/Subtype") == "/FileAttachment":
        yield FILES
    if "/A" not in group and "/AA" not in group:
        return
    for action in (_group(group.get("/A")), *(_group(each) for each in _group(group.get("/AA")).values())):
        for _ in range(DEEPEST):
            kind = str(_plain(action.get("/S")) or "")
            if kind in ACTIONS:
                yield ACTIONS[kind]
            action = _group(action.get("/Next"))  # noqa: PLW2901 - a chain is walked


def _plain(found: Any) -> Any:
    """Return what a reference leads to."""
    return None if found is None else found.get_object() if hasattr(found, "get_object") else found


def _group(found: Any) -> dict[Any, Any]:
    plain = _plain(found)
    return plain if isinstance(plain, dict) else {}


def _list(found: Any) -> list[Any]:
    plain = _plain(found)
    return plain if isinstance(plain, list) else []


def _limit() -> None:
    """End this program when it works too long or wants too much, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on every system
        import signal  # noqa: PLC0415 - as above

        signal.setitimer(signal.ITIMER_PROF, CPU_S)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, AttributeError, ValueError, OSError):
        return  # whoever started this program watches the clock as well


def main(folder: str) -> None:
    """Get ready, wait for the form on standard input, and tell what it holds."""
    gc.disable()  # this program ends before there is anything to clear up
    sys.path.append(folder)
    sys.modules.update(dict.fromkeys(NOT_NEEDED))  # type: ignore[arg-type]  # None says: not to be had
    import pypdf  # noqa: F401, PLC0415 - before the form comes: it takes longer to load than most forms take to read

    pdf = sys.stdin.buffer.read()
    _limit()
    try:
        told = read(pdf)
    except RefusedError as refused:
        told = {"refused": str(refused)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
