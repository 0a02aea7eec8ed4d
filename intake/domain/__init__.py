"""The words and rules of the practice: plain values, no storage, no screen, no file."""
