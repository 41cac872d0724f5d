"""The exchange process, ``python -m tidewaiter.node.partners.exchange``: a lane to each neighbour sends what waits."""
