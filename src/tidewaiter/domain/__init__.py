"""The field's vocabulary and rules as plain values. Standard library only."""
