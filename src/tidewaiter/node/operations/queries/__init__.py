"""Reading joint operations."""
