"""How this desk prints: printer, tray, sides and copies of each kind of document."""
