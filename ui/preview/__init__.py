"""A PDF on screen, on paper and as a file."""
