"""Reading tips and the roster."""
