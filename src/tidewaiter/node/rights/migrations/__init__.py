"""Migrations of the tables of rights."""
