"""The audit on screen: who did what and when, who looked at a record, and whether all is whole."""
