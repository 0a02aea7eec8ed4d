"""What people do with the program: one use case each, one transaction each, with its audit entry."""
