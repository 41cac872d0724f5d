"""Live events: a page that is open learns that something changed, and fetches it anew by the ordinary way."""
