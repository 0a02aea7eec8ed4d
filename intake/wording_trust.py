"""Words for the codes of access, audit, backup and removal."""

from __future__ import annotations

from typing import Final

from intake import wording_settings as settings

BARE: Final = {"record_not_due": "The law keeps this record: its time is not over."}
"""What is said where no facts are known: when the store itself refuses."""
ERRORS: Final = {
    **settings.ERRORS,
    "keys_missing": "The keys of the store are missing. Put the file keys.json back beside the store; the latest backup has it.",
    "keys_open_to_others": "Others can read the keys of the store. Let only its owner read the file keys.json (chmod 600).",
    "keys_damaged": "The file keys.json is damaged. Bring it back from the latest backup.",
    "store_missing": "The store is missing, its keys are there. Bring it back from the latest backup.",
    "second_factor_needed": "Type the code that your phone shows.",
    "second_factor_missing": "Your role needs a second factor. Sign in in the window once; it shows how.",
    "second_factor_there": "This account has a second factor. Have an administrator take it away first.",
    "second_factor_elsewhere": "Your account needs a code from your phone. Let who gave the screen take it back, then switch user.",
    "wrong_code": "This code does not fit. Wait for the next one, or type a spare code.",
    "wrong_first_code": "This code does not fit. Check that the phone's clock is right, and type the code it shows now.",
    "notes_key_altered": "The key of the notes is not the one that this store was given: somebody changed the store past this program. "
    "Write no notes. Bring back the latest backup, or have somebody look into it.",
    "note_altered": "What stands here is not as it was written: somebody changed the store past this program. Check the store.",
    "account_not_as_told": "This account was changed past this program. Check the store before you give it anything.",
    "put_out": "Your account was switched off or changed. Nothing more is recorded; drafts are kept. Sign in again.",
    "emergency_not_permitted": "Emergency access is for clinicians. This try was recorded.",
    "emergency_ended": "Emergency access has ended. Sign in again.",
    "emergency_not_administrator": "Emergency access does not reach the accounts of administrators. They use the recovery key.",
    "recovery_key_mistyped": "This is not as it was printed. Compare it with the print, sign by sign.",
    "recovery_key_other": "This is a recovery key, but not that of this store as it is now.",
    "not_an_administrator": "The recovery key gives an administrator a new password; this login is none.",
    "record_not_due": "The law keeps this record. It may go from {day} on.",
    "record_kept": "Somebody said that this record is to be kept. Ask who did, and end that first.",
    "kept_already": "This record is kept already. End that first to give another reason.",
    "not_kept": "Nobody said that this record is to be kept.",
    "last_number": "This record holds the last number of its kind, which must not be given twice. It may go once a later one is there.",
    "removal_not_found": "This removal is not open any more: it was withdrawn or carried out.",
    "copy_missing": "Write the copy of the record first.",
    "consent_missing": "Two people have to consent, each with their own password.",
    "consent_given": "This person has consented already. The second consent is another person's.",
    "wrong_consent": "Login or password is wrong. No consent was recorded.",
    "consent_too_soon": "Too many wrong tries. No consent was recorded. Wait {wait_s} seconds, then try again.",
    "too_many_entries": "More than {most} entries fit. Choose a shorter period, a person or an action.",
    "table_form": "Name a file that ends with .csv or .jsonl.",
    "unknown_person": "Nobody has this login.",
    "not_a_link": "This is not a last link as it is printed. Compare it with the sheet, sign by sign.",
    "sheet_not_written": "The sheet could not be written there. Write the recovery key down now; it is not shown again.",
    "no_recovery_key": "No recovery key was given. Type it, or set INTAKE_RECOVERY_KEY.",
    "no_new_password": "No new password was given. Type it, or set INTAKE_NEW_PASSWORD.",
    "unknown_login": "No account has this login.",
    "others_at_work": "Somebody else has the store open. Have everybody sign out at every desk, then try again.",
}
BACKUPS: Final = {
    "store_on_share": "The data folder {folder} lies on a network share ({kind}). Two machines would write one file there and damage it. "
    "Move the folder to a disk of this machine and start with --data; let backups go to the share.",
    "store_synchronised": "The data folder {folder} is synchronised by {service}, which would exchange the store while it is being "
    "written. Move the folder out of it and start with --data; let backups go there.",
    "target_relative": "Name the whole path of the folder, from its root or drive on.",
    "target_missing": "The folder is not there. Plug the drive in or connect the share; it is tried again every five minutes.",
    "target_full": "There is no room left. Free some, or take another folder; it is tried again every five minutes.",
    "target_read_only": "This folder cannot be written to. Check its permissions or the lock of the drive.",
    "target_failed": "The drive reports a fault. Try another one; it is tried again every five minutes.",
    "target_in_data": "This folder lies in the data folder: what takes the store takes its backups too. Choose another disk.",
    "target_known": "Backups go to this folder already.",
    "target_unknown": "Backups do not go to this folder.",
    "no_targets": "No folder was chosen for backups yet. Add one first.",
    "keep_range": "Keep between 1 and 1000 hours, days and months.",
    "backup_stopped": "The backup was stopped. Nothing half-written is left.",
    "backup_running": "A backup to this folder is running already.",
    "backup_missing": "This backup is not there any more.",
    "backup_damaged": "This backup is damaged. Take another one.",
    "backup_incomplete": "Files of this backup are missing. Take another one.",
    "backup_unreadable": "This backup cannot be read: the drive reports a fault. Try it at another machine, or take another backup.",
    "backup_altered": "The description of this backup was changed after it was written. Take another one.",
    "backup_references": "In this backup rows refer to rows that are not there. Take another one.",
    "backup_rows": "This backup does not hold as many rows as were counted when it was taken. Take another one.",
    "backup_chain": "The audit of this backup does not hold. Take another one.",
    "backup_keys": "The keys of this backup cannot be read. Take another one.",
    "no_backups": "There are no backups in this folder.",
    "restore_waiting": "A backup is ready to take the place of the store. Sign out at every desk and sign in again.",
    "wrong_earlier_password": "This backup was written with other keys. Type the password that you had when it was taken, or use the "
    "recovery key of that time.",
    "restore_not_confirmed": "Nothing was changed. Say --yes to bring this backup back.",
    "not_your_password": "This is not your password.",
}
FIELDS: Final[dict[str, str]] = {
    **settings.FIELDS,
    "idle_minutes_out_of_range": "Choose from 1 to 15 minutes.",
}
