"""Neighbours: who they are, what goes to them and came from them, and what became of it."""
