"""Migrations of targeting."""
