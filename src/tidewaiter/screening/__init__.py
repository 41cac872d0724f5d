"""Hold consignments against the watchlist, the terms and the profiles: batches in, hits out."""
