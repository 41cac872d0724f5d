"""Template filters of targeting."""
