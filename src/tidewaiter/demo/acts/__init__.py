"""What an actor can do inside its node: each act is a function of plain values that gives plain values."""
