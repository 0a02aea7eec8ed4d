"""Who of the kept patients may be the person being typed: keys to look up, and the comparison of two people."""
