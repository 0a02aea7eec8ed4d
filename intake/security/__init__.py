"""Secrets: how passwords are kept and judged."""
