"""Letters: written from a template and the record, seen as paper beside, signed by a clinician where one has to."""
