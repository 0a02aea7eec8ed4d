"""Documents: what was promised, when it is due, and where it stands until it is handed over."""
