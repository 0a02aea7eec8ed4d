"""The places a person can be in, one page each."""
