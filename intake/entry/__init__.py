"""Tolerant entry: what a person typed, understood, shown back as understood, and told what is wrong with it."""
