"""The print run as the window sees it: one key, a list of jobs with progress, and what was lost on the way."""
