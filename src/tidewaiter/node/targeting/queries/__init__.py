"""Reading runs, criteria and queues; each list passes through ``visible_to``."""
