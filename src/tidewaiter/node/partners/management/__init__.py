"""Commands for who looks after a node."""
