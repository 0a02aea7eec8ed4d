"""Papers made for a patient on the spot: labels, envelopes, intake forms to fill in, the accounting of disclosures."""
