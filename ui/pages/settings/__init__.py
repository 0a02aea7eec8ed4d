"""The settings: accounts, roles, the practice and its clinics, this desk, snippets, the practice's own files."""
