"""Migrations of intelligence."""
