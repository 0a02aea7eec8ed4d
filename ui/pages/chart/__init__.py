"""The chart: one visit as a clinician reads it, and the clinician's part beside it."""
