"""Qt models over lines that the store thread has fetched."""
