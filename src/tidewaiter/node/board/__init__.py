"""The live board of the running operation, for a wall and for whoever needs the figures behind it."""
