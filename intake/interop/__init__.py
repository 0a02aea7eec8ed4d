"""What comes from other programs and goes to them: files of foreign shapes, read with suspicion."""
