"""Search: references of every consignment in the lake, and records of the database by words of any language."""
