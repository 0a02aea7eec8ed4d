"""The lock: nothing of anybody to be seen after some idle minutes or by one key, and everything where it was for who unlocks."""
