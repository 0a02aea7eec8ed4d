"""The commands that need no window, one module each; ``intake.cli`` loads the one that is asked for."""
