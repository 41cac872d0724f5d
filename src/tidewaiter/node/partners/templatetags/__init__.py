"""Template tags of neighbours."""
