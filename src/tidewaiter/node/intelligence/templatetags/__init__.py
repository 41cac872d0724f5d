"""Template tags of intelligence."""
