"""Maps and charts drawn on the server as SVG; every one has its table."""
