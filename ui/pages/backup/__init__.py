"""Backups: where they go, what lies there, and bringing one back."""
