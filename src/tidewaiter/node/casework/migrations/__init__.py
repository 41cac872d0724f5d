"""Migrations of the tables of casework."""
