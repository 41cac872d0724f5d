"""Tags of the register of rights."""
