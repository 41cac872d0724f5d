"""The pages of tips and of the roster."""
