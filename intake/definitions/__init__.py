"""The practice's own definitions, read from versioned files: what is asked, drawn and printed is data, not code."""
