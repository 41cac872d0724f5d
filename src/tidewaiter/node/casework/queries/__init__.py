"""Reading controls and cases; each list passes through ``visible_to``."""
