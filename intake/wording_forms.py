"""Codes in words: what is said of a form that a patient filled in on a screen."""

from __future__ import annotations

from typing import Final

FIELDS: Final = {
    "not_confirmed": "Not confirmed yet. Press F3, or change it.",
}
"""What keeps an imported value from being saved."""

REFUSED: Final = {
    "form_too_large": "The file is too large to be a filled form: at most {limit_mb} MB. Nothing in it was read.",
    "form_not_pdf": "This is no PDF. Ask for the form as a PDF file.",
    "form_truncated": "The end of this file is missing. Ask for it again, or copy it again.",
    "form_encrypted": "This file asks for a password. Save it without a password, then bring it here again.",
    "form_xfa": "This file keeps its answers in a technique (XFA) that cannot be read. Print it to PDF, and type it in by hand.",
    "form_swollen": "This file unpacks to far more than any form. It was not read. Ask where it comes from.",
    "form_too_many_fields": "This file has more fields than any form of ours. It was not read. Ask where it comes from.",
    "form_too_deep": "The fields of this file lie in each other deeper than in any form of ours. It was not read.",
    "form_too_slow": "Reading this file took too long and was given up. Save the form anew, then bring it here again.",
    "form_unreadable": "This file is damaged and cannot be read. Ask for it again.",
    "form_not_ours": "This is no form of ours: it has none of its fields.",
    "form_empty": "Nothing is filled in on this form. Some programs show what is typed and do not save it: save it anew, or print it.",
}
"""Why a file is not imported."""

NOTES: Final = {
    "form_other_checklist": "The form was made with another version of the questions. What is still asked was read; ask the rest.",
    "form_other_version": "This is another version of the form. What has the same name was read.",
    "form_other_fields": "The fields are not those that the form says it has. It was changed after it left here.",
    "form_unnamed": "The file does not say which form it is. It was read by the names of its fields.",
    "form_script": "The file carries a script. It was not run.",
    "form_launch": "The file wants to start another program or to send its answers somewhere. It was not let.",
    "form_files": "Other files lie inside this file. They were not opened.",
    "form_patient_unknown": "The form carries a record number that nobody here has. It was not used.",
    "form_patient_differs": "The form carries the record number of somebody with another name or birth date. It was not used.",
    "form_already_here": "This form was imported before. Its draft is still there and was opened.",
    "form_taken_before": "This form was imported before. The draft of then is not there any more: it was saved or dropped.",
    "form_with_colleague": "Somebody else has imported this form too, and has it as a draft.",
}
"""What is said about a form as a whole."""

ODD: Final = {
    "field_unknown": "no field of the form",
    "field_missing": "missing from the file",
    "field_other_kind": "another kind of field",
    "field_other_answers": "other answers than those asked",
    "field_twice": "there twice; the first one counts",
    "field_unread": "could not be taken over",
    "field_emptied": "emptied by the patient; what is on record stands there, to be confirmed or taken out",
}
"""What is said of one field, after its name."""

SENTENCES: Final = {**FIELDS, **REFUSED, **NOTES, **ODD}
