"""The clinician's list: what awaits review, and what is signed."""
