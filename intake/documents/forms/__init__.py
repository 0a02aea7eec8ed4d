"""The intake form for patients: blank, pre-filled, and as a file to fill in, from one layout."""
