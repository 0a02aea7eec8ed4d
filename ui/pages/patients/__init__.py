"""Finding a patient, and everything about one."""
