"""Joint operations: one plan that several administrations share, their reports, the frozen figures, the statement."""
