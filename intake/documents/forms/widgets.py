"""The pen of the file to fill in: fields of a PDF form, named as ``intake.entry.form_fields`` names them, and no scripts.

A box is drawn on the page and its field only adds the cross, so the form prints the same with and without a viewer that
knows forms. Viewers are told to draw what is typed themselves (NeedAppearances), since the form's own font has only western
letters; not when something is filled in already, which is drawn here in fonts that have its letters.
Source: ISO 32000-1, 12.7.
"""

from __future__ import annotations

from typing import Any, Final

from reportlab.pdfbase import pdfdoc

from intake.documents import style
from intake.documents.forms.form_words import BOX, LINE, WRITTEN
from intake.documents.forms.pens import Values, draw_box
from intake.documents.paper import Paper
from intake.documents.text import wrap
from intake.documents.words import Language
from intake.entry.form_fields import FORM_ID, FORM_PATIENT, FieldKind, FormField, name_in_file

PRINTED: Final = 1 << 2
READ_ONLY: Final = 1 << 0
MULTILINE: Final = 1 << 12
RADIO: Final = 1 << 15
ON: Final = "Yes"
"""The state of a check box that is marked."""
_TYPED: Final = "/Helv 0 Tf 0.094 0.129 0.173 rg"
"""Size 0: the viewer sets what is typed so that it fits, and nothing is cut off when it is printed."""
_CROSS: Final = f"0.094 0.129 0.173 RG 1.4 w 2.2 2.2 m {BOX - 2.2} {BOX - 2.2} l S 2.2 {BOX - 2.2} m {BOX - 2.2} 2.2 l S"

name = pdfdoc.PDFName
text = pdfdoc.PDFString


