"""Migrations of the live events."""
