"""What lies over a page for a moment: the command palette, the keys, an incident. None of them is modal."""
