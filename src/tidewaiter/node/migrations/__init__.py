"""Migrations of the loops and heartbeats."""
