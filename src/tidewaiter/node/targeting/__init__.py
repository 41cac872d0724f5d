"""Targeting: runs over declarations, their rejects, the queues of control points, all known of a consignment."""
