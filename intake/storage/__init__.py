"""The store: one encrypted file. The only place with SQL."""
