"""Words for the codes of the settings: the practice, its clinics, its logo and its own files."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "settings_changed": "Another desk changed this just now. It is shown as it stands; type your change again.",
    "file_changed_elsewhere": "The file {name} was changed outside the program. Look at it under Settings, Files, first.",
    "not_a_definition": "No file of the program is called {name}. Name it like the one it stands in for, as practice.toml.",
    "file_not_shipped": "The file {name} does not come with the program.",
    "file_not_kept": "The file {name} was never taken in here, so there is nothing to put back.",
    "file_only_own": "The file {name} does not come with the program, and visits may have been recorded with it. It stays.",
    "definition_too_large": "This file is far larger than any that comes with the program.",
    "clinic_not_found": "The practice has no such clinic.",
}
"""What stops an action."""

FIELDS: Final = {
    "logo_too_large": "This file is larger than 1 MB. Save the logo smaller.",
    "logo_not_a_picture": "This is neither a PNG nor a JPEG picture. Save the logo as one of the two.",
    "logo_too_many_pixels": "This picture is more than 2000 pixels wide or high. Save it smaller.",
    "logo_damaged": "This picture is damaged and cannot be read to its end. Save it again.",
    "too_many_lines": "At most three lines find room under the name.",
    "state_two_letters": "The state has two letters, as NJ.",
    "zip_five_digits": "The ZIP code has five digits.",
    "last_active_clinic": "This is the last clinic that takes visits. Open another one first.",
}
"""What is wrong with a field."""
