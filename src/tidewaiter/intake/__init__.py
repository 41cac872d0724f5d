"""Readers of what traders, carriers and posts send: accepted batches and reject rows, nothing lost in between."""
