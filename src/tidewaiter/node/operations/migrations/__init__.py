"""Migrations of joint operations."""