class Widgets:
    """Puts fields on the places, and writes the form that holds them when the document is ended."""

    def __init__(self, values: Values, language: Language, *, form_id: str, patient_number: str | None) -> None:
        """Put fields with these values; ``form_id`` and the record number of a known patient go into fields of their own."""
        self._values = values
        self._language = language
        self._hidden = {FORM_ID: form_id} | ({FORM_PATIENT: patient_number} if patient_number else {})
        self._fields: list[Any] = []
        self._groups: dict[str, tuple[Any, list[Any]]] = {}
        self._marks: dict[str, Any] = {}

    def box(self, paper: Paper, field: FormField, code: str, x: float, top: float) -> None:
        """Put the box of one answer: a check box, or one of a group of which one is marked."""
        draw_box(paper, x, top)
        canvas = paper.canvas
        alone = field.kind is FieldKind.CHECK
        state = ON if alone else code
        known = self._values.get(field.path)
        marked = state if known == code else "Off"
        widget: dict[str, Any] = {
            **_widget(canvas, (x, top - BOX, x + BOX, top)),
            "TU": text(self._said(field, code)),
            "AS": name(marked),
            "AP": pdfdoc.PDFDictionary({"N": pdfdoc.PDFDictionary({state: self._mark(canvas, _CROSS), "Off": self._mark(canvas, "")})}),
            "MK": pdfdoc.PDFDictionary({"CA": text("8")}),
            "DA": text("/ZaDb 0 Tf 0 g"),
        }
        if alone:
            self._put(canvas, widget | {"FT": name("Btn"), "T": text(name_in_file(field.name)), "V": name(marked)})
            return
        if field.name not in self._groups:
            self._groups[field.name] = self._group(canvas, field, known)
        group, boxes = self._groups[field.name]
        boxes.append(self._annotate(canvas, widget | {"Parent": group}))

    def lines(self, paper: Paper, field: FormField, x: float, top: float, width: float, *, count: int) -> None:
        """Put one field over the lines."""
        long = field.kind is FieldKind.LONG
        if long:
            paper.box(x, top - 1, width, count * LINE - 3, color=style.MUTED)
        else:
            paper.rule(x, x + width, top - count * LINE + 2, color=style.MUTED, width_pt=0.5)
        height = count * LINE - 4
        value = self._values.get(field.path, "")
        widget = {
            **_widget(paper.canvas, (x, top - count * LINE + 2.5, x + width, top - 1.5)),
            "FT": name("Tx"),
            "T": text(name_in_file(field.name)),
            "TU": text(self._asked(field)),
            "V": text(value),
            "DA": text(_TYPED),
            "MaxLen": field.max_length,
            "Ff": MULTILINE if long else 0,
            "AP": pdfdoc.PDFDictionary({"N": self._written(paper, value, width, height)}),
        }
        self._put(paper.canvas, widget)

    def end(self, canvas: Any) -> None:
        """Write the form into the document, with the fields that say what it is; tab goes through the fields row by row."""
        document = canvas._doc  # noqa: SLF001 - as above
        for key, value in self._hidden.items():
            field = {"FT": name("Tx"), "T": text(name_in_file(key)), "V": text(value), "Ff": READ_ONLY, "DA": text(_TYPED)}
            self._fields.append(document.Reference(pdfdoc.PDFDictionary(field)))
        for page in document.Pages.pages:
            page.__Defaults__ = {**page.__Defaults__, "Tabs": name("R")}
        document._catalog.AcroForm = pdfdoc.PDFDictionary(  # noqa: SLF001 - as above
            {
                "Fields": pdfdoc.PDFArray(self._fields),
                "NeedAppearances": pdfdoc.PDFfalse if self._values else pdfdoc.PDFtrue,
                "DA": text(_TYPED),
                "DR": pdfdoc.PDFDictionary(
                    {"Font": pdfdoc.PDFDictionary({"Helv": _font(document, "Helvetica"), "ZaDb": _font(document, "ZapfDingbats")})}
                ),
            }
        )

    def _group(self, canvas: Any, field: FormField, known: str | None) -> tuple[Any, list[Any]]:
        """Return a group of boxes of which one is marked, and the list that its boxes are to join."""
        boxes = pdfdoc.PDFArray([])
        group = {
            "FT": name("Btn"),
            "Ff": RADIO,
            "T": text(name_in_file(field.name)),
            "TU": text(self._asked(field)),
            "Kids": boxes,
            "V": name(known or "Off"),
        }
        made = canvas._doc.Reference(pdfdoc.PDFDictionary(group))  # noqa: SLF001 - as above
        self._fields.append(made)
        return made, boxes.sequence

    def _asked(self, field: FormField) -> str:
        return field.text.in_language(self._language)

    def _said(self, field: FormField, code: str) -> str:
        """Return the question and one of its answers, as a screen reader says them."""
        answer = next((option.text for option in field.options if option.code == code), field.label)
        return f"{self._asked(field)} {answer.in_language(self._language)}"

    def _put(self, canvas: Any, widget: dict[str, Any]) -> None:
        self._fields.append(self._annotate(canvas, widget))

    def _annotate(self, canvas: Any, widget: dict[str, Any]) -> Any:
        made = pdfdoc.PDFDictionary(widget)
        canvas._addAnnotation(made)  # noqa: SLF001 - as above
        return canvas._doc.Reference(made)  # noqa: SLF001 - as above

    def _mark(self, canvas: Any, drawing: str) -> Any:
        """Return the appearance of a box's field: the cross, or nothing."""
        if drawing not in self._marks:
            self._marks[drawing] = canvas._doc.Reference(_appearance(drawing or " ", BOX, BOX))  # noqa: SLF001 - as above
        return self._marks[drawing]

    def _written(self, paper: Paper, value: str, width: float, height: float) -> Any:
        """Return the appearance of a field of text: what is filled in already, in fonts that have its letters."""
        canvas = paper.canvas
        if not value:
            return canvas._doc.Reference(_appearance("/Tx BMC EMC", width, height))  # noqa: SLF001 - as above
        key = f"typed{len(self._fields)}"
        canvas.beginForm(key, 0, 0, width, height)
        paper.new_page()
        for place, line in enumerate(wrap(value, WRITTEN, width - 3)):
            paper.text(1.5, height + 0.5 - place * WRITTEN.leading_pt, line, WRITTEN)
        canvas.endForm(FormType=1)
        paper.new_page()
        return pdfdoc.PDFObjectReference(pdfdoc.xObjectName(key))


def _widget(canvas: Any, place: tuple[float, float, float, float]) -> dict[str, Any]:
    return {
        "Type": name("Annot"),
        "Subtype": name("Widget"),
        "F": PRINTED,
        "P": canvas._doc.thisPageRef(),  # noqa: SLF001 - as above
        "Rect": pdfdoc.PDFArray([round(each, 2) for each in place]),
    }


def _appearance(drawing: str, width: float, height: float) -> Any:
    stream = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary(
            {
                "Type": name("XObject"),
                "Subtype": name("Form"),
                "FormType": 1,
                "BBox": pdfdoc.PDFArray([0, 0, round(width, 2), round(height, 2)]),
                "Resources": pdfdoc.PDFDictionary({}),
            }
        )
    )
    stream.content = drawing
    return stream


def _font(document: Any, base: str) -> Any:
    font = {"Type": name("Font"), "Subtype": name("Type1"), "BaseFont": name(base)}
    if base != "ZapfDingbats":
        font["Encoding"] = name("WinAnsiEncoding")
    return document.Reference(pdfdoc.PDFDictionary(font))
