"""Codes in words: what is wrong and what to do about it, and what a field is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intake import wording_documents as documents
from intake import wording_forms as forms
from intake import wording_trust as trust
from intake.definitions.bundle import Definitions
from intake.domain.review_form import ReviewForm
from intake.domain.visits import all_fields
from intake.errors import Problem

FIELDS: Final = {
    "required": "Ask this; it cannot be left out.",
    "too_long": "This is too long. Shorten it.",
    "text_too_long": "This is too long. Shorten it.",
    "control_characters": "There are characters in it that cannot be kept. Type it again instead of pasting it.",
    "not_a_text": "Give this as text, in quotes.",
    "not_a_group": "Give names and values here.",
    "not_a_list": "Give a list here.",
    "not_a_choice": "This is not one of the answers. Pick one of those offered.",
    "not_a_date": "This is no date. Type month, day and year, such as 3/4/1985.",
    "ambiguous_date": "This can be two dates. Part month, day and year, such as 1/23/1985.",
    "date_in_future": "This date is still to come. Check the year.",
    "date_before_birth": "This is before the patient was born. Check both dates.",
    "dob_too_early": "Birth dates begin in 1900. Check the year.",
    "age_over_120": "This makes an age over 120. Check the year.",
    "age_over_110": "This makes an age over 110. Ask again.",
    "age_under_5": "This makes an age under 5. Ask again.",
    "not_a_time": "This is no time of day. Type it like 9:30 or 2:15 pm.",
    "not_a_phone": "This is no phone number. Type ten digits, or + and the country's number, or none.",
    "phone_without_area_code": "The area code is missing. Type all ten digits.",
    "phone_not_valid": "No exchange gives out this number. Read it back to the patient.",
    "not_an_email": "This is no email address. It looks like name@example.com.",
    "not_a_zip": "A ZIP has five digits, or nine. Type abroad for an address in another country.",
    "zip_state_mismatch": "This ZIP belongs to another state. Check both; what you typed is kept.",
    "not_a_state": "This is no state. Type its two letters, such as NJ.",
    "single_name": "There is no first name. Leave it so if the patient has a single name.",
    "missing_payer": "The insurance company is not known yet. The visit can go on without it.",
    "missing_member_id": "The member ID is not known yet. The visit can go on without it.",
    "accident_long_ago": "This accident is more than two years ago. Check the date.",
    "left_out": "This will not be saved: another answer says it does not apply.",
    "location_retired": "This clinic takes no visits any more. Choose another one.",
    "unknown_location": "There is no such clinic. Choose one of the list.",
    "unknown_field": "No intake has such a field. Check its name, or take it out.",
    "unknown_answer_key": "The checklist has no such question. Check its key, or take it out.",
    "not_a_rating": "A rating is a whole number from 0 to 10.",
    "not_a_number": "This is no whole number in the range that is asked for.",
    "not_a_partial_date": "This is no date. Type a year, a month and year, or a day, such as 2026, 3/2026 or 3/4/2026.",
    "onset_in_future": "It cannot have begun in the future. Check the date.",
    "onset_before_birth": "It cannot have begun before the patient was born. Check both dates.",
    "detail_not_asked": "This detail was not asked yet.",
    "safety_not_asked": "Ask this aloud; unsure is an answer.",
    "answer_without_parent": "This detail was answered, but the question it belongs to was not answered that way.",
    "not_correctable": "Only answers of the checklist and the safety history can be put right here.",
    "nothing_changed": "This is what stands there already.",
    "part_missing": "Write this; a signature needs it.",
    "not_an_abbreviation": "An abbreviation is a point and then letters or digits, such as .neck.",
    "unknown_note_part": "The review form has no such part. Take it out.",
    "code_not_in_list": "This code is not on the practice's list. Pick one of the list.",
    "not_billable": "A heading cannot be billed. Pick one of the codes under {about}",
    "excludes": "The code set does not let these be coded together (Excludes1). {about} {other}",
    "other_release": "Another release of the codes is in force on the day of the visit. Check the codes before billing. {about}",
    "prescription_without_words": "Write what was prescribed: name, dose, how to take it.",
    "activity_without_name": "Write what the patient named, in the patient's words.",
    "too_many_activities": "Keep the five activities that matter most to the patient.",
    "not_a_mark": "A mark names a region and a kind, and nothing else.",
    "too_many_marks": "There are too many marks. Keep one for each place and kind of pain.",
    "unknown_region": "The pain drawing has no such region.",
    "unknown_pain_kind": "The pain drawing has no such kind of pain.",
    "duplicate_mark": "This mark is there twice. Take one out.",
    "login_taken": "Someone has this login already. Choose another one.",
    "password_short": "A password has at least 15 characters. A few words are easier to keep than signs.",
    "password_long": "This password is too long. Keep it under 1,000 characters.",
    "password_known": "This password is among the first that others would try. Choose another one.",
    "password_is_name": "This password is little more than the name. Choose another one.",
    "waiting_limit_out_of_range": "Choose from 1 to 240 minutes.",
    "strong_match_unanswered": "Someone very like this is already a patient. Say whether it is the same person.",
}
"""What is wrong with a field."""

MATCHES: Final = {
    "same_name": "same name",
    "same_last_name": "same last name",
    "same_first_name": "same first name",
    "name_order_swapped": "names swapped",
    "name_part_matches": "part of the name is the same",
    "nickname": "short form of the name",
    "sounds_alike": "name sounds alike",
    "letters_off": "name a letter or two off",
    "diacritics": "same but for accents",
    "first_name_begins_alike": "first name begins alike",
    "former_name": "same as former name",
    "preferred_name": "same as preferred name",
    "same_dob": "same date of birth",
    "day_month_swapped": "day and month swapped",
    "one_digit_off": "birth date one digit off",
    "same_phone": "same phone",
    "same_member_id": "same member ID",
}
"""Why two people may be one; said in a row, so without a capital and a point."""

ACTIONS: Final = {
    "invalid_input": "Some answers need another look. Nothing was saved.",
    "patient_changed": "Another desk changed this patient just now. Open the patient again, check, and save again.",
    "patient_not_found": "There is no such patient.",
    "visit_not_found": "There is no such visit.",
    "wrong_check_digit": "The last digit does not fit this number. Compare it with the paper.",
    "nothing_to_undo": "There is nothing to take back any more.",
    "draft_gone": "This draft is not there any more: it was saved or dropped.",
    "draft_not_kept": "The last answers are not on disk yet. Try again in a moment.",
    "not_your_draft": "This draft belongs to someone else. Its owner finds it after signing in.",
    "not_permitted": "Your role does not permit this. Ask an administrator.",
    "own_account": "This is your own account. Another administrator has to change it.",
    "wrong_sign_in": "Login or password is wrong. Try again.",
    "sign_in_too_soon": "Too many wrong tries. Wait {wait_s} seconds, then try again.",
    "wrong_signature": "This is not your password. Nothing was signed. Try again.",
    "signature_too_soon": "Too many wrong tries. Nothing was signed. Wait {wait_s} seconds, then try again.",
    "visit_signed": "This visit is signed. Nothing in it can change any more; a clinician can add an addendum.",
    "not_signed_yet": "This visit is not signed yet. Write it into the note instead.",
    "chart_taken": "Somebody else has this chart in hand, or you at another desk. What you typed is kept; take it over with a reason.",
    "prompt_not_acknowledged": "A prompt has no word yet on what was done about it. Acknowledge it first.",
    "prompt_not_found": "There is no such prompt.",
    "prompt_acknowledged": "Somebody said already what was done about this prompt. Open the chart again to read it.",
    "call_not_found": "There is no such call.",
    "amendment_not_found": "There is no such request.",
    "amendment_decided": "This request was decided already. A decision stays as it is.",
    "already_extended": "This request was extended once already; the law allows no second time.",
    "extension_too_late": "The day to act on this request is over. It can only be accepted or denied now.",
    "not_denied": "A statement of disagreement follows a denial. This request was not denied.",
    "already_disagreed": "The statement of disagreement is kept already.",
    "append_only": "This is kept as it is; it can only be added to.",
    "clock_behind": "The clock of this machine is behind what is recorded here. Put the clock right, then go on.",
    "already_set_up": "The practice is set up already. Sign in with your account.",
    "not_set_up": "Nobody has an account here yet. Run: main.py init --admin NAME --location KEY",
    "no_user": "Say who acts: --user LOGIN, with the password in INTAKE_PASSWORD or typed when asked.",
    "no_password": "No password was given. Set INTAKE_PASSWORD, or run this where a password can be typed.",
    "passwords_differ": "The two passwords differ. Start again.",
    "init_in_training": "The training clinic makes its own accounts. Leave out --training to set up the real one.",
    "broken_resource": "The file {name} of the program is broken, line {line}: {reason}.",
    "not_open_yet": "The store is not open yet. Try again in a moment.",
}
"""What stopped an action."""

STORES: Final = {
    "newer_store": "This store was written by a newer version of the program. Update the program on this machine.",
    "not_our_store": "This file is not a store of this program. Choose another data folder.",
    "damaged_store": "The store cannot be read: it is damaged, or its key is another one. Bring back the last backup.",
    "wrong_realm": "This folder belongs to the other clinic: training and real patients are never mixed. Choose another folder.",
    "read_only_folder": "The data folder cannot be written. Ask who looks after this machine for the right to write there.",
    "not_a_folder": "The data folder is a file. Choose another folder.",
    "disk_full": "The disk is full. Make room and save again; what you typed is still here.",
    "disk_failed": "The disk does not read or write as it should. Save nothing more on it and ask for help.",
    "store_closed": "The program is closing. What was typed is kept; start it again and go on.",
    "store_busy": "Another desk is writing. Try again in a moment.",
    "cannot_write_file": "The file cannot be written there. Choose another place.",
}
"""What is wrong with the store, its folder or its disk."""

FILES: Final = {
    "file_missing": "There is no such file.",
    "file_unreadable": "The file cannot be read. Check that you may open it.",
    "file_too_large": "The file is too large for one intake: at most {limit_mb} MB.",
    "not_utf8": "The text is not UTF-8 (line {line}). Save the file as UTF-8.",
    "not_json": "This is not JSON, line {line}: {reason}.",
    "not_an_intake": "The file does not hold one intake: a group with patient, visit, answers and pain_drawing.",
    "not_a_decision": "Name the patient and the reason: a group with mrn and reason.",
    "unknown_record": "There is no patient with this record number.",
    "pdf_too_large": "The file is too large to be one of our documents: at most {limit_mb} MB.",
    "strong_match": "This may be {mrn} ({reasons}). Say same_as with this number, or name it in different_from with a reason.",
}
"""What is wrong with a file of the command line."""

VERDICTS: Final = {
    "signed_current": "This file equals the signed note of visit {visit}, version N{version}, as it stands now. It left here on {issued}.",
    "signed_older": "This file equals an older version of the signed note of visit {visit}: N{version}. The note is now N{current}.",
    "preliminary": "This file is a preliminary print of the note of visit {visit}, made before any signature. It left here on {issued}.",
    "intake": "This file equals an intake form of visit {visit} as it left here on {issued}. It is no signed note.",
    "homecare": "This file equals a home-care sheet of visit {visit} as it left here on {issued}. It is no signed note.",
    "document": "This file equals a document as it left here on {issued}. It is no signed visit note.",
    "altered": "This file says that it belongs to visit {visit}, but it is not as it left here. Do not rely on it.",
    "unknown": "This file is not known here. It is no document that this program gave out as it is.",
}
"""What a file is that came back."""

TABLES: Final[tuple[Mapping[str, str], ...]] = (
    FIELDS, MATCHES, ACTIONS, STORES, FILES,
    documents.FIELDS, documents.ACTIONS, forms.SENTENCES, trust.FIELDS, trust.ERRORS, trust.BACKUPS,
)  # fmt: skip
SENTENCES: Final = {code: words for table in TABLES for code, words in table.items()}

PARTS: Final = {
    "visit.primary": "First insurance",
    "visit.secondary": "Second insurance",
    "visit.claim": "Claim",
}
"""What is said before the label of a field whose label is not enough."""
PLACES: Final = {
    "matches": "Possible duplicates",
    "login": "Login",
    "name": "Name",
    "password": "Password",
    "location": "Clinic",
    "patient": "Patient",
    "visit": "Visit",
    "answers": "Checklist",
    "pain_drawing": "Pain drawing",
    "same_as": "Same patient as",
    "different_from": "Different from",
    "waiting_warning_min": "Waiting limit",
    "note.history": "History",
    "note.examination": "Examination",
    "note.impression": "Impression",
    "note.plan": "Plan",
    "note.plan_text": "Plan",
    "note.findings": "Examination",
    "note.causes": "Causes",
    "note.codes": "Codes",
    "note.totals": "Totals of questionnaires",
    "note.activities": "Activities",
    "hold": "Chart in hand",
    "clock": "Clock",
    "signature": "Signature",
    "reason": "Reason",
    "addendum": "Addendum",
    "correction.reason": "Reason for the correction",
    "amendment.request": "What the patient asks",
    "amendment.received_on": "Received on",
    "amendment.words": "Reason or statement",
    "addendum_reason": "Reason for the addendum",
    "abbreviation": "Abbreviation",
    "text": "Text",
    **documents.PLACES,
}


class _Facts(dict[str, str | int]):
    """Facts for a sentence; one that is not given leaves its place empty."""

    def __missing__(self, key: str) -> str:
        return ""


def text_of(problem: Problem | str, **facts: str | int) -> str:
    """Return the sentence for a problem or a code; for the reason of a match, words to be said in a row."""
    code = problem.code if isinstance(problem, Problem) else problem
    sentence = SENTENCES.get(code)
    if not facts:
        sentence = trust.BARE.get(code, sentence)
    if sentence is None:
        return f"This cannot be done ({code})."
    return sentence.format_map(_Facts(facts)).strip() if facts or "{" in sentence else sentence


def label_of(path: str, definitions: Definitions) -> str:
    """Return what a field, an answer or a mark is called; a path that is none is its own name."""
    first, _, rest = path.partition(".")
    if first == "answers" and rest:
        known = {question.key: question for question in definitions.checklist.questions()}
        return known[rest].short.en if rest in known else rest
    if first == "pain_drawing" and rest.isdecimal():
        return f"Pain drawing, mark {int(rest) + 1}"
    if first == "prompts" and rest:
        return "Prompt"
    if first in ("note", "letter") and rest and path not in PLACES:
        return _note_label(rest, definitions.review_form) if first == "note" else _letter_label(rest, definitions)
    part = path.rpartition(".")[0]
    label = next((field.about.label for field in all_fields() if field.path == path), None)
    if label is None:
        return PLACES.get(path, path)
    return f"{PARTS[part]}: {label}" if part in PARTS else label


def _letter_label(key: str, definitions: Definitions) -> str:
    return next((each.label.en for template in definitions.templates.values() for each in template.fields if each.key == key), key)


def _note_label(path: str, form: ReviewForm) -> str:
    """Return what a part of a clinician's note is called: the label of the review form, or the code that was picked."""
    part, _, key = path.partition(".")
    if part == "codes":
        return f"Code {key}"
    if part == "activities":
        return f"Activity {int(key.partition('.')[0]) + 1}" if key[:1].isdecimal() else path
    labels = {
        "findings": {item.key: item.label for group in form.groups for item in group.items},
        "causes": {cause.key: cause.label for cause in form.causes},
        "plan": {treatment.key: treatment.label for treatment in form.treatments},
        "totals": {measure.key: measure.label for measure in form.measures},
    }
    return labels.get(part, {}).get(key, key or path)
